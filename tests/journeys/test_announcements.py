"""An announcement from the first word to the pinned message, as managers and members see it (R02, R09)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.sandbox.telegram.model import Message
from tests.journeys.stage import Stage, said

CHINESE = {
    "draft": "草稿",
    "📣 Publish now": "📣 立即发布",
    "Publish now": "立即发布",
    "sent you announcement #1 in private": "公告 #1 已经私聊发给你了",
    "This is how it will look": "发出来是这样",
    "#1 is on its way.": "#1 正在发出。",
    "It is pinned": "已经置顶",
    "Tap a number": "点编号查看",
    "Is this right?": "这样对吗",
    "Save": "保存",
    "#1 goes out": "#1 将于",
    "too late to go out by itself": "超出自动补发的时限",
    "Shall it go out now?": "现在要发吗？",
    "Skip": "不发了",
    "cancelled": "已取消",
    "could not be posted in Hikers": "没能发到Hikers",
    "Try again": "重试",
    "announcement #1": "公告 #1",
    "is it there": "已经有了，还是要我重新发",
    "It is there": "已经有了",
    "Send it again": "再排一次",
    "Posted in the group on": "发到群里",
    "may not publish any more": "已经没有发布权限",
    "draft again": "改回了草稿",
    "written by Ben": "起草人：Ben",
    "publish announcements": "发布公告",
    "is published in Hikers, but I could not pin it": "已经发到Hikers，但没能置顶",
    "Pin it": "置顶",
    "managers' chat of?": "管理群",
    "Link Hikers": "Hikers",
    "#1 is in the managers' chat": "公告 #1 在管理群里",
}
"""What marks a sentence or a button in Chinese, by what does so in English."""


def word(stage: Stage, english: str) -> str:
    """Return what marks a sentence in the language of the stage."""
    return CHINESE[english] if stage.locale == "zh_Hans" else english


async def test_a_draft_is_shown_in_private_and_published_with_one_tap(either_stage: Stage) -> None:
    stage, anna = either_stage, either_stage.anna
    anna.send(stage.group, "/announce We hike on <Saturday> & Sunday")
    card = await stage.see(anna, "#1", "Hikers", word(stage, "draft"), "We hike on <Saturday> & Sunday")
    assert card.labels()[0] == word(stage, "📣 Publish now")
    await stage.see(stage.group, word(stage, "sent you announcement #1 in private"))
    assert stage.find(stage.group, word(stage, "This is how it will look")) is None

    assert await stage.tap(anna, card, word(stage, "Publish now")) == word(stage, "#1 is on its way.")
    await stage.see(stage.group, "We hike on <Saturday> & Sunday")
    await stage.until(lambda: stage.telegram.pins(stage.group))
    (pin,) = stage.telegram.pins(stage.group)
    assert said(pin) == "We hike on <Saturday> & Sunday"
    done = await stage.see(anna, "#1", word(stage, "It is pinned"))
    assert word(stage, "📣 Publish now") not in done.labels()


async def test_formatting_links_and_files_of_the_original_survive(stage: Stage) -> None:
    anna, mei = stage.anna, stage.mei
    text = "Read this page"
    entities = [
        {"type": "bold", "offset": 0, "length": 4},
        {"type": "text_link", "offset": 5, "length": 9, "url": "https://example.org/a?b=1&c=2"},
    ]
    original = mei.send(stage.group, text, entities=entities)
    anna.send(stage.group, "/announce", reply_to=original)
    card = await stage.see(anna, "#1", "The message above")
    # It is shown as members will see it, with what Telegram shows of the page.
    shown = await stage.see(anna, text)
    await stage.tap(anna, card, "Publish now")
    await stage.until(lambda: stage.telegram.pins(stage.group))
    (pin,) = stage.telegram.pins(stage.group)
    assert pin.entities == shown.entities == entities
    assert pin.body.get("link_preview_options") == shown.body.get("link_preview_options")

    photo = mei.send_file(stage.group, "photo", caption="The view")
    anna.send(stage.group, "/announce", reply_to=photo)
    card = await stage.see(anna, "#2", "The message above")
    await stage.see(anna, "The view")
    await stage.tap(anna, card, "Publish now")
    await stage.until(lambda: len(stage.telegram.pins(stage.group)) == 2)
    posted = next(pin for pin in stage.telegram.pins(stage.group) if "photo" in pin)
    assert said(posted) == "The view"
    assert posted["photo"][-1]["file_unique_id"] == photo["photo"][-1]["file_unique_id"]


async def test_a_caption_is_an_announcement_too(stage: Stage) -> None:
    stage.anna.send_file(stage.group, "document", caption="/announce The new rules")
    await stage.tap(stage.anna, await stage.see(stage.anna, "#1", "The message above"), "Publish now")
    await stage.until(lambda: stage.telegram.pins(stage.group))
    (pin,) = stage.telegram.pins(stage.group)
    assert (said(pin), "document" in pin) == ("The new rules", True)


async def test_bare_it_asks_and_takes_any_kind_of_answer(any_stage: Stage) -> None:
    stage, anna = any_stage, any_stage.anna
    anna.send(stage.bot, "/announce")
    await stage.settled()
    anna.send_file(stage.bot, "photo", caption="Hello 大家")
    await stage.settled()
    card = await stage.see(anna, "#1")
    await stage.tap(anna, card, card.labels()[0])
    await stage.until(lambda: stage.telegram.pins(stage.group))
    assert said(stage.telegram.pins(stage.group)[0]) == "Hello 大家"


async def test_a_scheduled_one_goes_out_on_time_also_after_a_restart(any_stage: Stage) -> None:
    stage, anna = any_stage, any_stage.anna
    anna.send(stage.bot, "/announce Meet at the gate")
    await stage.see(anna, "#1")
    anna.send(stage.bot, "/announce schedule 1 2027-03-11 09:00")
    question = await _with_keys(stage, "2027", 2)
    await stage.tap(anna, question, question.labels()[0])
    await stage.settled()
    assert stage.find(stage.group, "Meet at the gate") is None
    await stage.stop()
    await stage.start()
    hours = 23 if stage.zone == "UTC" else 15
    await stage.advance(hours=hours - 1, minutes=59)
    assert stage.find(stage.group, "Meet at the gate") is None
    await stage.advance(minutes=1)
    await stage.see(stage.group, "Meet at the gate")
    await stage.until(lambda: stage.telegram.pins(stage.group))
    await stage.advance(days=1)
    found = [message for message in stage.telegram.messages(stage.group) if said(message) == "Meet at the gate"]
    assert len(found) == 1


async def _with_keys(stage: Stage, part: str, keys: int) -> Message:
    """Wait for a message of the owner's private chat with at least so many buttons."""

    def there() -> bool:
        found = stage.find(stage.anna, part)
        return found is not None and len(found.labels()) >= keys

    await stage.until(there)
    return await stage.see(stage.anna, part)


