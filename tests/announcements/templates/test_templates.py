from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from bot.announcements import service as core
from bot.announcements.rules.announcement import Announcement, By, State
from bot.announcements.rules.content import Content, Empty, File, Link
from bot.announcements.rules.outcomes import Done, Unknown
from bot.announcements.templates import rules, service
from bot.announcements.templates.rules import (
    MOST,
    BadName,
    Full,
    NameTaken,
    NameTooLong,
    NoName,
    NoTemplate,
    NotYours,
    Template,
    read_name,
    split_rename,
    split_save,
)
from bot.kernel.ids import GroupId, UserId
from bot.kernel.roles import RIGHTS_OF, Role

if TYPE_CHECKING:
    from bot.db.engine import Database

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
GROUP = GroupId(1)
ANNA = By(UserId(1), "Anna", RIGHTS_OF[Role.MANAGER])
EDDA = By(UserId(2), "Edda", RIGHTS_OF[Role.EDITOR])
ALBUM = Content(
    "<b>Hello</b> {group}",
    files=(File("photo", "a"), File("video", "b")),
    links=((Link("Map", "https://a.org"),),),
    protected=True,
)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("  every   Monday ", "every Monday"),
        ("周报", "周报"),
        ("", NoName()),
        ("\u200b", NoName()),
        ("12", BadName("12")),
        ("#１２", BadName("#１２")),
        ("a|b", BadName("a|b")),
        ("a｜b", BadName("a｜b")),
        ("x" * 41, NameTooLong(41)),
    ],
)
def test_names(typed: str, expected: object) -> None:
    assert read_name(typed) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("weekly 12", ("weekly", 12)),
        ("every Monday | #12", ("every Monday", 12)),
        ("weekly", ("weekly", None)),
        ("12", ("12", None)),
        ("周报 １２", ("周报", 12)),
    ],
)
def test_a_name_with_the_number_of_an_announcement(line: str, expected: tuple[str, int | None]) -> None:
    assert split_save(line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("weekly | every Monday", ("weekly", "every Monday")),
        ("weekly monthly", ("weekly", "monthly")),
        ("周报｜月报", ("周报", "月报")),
        ("weekly", None),
        ("weekly |", None),
        ("a b c", None),
        ("", None),
    ],
)
def test_the_present_name_and_the_new_one(line: str, expected: object) -> None:
    assert split_rename(line) == expected


async def test_a_draft_from_a_template_has_all_that_was_kept(database: Database) -> None:
    async with database.write() as tx:
        drafted = await core.draft(tx, GROUP, ALBUM, ANNA, NOW, options={"acknowledgement": "yes"})
        assert isinstance(drafted, Done)
        kept = await service.save_announcement(tx, GROUP, "Weekly", drafted.item.number, ANNA, NOW)
        assert isinstance(kept, Template)
        made = await service.use(tx, GROUP, " WEEKLY ", EDDA, NOW)
        assert isinstance(made, Announcement)
        (listed,) = await service.of_group(tx, GROUP)
        assert await service.of_group(tx, GroupId(2)) == []
        assert await service.use(tx, GroupId(2), kept.id, ANNA, NOW) == NoTemplate("")
    assert (made.content, dict(made.options), made.state, made.author_name) == (
        ALBUM,
        {"acknowledgement": "yes"},
        State.DRAFT,
        "Edda",
    )
    assert (listed.name, listed.used, listed.user_name) == ("Weekly", 1, "Anna")


async def test_a_name_is_taken_until_it_is_free(database: Database) -> None:
    async with database.write() as tx:
        assert isinstance(await service.save(tx, GROUP, "Weekly", Content("a"), ANNA, NOW), Template)
        assert await service.save(tx, GROUP, "weekly", Content("b"), ANNA, NOW) == NameTaken("Weekly")
        assert isinstance(await service.save(tx, GroupId(2), "weekly", Content("b"), ANNA, NOW), Template)
        renamed = await service.rename(tx, GROUP, "weekly", "WEEKLY", ANNA, NOW)
        assert isinstance(renamed, Template)
        assert renamed.name == "WEEKLY"
        assert isinstance(await service.save(tx, GROUP, "monthly", Content("b"), ANNA, NOW), Template)
        assert await service.rename(tx, GROUP, "monthly", "weekly", ANNA, NOW) == NameTaken("WEEKLY")
        assert isinstance(await service.delete(tx, GROUP, "weekly", ANNA, NOW), Template)
        assert await service.find(tx, GROUP, "weekly") == NoTemplate("weekly")
        assert isinstance(await service.rename(tx, GROUP, "monthly", "weekly", ANNA, NOW), Template)


async def test_what_cannot_be_kept(database: Database) -> None:
    async with database.write() as tx:
        assert await service.save(tx, GROUP, "weekly", Content(""), ANNA, NOW) == Empty()
        assert await service.save(tx, GROUP, "7", Content("a"), ANNA, NOW) == BadName("7")
        assert await service.save_announcement(tx, GROUP, "weekly", 7, ANNA, NOW) == Unknown(7)
        for number in range(MOST):
            assert isinstance(await service.save(tx, GROUP, f"t{number}", Content("a"), ANNA, NOW), Template)
        assert await service.save(tx, GROUP, "one more", Content("a"), ANNA, NOW) == Full()


async def test_only_whoever_saved_it_and_publishers_change_it(database: Database) -> None:
    async with database.write() as tx:
        annas = await service.save(tx, GROUP, "annas", Content("a\0"), ANNA, NOW)
        eddas = await service.save(tx, GROUP, "eddas", Content("a"), EDDA, NOW)
        assert isinstance(annas, Template)
        assert isinstance(eddas, Template)
        assert annas.content.html == "a"
        assert await service.delete(tx, GROUP, "annas", EDDA, NOW) == NotYours(annas)
        assert await service.rename(tx, GROUP, annas.id, "mine", EDDA, NOW) == NotYours(annas)
        assert isinstance(await service.delete(tx, GROUP, eddas.id, ANNA, NOW), Template)
        assert rules.may_change(annas, ANNA)
