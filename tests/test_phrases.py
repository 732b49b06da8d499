"""Phrases that several capabilities use."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n import available_locales, texts_for
from bot.kernel.recurrence import LAST, Freq, Recurrence
from bot.phrases import recurrence

START = datetime.fromisoformat("2026-11-28T09:00")


def rule(freq: Freq, interval: int = 1, **values: object) -> Recurrence:
    return Recurrence(START, "Europe/Berlin", freq, interval, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given_rule", "english", "chinese"),
    [
        (rule(Freq.DAILY), "every day at 09:00", "每天 09:00"),
        (rule(Freq.DAILY, 3), "every 3 days at 09:00", "每3天 09:00"),
        (rule(Freq.WEEKLY, weekdays=frozenset({5})), "every Saturday at 09:00", "每周星期六 09:00"),
        (rule(Freq.WEEKLY, weekdays=frozenset(range(5))), "Monday to Friday at 09:00", "周一到周五 09:00"),
        (
            rule(Freq.WEEKLY, 2, weekdays=frozenset({0, 5}), until=date(2027, 12, 31)),
            "every 2 weeks on Monday and Saturday at 09:00, until Fri, 31 Dec 2027",
            "每2周的星期一和星期六 09:00，到2027年12月31日 周五为止",
        ),
        (rule(Freq.MONTHLY), "every month on day 28 at 09:00", "每月28号 09:00"),
        (rule(Freq.MONTHLY, monthday=LAST), "every month on the last day at 09:00", "每月最后一天 09:00"),
        (
            rule(Freq.MONTHLY, 2, weekdays=frozenset({5}), nth=LAST),
            "every 2 months on the last Saturday at 09:00",
            "每2个月最后一个星期六 09:00",
        ),
        (
            rule(Freq.YEARLY, count=5),
            "every year, first on Sat, 28 Nov 2026 at 09:00, 5 times in all",
            "每年一次，首次在2026年11月28日 周六 09:00，共5次",
        ),
        (rule(Freq.CRON, cron="0 * * * *"), "every hour", "每小时"),
        (rule(Freq.CRON, cron="0 */2 * * *"), "every 2 hours", "每2小时"),
        (
            rule(Freq.CRON, cron="30 17 LW * *"),
            "every month on the last working day at 17:30",
            "每月最后一个工作日 17:30",
        ),
        (
            rule(Freq.CRON, cron="30 9 * * 1-5", no_holidays=True),
            "by cron <code>30 9 * * 1-5</code>, except on public holidays",
            "按 cron <code>30 9 * * 1-5</code>，节假日除外",
        ),
        (
            rule(Freq.DAILY, skip=frozenset({date(2026, 12, 25)}), until=date(2027, 12, 31)),
            "every day at 09:00, except Fri, 25 Dec 2026, until Fri, 31 Dec 2027",
            "每天 09:00，2026年12月25日 周五除外，到2027年12月31日 周五为止",
        ),
        (
            rule(Freq.DAILY, skip=frozenset(date(2026, 12, day) for day in range(1, 8))),
            "every day at 09:00, except Tue, 1 Dec 2026, Wed, 2 Dec 2026, Thu, 3 Dec 2026, Fri, 4 Dec 2026, and Sat, 5 Dec 2026"
            " and 2 more",
            "每天 09:00，2026年12月1日 周二、2026年12月2日 周三、2026年12月3日 周四、2026年12月4日 周五和2026年12月5日 周六等除外（另有2天）",
        ),
    ],
)
def test_a_rule_is_told_in_both_languages(given_rule: Recurrence, english: str, chinese: str) -> None:
    assert recurrence(texts_for("en", "Europe/Berlin"), given_rule) == english
    assert recurrence(texts_for("zh_Hans", "Europe/Berlin"), given_rule) == chinese


@given(
    freq=st.sampled_from(Freq),
    interval=st.integers(min_value=1, max_value=20),
    locale=st.sampled_from(sorted(available_locales())),
)
def test_every_rule_can_be_told(freq: Freq, interval: int, locale: str) -> None:
    told = rule(freq, cron="0 9 * * *") if freq is Freq.CRON else rule(freq, interval)
    shown = "0 9 * * *" if freq is Freq.CRON else "09:00"
    assert shown in recurrence(texts_for(locale, "Asia/Shanghai"), told)