async def test_one_line_drafts_and_sets_the_time_after_showing_it_back(stage: Stage) -> None:
    anna = stage.anna
    anna.send(stage.bot, "/announce at Sat 09:00 | <Bring> water")
    question = await stage.see(anna, "<Bring> water", "Sat, 13 Mar 2027, 09:00", "Is this right?")
    assert stage.find(anna, "#1") is None
    await stage.tap(anna, question, "Save")
    await stage.see(anna, "#1 goes out Sat, 13 Mar 2027, 09:00.")
    card = await stage.see(anna, "#1", "scheduled", "set by Anna", "<Bring> water")
    await stage.tap(anna, card, "Cancel")
    await stage.see(anna, "#1", "cancelled", "will not go out")
    await stage.advance(days=4)
    assert stage.find(stage.group, "water") is None


async def test_what_was_missed_while_the_bot_was_down_is_offered(either_stage: Stage) -> None:
    stage, anna = either_stage, either_stage.anna
    anna.send(stage.bot, "/announce at in 2 hours | Lunch is ready")
    await stage.tap(anna, await stage.see(anna, word(stage, "Is this right?")), word(stage, "Save"))
    await stage.see(anna, word(stage, "#1 goes out"))
    await stage.stop()
    stage.clock.advance(timedelta(hours=5))
    await stage.start()
    offer = await stage.see(
        anna, "#1", word(stage, "too late to go out by itself"), word(stage, "Shall it go out now?"), "Lunch is ready"
    )
    await stage.settled()
    assert stage.find(stage.group, "Lunch is ready") is None
    await stage.tap(anna, offer, word(stage, "Skip"))
    # The offer is closed: no button is left, and it says what was decided and by whom.
    closed = await stage.until(
        lambda: next(
            (m for m in stage.telegram.messages(anna) if m.message_id == offer.message_id and not m.labels()), None
        )
    )
    assert "Anna" in said(closed)
    assert stage.words("cancelled") in said(closed)
    assert stage.find(stage.group, "Lunch is ready") is None


