"""The people and the group a newcomer finds in the sandbox."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.sandbox.telegram import Actor, Telegram
    from bot.sandbox.telegram.model import BotAccount, Chat

USERNAME = "qunguan_bot"


@dataclass(frozen=True, slots=True)
class Scene:
    """Who is there."""

    bot: BotAccount
    group: Chat
    owner: Actor


def set_scene(telegram: Telegram) -> Scene:
    """People an empty world: a supergroup with its owner, an administrator, members, and the bot as administrator.

    Everybody has said something since the bot came in: it knows only those it has seen.
    """
    bot = telegram.add_bot(USERNAME, "Qunguan")
    anna = telegram.add_user("Anna", username="anna", language_code="en")
    ben = telegram.add_user("Ben", username="ben", language_code="en")
    mei = telegram.add_user("美玲", username="meiling", language_code="zh-hans")
    carlos = telegram.add_user("Carlos", username="carlos", language_code="en")
    dora = telegram.add_user("Dora", language_code="en")
    wang = telegram.add_user("王伟", username="wangwei", language_code="zh-hans")
    group = telegram.add_group("Hillside Hikers 山友会", anna, [ben, mei, carlos, dora, wang])
    anna.promote(group, ben, title="Guide")
    telegram.add_bot_to(group, bot, anna, administrator=True)
    anna.send(group, "Welcome, everybody! Let us see what this new bot can do.")
    ben.send(group, "Good. I can guide us up to the old fort on Saturday.")
    question = mei.send(group, "周六山上冷吗？")
    wang.send(group, "有风，带件外套吧", reply_to=question)
    dora.send(group, "I bring tea for everybody ☕")
    carlos.send(group, "Which bus goes to the north gate?")
    return Scene(bot, group, anna)
