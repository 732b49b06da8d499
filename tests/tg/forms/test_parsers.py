from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot.i18n import N_, available_locales, texts_for
from bot.kernel.times import Parsed, parse_time
from bot.tg.forms import Asking, Problem, Reply, parsers
from bot.tg.forms import texts as say
from tests.tg.forms.talk import GROUP, NOW

if TYPE_CHECKING:
    from bot.i18n import Html

ASKING = Asking(texts_for("en", "Asia/Shanghai"), NOW, GROUP, {})
OPTIONS = (("hike", N_("Hike")), ("talk", N_("Talk")))


def ask(parse: parsers.Parse[Any], text: str, partial: str = "", html: str | None = None) -> Any:
    return parse(Asking(ASKING.texts, NOW, GROUP, {}, partial), Reply(text, text if html is None else html))


def problem(parse: parsers.Parse[Any], text: str, partial: str = "", asking: Asking = ASKING) -> str:
    found = parse(Asking(asking.texts, asking.now, asking.group, {}, partial), Reply(text, text))
    assert isinstance(found, Problem)
    return str(found.html)


# Texts


def test_a_text_is_drawn_together_into_one_line() -> None:
    assert ask(parsers.text(20), "  Night\n hike ") == "Night hike"


def test_a_text_may_keep_its_lines() -> None:
    assert ask(parsers.text(20, lines=True), "Night\nhike\n") == "Night\nhike"


def test_a_text_is_measured_as_telegram_does() -> None:
    assert ask(parsers.text(4), "🌙🌙") == "🌙🌙"
    assert problem(parsers.text(3), "🌙🌙") == "That is too long: it has 4 characters, at most 3 fit."


def test_a_text_is_wanted_as_a_text() -> None:
    assert problem(parsers.text(), " ") == "Please write it as a text."
    assert problem(parsers.rich_text(), "") == "Please write it as a text."


def test_formatting_is_kept_and_does_not_count() -> None:
    assert ask(parsers.rich_text(3), "abc", html="<b>abc</b>") == "<b>abc</b>"
    assert str(parsers.show_html(ASKING, "<b>abc</b>")) == "<b>abc</b>"


# Numbers


@pytest.mark.parametrize(("text", "number"), [("12", 12), (" 12 ", 12), ("十二", 12), ("twelve", 12), ("１２", 12)])
def test_a_number_is_read(text: str, number: int) -> None:
    assert ask(parsers.integer(1, 99), text) == number


def test_a_negative_number_is_read() -> None:
    assert ask(parsers.integer(), "-3") == -3


@pytest.mark.parametrize("text", ["", "many", "1.5", "12 people", "--3", "9" * 40, "²", "-"])
def test_what_is_no_number_is_refused(text: str) -> None:
    assert "is not a whole number" in problem(parsers.integer(1, 99), text)


@pytest.mark.parametrize(
    ("least", "most", "said"),
    [
        (1, 99, "Please write a number from 1 to 99."),
        (1000, None, "Please write a number of at least 1,000."),
        (None, -1, "Please write a number of at most -1."),
    ],
)
def test_a_number_out_of_range_is_refused(least: int | None, most: int | None, said: str) -> None:
    assert problem(parsers.integer(least, most), "0" if least else "100") == said


# Moments


def test_a_moment_is_read_in_the_groups_zone() -> None:
    assert ask(parsers.moment(), "Sat 14:00") == datetime(2026, 11, 28, 6, 0, tzinfo=UTC)
    assert str(parsers.show_moment(ASKING, datetime(2026, 11, 28, 6, 0, tzinfo=UTC))) == "Sat, 28 Nov 2026, 14:00"


def test_a_day_asks_for_its_hour_and_offers_some() -> None:
    found = ask(parsers.moment(), "Sat")

    assert str(found.html) == "At what time on Sat, 28 Nov 2026? Add the hour, for example <code>Sat 9:30</code>."
    assert [choice.label for choice in found.choices] == ["09:00", "12:00", "15:00", "18:00", "20:00"]
    assert ask(parsers.moment(), "9", found.partial) == datetime(2026, 11, 28, 1, 0, tzinfo=UTC)
    assert ask(parsers.moment(), found.choices[0].text, found.partial) == datetime(2026, 11, 28, 1, 0, tzinfo=UTC)


def test_another_time_may_be_named_instead_of_the_hour() -> None:
    assert ask(parsers.moment(), "Sun 10:00", "2026-11-28") == datetime(2026, 11, 29, 2, 0, tzinfo=UTC)


def test_only_hours_that_lie_ahead_are_offered() -> None:
    assert [choice.label for choice in ask(parsers.moment(), "today").choices] == ["20:00"]


def test_an_hour_that_has_passed_is_refused() -> None:
    assert "Wed, 25 Nov 2026, 09:00 is already past" in problem(parsers.moment(), "9:00", "2026-11-25")


def test_a_time_that_the_clocks_skip_offers_the_next() -> None:
    texts = texts_for("en", "Europe/Berlin")
    found = parsers.moment()(Asking(texts, NOW, None, {}), Reply("2027-03-28 02:30"))

    assert isinstance(found, Problem)
    assert "On Sun, 28 Mar 2027 there is no 02:30" in found.html
    assert [choice.label for choice in found.choices] == ["Sun, 28 Mar 2027, 03:00"]


