"""The ladder of a group, set by those who run it and followed by the next warning (R22)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.violations import service
from bot.violations.rules.ladder import DEFAULT_LADDER, Ladder, Rung, Step
from tests.journeys.stage import Stage, said
from tests.journeys.test_violations import card, known, warned

if TYPE_CHECKING:
    from bot.sandbox.telegram.model import Message

HOUR = timedelta(hours=1)
STEPS = (Step(Rung.WARNING), Step(Rung.SERIOUS, HOUR), Step(Rung.MUTE, 24 * HOUR), Step(Rung.REMOVAL))


async def ladder_of(stage: Stage) -> Ladder:
    assert stage.app is not None
    group = stage.app.groups.by_chat(stage.group.id)
    assert group is not None
    async with stage.app.database.read() as tx:
        return await service.ladder(tx, group.id)


async def asked(stage: Stage) -> Message:
    """Return the form's message as it stands when everything is answered."""
    await stage.settled()
    return next(m for m in reversed(stage.telegram.messages(stage.group)) if m.author == stage.bot.id)


@pytest.mark.parametrize(
    "line",
    [
        "/ladder set warning, serious 1h, mute 24h, removal",
        "/ladder set 警告, 严重警告 禁言1小时, 禁言24小时, 提议移出",
    ],
)
async def test_one_line_is_shown_back_and_saved_by_a_tap(any_stage: Stage, line: str) -> None:
    stage, anna = any_stage, any_stage.anna
    anna.send(stage.group, line)
    shown = await asked(stage)
    assert await ladder_of(stage) == DEFAULT_LADDER, "nothing is saved before somebody agrees"
    await stage.tap(anna, shown, shown.labels()[0])
    await stage.settled()
    assert await ladder_of(stage) == STEPS


async def test_what_is_set_holds_from_the_next_warning_on_and_cards_say_so(stage: Stage) -> None:
    anna, mei = stage.anna, stage.mei
    await known(stage, mei)
    await warned(stage, anna, "@mei one")
    assert "means: a serious warning and a mute of 1 hour" in said(await card(stage, 1))
    anna.send(stage.group, "/ladder set notice, mute 2h, removal")
    shown = await stage.see(
        stage.group, "Step 1: a notice", "Step 2: a mute of 2 hours", "Step 3: removal", "Is this right?"
    )
    await stage.tap(anna, shown, "Save")
    await stage.see(stage.group, "Saved.", "1. a notice", "2. a mute of 2 hours")
    assert "means: a mute of 2 hours" in said(await card(stage, 1))
    await warned(stage, anna, "@mei two")
    await stage.see(stage.group, "Case #2: Mei may not write for a while.")
    assert stage.telegram.member(stage.group, mei)["status"] == "restricted"
    anna.send(stage.bot, "/audit ladder")
    await stage.see(anna, "Anna changed the steps after a warning: a notice, a mute: 2 hours, removal")


async def test_the_form_asks_for_one_step_after_another(stage: Stage) -> None:
    anna = stage.anna
    anna.send(stage.group, "/ladder set")
    form = await stage.see(stage.group, "What shall the first warning bring?")
    assert "That is all" not in "".join(form.labels())
    await stage.tap(anna, form, "a notice")
    await stage.until(lambda: "warning number 2" in said(form))
    anna.send(stage.group, "a hug", reply_to=form)
    await stage.until(lambda: "“a hug” is no step I know." in said(form))
    await stage.tap(anna, form, "Mute")
    await stage.until(lambda: "How long shall the mute last?" in said(form))
    anna.send(stage.group, "3 days", reply_to=form)
    await stage.until(lambda: "warning number 3" in said(form))
    anna.send(stage.group, "serious and mute", reply_to=form)
    await stage.until(lambda: "How long shall the mute last?" in said(form))
    await stage.tap(anna, form, "12 hours")
    await stage.until(lambda: "warning number 4" in said(form))
    await stage.tap(anna, form, "That is all")
    await stage.until(lambda: "Is this right?" in said(form))
    assert "Step 3: a serious warning and a mute of 12 hours" in said(form)
    assert await stage.tap(stage.mei, form, "Save")
    await stage.tap(anna, form, "Save")
    await stage.see(stage.group, "Saved.", "2. a mute of 3 days")
    assert await ladder_of(stage) == (Step(Rung.NOTICE), Step(Rung.MUTE, 72 * HOUR), Step(Rung.SERIOUS, 12 * HOUR))


