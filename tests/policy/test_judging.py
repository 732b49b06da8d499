"""What follows a message that breaks a rule: hint, ladder, or neither; on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.db.engine import Database
from bot.kernel.groups import Group
from bot.kernel.ids import ChatId, GroupId, UserId
from bot.kernel.roles import Role
from bot.policy.rules.detectors import What
from bot.policy.rules.record import Keeping
from bot.policy.rules.rule import EVERY_ROLE, Reaction, Rule, Sanction, State
from bot.policy.rules.sources import Links
from bot.policy.rules.speech import Length
from bot.policy.service.book import PolicyBook, samples
from bot.policy.service.judging import Heard, Judge, Trust
from bot.policy.service.reading import evidence_in, is_spared
from bot.tg import envelope as env

if TYPE_CHECKING:
    from bot.policy.service.judging import Act

NOW = datetime(2027, 3, 10, 10, 0, tzinfo=UTC)
GROUP = Group(GroupId(1), ChatId(-1001), "Hikers", "en", "UTC")
CHAT = env.Chat(-1001, "supergroup", "Hikers")
MEI, CARL = env.User(10, "Mei"), env.User(11, "Carl")
ANNA = (UserId(20), "Anna")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LINKS = Rule(0, What.LINKS, Links())
LENGTH = Rule(0, What.LENGTH, Length(20))


class Court:
    """A judge over a group with rules, and what it decided."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.book = PolicyBook()
        self._judge = Judge(self.book)
        self._number = 0
        self.trust = Trust()

    async def rule(self, rule: Rule) -> None:
        """Add a rule that is on."""
        async with self.database.write() as tx:
            made = await self.book.add(tx, GROUP.id, rule, ANNA, NOW)
            assert isinstance(made, Rule)
            await self.book.change(tx, GROUP.id, replace(made, state=State.ON), ANNA, NOW)

    async def hear(
        self, text: str, at: datetime, who: env.User = MEI, *, edits: int | None = None, channel: env.Chat | None = None
    ) -> str:
        """Hand a message to the judge; return in short what shall be done: (d)elete, (h)int, (s)anction."""
        self._number += 1
        edited, number = None if edits is None else 1, edits or self._number
        message = env.Message(number, int(at.timestamp()), CHAT, who, channel, text=text, edit_date=edited)
        async with self.database.write() as tx:
            acts = await self._judge.judge(tx, [Heard(GROUP, message)], self._trusted, at)
        return "".join(map(_short, acts))

    async def _trusted(self, _group: Group, _user_id: UserId) -> Trust:
        return self.trust


def _short(act: Act) -> str:
    return f"{'d' if act.delete else ''}{'h' if act.hint else ''}{'s' if act.sanction else ''}"


async def test_without_a_ladder_there_is_one_hint_an_hour_whatever_the_rule(database: Database) -> None:
    court = Court(database)
    await court.rule(LINKS)
    await court.rule(replace(LENGTH, reaction=Reaction.DELETE))
    assert await court.hear("spam.top", NOW) == "h"
    assert await court.hear("spam.top", NOW + MINUTE) == ""
    assert await court.hear("x" * 21, NOW + 2 * MINUTE) == "d"
    assert await court.hear("spam.top", NOW + 3 * MINUTE, CARL) == "h"
    assert await court.hear("spam.top", NOW + HOUR) == "h"


async def test_the_ladder_begins_after_a_hint_of_the_same_rule_within_a_day(database: Database) -> None:
    court = Court(database)
    await court.rule(replace(LINKS, sanction=Sanction.GROUP))
    await court.rule(replace(LENGTH, sanction=Sanction.GROUP))
    assert await court.hear("spam.top", NOW) == "h"
    assert await court.hear("x" * 21, NOW + MINUTE) == "h"
    assert await court.hear("spam.top", NOW + 2 * MINUTE) == "s"
    assert await court.hear("spam.top", NOW + DAY) == "hs"
    assert await court.hear("spam.top", NOW + 3 * DAY) == "h"


async def test_a_channel_is_judged_by_itself_and_not_as_the_account_it_writes_with(database: Database) -> None:
    court, stand_in = Court(database), env.User(136817688, "Channel", is_bot=True)
    ads, news = env.Chat(-1007, "channel", "Ads"), env.Chat(-1008, "channel", "News")
    await court.rule(replace(LINKS, sanction=Sanction.GROUP))
    assert await court.hear("spam.top", NOW, stand_in, channel=ads) == "h"
    assert await court.hear("spam.top", NOW + MINUTE, stand_in, channel=news) == "h"
    assert await court.hear("spam.top", NOW + 2 * MINUTE, stand_in, channel=ads) == "s"
    async with database.read() as tx:
        seen = {(one.user_id, one.user_name) for one in await samples(tx, GROUP.id, 1, NOW)}
    assert seen == {(-1007, "Ads"), (-1008, "News")}


async def test_a_ladder_at_once_needs_no_hint_and_an_edit_is_no_second_breach(database: Database) -> None:
    court = Court(database)
    await court.rule(replace(LINKS, sanction=Sanction.OWN, at_once=True, reaction=Reaction.DELETE))
    assert await court.hear("spam.top", NOW) == "dhs"
    assert await court.hear("spam.top again", NOW + MINUTE, edits=1) == "d"
    assert await court.hear("good morning", NOW + 2 * MINUTE) == ""
    assert await court.hear("good morning spam.top", NOW + 3 * MINUTE, edits=3) == "ds"


