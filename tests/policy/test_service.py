"""Rules and what was seen, on both databases."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.kernel.ids import GroupId, UserId
from bot.policy import store
from bot.policy.rules.conduct import Conduct, WrongPlace
from bot.policy.rules.detectors import DETECTORS, AnyDetector, What
from bot.policy.rules.findings import Reason
from bot.policy.rules.patterns import Patterns
from bot.policy.rules.record import Approval, Keeping, Record, Settings, Tally
from bot.policy.rules.rule import MOST_RULES, Fault, Reaction, Rule, State, Wrong
from bot.policy.rules.speech import Length, Manual, Words
from bot.policy.service.book import PolicyBook, purge, samples, standings
from bot.policy.service.held import compile_lists
from bot.timers import service as timers

if TYPE_CHECKING:
    from bot.db.engine import Database

NOW = datetime(2027, 3, 10, 10, 0, tzinfo=UTC)
GROUP, OTHER = GroupId(1), GroupId(2)
ANNA = (UserId(20), "Anna")
MEI = UserId(10)
DAY = timedelta(days=1)


def record(number: int, at: datetime, user: int = MEI, *, observed: bool = True, hinted: bool = False) -> Record:
    user_id, sample = UserId(user), f"sample {at}"
    return Record(
        GROUP,
        number,
        user_id,
        "Mei",
        7,
        at,
        Reason.LINK,
        "a.com",
        Reaction.HINT,
        observed,
        hinted,
        sample,
        at + 7 * DAY,
    )


LONG = tuple(f"word{number}" for number in range(600))
"""A list that takes some time to compile."""


def is_compiled(rule: Rule) -> bool:
    """Say whether a list is ready, without making it so."""
    assert isinstance(rule.detector, Words)
    return "built" in vars(rule.detector._list._matcher)


async def test_a_long_list_is_compiled_before_a_message_is_judged_by_it(database: Database) -> None:
    book = PolicyBook()
    async with database.write() as tx:
        assert not await book.held(tx, GROUP)
    async with database.write() as tx:
        made = await book.add(tx, GROUP, Rule(0, What.WORDS, Words(LONG)), ANNA, NOW)
        assert isinstance(made, Rule)
        assert is_compiled(made)
    async with database.write() as tx:
        longer = await book.change(tx, GROUP, replace(made, detector=Words((*LONG, "one more"))), ANNA, NOW)
        await book.bring(tx, OTHER, Rule(0, What.WORDS, Words(LONG[1:])), ANNA, NOW)
    async with database.write() as tx:
        (held,), (brought,) = await book.held(tx, GROUP), await book.held(tx, OTHER)
        assert held == longer
        assert is_compiled(held)
        assert is_compiled(brought)


async def test_long_lists_are_compiled_when_a_bot_that_has_started_reads_them(database: Database) -> None:
    async with database.write() as tx:
        await store.add(tx, GROUP, Rule(1, What.WORDS, Words(LONG[2:])))
        await store.add(tx, GROUP, Rule(2, What.WORDS, Words(("short",))))
    async with database.write() as tx:
        assert [is_compiled(rule) for rule in await PolicyBook().held(tx, GROUP)] == [True, False]


async def test_while_a_long_list_is_compiled_everything_else_goes_on() -> None:
    went_on: list[bool] = []
    rule = Rule(1, What.WORDS, Words(LONG[3:]))

    async def other() -> None:
        went_on.append(True)

    task = asyncio.create_task(other())
    await compile_lists([rule, Rule(2, What.LENGTH, Length())])
    assert went_on == [True]
    assert is_compiled(rule)
    await task


async def test_every_rule_comes_back_as_it_was_stored(database: Database) -> None:
    book = PolicyBook()
    filled: dict[What, AnyDetector] = {
        What.WORDS: Words(("赌",)),
        What.PATTERNS: Patterns((r"bit\.ly",)),
        What.MANUAL: Manual("Be kind."),
        What.CONDUCT: Conduct(("跑路",)),
        What.WRONG_PLACE: WrongPlace(("二手",), "https://t.me/hikers_market"),
    }
    made = [Rule(0, what, filled.get(what) or kind()) for what, kind in DETECTORS.items()]
    async with database.write() as tx:
        for rule in made:
            assert isinstance(await book.add(tx, GROUP, rule, ANNA, NOW), Rule)
    async with database.write() as tx:
        found = await book.rules(tx, GROUP)
        assert [rule.detector for rule in found] == [rule.detector for rule in made]
        assert [rule.code for rule in found][:2] == ["A1", "A2"]
        assert {rule.state for rule in found if rule.what is not What.MANUAL} == {State.OBSERVE}
        assert {rule.state for rule in found if rule.what is What.MANUAL} == {State.ON}
        assert await PolicyBook().held(tx, GROUP) == tuple(rule for rule in found if rule.what is not What.MANUAL)
        assert await PolicyBook().held(tx, OTHER) == ()


async def test_memory_follows_what_is_committed(database: Database) -> None:
    book = PolicyBook()
    assert book.may_hold(GROUP)
    async with database.write() as tx:
        assert await book.held(tx, GROUP) == ()
        rule = await book.add(tx, GROUP, Rule(0, What.LENGTH, Length()), ANNA, NOW)
        assert isinstance(rule, Rule)
        assert not book.may_hold(GROUP)
    assert book.may_hold(GROUP)
    off = Rule(rule.number, rule.what, rule.detector, state=State.OFF)
    async with database.write() as tx:
        assert await book.change(tx, GROUP, off, ANNA, NOW) == off
    assert not book.may_hold(GROUP)


async def test_a_code_is_never_given_again_and_rules_are_bounded(database: Database) -> None:
    book = PolicyBook()
    async with database.write() as tx:
        for _ in range(MOST_RULES):
            await book.add(tx, GROUP, Rule(0, What.LENGTH, Length()), ANNA, NOW)
        assert await book.add(tx, GROUP, Rule(0, What.LENGTH, Length()), ANNA, NOW) == Wrong(Fault.TOO_MANY_RULES)
        assert await book.remove(tx, GROUP, MOST_RULES, ANNA, NOW) is not None
        assert await book.remove(tx, GROUP, MOST_RULES, ANNA, NOW) is None
        added = await book.add(tx, GROUP, Rule(0, What.LENGTH, Length()), ANNA, NOW)
        assert isinstance(added, Rule)
        assert added.number == MOST_RULES + 1
        assert await book.change(tx, GROUP, Rule(MOST_RULES, What.LENGTH, Length()), ANNA, NOW) is None


async def test_samples_are_few_and_old_ones_go(database: Database) -> None:
    async with database.write() as tx:
        for minute in range(25):
            await store.put(tx, [record(1, NOW + timedelta(minutes=minute), minute % 3)], 20)
        await store.put(tx, [record(2, NOW, observed=False, hinted=True)], 20)
    later = NOW + timedelta(hours=1)
    async with database.write() as tx:
        kept = await samples(tx, GROUP, 1, later)
        assert len(kept) == 20
        assert kept[0].at == NOW + timedelta(minutes=24)
        rules = [Rule(1, What.LENGTH, Length()), Rule(2, What.LENGTH, Length())]
        one, two = await standings(tx, GROUP, rules, later)
        assert (one.observed, one.acted) == (Tally(25, 3), Tally())
        assert (two.observed, two.acted) == (Tally(), Tally(1, 1))
        assert await store.hinted_since(tx, GROUP, MEI, NOW - timedelta(minutes=1))
        assert not await store.hinted_since(tx, GROUP, MEI, NOW)
        await purge(tx, NOW + 7 * DAY)
        rows = (await tx.execute(store.seen.select())).all()
        assert [(row.number, row.sample) for row in rows] == [(2, "")]
        await purge(tx, NOW + 366 * DAY)
        assert (await tx.execute(store.seen.select())).all() == []


async def test_a_group_keeps_more_or_less_and_never_longer_than_was_said(database: Database) -> None:
    book = PolicyBook()
    async with database.write() as tx:
        await store.put(tx, [record(1, NOW + timedelta(minutes=minute)) for minute in range(10)], 20)
        assert await book.keep(tx, GROUP, Keeping(201, 7), ANNA, NOW) is None
        assert await book.keep(tx, GROUP, Keeping(20, 0), ANNA, NOW) is None
        assert await book.keep(tx, GROUP, Keeping(50, 30), ANNA, NOW) == Keeping(50, 30)
    async with database.write() as tx:
        assert (await PolicyBook().settings(tx, GROUP)).keeping == Keeping(50, 30)
        assert await book.settings(tx, OTHER) == Settings()
        assert len(await samples(tx, GROUP, 1, NOW + 7 * DAY - timedelta(seconds=1))) == 9 + 1
        assert len(await samples(tx, GROUP, 1, NOW + 7 * DAY)) == 9
        assert await book.keep(tx, GROUP, Keeping(3, 1), ANNA, NOW) == Keeping(3, 1)
        kept = await samples(tx, GROUP, 1, NOW + timedelta(hours=1))
        assert [one.at for one in kept] == [NOW + timedelta(minutes=minute) for minute in (9, 8, 7)]
        assert await samples(tx, GROUP, 1, NOW + DAY + timedelta(minutes=9)) == []
        due = {row.due_at for row in await timers.pending(tx, "policy")}
        assert {NOW + DAY, NOW + 7 * DAY} <= due
        await purge(tx, NOW + DAY)
        assert await samples(tx, GROUP, 1, NOW) == []
        found = await standings(tx, GROUP, [Rule(1, What.LENGTH, Length())], NOW + DAY)
        assert found[0].observed == Tally(10, 1)


async def test_members_are_approved_and_no_longer(database: Database) -> None:
    book = PolicyBook()
    async with database.write() as tx:
        await book.held(tx, GROUP)
        assert await book.approve(tx, GROUP, (MEI, "Mei"), ANNA, NOW) is Approval.DONE
        assert await book.approve(tx, GROUP, (MEI, "Mei"), ANNA, NOW) is Approval.ALREADY
        assert not book.is_approved(GROUP, MEI)
    assert book.is_approved(GROUP, MEI)
    assert not book.is_approved(OTHER, MEI)
    async with database.write() as tx:
        assert [one.name for one in await book.approved(tx, GROUP)] == ["Mei"]
        again = PolicyBook()
        await again.held(tx, GROUP)
        assert again.is_approved(GROUP, MEI)
        assert await book.unapprove(tx, GROUP, MEI, ANNA, NOW) is not None
        assert await book.unapprove(tx, GROUP, MEI, ANNA, NOW) is None
    assert not book.is_approved(GROUP, MEI)


async def test_that_the_bot_may_not_delete_is_news_once(database: Database) -> None:
    book = PolicyBook()
    async with database.write() as tx:
        assert not await book.blocked(tx, GROUP, None)
        assert await book.blocked(tx, GROUP, NOW)
    async with database.write() as tx:
        assert not await book.blocked(tx, GROUP, NOW + DAY)
        assert (await book.settings(tx, GROUP)).blocked == NOW
        assert await book.blocked(tx, GROUP, None)


async def test_the_rules_of_all_groups_are_read_however_many_there_are(database: Database) -> None:
    every = {GroupId(group): 1 + group % 7 for group in range(1, store.AT_ONCE)}
    async with database.write() as tx:
        for group, count in every.items():
            for number in range(1, count + 1):
                state = State.OFF if number == 5 else State.ON
                await store.add(tx, group, Rule(number, What.LENGTH, Length(), state=state))
        found = await store.all_rules(tx)
    assert sum(len(some) for some in found.values()) > 3 * store.AT_ONCE
    assert {group: [rule.number for rule in some] for group, some in found.items()} == {
        group: [number for number in range(1, count + 1) if number != 5] for group, count in every.items()
    }