async def test_an_answer_can_be_changed_at_the_end(stage: Stage) -> None:
    anna = stage.anna
    anna.send(stage.group, "/ladder set warning, serious 1h, mute 24h")
    form = await stage.see(stage.group, "Is this right?")
    await stage.tap(anna, form, "Change")
    await stage.until(lambda: "Step 2" in form.labels())
    await stage.tap(anna, form, "Step 2")
    await stage.until(lambda: "warning number 2" in said(form))
    await stage.tap(anna, form, "removal")
    await stage.until(lambda: "Is this right?" in said(form))
    await stage.tap(anna, form, "Save")
    await stage.see(stage.group, "Saved.")
    assert await ladder_of(stage) == (Step(Rung.WARNING), Step(Rung.REMOVAL))


async def test_who_may_finds_the_buttons_and_goes_back_to_the_default(any_stage: Stage) -> None:
    stage, anna, mei = any_stage, any_stage.anna, any_stage.mei
    await known(stage, mei)
    anna.send(stage.group, "/ladder set warning")
    shown = await asked(stage)
    await stage.tap(anna, shown, shown.labels()[0])
    await stage.settled()
    anna.send(stage.group, "/ladder")
    listed = await asked(stage)
    assert len(listed.labels()) == 3
    assert await stage.tap(mei, listed, listed.labels()[1]), "a list is no pass: the tapper's rights count"
    await stage.tap(anna, listed, listed.labels()[1])
    shown = await asked(stage)
    await stage.tap(anna, shown, shown.labels()[0])
    await stage.settled()
    assert await ladder_of(stage) == DEFAULT_LADDER
    mei.send(stage.group, "/ladder")
    assert (await asked(stage)).labels() == []


async def test_the_settings_page_leads_to_it(stage: Stage) -> None:
    stage.anna.send(stage.group, "/settings")
    page = await stage.see(stage.group, "Settings of Hikers")
    await stage.tap(stage.anna, page, "Set the steps after a warning")
    await stage.see(stage.group, "What shall the first warning bring?")


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("/ladder 1 notice", "“1 notice” is no step I know."),
        ("/ladder set 1 notice", "“1 notice” is no step I know."),
        ("/ladder set warning, hug", "“hug” is no step I know."),
        ("/ladder set mute", "A mute needs a length"),
        ("/ladder set mute 5 seconds", "lasts at least 1 minute."),
        ("/ladder set mute 2 years", "lasts at most 365 days."),
        ("/ladder set notice 1h", "A notice comes without a mute"),
        ("/ladder set removal, warning", "Nothing comes after a removal"),
        ("/ladder set " + ", ".join(["warning"] * 9), "at most 8 fit"),
        ("/ladder default please", "“please” is no step I know."),
    ],
)
async def test_what_is_no_ladder_is_said_and_changes_nothing(stage: Stage, line: str, answer: str) -> None:
    stage.anna.send(stage.group, line)
    await stage.see(stage.group, answer, "/ladder set warning, serious 1h, mute 24h, removal")
    assert await ladder_of(stage) == DEFAULT_LADDER


async def test_members_cannot_set_it(stage: Stage) -> None:
    for line in ("/ladder set warning", "/ladder set", "/ladder default"):
        stage.mei.send(stage.group, line)
        await stage.see(stage.group, "Only people who may change settings")
    assert stage.find(stage.group, "Is this right?") is None
