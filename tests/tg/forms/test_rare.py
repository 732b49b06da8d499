"""Questions that are not asked but found under *More*, answers that answer others too, presets, a second button beside *Save*."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from bot.i18n import N_
from bot.tg.forms import Asking, Form, Reply, Told
from bot.tg.forms.questions import ask_integer, ask_text, say
from tests.tg.forms.conftest import Finished, event_form

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.tg.context import Context
    from tests.tg.forms.talk import Talk


def seats_and_place(_asking: Asking, reply: Reply) -> Told[str]:
    """Read "Hall, 20": the place, and the seats there."""
    place, _, seats = reply.text.partition(", ")
    return Told(place, {"seats": int(seats)} if seats else {})


async def house_rules(_context: Context) -> Mapping[str, Any]:
    return {"seats": 7, "title": "Meeting"}


@pytest.fixture
def forms(finished: Finished) -> dict[str, Form[Any]]:
    place = replace(ask_text("place", N_("Place"), say(N_("Where?"))), parse=seats_and_place)
    form: Form[Any] = Form(
        "party",
        N_("Party"),
        (
            ask_text("title", N_("Title"), say(N_("What is it called?"))),
            place,
            ask_integer("seats", N_("Seats"), say(N_("How many seats?")), 1, 99, rare=True, optional=True),
        ),
        finished,
        confirm=True,
        beside=("draft", N_("Save as draft")),
    )
    return {"party": form, "house": replace(form, name="house", presets=house_rules), "event": event_form(finished)}


async def test_a_rare_question_is_not_asked_nor_shown_while_it_is_as_usual(talk: Talk, finished: Finished) -> None:
    await talk.start("party")
    assert "· 1/2" in talk.last().html
    await talk.say("Tea")
    await talk.say("Hall")
    assert "Seats" not in talk.last().html
    await talk.tap("✓ Save")

    assert finished.answers == [{"title": "Tea", "place": "Hall", "seats": None}]


async def test_a_rare_question_is_found_under_more(talk: Talk, finished: Finished) -> None:
    await talk.start("party", title="Tea", place="Hall")
    await talk.tap("✏️ Change")
    assert talk.last().labels == ["Title", "Place", "More …", "« Back"]
    await talk.tap("More …")
    assert talk.last().labels == ["Seats", "« Back"]
    await talk.tap("Seats")
    await talk.say("9")
    assert "<b>Seats:</b> 9" in talk.last().html
    await talk.tap("✏️ Change")
    assert talk.last().labels == ["Title", "Place", "Seats", "« Back"]
    await talk.tap("Seats")
    await talk.tap("Skip")
    assert "Seats" not in talk.last().html
    await talk.tap("✓ Save")

    assert finished.answers[0]["seats"] is None


async def test_an_answer_may_answer_other_questions_too(talk: Talk, finished: Finished) -> None:
    await talk.start("party", title="Tea")
    await talk.say("Hall, 20")
    assert "<b>Seats:</b> 20" in talk.last().html
    await talk.tap("✓ Save")

    assert finished.answers == [{"title": "Tea", "place": "Hall", "seats": 20}]


async def test_presets_of_a_form_give_way_to_those_it_is_started_with(talk: Talk, finished: Finished) -> None:
    await talk.start("house", title="Tea")
    await talk.say("Hall")
    assert "<b>Seats:</b> 7" in talk.last().html
    await talk.tap("✓ Save")

    assert finished.answers == [{"title": "Tea", "place": "Hall", "seats": 7}]


async def test_the_second_button_says_that_it_was_tapped(talk: Talk, finished: Finished) -> None:
    await talk.start("party", title="Tea", place="Hall")
    assert talk.last().labels[:2] == ["✓ Save", "Save as draft"]
    await talk.tap("Save as draft")

    assert finished.answers == [{"title": "Tea", "place": "Hall", "seats": None, "draft": True}]


async def test_more_is_not_offered_where_nothing_is_rare(talk: Talk) -> None:
    await talk.start("event", title="Hike", kind="talk", seats=3, guests=False, at="2026-11-28T14:00:00Z")
    await talk.tap("✏️ Change")

    assert "More …" not in talk.last().labels


async def test_back_leaves_an_answer_that_was_to_be_given_anew_as_it_was(talk: Talk, finished: Finished) -> None:
    await talk.start("party")
    await talk.say("Tea")
    await talk.say("Hall, 20")
    summary = talk.last().html
    for label in ("Title", "Seats"):
        await talk.tap("✏️ Change")
        await talk.tap(label)
        assert "/" not in talk.last().html.partition("\n")[0].removeprefix("<b>Party</b>")
        await talk.tap("« Back")
        assert talk.last().html == summary
    await talk.tap("✓ Save")

    assert finished.answers == [{"title": "Tea", "place": "Hall", "seats": 20}]
