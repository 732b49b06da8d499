"""Rules and what was seen, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.kernel.ids import GroupId, UserId
from bot.policy import store
from bot.policy.rules.conduct import Conduct, WrongPlace
from bot.policy.rules.detectors import DETECTORS, AnyDetector, What
from bot.policy.rules.findings import Reason
from bot.policy.rules.floods import sketch
from bot.policy.rules.plain import plain
from bot.policy.rules.record import SAMPLES, Record, Tally
from bot.policy.rules.rule import MOST_RULES, Fault, Reaction, Rule, State, Wrong
from bot.policy.rules.speech import Length, Manual, Words
from bot.policy.service import memory
from bot.policy.service.book import PolicyBook, purge, samples, standings
from bot.policy.service.memory import Draft, Memory

if TYPE_CHECKING:
    from bot.db.engine import Database

NOW = datetime(2027, 3, 10, 10, 0, tzinfo=UTC)
GROUP, OTHER = GroupId(1), GroupId(2)
ANNA = (UserId(20), "Anna")
MEI = UserId(10)
DAY = timedelta(days=1)


def record(number: int, at: datetime, user: int = MEI, *, observed: bool = True, hinted: bool = False) -> Record:
    user_id, sample = UserId(user), f"sample {at}"
    return Record(GROUP, number, user_id, "Mei", 7, at, Reason.LINK, "a.com", Reaction.HINT, observed, hinted, sample)


async def test_every_rule_comes_back_as_it_was_stored(database: Database) -> None:
    book = PolicyBook()
    filled: dict[What, AnyDetector] = {
        What.WORDS: Words(("赌",)),
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
        assert {rule.state for rule in found} == {State.OBSERVE}
        assert await PolicyBook().held(tx, GROUP) == tuple(found)
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
        for minute in range(SAMPLES + 5):
            await store.put(tx, [record(1, NOW + timedelta(minutes=minute), minute % 3)])
        await store.put(tx, [record(2, NOW, observed=False, hinted=True)])
    later = NOW + timedelta(hours=1)
    async with database.write() as tx:
        kept = await samples(tx, GROUP, 1, later)
        assert len(kept) == SAMPLES
        assert kept[0].at == NOW + timedelta(minutes=SAMPLES + 4)
        rules = [Rule(1, What.LENGTH, Length()), Rule(2, What.LENGTH, Length())]
        one, two = await standings(tx, GROUP, rules, later)
        assert (one.observed, one.acted) == (Tally(SAMPLES + 5, 3), Tally())
        assert (two.observed, two.acted) == (Tally(), Tally(1, 1))
        assert await store.hinted_since(tx, GROUP, MEI, NOW - timedelta(minutes=1))
        assert not await store.hinted_since(tx, GROUP, MEI, NOW)
        await purge(tx, NOW + 7 * DAY)
        rows = (await tx.execute(store.seen.select())).all()
        assert [(row.number, row.sample) for row in rows] == [(2, "")]
        await purge(tx, NOW + 366 * DAY)
        assert (await tx.execute(store.seen.select())).all() == []


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "MOST_SKETCHES", 10)
    kept = Memory()
    drawn = [
        sketch(
            plain(f"{'abcdefghij'[n % 10] * 3}这是一条各不相同的广告词句子第几条呢{'甲乙丙丁戊己庚辛壬癸'[n % 10] * 9}")
        )
        for n in range(30)
    ]
    for number, one in enumerate(drawn):
        assert one is not None
        draft = Draft(kept)
        draft.learn(number, 1, one)
        kept.take(draft)
    last = drawn[-1]
    assert last is not None
    assert 29 in kept.texts.alike(1, last)
    assert 0 not in {at for one in drawn if one is not None for at in kept.texts.alike(1, one)}
    assert kept.texts.alike(2, last) == []