async def test_whoever_set_the_time_must_still_be_allowed_when_it_comes(either_stage: Stage) -> None:
    stage, ben = either_stage, either_stage.ben
    ben.start(stage.bot)
    ben.send(stage.bot, "/announce at in 2 hours | Party at my place")
    await stage.tap(ben, await stage.see(ben, word(stage, "Is this right?")), word(stage, "Save"))
    await stage.see(ben, word(stage, "#1 goes out"))
    stage.anna.demote(stage.group, ben)
    await stage.settled()
    await stage.advance(hours=2)
    await stage.see(stage.anna, "Ben", word(stage, "may not publish any more"), word(stage, "draft again"))
    card = await stage.see(stage.anna, word(stage, "written by Ben"), "Party at my place")
    assert stage.find(stage.group, "Party at my place") is None
    answer = await stage.tap(ben, await stage.see(ben, word(stage, "written by Ben")), word(stage, "Publish now"))
    assert word(stage, "publish announcements") in answer
    await stage.tap(stage.anna, card, word(stage, "Publish now"))
    await stage.see(stage.group, "Party at my place")


async def test_a_change_shows_the_new_version_and_reaches_what_is_published(stage: Stage) -> None:
    anna = stage.anna
    anna.send(stage.bot, "/announce We meet at nine")
    card = await stage.see(anna, "#1", "We meet at nine")
    await stage.tap(anna, card, "Edit")
    await stage.see(anna, "Send the new text")
    anna.send(stage.bot, "We meet at ten")
    newer = await stage.see(anna, "#1", "draft", "We meet at ten")
    await stage.see(anna, "the new version is further down")
    await stage.tap(anna, newer, "Publish now")
    await stage.see(stage.group, "We meet at ten")
    await stage.see(anna, "It is pinned")
    anna.send(stage.bot, "/announce edit 1 We meet at eleven")
    await stage.see(stage.group, "We meet at eleven")
    assert stage.find(stage.group, "We meet at ten") is None


async def test_the_list_shows_all_and_its_buttons_open_them(either_stage: Stage) -> None:
    stage, anna = either_stage, either_stage.anna
    for number in range(1, 10):
        anna.send(stage.bot, f"/announce Text {number}")
    await stage.settled(patience=30)
    anna.send(stage.bot, "/announce list")
    page = await stage.see(anna, "#1", "#8", "Text 8")
    assert page.labels()[:8] == [f"#{number}" for number in range(1, 9)]
    await stage.tap(anna, page, "»")
    page = await stage.see(anna, word(stage, "Tap a number"), "#9", "Text 9")
    before = len(stage.telegram.messages(anna))
    await stage.tap(anna, page, "#9")
    await stage.until(lambda: len(stage.telegram.messages(anna)) > before)


async def test_a_pin_that_telegram_refuses_is_told_and_can_be_repeated(either_stage: Stage) -> None:
    stage, anna = either_stage, either_stage.anna
    stage.telegram.faults.add(
        "pinChatMessage", "400", description="Bad Request: not enough rights to manage pinned messages in the chat"
    )
    anna.send(stage.bot, "/announce Mind the gap")
    await stage.tap(anna, await stage.see(anna, "#1"), word(stage, "Publish now"))
    told = await stage.see(anna, word(stage, "is published in Hikers, but I could not pin it"), "ot enough rights")
    assert not stage.telegram.pins(stage.group)
    await stage.tap(anna, told, word(stage, "Pin it"))
    await stage.until(lambda: stage.telegram.pins(stage.group))
    await stage.see(anna, "#1", word(stage, "It is pinned"))


