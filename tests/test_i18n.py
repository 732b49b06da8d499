"""Words, dates and numbers in both languages."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.i18n import N_, Html, Texts, available_locales, negotiate, texts_for

AT = datetime(2026, 11, 28, 6, 0, tzinfo=UTC)


@pytest.fixture
def english() -> Texts:
    return texts_for("en", "Asia/Shanghai")


@pytest.fixture
def chinese() -> Texts:
    return texts_for("zh_Hans", "Asia/Shanghai")


def test_a_value_cannot_bring_markup_of_its_own(english: Texts) -> None:
    said = english.gettext("<b>{name}</b> joined", name="<i>&Mallory</i>")

    assert said == "<b>&lt;i&gt;&amp;Mallory&lt;/i&gt;</b> joined"


def test_a_value_that_is_html_already_is_not_escaped_twice(english: Texts) -> None:
    assert english.gettext("By {who}", who=Html("<b>A &amp; B</b>")) == "By <b>A &amp; B</b>"


def test_a_value_with_braces_is_no_template(english: Texts) -> None:
    assert english.gettext("{a}", a="{b} {0.__class__}") == "{b} {0.__class__}"


def test_a_label_is_plain_text(english: Texts) -> None:
    assert english.label("{name} & co", name="<A>") == "<A> & co"
    assert english.label("{name}", name=Html("<b>A &amp; B</b>")) == "A & B"


@pytest.mark.parametrize(("n", "said"), [(0, "0 seats"), (1, "1 seat"), (2, "2 seats"), (1234, "1,234 seats")])
def test_english_counts_by_its_rules(english: Texts, n: int, said: str) -> None:
    assert english.ngettext("{n} seat", "{n} seats", n) == said
    assert english.nlabel("{n} seat", "{n} seats", n) == said


def test_a_sentence_without_translation_is_english(chinese: Texts) -> None:
    message = "never {put} in a catalog"

    assert chinese.gettext(message, put="<") == "never &lt; in a catalog"
    assert chinese.pgettext("nowhere", message, put=1) == "never 1 in a catalog"
    assert chinese.ngettext(message, message + "s", 2, put=1) == "never 1 in a catalogs"


def test_an_instant_is_told_with_its_weekday_in_the_groups_zone(english: Texts, chinese: Texts) -> None:
    assert english.when(AT) == "Sat, 28 Nov 2026, 14:00"
    assert chinese.when(AT) == "2026年11月28日 周六 14:00"
    assert texts_for("en", "America/Los_Angeles").when(AT) == "Fri, 27 Nov 2026, 22:00"


def test_parts_of_an_instant(english: Texts, chinese: Texts) -> None:
    assert [english.date(AT), english.weekday(AT), english.clock(AT)] == ["Sat, 28 Nov 2026", "Saturday", "14:00"]
    assert [chinese.date(AT), chinese.weekday(AT), chinese.clock(AT)] == ["2026年11月28日 周六", "星期六", "14:00"]
    assert english.date(date(2026, 12, 1)) == "Tue, 1 Dec 2026"


@pytest.mark.parametrize(
    ("length", "english_said", "chinese_said"),
    [
        (timedelta(0), "0 seconds", "0秒"),
        (timedelta(seconds=45), "45 seconds", "45秒"),
        (timedelta(minutes=1), "1 minute", "1分钟"),
        (timedelta(minutes=90), "1 hour, 30 minutes", "1小时30分钟"),
        (timedelta(hours=24), "1 day", "1天"),
        (timedelta(days=3, minutes=5), "3 days", "3天"),
        (timedelta(days=3, hours=2, minutes=59), "3 days, 2 hours", "3天2小时"),
    ],
)
def test_a_length_of_time(
    english: Texts, chinese: Texts, length: timedelta, english_said: str, chinese_said: str
) -> None:
    assert english.duration(length) == english_said
    assert chinese.duration(length) == chinese_said


def test_roughly_when(english: Texts, chinese: Texts) -> None:
    assert english.ago(timedelta(hours=3)) == "3 hours ago"
    assert english.ahead(timedelta(hours=3)) == "in 3 hours"
    assert chinese.ago(timedelta(hours=3)) == "3小时前"
    assert chinese.ahead(timedelta(days=2)) == "2天后"


def test_numbers_and_lists(english: Texts, chinese: Texts) -> None:
    assert [english.number(1234567), english.percent(0.93)] == ["1,234,567", "93%"]
    assert english.join(["<a>", Html("<b>b</b>"), 3]) == "&lt;a&gt;, <b>b</b>, and 3"
    assert chinese.join(["{0}", "乙", "丙"]) == "{0}、乙和丙"
    assert english.join([]) == ""


def test_sentences_follow_each_other_as_the_language_writes_them(english: Texts, chinese: Texts) -> None:
    assert english.flow("Done.", Html("<i>ok</i>"), Html(), "a<b") == "Done. <i>ok</i> a&lt;b"
    assert chinese.flow("好了。", "共3人。") == "好了。共3人。"


def test_texts_are_made_once() -> None:
    assert texts_for("en", "UTC") is texts_for("en", "UTC")


def test_languages_call_themselves_by_their_own_name() -> None:
    assert list(available_locales().items())[:2] == [("en", "English"), ("zh_Hans", "简体中文")]


@pytest.mark.parametrize(
    ("code", "locale"),
    [
        ("en", "en"),
        ("en-GB", "en"),
        ("en_US", "en"),
        ("zh", "zh_Hans"),
        ("zh-hans", "zh_Hans"),
        ("zh-CN", "zh_Hans"),
        ("zh-Hant", "zh_Hans"),
        ("zh-TW", "zh_Hans"),
        ("zh_Hans", "zh_Hans"),
        ("fr", "en"),
        ("xx", "en"),
        ("not a code", "en"),
        ("", "en"),
        (None, "en"),
    ],
)
def test_the_nearest_language_is_taken(code: str | None, locale: str) -> None:
    assert negotiate(code) == locale


def test_an_unknown_language_falls_back_to_the_groups() -> None:
    assert negotiate("fr", "zh_Hans") == "zh_Hans"
    assert negotiate(None, "zh_Hans") == "zh_Hans"


def test_a_marked_message_is_returned_as_it_is() -> None:
    assert N_("as it is") == "as it is"
