"""What people type about cases, and the stretches by which they are counted."""

from __future__ import annotations

import functools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kernel.ids import UserId
from bot.violations.ledger.rules.buckets import Unit, buckets
from bot.violations.ledger.rules.naming import Named, read_case
from bot.violations.ledger.rules.periods import ALWAYS, Span, read_span
from bot.violations.ledger.rules.statuses import Status
from bot.violations.ledger.rules.typed import Asked, Kind, NoSuchDepartment, NoSuchRule, NotUnderstood, Twice, read_line
from bot.violations.ledger.rules.wanted import By, Known, Wanted, unpacked

TODAY = date(2027, 3, 10)
"""A Wednesday."""
MARCH = Span(date(2027, 3, 1), date(2027, 3, 31))
KNOWN = Known({"A1": "Links", "A3": "Advertising"}, ["Office", "市场部", "Front Desk"])
SPANS = {
    ("today", "今天"): Span(TODAY, TODAY),
    ("yesterday", "昨天", "2027-03-09", "3月9日", "9 March", "9th Mar 2027", "March 9"): Span(
        date(2027, 3, 9), date(2027, 3, 9)
    ),
    ("this week", "week", "本周", "这个星期"): Span(date(2027, 3, 8), date(2027, 3, 14)),
    ("last week", "上周", "上个星期"): Span(date(2027, 3, 1), date(2027, 3, 7)),
    ("this month", "本月", "2027-03", "2027年3月", "3月", "三月", "March", "Mar 2027"): MARCH,
    ("last month", "上月", "上个月", "2月"): Span(date(2027, 2, 1), date(2027, 2, 28)),
    ("this year", "今年", "2027", "2027年"): Span(date(2027, 1, 1), date(2027, 12, 31)),
    ("last year", "去年", "year 2026"): Span(date(2026, 1, 1), date(2026, 12, 31)),
    ("April", "4月"): Span(date(2026, 4, 1), date(2026, 4, 30)),
    ("last 7 days", "近7天", "最近七天", "past one week"): Span(date(2027, 3, 4), TODAY),
    ("2027-03-01 2027-03-05", "from 1 March to 5 March", "3月1日到3月5日", "3月5日-3月1日", "2027/3/1至2027/3/5"): Span(
        date(2027, 3, 1), date(2027, 3, 5)
    ),
    ("from 2027-03-01", "since March 1", "3月1日起", "从2027年3月1日"): Span(first=date(2027, 3, 1)),
    ("until 2027-03-05", "截至3月5日", "到3月5日"): Span(last=date(2027, 3, 5)),
}


@pytest.mark.parametrize(("text", "span"), [(text, span) for texts, span in SPANS.items() for text in texts])
def test_stretches_of_days_as_people_name_them(text: str, span: Span) -> None:
    assert read_span(text, TODAY) == span
    assert read_span(f" {text.upper()} ", TODAY) == span


@pytest.mark.parametrize(
    "text",
    ["", "Foo", "2027-02-30", "13月", "2027-13", "9999", "last 0 days", "from", "32 March", "1 Foo", "2月30日", "to"],
)
def test_what_names_no_stretch_of_days(text: str) -> None:
    assert read_span(text, TODAY) is None


LINES = {
    "": Asked(),
    "A3": Asked(rule="A3"),
    "a3, @mei": Asked(rule="A3", member="@mei"),
    "规则A3": Asked(rule="A3"),
    "no rule": Asked(rule=""),
    "没有部门": Asked(department=""),
    "by @ben": Asked(moderator="@ben"),
    "经手 @ben": Asked(moderator="@ben"),
    "由@ben": Asked(moderator="@ben"),
    "by bot": Asked(bot=True),
    "自动": Asked(bot=True),
    "123456789": Asked(member="123456789"),
    "成员 @mei": Asked(member="@mei"),
    "front desk": Asked(department="Front Desk"),
    "department “Office”": Asked(department="Office"),
    "部门 市场部": Asked(department="市场部"),
    "部门市场部": Asked(department="市场部"),
    "by rule": Asked(by=By.RULE),
    "summary": Asked(by=By.RULE),
    "统计": Asked(by=By.RULE),
    "按部门": Asked(by=By.DEPARTMENT),
    "统计 按成员": Asked(by=By.MEMBER),
    "by month": Asked(by=By.PERIOD),
    "Excel": Asked(kind=Kind.XLSX),
    "csv": Asked(kind=Kind.CSV),
    "In force": Asked(status=Status.IN_FORCE),
    "state: expired": Asked(status=Status.EXPIRED),
    "lifted": Asked(status=Status.UNDONE),
    "under appeal": Asked(status=Status.APPEALED),
    "made lighter": Asked(status=Status.LIGHTER),
    "refused by Telegram csv": Asked(status=Status.REFUSED, kind=Kind.CSV),
    "not confirmed": Asked(status=Status.UNCERTAIN),
    "生效中": Asked(status=Status.IN_FORCE),
    "cases under appeal": Asked(status=Status.APPEALED),
    "expired cases this month": Asked(span=MARCH, status=Status.EXPIRED),
    "本月 申诉中的记录": Asked(span=MARCH, status=Status.APPEALED),
    "已过期的": Asked(status=Status.EXPIRED),
    "状态：已撤销": Asked(status=Status.UNDONE),
    "申诉中 表格": Asked(status=Status.APPEALED, kind=Kind.XLSX),
    "被 Telegram 拒绝": Asked(status=Status.REFUSED),
    "待决定": Asked(status=Status.PROPOSED),
    "未获同意": Asked(status=Status.DECLINED),
    "A3 @mei by @ben office this month undone by member xlsx": Asked(
        "A3", "@mei", "Office", "@ben", span=MARCH, by=By.MEMBER, kind=Kind.XLSX, status=Status.UNDONE
    ),
    "本月 规则A3 成员 @mei 由@ben 部门 市场部 已过期 按时间 表格": Asked(
        "A3", "@mei", "市场部", "@ben", span=MARCH, by=By.PERIOD, kind=Kind.XLSX, status=Status.EXPIRED
    ),
}