async def test_a_refused_post_is_told_with_the_reason_and_a_button(either_stage: Stage) -> None:
    stage, anna = either_stage, either_stage.anna
    anna.send(stage.bot, "/announce Mind the gap")
    card = await stage.see(anna, "#1")
    stage.telegram.faults.add(
        "sendMessage", "400", chat_id=stage.group.id, description="Bad Request: the topic is closed"
    )
    await stage.tap(anna, card, word(stage, "Publish now"))
    told = await stage.see(anna, "#1", word(stage, "could not be posted in Hikers"), "topic is closed")
    await stage.tap(anna, told, word(stage, "Try again"))
    await stage.see(stage.group, "Mind the gap")
    await stage.see(anna, "#1", word(stage, "It is pinned"))


@pytest.mark.parametrize("there", [True, False])
async def test_an_uncertain_post_is_decided_by_whoever_looks(either_stage: Stage, there: bool) -> None:
    stage, anna = either_stage, either_stage.anna
    anna.send(stage.bot, "/announce Mind the gap")
    card = await stage.see(anna, "#1")
    kind = "timeout_after" if there else "timeout_before"
    stage.telegram.faults.add("sendMessage", kind, chat_id=stage.group.id)
    await stage.tap(anna, card, word(stage, "Publish now"))
    told = await stage.see(anna, word(stage, "announcement #1"), word(stage, "is it there"), patience=60)
    await stage.settled()
    asked = [
        message for message in stage.telegram.messages(anna) if word(stage, "It is there") in " ".join(message.labels())
    ]
    assert len(asked) == 2, "the card and one notice ask; whoever taps in both would post it twice"
    count = _times(stage, "Mind the gap")
    assert count == (1 if there else 0)
    await stage.tap(anna, told, word(stage, "It is there") if there else word(stage, "Send it again"))
    await stage.see(anna, "#1", word(stage, "Posted in the group on"))
    await stage.settled()
    assert _times(stage, "Mind the gap") == 1


def _times(stage: Stage, text: str) -> int:
    return sum(said(message) == text for message in stage.telegram.messages(stage.group))


async def test_who_cannot_be_reached_in_private_is_told_why_all_can_read(stage: Stage) -> None:
    stage.ben.send(stage.group, "/announce Careful")
    await stage.see(stage.group, "everybody here can read this", "@qunguan_bot")
    card = await stage.see(stage.group, "#1", "draft", "Careful")
    answer = await stage.tap(stage.mei, card, "Publish now")
    assert "publish announcements" in answer
    assert not stage.telegram.pins(stage.group)
    await stage.tap(stage.ben, card, "Publish now")
    await stage.until(lambda: stage.telegram.pins(stage.group))


async def test_an_author_who_may_not_publish_has_it_shown_to_somebody_who_may(stage: Stage) -> None:
    mei, anna = stage.mei, stage.anna
    mei.send(stage.group, "Hello")
    mei.start(stage.bot)
    await stage.settled()
    anna.send(stage.group, "/role grant @mei editor")
    await stage.settled()
    mei.send(stage.bot, "/announce Cake for all")
    own = await stage.see(mei, "#1", "draft", "It waits for somebody who may publish", "Cake for all")
    assert own.labels() == ["✏️ Edit", "🗑 Discard"]
    card = await stage.see(anna, "#1", "draft", "written by Mei", "Cake for all")
    await stage.tap(anna, card, "Publish now")
    await stage.see(stage.group, "Cake for all")
    await stage.see(mei, "#1", "published")


