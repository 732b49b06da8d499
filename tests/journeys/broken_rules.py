"""Every rule that can be set up, and what breaks it: a table of all detectors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.policy.rules.detectors import What
from tests.journeys.stage import Stage

if TYPE_CHECKING:
    from bot.sandbox.telegram import Actor

Sending = Callable[["Stage", "Actor"], object]


def text(*lines: str) -> Sending:
    """Write some lines."""

    def send(stage: Stage, who: Actor) -> None:
        for line in lines:
            who.send(stage.group, line)

    return send


def contact(stage: Stage, who: Actor) -> None:
    """Send somebody's card."""
    who.send(stage.group, contact={"phone_number": "+4915112345", "first_name": "Zoe"})


def forward(stage: Stage, who: Actor) -> None:
    """Forward what somebody else wrote in another group."""
    outsider = stage.person("Outsider")
    club = stage.telegram.add_group("Club", outsider, [who])
    who.forward(outsider.send(club, "a word from elsewhere"), stage.group, source=club)


def with_buttons(stage: Stage, who: Actor) -> None:
    """Send what an inline bot has written, with a button below it."""
    who.send_via(
        stage.group, stage.bot, "a bonus for all", buttons=[[{"text": "Claim 领取", "callback_data": "claim"}]]
    )


def by_bot(stage: Stage, who: Actor) -> None:
    """Send what an inline bot has written."""
    who.send_via(stage.group, stage.bot, "your card: the fool")


def pictures(stage: Stage, who: Actor) -> None:
    """Send pictures one by one."""
    for _ in range(3):
        who.send_file(stage.group, "photo")


def seen_by_people(stage: Stage, who: Actor) -> None:
    """Say what the bot cannot judge; the owner warns by the rule's code."""
    message = who.send(stage.group, f"I earned {stage.clock.now():%d}00 this year, says {who.name}")
    stage.anna.send(stage.group, f"/warn {code_of(What.MANUAL)}", reply_to=message)


@dataclass(frozen=True)
class Broken:
    """A rule that is broken: how it is set, what breaks it, and how often that must be done for the first breach.

    ``hinted`` says that the first breach brings a hint and no step yet.
    """

    what: What
    setting: str
    breach: Sending
    times: int = 1
    hinted: bool = True


NOTICE = "大家好，本周六上午社区花园义务劳动，欢迎带上手套和水壶参加"
RULES = (
    Broken(What.INVITATIONS, "", text("join us: https://t.me/+AbCdEfGhIj")),
    Broken(What.LINKS, "", text("look: spam-site.top")),
    Broken(What.WORDS, "zzgamble", text("come to zzgamble")),
    Broken(What.SOLICITATION, "", text("帮我砍一刀，谢谢各位")),
    Broken(What.LENGTH, "200", text("长" * 201)),
    Broken(What.FLOOD, "3", text("one", "two", "three", "four")),
    Broken(What.ABUSE, "", text("you are such an idi0t")),
    Broken(What.HARMFUL, "", text("網上賭場，註冊送彩金")),
    Broken(What.PRIVATE, "", text("call 13800138001 or 13900139002")),
    Broken(What.CONDUCT, "going bankrupt", text("they are going bankrupt")),
    Broken(What.WRONG_PLACE, "second-hand https://t.me/hikers_market", text("selling a sec\u200bond-hand tent")),
    Broken(What.PATTERNS, "zz[0-9]{3}", text("order zz123 now")),
    Broken(What.CONTACTS, "", contact),
    Broken(What.FORWARDS, "", forward),
    Broken(What.BUTTONS, "", with_buttons),
    Broken(What.VIA_BOTS, "", by_bot),
    Broken(What.PICTURES, "2", pictures),
    Broken(What.ADVERTISING, "6", text("诚聘兼职，日结300元，加微信 abc12345 详聊")),
    Broken(What.MENTIONS, "", text("ask @outsider_of_elsewhere")),
    Broken(What.MANUAL, "No talk about salaries.", seen_by_people, hinted=False),
    Broken(What.DUPLICATES, "48", text(NOTICE), 2),
)
"""Of two rules that one message breaks the first acts; what is said on several days is a repetition too, so that one is last."""


def code_of(what: What) -> str:
    """Return the code of the rule with a detector."""
    return f"A{1 + next(place for place, rule in enumerate(RULES) if rule.what is what)}"
