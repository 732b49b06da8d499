"""Roles and cards over the real wire."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.stage import Stage, close_stage, open_stage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.sandbox.telegram.model import Message


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    opened = await open_stage(tmp_path)
    yield opened
    await close_stage(opened)


async def test_the_owner_gives_a_role_and_takes_it_back(stage: Stage) -> None:
    stage.mei.send(stage.group, "hello")
    await stage.settled()
    stage.anna.send(stage.group, "/role grant @mei moderator")
    await stage.see(stage.group, "Mei now has the role moderator")
    stage.mei.send(stage.group, "/roles")
    await stage.see(stage.group, "In Telegram", "Anna", "Ben", "In the bot", "moderator: Mei")
    stage.anna.send(stage.group, "/member @mei")
    await stage.see(stage.anna, "@mei", "In the bot: moderator", "Last wrote on")
    assert stage.find(stage.group, "Last wrote on") is None, "the card of somebody else is for managers"
    stage.anna.send(stage.group, "/role take @mei moderator")
    await stage.see(stage.group, "Mei no longer has the role moderator")
    stage.anna.send(stage.group, "/audit role")
    await stage.see(stage.anna, "Audit log")
    assert stage.find(stage.group, "Audit log") is None


async def test_members_may_not_give_roles_and_nobody_gives_more_than_they_have(stage: Stage) -> None:
    stage.carl.send(stage.group, "hello")
    await stage.settled()
    stage.mei.send(stage.group, "/role grant @carl viewer")
    await stage.settled()
    assert stage.find(stage.group, "Carl now has") is None
    stage.anna.send(stage.group, "/role grant @anna manager")
    await stage.see(stage.group, "Anna owns the group")
    stage.anna.send(stage.group, "/role grant @nobody1 manager")
    await stage.see(stage.group, "I have not seen anybody called nobody1")
    stage.anna.send(stage.group, "/role grant @carl king")
    await stage.see(stage.group, "Name one of these roles")


async def test_who_joins_and_leaves_is_counted(stage: Stage) -> None:
    stage.mei.send(stage.group, "hello")
    await stage.settled()
    stage.anna.send(stage.group, "/members")
    await stage.see(stage.group, "I know")
    stage.mei.leave(stage.group)
    stage.anna.send(stage.group, "/member @mei")
    await stage.see(stage.anna, "@mei", "Left on")


async def test_a_role_is_given_by_form_and_by_reply(stage: Stage) -> None:
    hello = stage.mei.send(stage.group, "hello")
    await stage.settled()
    stage.anna.send(stage.group, "/role")
    asked = await stage.see(stage.group, "Whose role is it?")
    stage.anna.send(stage.group, "@mei", reply_to=asked)
    which = await stage.see(stage.group, "Which role?")
    await stage.tap(stage.anna, which, "editor")
    act = await stage.see(stage.group, "Give it or take it?")
    await stage.tap(stage.anna, act, "Give the role")
    confirm = await stage.until(lambda: _with_button(stage, "Save"))
    assert confirm is not None
    await stage.tap(stage.anna, confirm, "Save")
    await stage.see(stage.group, "Mei now has the role editor")
    stage.anna.send(stage.group, "/role take editor", reply_to=hello)
    await stage.see(stage.group, "Mei no longer has the role editor")


def _with_button(stage: Stage, label: str) -> Message | None:
    shown = stage.telegram.messages(stage.group)
    return next((message for message in reversed(shown) if any(label in text for text in message.labels())), None)
