"""A command line as it was typed, with its formatting."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Chat, Message, MessageEntity

from bot.tg.lines import CommandLine, html_of_tail, read_line

CHAT = Chat(-1, "supergroup")
NOON = datetime(2027, 3, 10, 12, tzinfo=UTC)


def said(text: str, *entities: MessageEntity) -> Message:
    return Message(1, NOON, CHAT, text=text, entities=entities)


def bold(offset: int, length: int) -> MessageEntity:
    return MessageEntity(MessageEntity.BOLD, offset, length)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("/menu", CommandLine("menu", None, "")),
        ("/Menu", CommandLine("menu", None, "")),
        ("/menu@qunguan_bot", CommandLine("menu", "qunguan_bot", "")),
        ("/warn@Qunguan_Bot  @mei  spam ", CommandLine("warn", "Qunguan_Bot", "@mei  spam")),
        ("/announce\nfirst line\nsecond line", CommandLine("announce", None, "first line\nsecond line")),
        ("/event create 周六爬山 | 周六9:00", CommandLine("event", None, "create 周六爬山 | 周六9:00")),
        ("/warn\u00a0@mei", CommandLine("warn", None, "@mei")),
        ("menu", None),
        ("/", None),
        ("/ menu", None),
        ("/菜单", None),
        ("/menu,please", None),
        (" /menu", None),
        ("/" + "a" * 33, None),
        ("", None),
    ],
)
def test_a_line_is_read(typed: str, read: CommandLine | None) -> None:
    assert read_line(said(typed)) == read


def test_a_caption_may_be_a_command() -> None:
    assert read_line(Message(1, NOON, CHAT, caption="/announce now")) == CommandLine("announce", None, "now")


def test_the_tail_keeps_its_formatting_and_is_escaped() -> None:
    message = said("/announce We <b>meet</b> at ten", bold(28, 3))

    assert html_of_tail(message, "We <b>meet</b> at ten") == "We &lt;b&gt;meet&lt;/b&gt; at <b>ten</b>"


def test_offsets_count_in_utf16_units() -> None:
    message = said("/announce 🎉🎉 big news", bold(19, 4))

    assert html_of_tail(message, "🎉🎉 big news") == "🎉🎉 big <b>news</b>"


def test_formatting_that_begins_before_the_tail_goes_on_in_it() -> None:
    message = said("/event edit 3 place the old mill", bold(7, 25))

    assert html_of_tail(message, "the old mill") == "<b>the old mill</b>"


def test_a_link_is_kept() -> None:
    link = MessageEntity(MessageEntity.TEXT_LINK, 13, 4, url="https://example.org/?a=1&b=2")

    assert html_of_tail(said("/announce at here", link), "at here") == (
        'at <a href="https://example.org/?a=1&amp;b=2">here</a>'
    )


def test_what_is_not_the_end_of_the_text_is_escaped_only() -> None:
    assert html_of_tail(said("/announce a <b>"), "x < y") == "x &lt; y"


def test_a_caption_is_as_good_as_a_text() -> None:
    message = Message(1, NOON, CHAT, caption="/announce big news", caption_entities=[bold(10, 3)])

    assert html_of_tail(message, "big news") == "<b>big</b> news"


def test_a_link_cannot_break_out_of_its_tag() -> None:
    link = MessageEntity(MessageEntity.TEXT_LINK, 10, 4, url='https://example.org/"><b>')

    assert html_of_tail(said("/announce here", link), "here") == (
        '<a href="https://example.org/&quot;&gt;&lt;b&gt;">here</a>'
    )


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), st.data())
def test_whatever_is_cut_off_is_escaped_and_none_of_it_lost(typed: str, data: st.DataObject) -> None:
    text = f"/announce {typed}".rstrip()
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    entity = MessageEntity(MessageEntity.SPOILER, units(text[:start]), units(text[start:end]))
    line = read_line(said(text))
    assert line is not None

    plain, hidden = html_of_tail(said(text), line.rest), html_of_tail(said(text, entity), line.rest)

    assert plain.unescape() == line.rest
    assert re.sub("</?span[^>]*>", "", hidden) == plain


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
