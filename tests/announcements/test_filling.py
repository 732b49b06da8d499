from __future__ import annotations

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.announcements.rules.content import Content, Link
from bot.announcements.rules.filling import Slip, Values, filled, names_in, slips

VALUES = Values("Tom & <Jerry>", "Sat, 28 Nov 2026", "1,234")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("Hello {group}!", "Hello Tom &amp; &lt;Jerry&gt;!"),
        ("<b>{Date}</b>: { members } of us", "<b>Sat, 28 Nov 2026</b>: 1,234 of us"),
        ("{群名}，{日期}，共{人数}人", "Tom &amp; &lt;Jerry&gt;，Sat, 28 Nov 2026，共1,234人"),
        ("{gruop} and {whatever} and {}", "{gruop} and {whatever} and {}"),
        ("{{group}}", "{group}"),
        ("{{ and {{{date}", "{ and {Sat, 28 Nov 2026"),
        ('{"a": {"b": 1}}', '{"a": {"b": 1}}'),
        ('<a href="https://a.org/{group}">{group}</a>', '<a href="https://a.org/{group}">Tom &amp; &lt;Jerry&gt;</a>'),
        ("{<b>group</b>}", "{<b>group</b>}"),
        ("{gro\nup}", "{gro\nup}"),
    ],
)
def test_placeholders_are_filled_in_and_everything_else_stays(html: str, expected: str) -> None:
    assert filled(Content(html), VALUES).html == expected


def test_labels_are_filled_in_as_plain_text_and_addresses_stay() -> None:
    content = Content("x", links=((Link("Join {group}", "https://a.org/{group}"),),))
    assert filled(content, VALUES).links == ((Link("Join Tom & <Jerry>", "https://a.org/{group}"),),)
    assert names_in(content) == {"group"}


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("{gruop}", (Slip("gruop", "group"),)),
        ("{dat} {dat} {member}", (Slip("dat", "date"), Slip("member", "members"))),
        ("{群组名}", (Slip("群组名", "群组"),)),
        ("{whatever} {x} {{gruop}} {group}", ()),
    ],
)
def test_likely_slips_are_named(html: str, expected: tuple[Slip, ...]) -> None:
    assert slips(Content(html)) == expected


def test_not_more_slips_are_named_than_anybody_reads() -> None:
    many = " ".join(f"{{dat{letter}}}" for letter in "abcdfghijklm")
    assert len(slips(Content(many))) == 10


@given(st.text("{}group <b>&;x", max_size=40))
def test_what_has_no_known_word_in_braces_keeps_its_letters(text: str) -> None:
    content = Content(text)
    if "{{" not in text and not names_in(content):
        assert filled(content, VALUES) == content


@given(st.text())
def test_a_name_never_becomes_markup(name: str) -> None:
    html = filled(Content("{group}"), Values(name, "", "")).html
    assert "<" not in html
    assert unescape(html) == name or "&" in name
