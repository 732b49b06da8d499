from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.i18n import Html, texts_for
from bot.tg.buttons import ButtonCode, split
from bot.tg.pages import MESSAGE_LIMIT, paged, shorten, visible_length

EN = texts_for("en", "UTC")
CODE = ButtonCode("t.l", (str, int))
TITLE = Html("<b>Members</b>")


def lines(count: int) -> list[Html]:
    return [Html(f"<i>{n}</i>") for n in range(1, count + 1)]


def show(count: int, page: int) -> tuple[str, list[str], list[int]]:
    """Return the text, the labels and the pages that the buttons lead to."""
    html, keyboard = paged(TITLE, lines(count), page, 10, CODE, 5, "all", texts=EN)
    keys = [key for row in keyboard for key in row]
    return str(html), [key.text for key in keys], [int(split(key.data or "")[2][1]) for key in keys]


def test_a_short_list_has_no_buttons() -> None:
    assert show(2, 1) == ("<b>Members</b>\n<i>1</i>\n<i>2</i>", [], [])


def test_an_empty_list_is_its_title() -> None:
    assert show(0, 1) == ("<b>Members</b>", [], [])


def test_the_first_page_leads_on() -> None:
    html, labels, targets = show(25, 1)

    assert html.endswith("<i>10</i>")
    assert labels == ["1/3", "»", "3"]
    assert targets == [1, 2, 3]


def test_a_page_in_the_middle_leads_both_ways() -> None:
    assert show(25, 2)[1:] == (["«", "2/3", "»"], [1, 2, 3])


def test_a_long_list_leads_to_its_ends() -> None:
    assert show(20_000, 1000)[1:] == (["1", "«", "1,000/2,000", "»", "2,000"], [1, 999, 1000, 1001, 2000])


def test_a_page_that_does_not_exist_is_the_nearest() -> None:
    assert show(25, 9) == show(25, 3)
    assert show(25, -4) == show(25, 1)


def test_the_buttons_carry_their_values() -> None:
    _, keyboard = paged(TITLE, lines(25), 1, 10, CODE, 5, "all", texts=EN)

    assert [key.data for key in keyboard[0]] == ["t.l:5:all:1", "t.l:5:all:2", "t.l:5:all:3"]


def test_long_lines_make_shorter_pages() -> None:
    html, keyboard = paged(TITLE, [Html("x" * 1500)] * 4, 1, 10, CODE, 5, "all", texts=EN)

    assert str(html).count("\n") == 2
    assert keyboard[0][0].text == "1/2"


@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=3000).map(lambda s: s * 2), max_size=8),
    st.integers(-1, 9),
)
def test_a_page_always_fits_and_no_line_is_lost(texts: list[str], page: int) -> None:
    given_lines = [Html.escape(text) for text in texts]
    html, _ = paged(TITLE, given_lines, page, 3, CODE, 5, "all", texts=EN)
    assert visible_length(html) <= MESSAGE_LIMIT

    pages = [str(paged(TITLE, given_lines, n, 3, CODE, 5, "all", texts=EN)[0]) for n in range(1, 10)]
    for line in given_lines:
        if visible_length(line) < 4000:
            assert any(line in shown for shown in pages)


def test_the_length_is_what_telegram_counts() -> None:
    assert visible_length("<b>a &amp; b</b>") == 5
    assert visible_length("🌙") == 2


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60), st.integers(2, 30))
def test_a_shortened_text_fits(text: str, limit: int) -> None:
    assert visible_length(shorten(Html.escape(text), limit)) <= limit


def test_a_text_that_fits_keeps_its_formatting() -> None:
    assert shorten(Html("<b>abc</b>"), 3) == Html("<b>abc</b>")
    assert shorten(Html("<b>abcd</b>"), 3) == Html("ab…")
