"""When a digest is due and about which day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digest.rules import (
    Defer,
    Pass,
    Send,
    Settings,
    Silent,
    Where,
    coming,
    covering,
    day_of,
    decide,
    last_due,
    may_tell,
    next_due,
    yesterday,
)
from bot.kernel.groups import QuietHours
from bot.kernel.ids import GroupId
from tests.digest.build import GROUP, NOW, group

NINE = time(9)
HERE = Settings(GroupId(1))
BERLIN = ZoneInfo("Europe/Berlin")
ZONES = ("UTC", "Europe/Berlin", "Asia/Shanghai", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu")


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]


@pytest.mark.parametrize(
    ("hour", "zone", "now", "expected"),
    [
        pytest.param(NINE, "UTC", utc(2027, 3, 10, 8), utc(2027, 3, 10, 9), id="later today"),
        pytest.param(NINE, "UTC", utc(2027, 3, 10, 9), utc(2027, 3, 11, 9), id="exactly now means tomorrow"),
        pytest.param(NINE, "Asia/Shanghai", utc(2027, 3, 10, 2), utc(2027, 3, 11, 1), id="in its own zone"),
        pytest.param(NINE, "Europe/Berlin", utc(2027, 3, 27, 9), utc(2027, 3, 28, 7), id="clocks put forward"),
        pytest.param(time(2, 30), "Europe/Berlin", utc(2027, 3, 27, 9), utc(2027, 3, 28, 1, 30), id="an hour skipped"),
        pytest.param(
            time(2, 30), "Europe/Berlin", utc(2027, 10, 30, 9), utc(2027, 10, 31, 0, 30), id="twice: the first"
        ),
        pytest.param(
            time(2, 30), "Europe/Berlin", utc(2027, 10, 31, 0, 45), utc(2027, 11, 1, 1, 30), id="not the second"
        ),
    ],
)
def test_the_next_hour(hour: time, zone: str, now: datetime, expected: datetime) -> None:
    assert next_due(hour, ZoneInfo(zone), now) == expected


@given(
    now=st.integers(1_767_000_000, 1_900_000_000).map(lambda at: datetime.fromtimestamp(at, UTC)),
    hour=st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    zone=st.sampled_from(ZONES).map(ZoneInfo),
)
def test_hours_follow_each_other_by_about_a_day(now: datetime, hour: time, zone: ZoneInfo) -> None:
    last, following = last_due(hour, zone, now), next_due(hour, zone, now)
    assert last <= now < following
    assert timedelta(hours=22) <= following - last <= timedelta(hours=26)
    assert last_due(hour, zone, following) == following


def test_a_day_is_as_long_as_the_clock_makes_it() -> None:
    short, long = day_of(date(2027, 3, 28), BERLIN), day_of(date(2027, 10, 31), BERLIN)
    assert short.until - short.since == timedelta(hours=23)
    assert long.until - long.since == timedelta(hours=25)
    assert day_of(date(2027, 3, 9), BERLIN).until == day_of(date(2027, 3, 10), BERLIN).since


NIGHT = (QuietHours(time(22), time(7, 30)),)


@pytest.mark.parametrize(
    ("settings", "fields", "now", "deferred", "expected"),
    [
        pytest.param(HERE, {}, utc(2027, 3, 10, 9), False, Send, id="the hour"),
        pytest.param(HERE, {}, utc(2027, 3, 10, 23, 59), False, Send, id="late, but on its day"),
        pytest.param(HERE, {}, utc(2027, 3, 11, 0, 1), False, Pass, id="a day late"),
        pytest.param(HERE, {}, utc(2027, 3, 10, 8, 59), False, Pass, id="the zone or the hour was changed"),
        pytest.param(replace(HERE, where=Where.OFF), {}, utc(2027, 3, 10, 9), False, Silent, id="off"),
        pytest.param(HERE, {"active": False}, utc(2027, 3, 10, 9), False, Silent, id="the bot is out"),
        pytest.param(replace(HERE, covered=date(2027, 3, 9)), {}, utc(2027, 3, 10, 9), False, Pass, id="told already"),
        pytest.param(
            replace(HERE, covered=date(2027, 3, 8)), {}, utc(2027, 3, 10, 9), False, Send, id="told yesterday"
        ),
        pytest.param(replace(HERE, hour=time(23)), {"quiet": NIGHT}, utc(2027, 3, 10, 23), False, Defer, id="quiet"),
        pytest.param(
            replace(HERE, hour=time(23)), {"quiet": NIGHT}, utc(2027, 3, 11, 7, 30), True, Send, id="quiet is over"
        ),
        pytest.param(
            replace(HERE, hour=time(23)), {"quiet": NIGHT}, utc(2027, 3, 11, 7, 30), False, Pass, id="no timer of it"
        ),
    ],
)
def test_what_a_timer_means(
    settings: Settings, fields: dict[str, object], now: datetime, deferred: bool, expected: type
) -> None:
    assert isinstance(decide(settings, group(**fields), now, deferred=deferred), expected)


def test_what_is_deferred_comes_at_the_end_of_the_quiet_hours_about_the_day_that_has_ended() -> None:
    night = group(quiet=NIGHT)
    late = replace(HERE, hour=time(23))
    assert decide(late, night, utc(2027, 3, 10, 23), deferred=False) == Defer(utc(2027, 3, 11, 7, 30))
    assert decide(late, night, utc(2027, 3, 11, 7, 30), deferred=True) == Send(
        day_of(date(2027, 3, 10), ZoneInfo("UTC"))
    )
    assert coming(late, night, utc(2027, 3, 10, 12)) == utc(2027, 3, 11, 7, 30)


def test_what_is_coming_skips_a_day_that_was_told_of() -> None:
    told = covering(HERE, yesterday(GROUP, NOW))
    assert coming(replace(told, hour=time(11)), GROUP, NOW) == utc(2027, 3, 11, 11)
    assert coming(replace(HERE, hour=time(11)), GROUP, NOW) == utc(2027, 3, 10, 11)
    assert coming(replace(HERE, where=Where.OFF), GROUP, NOW) is None


@pytest.mark.parametrize(("days", "expected"), [(0, False), (6, False), (7, True), (30, True)])
def test_the_group_is_reminded_once_a_week(days: int, expected: bool) -> None:
    assert may_tell(None, NOW)
    assert may_tell(NOW - timedelta(days=days), NOW) is expected


steps = st.one_of(
    st.tuples(st.just("wait"), st.integers(1, 40 * 60)),
    st.tuples(st.just("hour"), st.integers(0, 24 * 60 - 1)),
    st.tuples(st.just("zone"), st.sampled_from(ZONES)),
    st.tuples(st.just("down"), st.integers(1, 4 * 24 * 60)),
)


@given(st.lists(steps, max_size=25), st.booleans())
def test_no_day_is_told_twice_and_nothing_comes_in_quiet_hours(moves: list[tuple[str, object]], quiet: bool) -> None:
    here = group(quiet=NIGHT if quiet else ())
    held, now = HERE, NOW
    timers = {"daily": next_due(held.hour, here.tz, now)}
    sent: list[date] = []

    def ring(until: datetime) -> None:
        """Let every timer come that is due by then, each at its time."""
        nonlocal held
        while (due := min(timers.items(), key=lambda item: item[1]))[1] <= until:
            kind, at = due
            del timers[kind]
            verdict = decide(held, here, at, deferred=kind == "deferred")
            if isinstance(verdict, Send):
                assert here.quiet_until(at) is None
                held = covering(held, verdict.day)
                sent.append(verdict.day.date)
            if isinstance(verdict, Defer):
                assert verdict.until > at
                timers["deferred"] = verdict.until
            if kind == "daily":
                timers["daily"] = next_due(held.hour, here.tz, at)

    for name, value in moves:
        if name == "hour":
            assert isinstance(value, int)
            held = replace(held, hour=time(*divmod(value, 60)))
            timers["daily"] = next_due(held.hour, here.tz, now)
        elif name == "zone":
            here = replace(here, zone=str(value))
        elif name == "wait":
            assert isinstance(value, int)
            now += timedelta(minutes=value)
            ring(now)
        else:
            assert isinstance(value, int)
            now += timedelta(minutes=value)
            # The bot was down: what fell due meanwhile comes now.
            timers = {kind: max(at, now) if at <= now else at for kind, at in timers.items()}
            ring(now)
    assert sent == sorted(set(sent))
    assert timers["daily"] > now


@given(st.integers(0, 24 * 60 - 1), st.sampled_from(ZONES))
def test_undisturbed_every_day_is_told_of_once(minute: int, zone: str) -> None:
    here, held, sent = group(zone=zone), replace(HERE, hour=time(*divmod(minute, 60))), []
    at = NOW
    for _ in range(400):
        at = next_due(held.hour, here.tz, at)
        verdict = decide(held, here, at, deferred=False)
        if isinstance(verdict, Send):
            sent.append(verdict.day.date)
            held = covering(held, verdict.day)
    # An hour that is moved over midnight by a change of clocks may cost a day, never more.
    assert len(sent) >= 399
    assert sent == sorted(set(sent))
