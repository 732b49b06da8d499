"""Who is on an event, in pages: each page holds what comes next, nobody is left out, and only the page is read."""

from __future__ import annotations

from dataclasses import replace
from time import process_time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.events import service
from bot.events.rules.event import Created
from bot.events.rules.roster import PER_PAGE, nearest, page_count, slices
from bot.events.rules.signup import SignUpState, Tally
from bot.events.service import roster
from bot.events.store import put
from bot.events.texts import roster as say
from bot.i18n import texts_for
from tests.events.build import GROUP, NOW, OWNER, plan, signup

if TYPE_CHECKING:
    from bot.db.engine import Database, Tx
    from bot.events.rules.event import Event
    from bot.events.rules.signup import SignUp

EN = texts_for("en", "UTC")
GOING, OFFERED, WAITING = SignUpState.GOING, SignUpState.OFFERED, SignUpState.WAITING
counts = st.integers(0, 70)


@given(counts, counts, counts)
def test_the_pages_together_are_the_list(going: int, offers: int, waiting: int) -> None:
    tally = Tally(parties=going, offers=offers, waiting=waiting)
    pages = [slices(tally, page) for page in range(1, page_count(tally) + 1)]
    for page in pages[:-1]:
        assert sum(one.most for one in page) == PER_PAGE
    for state, count in ((GOING, going), (OFFERED, offers), (WAITING, waiting)):
        shown = [one.skip + place for page in pages for one in page if one.state is state for place in range(one.most)]
        assert shown == list(range(count))


@given(counts, st.integers())
def test_a_page_that_is_not_there_is_the_nearest(going: int, page: int) -> None:
    tally = Tally(parties=going)
    assert 1 <= nearest(tally, page) <= page_count(tally)
    assert slices(tally, page) == slices(tally, nearest(tally, page))


def crowd(size: int) -> list[SignUp]:
    """Of ten people seven are going, one is offered a seat and two wait, those who came late first."""
    states = (*[GOING] * 7, OFFERED, WAITING, WAITING)
    return [replace(signup(n, states[n % 10]), rank=-n if n % 10 > 7 else 0) for n in range(1, size + 1)]


async def with_crowd(tx: Tx, size: int) -> Event:
    done = await service.create(tx, GROUP, plan(seats=None), OWNER, NOW)
    assert isinstance(done, Created)
    await put(tx, done.event.id, crowd(size))
    return done.event


async def test_pages_follow_the_order_of_the_list(database: Database) -> None:
    async with database.write() as tx:
        event = await with_crowd(tx, 95)
        found = await service.get(tx, GROUP, event.id)
        assert found is not None
        pages = [await roster.page_of(tx, event.id, found[1], page) for page in range(1, 6)]
        whole = await service.everybody(tx, event.id)
    assert [one for page in pages for _, people in page for one in people] == whole
    text = say.page(EN, event, found[1], pages[3])
    assert "68. P95" in text
    assert "<b>Offered a seat</b>\n1. P7" in text


@pytest.mark.parametrize("size", [2000, 5000])
async def test_a_tap_on_a_long_list_costs_little(database: Database, size: int) -> None:
    """A tenth of a second of the processor is the most a tap on List may cost; it takes some milliseconds."""
    async with database.write() as tx:
        event = await with_crowd(tx, size)
    async with database.read() as tx:
        spent = []
        for page in (1, 2, 100, page_count(Tally(parties=size))):
            before = process_time()
            found = await service.get(tx, GROUP, event.id)
            assert found is not None
            text = say.page(EN, *found, await roster.page_of(tx, event.id, found[1], page))
            spent.append(process_time() - before)
            assert len(text) < 4096
    assert max(spent) < 0.1, spent
