"""What commands and buttons cost, where what they act on is there: docs/decisions/statements.md."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.statements.counting import Counted, tapped, typed
from tests.statements.limits import LIMIT, OF_PUBLISHED, acts, most, name_of
from tests.statements.lines import ASKS_BACK
from tests.statements.world import PUBLISHED, World, opened

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    """The world; what is counted is taken back, so that all share it."""
    async with opened(tmp_path_factory.mktemp("world")) as made:
        yield made


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def lines(world: World) -> list[Counted]:
    """Every command of every capability."""
    return await typed(world)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def taps(world: World) -> list[Counted]:
    """Every button on the pages and cards to which the menu and ``/announce`` lead."""
    return await tapped(world)


async def test_every_example_acts_on_something_that_is_there(lines: list[Counted]) -> None:
    assert [str(one) for one in lines if one.tried.failed] == []
    assert {one.done for one in lines if one.tried.declined} <= ASKS_BACK


async def test_every_button_leads_somewhere(taps: list[Counted]) -> None:
    assert [str(one) for one in taps if one.tried.failed] == []
    assert {"an.pub", "an.edit", "ak.onoff", "ah.onoff", "am.way", "ab.tick", "at.use", "ev.manage", "aq.open"} <= {
        one.code for one in taps
    }


async def test_what_reads_or_begins_a_form_takes_at_most_eight_and_an_act_as_many_as_decided(
    lines: list[Counted], taps: list[Counted]
) -> None:
    known = acts()
    assert {str(one): one.statements for one in (*lines, *taps) if one.statements > most(one, known)} == {}


async def test_what_is_decided_of_acts_speaks_of_what_there_is(lines: list[Counted], taps: list[Counted]) -> None:
    known = acts()
    assert all(limit > LIMIT for limit in known.values())
    assert set(known) - {name_of(one, known) for one in (*lines, *taps)} == set()


async def test_asking_for_more_or_less_with_what_is_published(world: World) -> None:
    for line in ("ack {} off", "ack {} by Fri 18:00", "share {} off", "share {} proof on"):
        text = f"/announce {line.format(PUBLISHED)}"
        tried = await world.rehearse(world.typed(world.anna, world.group, text))
        assert not tried.failed
        assert LIMIT < tried.statements <= OF_PUBLISHED, (text, tried.statements)


async def test_what_is_counted_is_taken_back(world: World) -> None:
    line = world.typed(world.anna, world.group, "/announce Hello")
    first, second = await world.rehearse(line), await world.rehearse(line)
    assert first.said == second.said
    assert first.statements == second.statements