WRONG = [
    ("/announce edit", "Announcements"),
    ("/announce edit 99", "There is no announcement #99"),
    ("/announce edit 99 Hello", "There is no announcement #99"),
    ("/announce edit soon", "is not the number of an announcement"),
    ("/announce cancel your plans", "itself begins with “cancel”"),
    ("/announce cancel 99", "There is no announcement #99"),
    ("/announce publish 99", "There is no announcement #99"),
    ("/announce publish -1", "is not the number"),
    ("/announce show 0", "There is no announcement #0"),
    ("/announce schedule 1 yesterday", "is already past"),
    ("/announce schedule 1 whenever", "not a time I understand"),
    ("/announce schedule 1 01/02/2028", "can mean several times"),
    ("/announce schedule 1 tomorrow", "At what time"),
    ("/announce schedule 99 tomorrow 8pm", "There is no announcement #99"),
    ("/announce at Sat 09:00 Hello", "put a “|” between"),
    ("/announce at Sat 09:00 |", "nothing I can announce"),
    ("/announce at soon | Hello", "not a time I understand"),
    ("/announce list soon", "is neither a page of the list nor a state"),
]


async def test_what_cannot_be_done_is_said_and_changes_nothing(stage: Stage) -> None:
    anna = stage.anna
    anna.send(stage.bot, "/announce Hello")
    await stage.see(anna, "#1", "draft")
    for line, _ in WRONG:
        anna.send(stage.bot, line)
    await stage.settled(patience=60)
    for line, answer in WRONG:
        assert stage.find(anna, answer) is not None, line
    anna.send(stage.bot, "/announce list")
    await stage.settled()
    listed = await stage.see(anna, "Tap a number")
    assert listed.labels() == ["#1"]
    assert "#1 draft: Hello" in said(listed)


async def test_members_cannot_announce(stage: Stage) -> None:
    stage.mei.send(stage.group, "/announce Free cake")
    await stage.see(stage.group, "draft announcements")
    await stage.settled()
    stage.anna.send(stage.bot, "/announce list")
    await stage.see(stage.anna, "no announcements in Hikers")


async def test_a_text_too_long_for_a_caption_is_refused_with_its_length(stage: Stage) -> None:
    original = stage.mei.send_file(stage.group, "photo")
    stage.anna.send(stage.group, f"/announce {'x' * 1025}", reply_to=original)
    await stage.see(stage.group, "1,025", "1,024")


async def test_quiet_hours_ask_once_by_hand_and_hold_what_is_scheduled(stage: Stage) -> None:
    anna = stage.anna
    anna.send(stage.bot, "/quiet 22:00-07:30")
    await stage.settled()
    assert stage.app is not None
    group = stage.app.groups.by_chat(stage.group.id)
    assert group is not None
    assert group.quiet
    anna.send(stage.bot, "/announce at 23:00 | Good night")
    question = await stage.see(anna, "Is this right?", "quiet hours", "Thu, 11 Mar 2027, 07:30")
    await stage.tap(anna, question, "Save")
    await stage.see(anna, "#1", "I hold it until they end")
    await stage.advance(hours=13)
    assert stage.find(stage.group, "Good night") is None
    anna.send(stage.bot, "/announce Fire!")
    await stage.tap(anna, await stage.see(anna, "#2", "draft"), "Publish now")
    question = await stage.see(anna, "The group has quiet hours until", "#2")
    assert question.labels() == ["Publish now", "At 07:30"]
    await stage.tap(anna, question, "Publish now")
    await stage.see(stage.group, "Fire!")
    anna.send(stage.bot, "/announce Breakfast")
    await stage.tap(anna, await stage.see(anna, "#3", "draft"), "Publish now")
    await stage.tap(anna, await stage.see(anna, "The group has quiet hours until", "#3"), "At 07:30")
    await stage.see(anna, "#3 goes out Thu, 11 Mar 2027, 07:30.")
    await stage.advance(hours=8, minutes=30)
    await stage.see(stage.group, "Good night")
    await stage.see(stage.group, "Breakfast")