def test_a_time_in_the_far_future_is_refused() -> None:
    assert "more than five years ahead" in problem(parsers.moment(), "2040-01-01 09:00")


def test_an_ambiguous_time_is_written_out_both_ways() -> None:
    said = problem(parsers.moment(), "01/02/2027 9:30")

    assert "Sat, 2 Jan 2027, 09:30 · Mon, 1 Feb 2027, 09:30" in said
    assert "<code>2027-01-02 09:30</code>" in said


def test_an_ambiguous_day_is_written_out_both_ways() -> None:
    found = ask(parsers.moment(), "01/02/2027")

    assert [choice.label for choice in found.choices] == ["Sat, 2 Jan 2027", "Mon, 1 Feb 2027"]
    assert "<code>2027-01-02</code>" in found.html


def test_what_was_typed_is_escaped_and_cut() -> None:
    said = problem(parsers.moment(), "<b>" + "x" * 100)

    assert "&lt;b&gt;" in said
    assert "x" * 50 not in said


def test_a_complete_time_has_no_problem() -> None:
    with pytest.raises(ValueError, match="nothing wrong"):
        say.problem_of(Parsed(NOW, False, "x"), ASKING.texts)


@pytest.mark.parametrize("locale", list(available_locales()))
def test_the_examples_of_every_language_are_understood(locale: str) -> None:
    texts = texts_for(locale, "Asia/Shanghai")
    examples = _marked(say.time_examples(texts))

    assert len(examples) >= 3
    for example in examples:
        outcome = parse_time(example, NOW, texts.tz)
        assert isinstance(outcome, Parsed), example
        assert not outcome.date_only, example


@pytest.mark.parametrize("locale", list(available_locales()))
def test_the_examples_of_lengths_and_clock_times_are_understood(locale: str) -> None:
    asking = Asking(texts_for(locale, "Asia/Shanghai"), NOW, GROUP, {})
    for example in _marked(say.length_wanted(asking.texts, "?")):
        assert isinstance(parsers.duration()(asking, Reply(example)), timedelta), example
    for example in _marked(say.clock_wanted(asking.texts, "?")):
        assert isinstance(parsers.clock_time()(asking, Reply(example)), time), example


def _marked(html: Html) -> list[str]:
    return [part.partition("</code>")[0] for part in str(html).split("<code>")[1:]]


# Times of day, lengths of time


@pytest.mark.parametrize(
    ("text", "clock"), [("9", time(9)), ("8pm", time(20)), ("晚上8点", time(20)), ("24:00", time(0))]
)
def test_a_time_of_day_is_read(text: str, clock: time) -> None:
    assert ask(parsers.clock_time(), text) == clock


@pytest.mark.parametrize("text", ["", "25:00", "Sat", "Sat 9:00", "in 2 hours"])
def test_what_is_no_time_of_day_is_refused(text: str) -> None:
    assert "is not a time of day" in problem(parsers.clock_time(), text)


def test_a_length_of_time_is_read() -> None:
    assert ask(parsers.duration(), "1h30m") == timedelta(minutes=90)
    assert ask(parsers.duration(default_unit=timedelta(days=1)), "3") == timedelta(days=3)
    assert str(parsers.show_duration(ASKING, timedelta(minutes=90))) == "1 hour, 30 minutes"


@pytest.mark.parametrize("text", ["", "3", "long", "-1 hour"])
def test_what_is_no_length_is_refused(text: str) -> None:
    assert "is not a length of time" in problem(parsers.duration(), text)


def test_a_length_out_of_range_is_refused() -> None:
    hour, day = timedelta(hours=1), timedelta(days=1)

    assert problem(parsers.duration(hour, day), "2 min") == "From 1 hour to 1 day, please."
    assert problem(parsers.duration(hour), "2 min") == "At least 1 hour, please."
    assert problem(parsers.duration(None, day), "2 days") == "At most 1 day, please."


# Choices


@pytest.mark.parametrize(
    ("text", "value"), [("yes", True), ("Yes!", True), ("好的", True), ("NO", False), ("不", False), (" n ", False)]
)
def test_yes_and_no_are_read(text: str, value: bool) -> None:
    assert ask(parsers.yes_no(), text) is value


def test_neither_yes_nor_no_is_refused() -> None:
    assert "<i>yes</i>" in problem(parsers.yes_no(), "perhaps")


def test_an_option_is_read_by_its_name_or_value() -> None:
    assert ask(parsers.one_of(OPTIONS), " HIKE ") == "hike"
    assert ask(parsers.one_of(((3, N_("Three")),)), "3") == 3
    assert str(parsers.show_option(OPTIONS)(ASKING, "talk")) == "Talk"
    assert [choice.label for choice in parsers.offered(OPTIONS)(ASKING)] == ["Hike", "Talk"]


def test_what_is_none_of_the_options_lists_them() -> None:
    assert problem(parsers.one_of(OPTIONS), "swim") == (
        "“swim” is not one of the choices. Please answer with one of: Hike and Talk."
    )


@pytest.mark.parametrize("show", [parsers.show_moment, parsers.show_number, parsers.show_duration, parsers.show_clock])
def test_a_skipped_answer_is_a_dash(show: Any) -> None:
    assert str(show(ASKING, None)) == "—"
