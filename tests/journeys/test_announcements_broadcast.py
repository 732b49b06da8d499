"""One announcement for several groups: chosen by a line or by buttons, sent, held, stopped, changed (R02)."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from bot.announcements.broadcast.rules.life import Act, Reason
from bot.announcements.broadcast.rules.progress import Fate
from bot.announcements.broadcast.texts import page as say
from bot.announcements.broadcast.texts import words
from bot.i18n import texts_for
from tests.journeys.stage import Stage, said

if TYPE_CHECKING:
    from bot.sandbox.telegram.model import Chat, Message


def copies(stage: Stage, text: str, *groups: Chat) -> list[int]:
    """Count in each group the messages of just this text."""
    return [sum(said(message) == text for message in stage.telegram.messages(group)) for group in groups]


async def clubs(stage: Stage, *titles: str, members: bool = False) -> list[Chat]:
    """Make groups of Anna's and wait until the bot has greeted them; with ``members`` they are Ben's, and Anna is a member."""
    made = [
        stage.group_of(title, stage.ben, stage.anna) if members else stage.group_of(title, stage.anna)
        for title in titles
    ]
    await stage.until(lambda: all(stage.find(group, "👋") for group in made))
    await stage.settled()
    return made


async def tell(stage: Stage, group: Chat, line: str) -> None:
    """Say a line as Anna and wait for the answer below it."""
    sent = stage.anna.send(group, line)
    await stage.until(lambda: any(m.message_id > sent.message_id for m in stage.telegram.messages(group)))
    await stage.settled()


async def page_of(stage: Stage) -> Message:
    """Wait for the page on which Anna ticks groups."""
    return await stage.until(lambda: next((m for m in _private(stage) if _has(m, "☑️") or _has(m, "◻️")), None))


def _private(stage: Stage) -> list[Message]:
    return list(reversed(stage.telegram.messages(stage.anna)))


def _has(message: Message, part: str) -> bool:
    return any(part in label for label in message.labels())


async def send_page(stage: Stage) -> Message:
    """Tap Send on the page; return the card."""
    page = await page_of(stage)
    label = next(label for label in page.labels() if label.startswith("📡"))
    await stage.tap(stage.anna, page, label)
    await stage.settled()
    return await card_of(stage)


async def card_of(stage: Stage) -> Message:
    """Return the card as it is now."""
    return await stage.see(stage.anna, "/", "░" if stage.find(stage.anna, "░") else "▓")


async def test_a_line_names_the_groups_and_one_tap_sends_it(either_stage: Stage) -> None:
    stage, anna = either_stage, either_stage.anna
    runners, club = await clubs(stage, "Runners", "Book club")
    (chess,) = await clubs(stage, "Chess", members=True)
    anna.send(stage.group, "/announce to Runners, hikers | We meet <at> ten.")
    page = await page_of(stage)
    assert "Chess" not in " ".join(page.labels())
    assert [label for label in page.labels() if label.startswith(("☑️", "◻️"))] == [
        "◻️ Book club",
        "☑️ Hikers",
        "☑️ Runners",
    ]
    assert copies(stage, "We meet <at> ten.", stage.group, runners) == [0, 0]

    card = await send_page(stage)
    assert copies(stage, "We meet <at> ten.", stage.group, runners, club, chess) == [1, 1, 0, 0]
    assert "2/2" in said(card)
    assert [said(pin) for pin in stage.telegram.pins(runners)] == ["We meet <at> ten."]
    # Each copy has a number of its own group, and the group's own is the one it was written as.
    anna.send(runners, "/announce show 1")
    anna.send(stage.group, "/announce show 1")
    await stage.settled()
    assert stage.find(anna, "#1", "Runners") is not None
    assert stage.find(anna, "#2", "Hikers") is None


async def test_labels_and_all_are_ticked_by_buttons_from_a_card(either_stage: Stage) -> None:
    stage, anna = either_stage, either_stage.anna
    others = await clubs(stage, *(f"Club {number:02}" for number in range(1, 12)))
    for club in others[:3]:
        await tell(stage, club, "/label volunteers")
    anna.send(stage.group, "/announce We meet at ten.")
    await stage.settled()
    draft = await stage.see(anna, "#1", "We meet at ten.")
    await stage.tap(anna, draft, "📡")
    page = await page_of(stage)
    assert next(label for label in page.labels() if label.startswith("◻️")) == "◻️ Club 01"
    await stage.tap(anna, page, "»")
    await stage.tap(anna, await page_of(stage), "◻️ Hikers")
    await stage.tap(anna, await page_of(stage), "🏷")
    labels = await page_of(stage)
    assert "◻️ volunteers (3)" in labels.labels() or "◻️ volunteers（3）" in labels.labels()
    await stage.tap(anna, labels, "volunteers")
    labels = await page_of(stage)
    assert _has(labels, "☑️ volunteers")
    await stage.tap(anna, labels, "«")
    page = await page_of(stage)
    assert sum(label.startswith("☑️") for label in page.labels()) == 3
    card = await send_page(stage)
    assert "4/4" in said(card)
    assert copies(stage, "We meet at ten.", stage.group, *others) == [1, 1, 1, 1, *[0] * 8]

    # The same announcement once more goes to those only that have not got it.
    anna.send(stage.group, "/announce to all 1")
    page = await stage.until(lambda: next((m for m in _private(stage) if _has(m, "☑️ Club 04")), None))
    assert not _has(page, "Hikers")
    assert not _has(page, "Club 03")
    await stage.tap(anna, page, "✖️")
    await stage.settled()
    assert copies(stage, "We meet at ten.", stage.group, *others) == [1, 1, 1, 1, *[0] * 8]


async def test_what_cannot_be_found_is_named_and_nothing_is_sent(stage: Stage) -> None:
    anna = stage.anna
    await clubs(stage, "Runners", "Runners")
    anna.send(stage.group, "/announce to Swimmers, label:north, Runners | Hello")
    await stage.see(stage.group, "no such group", "“Swimmers”", "Several of your groups", "“Runners”", "“north”")
    anna.send(stage.group, "/announce to all")
    await stage.see(stage.group, "Please say what I shall send")
    anna.send(stage.group, "/announce to all 12")
    await stage.see(stage.group, "no announcement #12")
    anna.send(stage.group, "/announce to")
    await stage.see(anna, "Nothing has been sent to several groups")


async def test_groups_that_are_lost_or_whose_right_is_gone_are_named_at_the_end_and_tried_again(stage: Stage) -> None:
    anna, telegram = stage.anna, stage.telegram
    runners, club = await clubs(stage, "Runners", "Book club")
    (chess,) = await clubs(stage, "Chess", members=True)
    stage.ben.promote(chess, anna)
    await stage.settled()
    anna.send(stage.group, "/announce to all | We meet at ten.")
    await page_of(stage)
    telegram.faults.add("sendMessage", "403", 1, chat_id=club.id)
    await send_page(stage)
    assert copies(stage, "We meet at ten.", stage.group, runners, club, chess) == [1, 1, 0, 1]
    told = await stage.see(anna, "#1 is through: 3 of 4 groups", "I am not in these groups any more: Book club")
    await stage.tap(anna, told, "Who has not got it")
    listed = await stage.see(anna, "1 group has not got it", "Book club")
    await stage.tap(anna, listed, "🔎 Book club")
    await stage.see(anna, "#1", "Book club", "could not be published")
    anna.send(club, "I am here")
    await stage.settled()
    card = await stage.see(anna, "4/4", "3 groups have got it")
    await stage.tap(anna, card, "Try the failed again")
    await stage.settled()
    assert copies(stage, "We meet at ten.", stage.group, runners, club, chess) == [1, 1, 1, 1]
    assert "not got it" not in said(await stage.see(anna, "4/4"))


async def test_trying_again_says_where_it_is_of_no_use_and_one_reason_is_one_line(either_stage: Stage) -> None:
    stage, anna, telegram = either_stage, either_stage.anna, either_stage.telegram
    texts = texts_for(stage.locale, stage.zone)
    runners, club = await clubs(stage, "Runners", "Book club")
    anna.send(stage.group, "/announce to all | We meet at ten.")
    await page_of(stage)
    anna.kick(runners, stage.bot)
    await stage.settled()
    telegram.faults.add("sendMessage", "403", 1, chat_id=club.id)
    card = await send_page(stage)
    out = stage.words(words.REASONS[Reason.LOST])
    assert said(card).count(out) == 1
    joined = "Book club and Runners" if stage.locale == "en" else "Book club和Runners"
    assert joined in said(await stage.see(anna, "#1", "Runners"))
    await stage.tap(anna, card, ".csv")
    await stage.tap(anna, card, ".xlsx")
    await stage.settled()
    sheet, book = [message for message in stage.telegram.messages(anna) if "document" in message]
    counted = ("<b>#{number}</b>: {sent} of {n} group has got it", "<b>#{number}</b>: {sent} of {n} groups have got it")
    assert said(book) == said(sheet) == texts.ngettext(*counted, 3, number=1, sent=1).striptags()
    data = telegram.world.state.files[sheet.body["document"]["file_id"]].data
    heading, *lines = csv.reader(io.StringIO(data.decode("utf-8-sig")))
    assert heading[:3] == [texts.label(word) for word in ("Group", "Telegram ID", "Announcement")]
    assert [line[0] for line in lines] == ["Book club", "Runners", "Hikers"]
    assert [line[3] for line in lines] == [
        texts.label(words.FATES[fate]) for fate in (Fate.FAILED, Fate.LEFT_OUT, Fate.SENT)
    ]
    assert out in lines[0][4]
    assert [line[4] for line in lines[1:]] == [out, ""]
    assert [line[1] for line in lines] == [str(group.id) for group in (club, runners, stage.group)]
    await stage.tap(anna, card, "📋")
    listed = await stage.see(anna, stage.words(out), "Book club", "Runners")
    assert listed.labels()[-2:] == [".xlsx", ".csv"]
    sent = len(_private(stage))
    answer = await stage.tap(anna, card, "🔁")
    assert answer == say.all_lost(texts, 2)
    await stage.settled()
    assert len(_private(stage)) == sent
    assert copies(stage, "We meet at ten.", stage.group, runners, club) == [1, 0, 0]

    anna.send(club, "I am here")
    await stage.settled()
    answer = await stage.tap(anna, card, "🔁")
    assert answer == say.tried_again(texts, 1)
    await stage.settled()
    assert copies(stage, "We meet at ten.", stage.group, runners, club) == [1, 0, 1]
    assert "3/3" in said(card)


async def test_quiet_hours_hold_a_copy_until_they_end_over_a_restart(either_stage: Stage) -> None:
    stage, anna = either_stage, either_stage.anna
    runners, club = await clubs(stage, "Runners", "Book club")
    await tell(stage, runners, f"/quiet {_morning(stage)}")
    anna.send(stage.group, "/announce to all | We meet at ten.")
    card = await send_page(stage)
    assert ("🌙 1 group has quiet hours" if stage.locale == "en" else "🌙 1个群") in said(card)
    assert "2/3" in said(card)
    assert copies(stage, "We meet at ten.", stage.group, runners, club) == [1, 0, 1]
    await stage.restart()
    await stage.advance(hours=1, minutes=59)
    assert copies(stage, "We meet at ten.", runners) == [0]
    await stage.advance(minutes=1)
    assert copies(stage, "We meet at ten.", stage.group, runners, club) == [1, 1, 1]
    assert "3/3" in said(await stage.see(anna, "3/3"))


def _morning(stage: Stage) -> str:
    """Return quiet hours that end in two hours, by the clock of this stage's zone."""
    return "09:00-12:00" if stage.locale == "en" else "17:00-20:00"