async def test_what_is_only_recorded_has_no_ladder(database: Database) -> None:
    court = Court(database)
    await court.rule(replace(LINKS, sanction=Sanction.GROUP, at_once=True, reaction=Reaction.RECORD))
    assert await court.hear("spam.top", NOW) == ""
    court.trust = Trust(staff_known=False)
    await court.rule(replace(LENGTH, sanction=Sanction.GROUP, at_once=True))
    assert await court.hear("x" * 21, NOW) == ""
    async with database.read() as tx:
        assert len(await samples(tx, GROUP.id, 1, NOW)) == len(await samples(tx, GROUP.id, 2, NOW)) == 1


async def test_staff_and_approved_members_are_spared_and_nothing_is_kept_where_none_is_wanted(
    database: Database,
) -> None:
    court = Court(database)
    await court.rule(LINKS)
    await court.rule(replace(LENGTH, spares_approved=False))
    court.trust = Trust(spared=True)
    assert await court.hear("spam.top", NOW) == ""
    court.trust = Trust()
    async with database.write() as tx:
        await court.book.approve(tx, GROUP.id, (UserId(MEI.id), "Mei"), ANNA, NOW)
        await court.book.keep(tx, GROUP.id, Keeping(samples=0), ANNA, NOW)
    assert await court.hear("spam.top", NOW) == ""
    assert await court.hear("x" * 21, NOW) == "h"
    assert await court.hear("spam.top", NOW, CARL) == "h"
    async with database.read() as tx:
        assert await samples(tx, GROUP.id, 1, NOW) == []


async def test_each_rule_says_which_roles_it_spares(database: Database) -> None:
    court = Court(database)
    await court.rule(LINKS)
    await court.rule(replace(LENGTH, spared_roles=frozenset({Role.ORGANISER})))
    court.trust = Trust(roles=frozenset({Role.EDITOR}))
    assert await court.hear("spam.top", NOW) == ""
    assert await court.hear("x" * 21, NOW) == "h"
    court.trust = Trust(roles=frozenset({Role.EDITOR, Role.ORGANISER}))
    assert await court.hear("x" * 21, NOW + DAY) == ""
    async with database.read() as tx:
        stored = {rule.number: rule.spared_roles for rule in await court.book.rules(tx, GROUP.id)}
    assert stored == {1: EVERY_ROLE, 2: {Role.ORGANISER}}


@pytest.mark.parametrize(
    ("message", "spared"),
    [
        (
            env.Message(
                1, 0, CHAT, env.User(136817688, "Channel", is_bot=True), sender_chat=env.Chat(-8, "channel"), text="x"
            ),
            True,
        ),
        (env.Message(1, 0, CHAT, MEI, text="hello"), False),
        (env.Message(1, 0, CHAT, MEI, sticker=env.Present("x")), False),
        (env.Message(1, 0, CHAT, MEI, dice=env.Present()), False),
        (env.Message(1, 0, CHAT, env.User(777, "Telegram"), text="news", is_automatic_forward=True), True),
        (env.Message(1, 0, CHAT, env.User(5, "Bot", is_bot=True), text="hello"), True),
        (env.Message(1, 0, CHAT, env.User(136817688, "Channel", is_bot=True), sender_chat=CHAT, text="hello"), True),
        (env.Message(1, 0, CHAT, MEI, new_chat_members=[MEI]), True),
        (env.Message(1, 0, CHAT, MEI), True),
        (
            env.Message(
                1, 0, CHAT, env.User(136817688, "Channel", is_bot=True), sender_chat=env.Chat(-7, "channel"), text="x"
            ),
            False,
        ),
    ],
)
def test_which_messages_nobody_answers_for(message: env.Message, spared: bool) -> None:
    assert is_spared(message, replace(GROUP, linked_chat_id=ChatId(-8))) is spared


@pytest.mark.parametrize(
    ("message", "kept"),
    [
        (env.Message(1, 0, CHAT, MEI, text="hello\0"), "hello"),
        (env.Message(1, 0, CHAT, MEI, contact=env.Contact(5, "Zoe", None, "+4915112345")), "Zoe +4915112345"),
        (
            env.Message(
                1,
                0,
                CHAT,
                MEI,
                text="a bonus",
                reply_markup=env.Markup([[env.Key("https://spam-site.top", "Claim")], [env.Key(text="领取")]]),
            ),
            "a bonus\n[Claim] https://spam-site.top\n[领取]",
        ),
        (env.Message(1, 0, CHAT, MEI, caption="look"), "look"),
        (
            env.Message(1, 0, CHAT, MEI, poll=env.Poll("Which?", [env.PollOption("shoes"), env.PollOption("鞋\0")])),
            "Which?\nshoes\n鞋",
        ),
    ],
)
def test_the_evidence_holds_whose_contact_it_is_and_where_buttons_lead(message: env.Message, kept: str) -> None:
    assert evidence_in(message) == kept