@pytest.mark.parametrize("line", LINES)
def test_what_is_wanted_is_read_in_any_order(line: str) -> None:
    assert read_line(line, TODAY, KNOWN) == LINES[line]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("foo", NotUnderstood("foo")),
        ("A3 foo bar", NotUnderstood("foo bar")),
        ("A9", NoSuchRule("A9")),
        ("rule z1", NoSuchRule("Z1")),
        ("department Moon base", NoSuchDepartment("Moon base")),
        ("部门 月球", NoSuchDepartment("月球")),
        ("A1 A3", Twice("A3")),
        ("no rule A3", Twice("A3")),
        ("@mei @carl", Twice("@carl")),
        ("by bot by @ben", Twice("by @ben")),
        ("this week this month", Twice("this month")),
        ("expired undone", Twice("undone")),
        ("state purple", NotUnderstood("state purple")),
        ("x" * 400, NotUnderstood("x" * 300)),
    ],
)
def test_what_is_not_understood_is_named(line: str, fault: object) -> None:
    assert read_line(line, TODAY, KNOWN) == fault


@given(st.text(max_size=60))
def test_no_line_is_too_strange(line: str) -> None:
    read_line(line, TODAY, KNOWN)
    read_span(line, TODAY)
    read_case(line)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("12", Named(12)),
        ("#12", Named(12)),
        ("case 12", Named(12)),
        ("记录 #12", Named(12)),
        ("１２", Named(12)),
        ("12 reason spam in Topics", Named(12, "spam in Topics")),
        ("12 reason: spam", Named(12, "spam")),
        ("12 change the reason to spam", Named(12, "spam")),
        ("12 原因 刷屏", Named(12, "刷屏")),
        ("12 理由改为刷屏", Named(12, "刷屏")),
        ("12 reason", Named(12, "")),
        ("12 hug", Named(12, unclear="hug")),
        ("12 reasonable", Named(12, unclear="reasonable")),
        ("", None),
        ("x", None),
        ("0", None),
        ("-1", None),
        ("2.5", None),
        ("12345678901", None),
    ],
)
def test_a_case_and_what_is_to_be_done_with_it(text: str, named: Named | None) -> None:
    assert read_case(text) == named


DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@given(
    st.none() | st.text("AB12", min_size=0, max_size=4),
    st.none() | st.integers(1, 2**52).map(UserId),
    st.none() | st.text(max_size=16),
    st.none() | st.integers(1, 2**52).map(UserId),
    st.builds(Span, st.none() | DAYS, st.none() | DAYS),
    st.none() | st.sampled_from(Status),
)
def test_a_filter_comes_back_as_it_was_kept(
    rule: str | None,
    member: UserId | None,
    department: str | None,
    moderator: UserId | None,
    span: Span,
    status: Status | None,
) -> None:
    wanted = Wanted(rule, member, department, moderator, span, status)
    assert unpacked(wanted.packed()) == wanted
    assert functools.reduce(Wanted.without, By, wanted) == Wanted()


@given(st.none() | DAYS, st.none() | DAYS, DAYS, DAYS)
def test_stretches_cover_every_case_without_gaps(
    since: date | None, until: date | None, one: date, other: date
) -> None:
    first, last = min(one, other), max(one, other)
    found = buckets(Span(since, until), first, last)
    begin, end = max(since or first, first), min(until or last, last)
    if begin > end:
        assert found is None
        return
    assert found is not None
    assert found.starts[0] <= begin <= end < found.end
    assert list(found.starts) == sorted(set(found.starts))
    assert len(found.starts) <= (100 if found.unit is Unit.YEAR else 30)


@pytest.mark.parametrize(
    ("span", "unit", "count"),
    [
        (Span(TODAY, TODAY), Unit.DAY, 1),
        (Span(TODAY, TODAY + timedelta(days=29)), Unit.DAY, 30),
        (Span(TODAY, TODAY + timedelta(days=40)), Unit.WEEK, 7),
        (Span(date(2027, 1, 1), date(2027, 12, 31)), Unit.MONTH, 12),
        (Span(date(2020, 1, 1), date(2027, 12, 31)), Unit.YEAR, 8),
    ],
)
def test_stretches_are_as_few_as_tell_something(span: Span, unit: Unit, count: int) -> None:
    found = buckets(span, date(2000, 1, 1), date(2099, 12, 31))
    assert found is not None
    assert (found.unit, len(found.starts)) == (unit, count)


def test_all_time_is_no_filter() -> None:
    assert Wanted() == Wanted(span=ALWAYS)
    assert Wanted().packed() == "{}"