async def test_it_is_paused_stopped_and_sent_to_the_rest(either_stage: Stage) -> None:
    stage, anna = either_stage, either_stage.anna
    runners, club = await clubs(stage, "Runners", "Book club")
    for quiet in (runners, club):
        await tell(stage, quiet, f"/quiet {_morning(stage)}")
    anna.send(stage.group, "/announce to all | We meet at ten.")
    card = await send_page(stage)
    assert await stage.tap(anna, card, "⏸") == say.done(texts_for(stage.locale, stage.zone), Act.PAUSE)
    await stage.settled()
    assert stage.words("It waits until somebody lets it go on.") in said(await stage.see(anna, "1/3"))
    await stage.advance(hours=3)
    assert copies(stage, "We meet at ten.", runners, club) == [0, 0]
    await stage.tap(anna, await stage.see(anna, "1/3"), "⏹")
    await stage.settled()
    left_out = texts_for(stage.locale, stage.zone).ngettext(
        "{n} group does not get it.", "{n} groups do not get it.", 2
    )
    card = await stage.see(anna, "3/3", left_out)
    await stage.tap(anna, card, stage.words(words.RESUME_STOPPED))
    await stage.settled()
    assert copies(stage, "We meet at ten.", stage.group, runners, club) == [1, 1, 1]


