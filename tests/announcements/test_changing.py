"""What a group reads while changes are on their way to it, and which of them Telegram refuses."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.announcements.rules import changing
from bot.announcements.rules.announcement import Announcement, By, State
from bot.announcements.rules.content import Content, shows_page
from bot.announcements.rules.making import drafted
from bot.kernel.ids import ChatId, GroupId, MessageId, UserId

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
WORDS = st.sampled_from(["one", "two", "three"])


def published(words: str) -> Announcement:
    item = drafted(GroupId(1), Content(words), By(UserId(1), "Anna"), NOW)
    return replace(item, state=State.PUBLISHED, chat_id=ChatId(-1001), message_id=MessageId(5))


def changed(item: Announcement, words: str) -> Announcement:
    return changing.put(item, replace(item, content=Content(words), edited_at=NOW))


@given(st.lists(st.one_of(WORDS.map(lambda words: (words, None)), st.booleans().map(lambda made: ("", made)))))
def test_when_telegram_has_answered_everything_the_record_says_what_the_group_reads(
    steps: list[tuple[str, bool | None]],
) -> None:
    item, reads, on_way = published("first"), "first", list[tuple[str, str]]()
    for words, made in [*steps, *[("", True)] * len(steps)]:
        if words:
            item = changed(item, words)
            on_way.append((changing.mark_of(item), words))
        elif on_way:
            mark, sent = on_way.pop(0)
            if made:
                item, reads = changing.arrived(item, mark)[0], sent
            else:
                item = changing.refused(item, mark, "No", gone=False)
        if not on_way:
            assert item.content.html == reads
            assert item.undone.before == ()


def test_a_refused_change_is_kept_with_its_approval_and_another_one_takes_its_place() -> None:
    before = replace(published("first"), approval="other:x", reviewer_id=UserId(2))
    wanted = replace(changed(before, "second"), approval="other:y", reviewer_id=UserId(3))
    item = changing.refused(wanted, changing.mark_of(wanted), "No", gone=True)
    assert (item.content, item.approval, item.reviewer_id, item.edited_at) == (Content("first"), "other:x", 2, None)
    change = item.undone.change
    assert change is not None
    assert (change.content, change.approval, change.reviewer_id) == (Content("second"), "other:y", 3)
    assert (item.undone.problem, item.undone.gone) == ("No", True)
    assert changing.forgotten(item).undone == published("first").undone
    assert changed(item, "third").undone.change is None


def test_a_late_refusal_of_an_older_change_leaves_the_newer_one() -> None:
    item = changed(changed(published("first"), "second"), "third")
    item = changing.refused(item, "1", "No", gone=False)
    assert (item.content.html, item.undone.change) == ("third", None)
    item = changing.refused(item, "2", "No", gone=False)
    assert item.content.html == "first"


def test_what_telegram_may_take_for_an_address_shows_a_page() -> None:
    assert shows_page(Content("See https://example.org now"))
    assert shows_page(Content('<a href="https://example.org">Here</a>'))
    assert shows_page(Content("See example.org now"))
    assert not shows_page(Content("We meet at 10.30. Bring tea."))
    assert not shows_page(Content("See https://example.org", kind="photo", file_id="f"))
