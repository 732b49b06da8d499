"""Text made fit for the fonts: cleaned, cut, broken into lines."""

from __future__ import annotations

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n import Html, available_locales, locales_folder
from bot.pictures.letters import CUT, Style, Weight, clean, cut, lines

STYLE = Style(12)
BOLD = Style(12, Weight.BOLD)
ODD = st.text(max_size=80) | st.text(alphabet="羽毛球（）《》，。 aб…שع🎉👨‍👩‍👧\u200f\u202e\n\t-", max_size=80)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("  two\n\tlines \r\n", "two lines"),
        ("读书会 🎉《红楼梦》", "读书会 《红楼梦》"),
        ("👨‍👩‍👧 family 🇨🇳", "family"),
        ("1️⃣ first", "1 first"),
        ("𝓗𝓮𝓵𝓵𝓸 ﬁne", "Hello fine"),
        ("Ελένη ș", "Ελενη s"),
        ("שיעור פתוח", "…"),
        ("Yoga שיעור!", "Yoga …!"),
        ("e\u0301te\u0301", "été"),
        ("a\u202eb\u200bc", "abc"),
        ("\ud800x\x00", "x"),
        ("🎉🎉", ""),
    ],
)
def test_what_the_fonts_lack_leaves_no_box(given: str, shown: str) -> None:
    assert clean(given) == shown


def test_html_is_shown_without_its_tags() -> None:
    assert clean(Html("<b>Tea &amp; cake</b>")) == "Tea & cake"


@pytest.mark.parametrize("locale", available_locales())
def test_every_sentence_of_the_bot_can_be_drawn(locale: str) -> None:
    path = locales_folder() / locale / "LC_MESSAGES" / "bot.po"
    with path.open("rb") as file:
        said = [str(message.string) for message in read_po(file, locale=locale) if message.string]

    assert said or locale == "en"
    letters = {char for sentence in said for char in sentence if char.isalnum()}
    assert {char for char in letters if clean(char) != char} == set()


@pytest.mark.parametrize(
    "name", ["李玥", "陳大文", "祎赟喆", "Nguyễn Thị Ánh", "Мария", "Ελενη", "김민준", "さくら", "佢哋嘅"]
)
def test_names_from_many_places_can_be_drawn(name: str) -> None:
    assert clean(name) == name


def test_a_heading_that_bold_lacks_a_character_for_is_set_in_regular_as_a_whole() -> None:
    assert BOLD.face("活动").getname()[1] == "Bold"
    assert BOLD.face("活動").getname()[1] == "Regular"


def test_fonts_are_loaded_once() -> None:
    assert Style(12).face("a") is Style(12).face("b")


@given(text=ODD, width=st.floats(20, 400))
def test_a_cut_text_fits_and_says_that_it_is_cut(text: str, width: float) -> None:
    text = clean(text)
    shown = cut(text, width, STYLE)

    assert STYLE.width(shown) <= width
    assert shown == text or (shown.endswith(CUT) and text.startswith(shown[:-1]))


@given(text=ODD, width=st.floats(20, 400), most=st.integers(1, 4))
def test_lines_fit_and_lose_nothing_but_what_the_last_one_cuts(text: str, width: float, most: int) -> None:
    text = clean(text)
    shown = lines(text, width, STYLE, most)

    assert len(shown) <= most
    assert all(line and STYLE.width(line) <= width for line in shown)
    whole, got = text.replace(" ", ""), "".join(shown).replace(" ", "")
    assert got == whole or (got.endswith(CUT) and whole.startswith(got[:-1]))


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("Weekly meeting", 60, ["Weekly", "meeting"]),
        ("羽毛球双打（初级）", 72, ["羽毛球双打", "（初级）"]),
        ("今天下午打球。", 73, ["今天下午打", "球。"]),
        ("Donaudampfschifffahrt", 60, ["Donauda", "mpfschifff", "ahrt"]),
        ("桌游 night", 72, ["桌游 night"]),
        ("", 72, []),
    ],
)
def test_a_line_ends_where_a_reader_expects_it(text: str, width: float, expected: list[str]) -> None:
    assert lines(text, width, STYLE, most=3) == expected