async def test_an_uncertain_copy_is_listed_and_somebody_looks(either_stage: Stage) -> None:
    stage, anna, telegram = either_stage, either_stage.anna, either_stage.telegram
    runners, club = await clubs(stage, "Runners", "Book club")
    anna.send(stage.group, "/announce to all | We meet at ten.")
    telegram.faults.add("sendMessage", "reset", 1, chat_id=runners.id)
    await send_page(stage)
    card = await stage.see(anna, "3/3", "❓")
    await stage.tap(anna, card, "📋")
    listed = await stage.see(anna, "Runners", stage.words(words.FATES[Fate.UNCERTAIN]))
    await stage.tap(anna, listed, "🔎 Runners")
    copy = await stage.until(lambda: next((m for m in _private(stage) if _has(m, stage.words("✓ It is there"))), None))
    assert "Runners" in said(copy)
    before = copies(stage, "We meet at ten.", runners)
    await stage.tap(anna, copy, stage.words("✓ It is there"))
    await stage.settled()
    assert copies(stage, "We meet at ten.", runners) == before
    assert "❓" not in said(await stage.see(anna, "3/3"))
    assert copies(stage, "We meet at ten.", stage.group, club) == [1, 1]


async def test_the_words_are_changed_in_every_copy(either_stage: Stage) -> None:
    stage, anna = either_stage, either_stage.anna
    runners, club = await clubs(stage, "Runners", "Book club")
    anna.send(stage.group, "/announce to all | We meet at ten.")
    card = await send_page(stage)
    same = stage.words("All copies have these words. Change the announcement first; then I change its copies.")
    assert await stage.tap(anna, card, "✏️") == same
    anna.send(stage.group, "/announce edit 1 We meet at eleven.")
    await stage.settled()
    assert copies(stage, "We meet at ten.", stage.group, runners, club) == [0, 1, 1]
    await stage.tap(anna, await card_of(stage), "✏️")
    await stage.settled()
    assert copies(stage, "We meet at eleven.", stage.group, runners, club) == [1, 1, 1]


