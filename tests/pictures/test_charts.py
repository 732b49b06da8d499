"""Level bars."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.i18n import available_locales, texts_for
from bot.pictures import MOST_BARS, Bar, BarsView, Tone, bars
from bot.pictures.charts import shown
from bot.pictures.palette import SHADES, TRACK
from tests.pictures.seeing import colours, difference, opened

VIEW = BarsView("Attendance", [Bar("王小明", 12, 12), Bar("Ann", 3, 12)], texts_for("en", "UTC"), "others")
BLUE = SHADES[Tone.BLUE].strong


def lengths(png: bytes, colour: tuple[int, int, int]) -> list[int]:
    """Return how many dots of a colour stand side by side in the middle of each row of bars that has any."""
    picture = opened(png)
    counts = []
    for y in range(picture.height):
        row = picture.crop((0, y, picture.width, y + 1)).getcolors(picture.width) or []
        counts.append(sum(count for count, found in row if found == colour))
    runs, best = [], 0
    for count in [*counts, 0]:
        if count < 4 and best:
            runs.append(best)
            best = 0
        elif count >= 4:
            best = max(best, count)
    return runs


@pytest.mark.parametrize("locale", available_locales())
def test_bars_are_as_long_as_their_values(locale: str) -> None:
    long, short = lengths(bars(replace(VIEW, texts=texts_for(locale, "UTC"))), BLUE)

    assert long == pytest.approx(4 * short, abs=6)


def test_what_is_missing_to_the_whole_is_a_track() -> None:
    assert TRACK in colours(bars(VIEW))
    assert TRACK not in colours(bars(replace(VIEW, bars=[Bar("Ann", 3), Bar("Bo", 4)])))


def test_a_share_is_shown_of_a_whole_only() -> None:
    box = difference(bars(replace(VIEW, bars=[Bar("Ann", 3, 4)])), bars(replace(VIEW, bars=[Bar("Ann", 3, 3)])))

    assert box is not None
    assert bars(replace(VIEW, bars=[Bar("Ann", 0, 0)])) == bars(replace(VIEW, bars=[Bar("Ann", 0)]))


def test_the_picture_grows_with_its_bars_up_to_thirty() -> None:
    heights = {
        count: opened(bars(replace(VIEW, bars=[Bar("Ann", 1)] * count))).height for count in (0, 1, 2, 30, 31, 300)
    }

    assert heights[2] - heights[1] == heights[1] - heights[0] == 66
    assert heights[30] == heights[31] == heights[300] == heights[0] + 30 * 66


def test_bars_beyond_thirty_are_summed_up() -> None:
    many = [Bar(str(number), number, 100) for number in range(1, 41)]

    drawn = shown(replace(VIEW, bars=many))

    assert len(drawn) == MOST_BARS
    assert drawn[:-1] == many[:29]
    assert drawn[-1] == Bar("others (11)", sum(range(30, 41)), 1100, Tone.GREY)
    assert shown(replace(VIEW, bars=[*many[:-1], Bar("x", 1)]))[-1].whole is None
    assert shown(replace(VIEW, bars=many[:30])) == many[:30]


def test_values_below_nothing_grow_to_the_left() -> None:
    png = bars(replace(VIEW, bars=[Bar("Ann", 10, tone=Tone.GREEN), Bar("Bo", -5, tone=Tone.GREEN)]))
    (green,), (rose,) = lengths(png, SHADES[Tone.GREEN].strong), lengths(png, SHADES[Tone.ROSE].strong)
    picture = opened(png)
    rights = [
        x
        for x in range(picture.width)
        for y in range(picture.height)
        if picture.getpixel((x, y)) == SHADES[Tone.ROSE].strong
    ]
    lefts = [
        x
        for x in range(picture.width)
        for y in range(picture.height)
        if picture.getpixel((x, y)) == SHADES[Tone.GREEN].strong
    ]

    assert green == pytest.approx(2 * rose, abs=6)
    assert max(rights) <= min(lefts) + 2


def test_values_are_written_as_the_caller_says() -> None:
    assert bars(replace(VIEW, write=lambda value: f"¥{value:.2f}")) != bars(VIEW)


def test_a_small_value_is_seen_and_nothing_is_not() -> None:
    long, short = lengths(bars(replace(VIEW, bars=[Bar("Ann", 10**9), Bar("Bo", 1)])), BLUE)

    assert (long > 600, short) == (True, 4)
    assert lengths(bars(replace(VIEW, bars=[Bar("Bo", 0)])), BLUE) == []


@pytest.mark.parametrize("bar", [Bar("Ann", math.nan), Bar("Ann", math.inf), Bar("Ann", 1, math.inf)])
def test_a_number_that_is_none_is_refused(bar: Bar) -> None:
    with pytest.raises(ValueError, match="finite"):
        bars(replace(VIEW, bars=[bar]))


@settings(max_examples=25)
@given(
    label=st.text(max_size=200),
    values=st.lists(st.floats(-1e12, 1e12) | st.integers(-(10**12), 10**12), max_size=40),
    whole=st.none() | st.integers(-5, 10**12),
)
def test_no_value_and_no_label_breaks_the_picture(label: str, values: list[float], whole: int | None) -> None:
    view = BarsView(label, [Bar(label, value, whole) for value in values], VIEW.texts, label, label)

    assert opened(bars(view)).width == 1280