async def test_managers_see_drafts_in_their_own_chat(either_stage: Stage) -> None:
    stage, ben = either_stage, either_stage.ben
    office = stage.group_of("Office", stage.anna, ben)
    await stage.settled()
    stage.anna.send(office, "/managerschat")
    await stage.tap(stage.anna, await stage.see(office, word(stage, "managers' chat of?")), word(stage, "Link Hikers"))
    ben.send(stage.group, "/announce Bring cups")
    card = await stage.see(office, "#1", "Hikers", word(stage, "draft"), "Bring cups")
    await stage.see(stage.group, word(stage, "#1 is in the managers' chat"))
    assert stage.find(stage.group, word(stage, "This is how it will look")) is None
    await stage.tap(ben, card, word(stage, "Publish now"))
    await stage.until(lambda: stage.telegram.pins(stage.group))
    ben.send(office, "/announce Bring plates")
    await stage.see(office, "#2", "Hikers", word(stage, "draft"), "Bring plates")


async def test_in_a_topic_the_bare_command_asks_and_the_topic_for_announcements_gets_the_post(stage: Stage) -> None:
    anna = stage.anna
    forum = stage.group_of("Forum", anna, forum=True)
    await stage.settled()
    topic, news = anna.open_topic(forum, "Chat"), anna.open_topic(forum, "News")
    anna.send(forum, "/announce", thread_id=topic)
    question = await stage.see(forum, "What shall I announce?")
    assert question.thread_id == topic.id
    anna.send(forum, "/topic announcements", thread_id=news)
    await stage.settled()
    anna.send(forum, "/announce Welcome", thread_id=topic)
    await stage.tap(anna, await stage.see(anna, "#1", "Forum", "Welcome"), "Publish now")
    await stage.until(lambda: stage.telegram.pins(forum))
    (pin,) = stage.telegram.pins(forum)
    assert (said(pin), pin.thread_id) == ("Welcome", news.id)


async def test_a_scheduled_one_reaches_the_supergroup_that_the_group_became(stage: Stage) -> None:
    anna = stage.anna
    group = stage.group_of("Cooks", anna, stage.mei, supergroup=False)
    anna.promote(group, stage.bot)
    await stage.settled()
    anna.send(group, "/announce at in 2 hours | Soup")
    await stage.see(group, "I have sent it to you in private.")
    question = await stage.see(anna, "Is this right?", "Soup")
    await stage.tap(anna, question, "Save")
    await stage.see(anna, "#1 goes out")
    assert stage.find(group, "Is this right?") is None, "a draft is for managers"
    bigger = stage.telegram.migrate(group)
    await stage.settled()
    await stage.advance(hours=2)
    await stage.see(bigger, "Soup")


@pytest.mark.parametrize("bar", ["|", "｜"])
async def test_a_bar_between_the_number_and_the_rest_is_no_part_of_it(stage: Stage, bar: str) -> None:
    anna = stage.anna
    anna.send(stage.group, f"/announce {bar} Old text")
    await stage.see(anna, "#1", "This is how it will look:\n\nOld text")
    anna.send(stage.group, f"/announce edit 1 {bar} New text")
    await stage.see(anna, "#1", "This is how it will look:\n\nNew text")
    anna.send(stage.bot, f"/announce schedule 1 {bar} in 2 hours")
    await stage.see(anna, "Goes out: Wed, 10 Mar 2027, 12:00")
    anna.send(stage.bot, f"/announce edit 1{bar}Newer text")
    await stage.see(anna, "#1", "This is how it will look:\n\nNewer text")


async def test_an_unclear_time_is_asked_back_with_its_readings_and_keeps_the_text(stage: Stage) -> None:
    anna = stage.anna
    anna.send(stage.bot, "/timezone Berlin")
    anna.send(stage.bot, "/announce at 01/02/2028 | <Bring> boots")
    question = await stage.see(anna, "can mean several times")
    assert question.labels()[:2] == ["Sun, 2 Jan 2028", "Tue, 1 Feb 2028"]
    await stage.tap(anna, question, "Feb")
    await stage.see(anna, "At what time on Tue, 1 Feb 2028?")
    anna.send(stage.bot, "9:30")
    await stage.tap(anna, await stage.see(anna, "<Bring> boots", "Goes out: Tue, 1 Feb 2028, 09:30"), "Save")
    await stage.see(anna, "#1 goes out Tue, 1 Feb 2028, 09:30.")

    anna.send(stage.bot, "/announce schedule 1 2027-03-28 02:30")
    question = await stage.see(anna, "there is no 02:30, because the clocks go forward")
    await stage.tap(anna, question, "03:00")
    await stage.tap(anna, await stage.see(anna, "Goes out: Sun, 28 Mar 2027, 03:00"), "Save")
    await stage.see(anna, "#1 goes out Sun, 28 Mar 2027, 03:00.")
    anna.send(stage.bot, "/announce at Sat | Again")
    await stage.see(anna, "At what time on Sat, 13 Mar 2027?")
    anna.send(stage.bot, "8pm")
    await stage.see(anna, "Again", "Goes out: Sat, 13 Mar 2027, 20:00")