async def test_others_who_publish_may_pause_and_stop_it_but_it_goes_where_its_sender_may(stage: Stage) -> None:
    anna, ben = stage.anna, stage.ben
    (runners,) = await clubs(stage, "Runners")
    ben.start(stage.bot)
    anna.promote(stage.group, ben)
    await tell(stage, runners, "/quiet 09:00-12:00")
    anna.send(stage.group, "/announce to all | We meet at ten.")
    await send_page(stage)
    ben.send(stage.group, "/announce to")
    listed = await stage.see(ben, "to several groups", "#1")
    await stage.tap(ben, listed, "#1")
    card = await stage.see(ben, "1/2")
    assert "Paused" in await stage.tap(ben, card, "Pause")
    await stage.settled()
    assert "Only whoever sends it" in await stage.tap(ben, await stage.see(ben, "1/2", "paused"), "Go on")
    await stage.advance(hours=3)
    assert copies(stage, "We meet at ten.", stage.group, runners) == [1, 0]
    await stage.tap(anna, await stage.see(anna, "1/2", "paused"), "Go on")
    await stage.settled()
    assert copies(stage, "We meet at ten.", stage.group, runners) == [1, 1]


async def _tap_sure(stage: Stage) -> None:
    label = stage.words(words.WITHDRAW_YES)
    await stage.tap(stage.anna, next(m for m in _private(stage) if _has(m, label)), label)


