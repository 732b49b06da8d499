"""A month's calendar."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.i18n import available_locales, texts_for
from bot.pictures import Entry, MonthView, Tone, month, shown_days
from bot.pictures.palette import ACCENT, SHADES
from tests.pictures.seeing import colours, difference, opened

ENGLISH = texts_for("en", "Asia/Shanghai")
NOVEMBER = MonthView(dt.date(2026, 11, 1), dt.date(2026, 11, 10), ENGLISH)
LATER = dt.date(2027, 3, 1)


def cell(day: dt.date, first: dt.date) -> tuple[int, int]:
    """Return where a day's card begins from the left, and where it ends, in dots."""
    left = 2 * (14 + (day - first).days % 7 * 88)
    return left, left + 2 * 84


@pytest.mark.parametrize("locale", available_locales())
@pytest.mark.parametrize("number", range(1, 13))
def test_every_month_is_drawn_in_every_language(locale: str, number: int) -> None:
    day = dt.date(2026, number, 15)
    view = MonthView(day, day, texts_for(locale, "UTC"), [Entry(day, "14:00", "Tea")])

    picture = opened(month(view))

    weeks = len(calendar.Calendar(0).monthdatescalendar(2026, number))
    assert picture.width == 1280
    assert picture.height == 2 * (84 + 14 - 4 + weeks * 72)


def test_languages_differ() -> None:
    chinese = month(replace(NOVEMBER, texts=texts_for("zh_Hans", "UTC")))

    assert difference(month(NOVEMBER), chinese) is not None


