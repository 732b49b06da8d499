"""A form about an event, and a talk in which it can be filled in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from bot.i18n import N_
from bot.tg.forms import Asking, Form
from bot.tg.forms.questions import ask_duration, ask_integer, ask_moment, ask_one_of, ask_text, ask_yes_no, say
from tests.databases import sqlite_database
from tests.tg.forms.talk import Talk

if TYPE_CHECKING:
    from pathlib import Path

    from telegram import Update

    from bot.tg.context import Context

KINDS = (("hike", N_("Hike")), ("talk", N_("Talk")))


@dataclass
class Finished:
    """What finish got, and for which group; with ``error`` it fails instead."""

    answers: list[dict[str, Any]] = field(default_factory=list)
    groups: list[int | None] = field(default_factory=list)
    error: Exception | None = None

    async def __call__(self, _update: Update, context: Context, answers: dict[str, Any]) -> None:
        if self.error is not None:
            raise self.error
        self.answers.append(answers)
        self.groups.append(context.spoken.group.id if context.spoken.group else None)


def _is_hike(asking: Asking) -> bool:
    return asking.answers.get("kind") == "hike"


def event_form(finish: Finished, *, confirm: bool = True) -> Form[Any]:
    return Form(
        "event",
        N_("New event"),
        (
            ask_text("title", N_("Title"), say(N_("What is it called?")), 30),
            ask_one_of("kind", N_("Kind"), say(N_("What kind?")), KINDS, typed=False),
            ask_duration("length", N_("Length"), say(N_("How long is the way?")), when=_is_hike),
            ask_moment("at", N_("Starts"), say(N_("When does it start?"))),
            ask_integer("seats", N_("Seats"), say(N_("How many seats?")), 1, 99, optional=True),
            ask_yes_no("guests", N_("Guests"), say(N_("May guests come along?"))),
        ),
        finish,
        confirm=confirm,
    )


def name_form(finish: Finished) -> Form[Any]:
    return Form("name", N_("Your name"), (ask_text("name", N_("Name"), say(N_("What is your name?"))),), finish)


@pytest.fixture
def finished() -> Finished:
    return Finished()


@pytest.fixture
def forms(finished: Finished) -> dict[str, Form[Any]]:
    return {"event": event_form(finished), "name": name_form(finished)}


@pytest.fixture
async def talk(tmp_path: Path, forms: dict[str, Form[Any]]) -> AsyncIterator[Talk]:
    database = sqlite_database(tmp_path / "bot.db")
    yield Talk(database, forms, {"event": "/event create"})
    await database.close()