async def test_all_copies_are_taken_back_and_nothing_more_is_sent(either_stage: Stage) -> None:
    stage, anna = either_stage, either_stage.anna
    runners, club = await clubs(stage, "Runners", "Book club")
    await tell(stage, club, "/quiet 09:00-20:00")
    anna.send(stage.group, "/announce to all | We meet at ten.")
    card = await send_page(stage)
    pause = next(label for label in card.labels() if label.startswith("⏸"))
    await stage.tap(anna, card, pause)
    await stage.settled()
    assert copies(stage, "We meet at ten.", stage.group, runners, club) == [1, 1, 0]
    card = await stage.until(lambda: next((m for m in _private(stage) if _has(m, "↩️")), None))
    await stage.tap(anna, card, "↩️")
    await stage.settled()
    anna.send(stage.bot, "x" * 301)
    await stage.settled()
    assert copies(stage, "We meet at ten.", stage.group, runners) == [1, 1]
    anna.send(stage.bot, "wrong <date>")
    await stage.settled()
    await _tap_sure(stage)
    await stage.settled()
    assert copies(stage, "We meet at ten.", stage.group, runners, club) == [0, 0, 0]
    noted = stage.words("↩️ {name} has withdrawn an announcement: {reason}", name="Anna", reason="wrong <date>")
    assert [stage.find(group, noted) is not None for group in (stage.group, runners, club)] == [True, True, False]
    card = await stage.see(anna, "▓", "↩️", "wrong <date>")
    assert stage.words(words.WITHDRAWN) in said(card).splitlines()[0]
    anna.send(runners, "/audit")
    assert "wrong <date>" in said(await stage.see(anna, "wrong <date>", "#1", "Anna"))
    await stage.advance(days=1)
    assert copies(stage, "We meet at ten.", stage.group, runners, club) == [0, 0, 0]


async def test_a_copy_that_can_be_neither_deleted_nor_struck_through_counts_as_failed(either_stage: Stage) -> None:
    stage, anna = either_stage, either_stage.anna
    (runners,) = await clubs(stage, "Runners")
    anna.send(stage.group, "/announce to all | We meet at ten.")
    await send_page(stage)
    await stage.settled()
    assert copies(stage, "We meet at ten.", stage.group, runners) == [1, 1]
    for method in ("deleteMessage", "editMessageText"):
        stage.telegram.faults.add(method, "400", chat_id=runners.id, description="Bad Request: not enough rights")
    everywhere = "everywhere" if stage.locale == "en" else "全部"
    anna.send(stage.group, f"/announce withdraw {everywhere} 1 wrong date")
    await stage.settled()
    await _tap_sure(stage)
    await stage.settled()
    assert copies(stage, "We meet at ten.", stage.group, runners) == [0, 1]
    failed = stage.words("⚠️ In {n} group it could not be changed.", n=1) if stage.locale == "en" else "1"
    await stage.see(anna, "▓", "↩️", failed)
    assert not stage.find(runners, "↩️ Anna")
    anna.send(runners, "/audit")
    await stage.see(anna, "ot enough rights", "#1")
    anna.send(runners, "/announce withdraw 1 wrong date")
    await stage.settled()
    question = await stage.until(lambda: next((m for m in _private(stage) if _has(m, "✏️")), None))
    await stage.tap(anna, question, "✏️")
    await stage.see(runners, "Anna", "wrong date", "We meet at ten.")


