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
    """People an empty world: a supergroup with its owner, an administrator, members, and the bot as administrator."""
    existing = next(iter(telegram.world.state.bots.values()), None)
    bot = existing if existing is not None else telegram.add_bot(USERNAME, "Qunguan")
    owner = telegram.add_user("Anna", username="anna", language_code="en")
    admin = telegram.add_user("Ben", username="ben", language_code="en")
    mei = telegram.add_user("美玲", username="meiling", language_code="zh-hans")
    carlos = telegram.add_user("Carlos", username="carlos", language_code="en")
    dora = telegram.add_user("Dora", language_code="en")
    wang = telegram.add_user("王伟", username="wangwei", language_code="zh-hans")
    group = telegram.add_group("Hillside Hikers 山友会", owner, [admin, mei, carlos, dora, wang])
    owner.promote(group, admin, title="Guide")
    owner.send(group, "Welcome, everybody! Let us see what this new bot can do.")
    telegram.add_bot_to(group, bot, owner, administrator=True)
    return Scene(bot, group, owner)
