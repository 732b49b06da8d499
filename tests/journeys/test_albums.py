"""Albums that come file by file with a command, or as an answer: nothing is done until all of one is there, and then with all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.announcements.submissions.texts import words
from bot.i18n import texts_for
from tests.journeys.stage import Stage, said
from tests.journeys.test_announcements_content import album_in

if TYPE_CHECKING:
    from bot.sandbox.telegram import Actor
    from bot.sandbox.telegram.model import Message


async def send_slowly(stage: Stage, who: Actor, where: Any, caption: str, album: str, **options: Any) -> None:
    """Send three files of an album, each in a batch of its own, and let it be complete."""
    for number, kind in enumerate(("photo", "video", "photo")):
        who.send_file(where, kind, caption=caption if number == 0 else None, media_group_id=album, **options)
        await stage.settled()
    await stage.advance(seconds=2)


async def with_mei(stage: Stage) -> None:
    """Let Mei be known in the group, and in private."""
    stage.mei.send(stage.group, "hello")
    stage.mei.start(stage.bot)
    await stage.settled()


def with_button(stage: Stage, who: Actor, button: str) -> Message:
    """Return the newest message of a private chat that has a button."""
    wanted = stage.words(button)
    return next(m for m in reversed(stage.telegram.messages(who)) if any(wanted in one for one in m.labels()))


async def test_a_submission_has_the_whole_album_by_line_form_and_answer(either_stage: Stage) -> None:
    stage, anna, mei = either_stage, either_stage.anna, either_stage.mei
    await with_mei(stage)
    mei.send_file(stage.bot, "photo", caption="/submit The school fair", media_group_id="1")
    await stage.settled()
    assert stage.find(mei, "#1") is None, "it waits for the rest"
    await send_slowly(stage, mei, stage.bot, "", "1")
    card = await stage.see(anna, "📥", "#1", "The school fair")
    assert [next(k for k in ("photo", "video") if k in m) for m in album_in(stage, anna)] == [
        "photo",
        "photo",
        "video",
        "photo",
    ]
    assert stage.find(anna, "#2") is None
    await stage.tap(anna, card, stage.words(words.ASK))
    await stage.settled()
    anna.send(stage.bot, "All of them?")
    asked = await stage.see(mei, "All of them?")
    await send_slowly(stage, mei, stage.bot, "These are better", "2", reply_to=asked)
    assert said(album_in(stage, anna)[0]) == "The school fair", (
        "the answer stands on the card, its files under a button"
    )
    await stage.tap(mei, with_button(stage, mei, words.USE), stage.words(words.USE))
    await stage.settled()
    card = await stage.see(anna, "📥", "#1", "These are better")
    await stage.tap(anna, card, stage.words(words.ACCEPT))
    await stage.settled()
    for label in ("Do not name them", "Skip"):
        await stage.tap(anna, with_button(stage, anna, label), stage.words(label))
        await stage.settled()
    anna.send(stage.bot, "/announce publish 1")
    await stage.see(stage.group, "These are better")
    assert len(album_in(stage, stage.group)) == 3

    mei.send(stage.bot, "/submit")
    await stage.settled()
    await send_slowly(stage, mei, stage.bot, "The papers", "3")
    await stage.see(anna, "📥", "#2", "The papers")
    assert len(album_in(stage, anna)) == 3
    waiting = await stage.see(mei, "#2", "The papers")
    before = len(stage.telegram.messages(mei))
    mei.send_album(stage.bot, 2, reply_to=waiting)
    await stage.settled()
    await stage.advance(seconds=2)
    assert len(stage.telegram.messages(mei)) == before + 3, "nobody has asked: that is said once, and not for each file"
    mei.send_album(stage.group, 2, caption="/submit From the group")
    await stage.settled()
    await stage.advance(seconds=2)
    await stage.see(anna, "📥", "#3", "From the group")
    mei.send_album(stage.group, 2, caption="/submit One more")
    await stage.settled()
    await stage.advance(seconds=2)
    assert stage.find(anna, "#4") is None, "three a day, however many files"


async def test_commands_wait_for_the_whole_album_over_a_restart(stage: Stage) -> None:
    anna = stage.anna
    anna.send(stage.bot, "/announce every")
    await stage.settled()
    await send_slowly(stage, anna, stage.bot, "Good evening", "4")
    anna.send(stage.bot, "every day at 19:00")
    await stage.settled()
    await stage.tap(anna, with_button(stage, anna, "✓"), "✓")
    await stage.settled()
    await stage.advance(hours=9)
    await stage.see(stage.group, "Good evening")
    assert len(album_in(stage, stage.group)) == 3

    other = stage.group_of("Runners", anna, stage.mei)
    await stage.settled()
    anna.send_file(stage.group, "photo", caption="/template save fair", media_group_id="1")
    await stage.settled()
    anna.send_file(stage.group, "photo", media_group_id="1")
    await stage.settled()
    assert stage.find(stage.group, "is saved") is None
    await stage.restart()
    await stage.advance(seconds=2)
    await stage.see(stage.group, "“fair” is saved")
    anna.send(stage.group, "/template use fair")
    await stage.see(anna, "#3")
    assert len(album_in(stage, anna)) == 2

    await send_slowly(stage, anna, stage.group, "/announce to Hikers, Runners | To {group}", "2")
    question = with_button(stage, anna, "📡")
    await stage.tap(anna, question, "📡")
    await stage.see(other, "To Runners")
    await stage.settled()
    assert len(album_in(stage, other)) == 3

    await send_slowly(stage, anna, stage.group, "/announce every weekday at 9:00 | Good morning", "3")
    await stage.tap(anna, with_button(stage, anna, "✓"), "✓")
    await stage.settled()
    await stage.advance(hours=14)
    await stage.see(stage.group, "Good morning")
    assert len(album_in(stage, stage.group)) == 3


async def test_files_that_come_too_late_are_left_out_and_that_is_said(either_stage: Stage) -> None:
    stage, anna, mei = either_stage, either_stage.anna, either_stage.mei
    await with_mei(stage)

    def too_late(count: int) -> str:
        return texts_for(stage.locale, "UTC").ngettext(
            "{n} file of this album came too late and is left out. To have all of them together, send the album once more.",
            "{n} files of this album came too late and are left out. To have all of them together, send the album once more.",
            count,
        )

    await send_slowly(stage, mei, stage.bot, "/submit The school fair", "1")
    await stage.see(anna, "📥", "#1", "The school fair")
    before = len(stage.telegram.messages(mei))
    first = mei.send_file(stage.bot, "photo", media_group_id="1")
    await stage.settled()
    mei.send_file(stage.bot, "photo", media_group_id="1")
    await stage.settled()
    assert len(stage.telegram.messages(mei)) == before + 2, "more may come"
    await stage.advance(seconds=2)
    (told,) = [m for m in stage.telegram.messages(mei) if said(m) == too_late(2)]
    assert told.reply_to == first.message_id
    assert len(album_in(stage, anna)) == 3
    await stage.advance(seconds=5)
    assert len(stage.telegram.messages(mei)) == before + 3, "it is said once"

    await send_slowly(stage, anna, stage.group, "/template save fair", "2")
    anna.send_file(stage.group, "photo", media_group_id="2")
    await stage.settled()
    await stage.restart()
    await stage.advance(seconds=2)
    assert len([m for m in stage.telegram.messages(stage.group) if said(m) == too_late(1)]) == 1

    # What makes a card goes on with it, however late.
    await send_slowly(stage, anna, stage.bot, "/announce The view", "3")
    anna.send_file(stage.bot, "photo", media_group_id="3")
    await stage.settled()
    await stage.advance(seconds=2)
    assert len(album_in(stage, anna)) == 4
    assert stage.find(anna, too_late(1)) is None