def test_months_that_begin_on_each_weekday_have_as_many_weeks_as_they_need() -> None:
    seen = {}
    for number in range(24):
        day = dt.date(2026 + number // 12, number % 12 + 1, 1)
        seen[day.weekday(), calendar.monthrange(day.year, day.month)[1]] = opened(
            month(replace(NOVEMBER, month=day))
        ).height

    assert {weekday for weekday, _days in seen} == set(range(7))
    assert set(seen.values()) == {2 * (94 + weeks * 72) for weeks in (4, 5, 6)}
    assert seen[0, 28] == 2 * (94 + 4 * 72)
    assert seen[6, 30] == 2 * (94 + 6 * 72)


def test_weeks_begin_as_the_locale_begins_them() -> None:
    assert shown_days(dt.date(2026, 11, 9), "zh_Hans") == (dt.date(2026, 10, 26), dt.date(2026, 12, 6))
    assert shown_days(dt.date(2026, 11, 9), "en_US") == (dt.date(2026, 11, 1), dt.date(2026, 12, 5))


def test_an_entry_is_drawn_in_its_day() -> None:
    day = dt.date(2026, 11, 12)
    box = difference(month(NOVEMBER), month(replace(NOVEMBER, entries=[Entry(day, "14:00", "Tea")])))

    assert box is not None
    left, right = cell(day, dt.date(2026, 10, 26))
    assert left <= box[0]
    assert box[2] <= right


def test_a_day_around_the_month_shows_its_entries_and_one_further_away_does_not() -> None:
    plain = month(NOVEMBER)
    around, away = (Entry(dt.date(2026, 12, day), "14:00", "Tea") for day in (6, 7))

    assert difference(plain, month(replace(NOVEMBER, entries=[around]))) is not None
    assert difference(plain, month(replace(NOVEMBER, entries=[away]))) is None


def test_today_is_marked() -> None:
    today = dt.date(2026, 11, 12)
    marked = opened(month(replace(NOVEMBER, today=today)))
    left, _right = cell(today, dt.date(2026, 10, 26))
    middle = 2 * (84 + 2 * 72) + 60

    assert marked.getpixel((left + 1, middle)) == ACCENT
    assert marked.getpixel((left + 2 * 88 + 1, middle)) != ACCENT
    assert month(replace(NOVEMBER, today=dt.date(2026, 10, 1))) == month(replace(NOVEMBER, today=dt.date(2026, 10, 2)))


@pytest.mark.parametrize("tone", Tone)
def test_each_tone_has_its_colours_and_the_past_is_paler(tone: Tone) -> None:
    view = replace(NOVEMBER, entries=[Entry(dt.date(2026, 11, 20), "14:00", "Tea", tone)])

    now, past = colours(month(view)), colours(month(replace(view, today=LATER)))
    pale = SHADES[tone].pale

    assert now[pale] > 8000
    assert past.get(pale, 0) < 500
    assert past[SHADES[tone].faded(0.45).pale] > 8000


def test_what_was_called_off_is_struck_through() -> None:
    def longest(tone: Tone) -> int:
        picture = opened(month(replace(NOVEMBER, entries=[Entry(dt.date(2026, 11, 20), "14:00", "Tea", tone)])))
        ink = bytes(255 * (dot == SHADES[tone].text) for dot in zip(*[iter(picture.tobytes())] * 3, strict=True))
        rows = [ink[start : start + picture.width] for start in range(0, len(ink), picture.width)]
        return max(len(run) for row in rows for run in row.split(b"\x00"))

    assert longest(Tone.STRUCK) >= 50
    assert longest(Tone.GREY) < 30


def test_more_entries_than_fit_are_counted() -> None:
    day = dt.date(2026, 11, 20)
    entries = [Entry(day, f"{hour}:00", "Tea") for hour in range(10, 16)]
    four, five, six = (month(replace(NOVEMBER, entries=entries[:count])) for count in (4, 5, 6))

    assert opened(four).height < opened(five).height
    box = difference(five, six)
    assert box is not None, "+1 and +2 differ"
    assert box[3] - box[1] < 30, "and nothing else"


def test_a_week_is_as_tall_as_its_busiest_day() -> None:
    busy = [Entry(dt.date(2026, 11, 20), "14:00", "A title that needs two lines")] * 2

    assert opened(month(replace(NOVEMBER, entries=busy))).height > opened(month(NOVEMBER)).height


@pytest.mark.parametrize("title", ["很长的标题" * 500, "Donaudampfschifffahrt" * 9, "many words " * 90])
@pytest.mark.parametrize("clock", ["14:00", "14:00–16:00", "from two till four"])
def test_what_is_long_is_cut_to_its_card(title: str, clock: str) -> None:
    day = dt.date(2026, 11, 12)
    shown = month(replace(NOVEMBER, entries=[Entry(day, clock, title)]))
    box = difference(shown, month(replace(NOVEMBER, entries=[Entry(day, "9:00", "A title that needs two lines")])))

    assert box is not None
    left, right = cell(day, dt.date(2026, 10, 26))
    assert left < box[0]
    assert box[2] < right


def test_a_caption_and_a_legend_are_drawn() -> None:
    captioned = month(replace(NOVEMBER, caption="朝阳社区"))
    legend = month(replace(NOVEMBER, legend=[(Tone.GREEN, "going ahead"), (Tone.STRUCK, "called off")]))
    crowded = month(replace(NOVEMBER, legend=[(Tone.GREEN, "going ahead " * 3)] * 5))

    box = difference(month(NOVEMBER), captioned)
    assert box is not None
    assert box[3] <= 100
    assert opened(legend).height == opened(captioned).height + 60
    assert opened(crowded).height > opened(legend).height


def test_the_same_month_is_the_same_picture() -> None:
    assert month(NOVEMBER) == month(NOVEMBER)


@settings(max_examples=25)
@given(
    title=st.text(max_size=400) | st.sampled_from(["🎉" * 50, "שיעור", "\n\n", "а" * 5000, "汉" * 5000, "\u202e(ab"]),
    clock=st.text(max_size=30),
    day=st.dates(dt.date(2000, 1, 1), dt.date(2100, 12, 31)),
    tone=st.sampled_from(Tone),
)
def test_no_text_breaks_the_picture(title: str, clock: str, day: dt.date, tone: Tone) -> None:
    view = MonthView(day, day, ENGLISH, [Entry(day, clock, title, tone)] * 6, title, [(tone, title)])

    assert opened(month(view)).width == 1280