async def test_a_new_time_zone_tells_when_the_scheduled_ones_go_out(stage: Stage) -> None:
    anna = stage.anna
    await stage.agree(anna, "/announce at tomorrow 9:00 | Boots & tent")
    await stage.plan(anna, "/event create Walk | tomorrow 10:00")
    anna.send(stage.bot, "/timezone Shanghai")
    told = await stage.see(
        anna, "1 scheduled announcement keeps its moment", "#1 Boots & tent – Thu, 11 Mar 2027, 17:00"
    )
    assert "1 coming event keeps its moment" in said(told)
    anna.send(stage.bot, "/quiet 16:00-18:00")
    await stage.settled()
    anna.send(stage.bot, "/timezone Hong Kong")
    held = "I hold it until they end, Thu, 11 Mar 2027, 18:00"
    await stage.see(anna, "#1 Boots & tent – Thu, 11 Mar 2027, 17:00", held)


async def test_a_new_zone_leaves_finished_cards_as_they_are(stage: Stage) -> None:
    anna = stage.anna
    for number, text in enumerate(("Discarded", "Published", "Waiting"), start=1):
        anna.send(stage.bot, f"/announce {text}")
        await stage.see(anna, f"#{number}", text)
    await stage.tap(anna, await stage.see(anna, "#1", "draft"), "Discard")
    await stage.tap(anna, await stage.see(anna, "#2", "draft"), "Publish now")
    await stage.settled()
    await stage.agree(anna, "/announce schedule 3 tomorrow 9:00")
    before = len(stage.telegram.journal.of("editMessageText"))
    anna.send(stage.bot, "/timezone Shanghai")
    await stage.settled()
    edited = [call.params["message_id"] for call in stage.telegram.journal.of("editMessageText")[before:]]
    (waiting,) = [message for message in stage.telegram.messages(anna) if message.message_id in edited]
    assert said(waiting).startswith("⏰ Announcement #3 for Hikers: scheduled")
    assert "17:00" in said(waiting)


@pytest.mark.parametrize(
    "line",
    [
        "Secret",
        "Secret party",
        "Share your photos",
        "To everybody: hello",
        "List of things to bring",
        "Status of the hut",
    ],
)
async def test_a_text_that_begins_like_a_command_is_not_lost_without_a_word(stage: Stage, line: str) -> None:
    stage.anna.send(stage.bot, f"/announce {line}")
    await stage.see(
        stage.anna, f"If your announcement itself begins with “{line.split(maxsplit=1)[0]}”, send /announce alone"
    )


async def test_a_photo_whose_words_begin_like_a_command_is_not_lost_without_a_word(either_stage: Stage) -> None:
    stage, anna = either_stage, either_stage.anna
    for words in ("Secret", "Status of the hut", "保密"):
        anna.send_file(stage.bot, "photo", caption=f"/announce {words}")
        await stage.see(anna, words.split()[0], "/announce", "photo" if stage.locale == "en" else "照片")
    await stage.settled()
    assert not [m for m in stage.telegram.messages(anna) if "#1" in said(m)]


async def test_a_time_with_a_text_behind_a_bar_is_a_new_one_whichever_word_stands_before(either_stage: Stage) -> None:
    stage, anna = either_stage, either_stage.anna
    line = {"en": "schedule in 2 hours", "zh_Hans": "定时 两小时后"}[stage.locale]
    await stage.agree(anna, f"/announce {line} | Bring water")
    await stage.advance(hours=2)
    await stage.see(stage.group, "Bring water")