async def test_all_copies_are_taken_back_by_a_line_with_or_without_a_reason(either_stage: Stage) -> None:
    stage, anna = either_stage, either_stage.anna
    (runners,) = await clubs(stage, "Runners")
    everywhere = "everywhere" if stage.locale == "en" else "全部"
    for number, text, reason in ((1, "We meet at ten.", "wrong day"), (2, "We meet at noon.", "")):
        anna.send(stage.group, f"/announce to all | {text}")
        await send_page(stage)
        assert copies(stage, text, stage.group, runners) == [1, 1]
        anna.send(stage.group, f"/announce withdraw {everywhere} {number} {reason}")
        await stage.settled()
        if not reason:
            skip = stage.words("Skip")
            await stage.tap(anna, next(m for m in _private(stage) if _has(m, skip)), skip)
            await stage.settled()
        await _tap_sure(stage)
        await stage.settled()
        assert copies(stage, text, stage.group, runners) == [0, 0]
    for group in (stage.group, runners):
        notes = [said(m) for m in stage.telegram.messages(group) if said(m).startswith("↩️")]
        assert ["wrong day" in note for note in notes] == [True, False]


async def test_a_group_that_reviews_what_is_published_reads_its_copy_first(stage: Stage) -> None:
    anna, ben = stage.anna, stage.ben
    (runners,) = await clubs(stage, "Runners")
    (chess,) = await clubs(stage, "Chess", members=True)
    ben.start(stage.bot)
    ben.promote(chess, anna)
    await stage.settled()
    ben.send(chess, "/announce settings review one")
    await stage.settled()
    anna.send(stage.group, "/announce to all | We meet at ten.")
    card = await send_page(stage)
    assert "👀 1 group reviews it first" in said(card)
    assert copies(stage, "We meet at ten.", stage.group, runners, chess) == [1, 1, 0]
    waiting = await stage.see(ben, "#1", "Chess", "We meet at ten.")
    await stage.tap(ben, waiting, "Approve")
    await stage.settled()
    assert copies(stage, "We meet at ten.", chess) == [0]
    ben.send(chess, "/announce publish 1")
    await stage.settled()
    assert copies(stage, "We meet at ten.", stage.group, runners, chess) == [1, 1, 1]
    assert "👀" not in said(await stage.see(anna, "3/3"))


async def test_an_announcement_appears_in_the_topic_chosen_for_it_by_name_by_button_or_from_within(
    either_stage: Stage,
) -> None:
    stage, anna = either_stage, either_stage.anna
    forum = stage.group_of("Forum", anna, forum=True)
    await stage.until(lambda: stage.find(forum, "👋"))
    news, talk = anna.open_topic(forum, "News"), anna.open_topic(forum, "Small talk")
    for number, text in enumerate(("One", "Two", "Three"), start=1):
        await tell(stage, forum, f"/announce {text}")
        await stage.see(anna, f"#{number}", text)
    await tell(stage, forum, "/announce topic news 1")
    assert "News" in said(await stage.see(forum, "#1", "“News”"))
    anna.send(forum, "/announce topic here 2", thread_id=talk.id)
    await stage.settled()
    await stage.tap(anna, await stage.see(anna, "#3", "Three"), "🧵")
    page = await stage.until(lambda: next((m for m in _private(stage) if _has(m, "◻️ News")), None))
    await stage.tap(anna, page, "◻️ News")
    await stage.settled()
    assert _has(await stage.until(lambda: stage.find(anna, "#3", "🧵") or None), "📡")
    await tell(stage, forum, "/announce topic off 3")
    for number in (1, 2, 3):
        anna.send(forum, f"/announce publish {number}")
        await stage.settled()
    found = {said(m): m.body.get("message_thread_id") for m in stage.telegram.messages(forum) if said(m) in _TEXTS}
    assert found == {"One": news.id, "Two": talk.id, "Three": None}


_TEXTS = frozenset({"One", "Two", "Three"})
