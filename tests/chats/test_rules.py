"""What people type, and what follows from how the bot stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chats.rules.profile import (
    BotRight,
    BotStanding,
    Presence,
    lacking_rights,
    newly_lacking,
    presence,
    wanted_rights,
)
from bot.chats.rules.typed import (
    Off,
    Unclear,
    read_holidays,
    read_label,
    read_quiet,
    read_topic,
    spans_of,
    with_holidays,
)
from bot.chats.rules.zones import _ABBREVIATIONS, Offers, Zone, find_zone, first_zone, is_zone, likely_zones
from bot.kernel.groups import Group, QuietHours
from bot.kernel.ids import ChatId, GroupId

NOW = datetime(2026, 11, 28, 6, tzinfo=UTC)
TODAY = date(2026, 11, 28)
GROUP = Group(GroupId(1), ChatId(-1001), "Hikers", "en", "UTC")
WEEK = frozenset(range(7))
FULL = BotStanding("administrator", frozenset(BotRight))


# Rights


def test_nothing_is_said_to_be_missing_before_telegram_told() -> None:
    assert lacking_rights(GROUP, BotStanding()) == ()
    assert lacking_rights(GROUP, BotStanding("administrator", None)) == ()


def test_a_plain_member_lacks_every_right() -> None:
    assert lacking_rights(GROUP, BotStanding("member", frozenset())) == wanted_rights(GROUP)


def test_a_basic_group_is_not_asked_for_what_it_cannot_give() -> None:
    basic = wanted_rights(replace(GROUP, kind="group"))
    assert BotRight.RESTRICT not in basic
    assert BotRight.TAGS not in basic


def test_topics_matter_in_forums_only() -> None:
    assert BotRight.TOPICS not in wanted_rights(GROUP)
    assert BotRight.TOPICS in wanted_rights(replace(GROUP, is_forum=True))


def test_only_a_right_that_was_there_can_be_lost() -> None:
    less = BotStanding("administrator", frozenset({BotRight.DELETE, BotRight.RESTRICT}))
    gone = BotStanding("member", frozenset())
    assert newly_lacking(GROUP, FULL, less) == (BotRight.PIN, BotRight.INVITE, BotRight.TAGS)
    assert newly_lacking(GROUP, less, gone) == (BotRight.DELETE, BotRight.RESTRICT)
    assert newly_lacking(GROUP, BotStanding(), gone) == ()
    assert newly_lacking(GROUP, gone, FULL) == ()


@pytest.mark.parametrize(
    ("was", "now", "rights", "expected"),
    [
        (False, True, True, Presence.ADDED),
        (True, False, True, Presence.REMOVED),
        (True, True, True, Presence.RIGHTS),
        (True, True, False, Presence.NOTHING),
        (False, False, True, Presence.NOTHING),
    ],
)
def test_what_has_happened_to_the_bot(was: bool, now: bool, rights: bool, expected: Presence) -> None:
    assert presence(was_in=was, is_in=now, rights_changed=rights) is expected


# Quiet hours


@pytest.mark.parametrize(
    ("typed", "start", "end", "days"),
    [
        ("22:00-07:30", time(22), time(7, 30), WEEK),
        ("22-7", time(22), time(7), WEEK),
        ("22.00-07.30", time(22), time(7, 30), WEEK),
        ("22:00 – 07:30", time(22), time(7, 30), WEEK),
        ("２２：００～０７：３０", time(22), time(7, 30), WEEK),
        ("23:30 to 7:00 mon-fri", time(23, 30), time(7), frozenset(range(5))),
        ("23:30至7:00 周一至周五", time(23, 30), time(7), frozenset(range(5))),
        ("0:00-9:00 sat, sun", time(0), time(9), frozenset({5, 6})),
        ("0:00-9:00 周末", time(0), time(9), frozenset({5, 6})),
        ("22:00-24:00 Friday", time(22), time(0), frozenset({4})),
        ("22:00-07:00 sat-mon", time(22), time(7), frozenset({5, 6, 0})),
        ("22:00-07:00 工作日", time(22), time(7), frozenset(range(5))),
        ("22:00-07:00 每天", time(22), time(7), WEEK),
        ("10pm-7am", time(22), time(7), WEEK),
        ("10 pm to 7:30 am mon-fri", time(22), time(7, 30), frozenset(range(5))),
        ("weekdays 10pm-7am", time(22), time(7), frozenset(range(5))),
        ("22点到7点", time(22), time(7), WEEK),
        ("晚上10点-早上7点半", time(22), time(7, 30), WEEK),
        ("晚上10點至次日早上7點", time(22), time(7), WEEK),
        ("工作日晚上十一点到七点", time(23), time(7), frozenset(range(5))),
        ("22点到7点 周一至周五", time(22), time(7), frozenset(range(5))),
    ],
)
def test_quiet_hours_are_read_as_people_type_them(typed: str, start: time, end: time, days: frozenset[int]) -> None:
    assert read_quiet(typed) == (QuietHours(start, end, days),)


def test_several_stretches_are_parted_by_semicolons() -> None:
    read = read_quiet("23:00-07:00 mon-fri; 00:00-09:00 sat,sun")
    assert isinstance(read, tuple)
    assert [hours.start for hours in read] == [time(23), time(0)]


@pytest.mark.parametrize("typed", ["off", "OFF ", "关", "关闭", "none"])
def test_quiet_hours_can_be_switched_off(typed: str) -> None:
    assert read_quiet(typed) == Off()


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", Unclear.QUIET),
        (";", Unclear.QUIET),
        ("22:00", Unclear.QUIET),
        ("25:00-07:00", Unclear.NO_SUCH_HOUR),
        ("22:60-07:00", Unclear.NO_SUCH_HOUR),
        ("25:00-26:00 mon-fri", Unclear.NO_SUCH_HOUR),
        ("25点到7点", Unclear.NO_SUCH_HOUR),
        ("25:00-07:00 someday", Unclear.QUIET),
        ("22:00-07:00 " + "mon," * 500, Unclear.QUIET),
        ("22:00-07:00 someday", Unclear.QUIET),
        ("22:00-07:00 mon-", Unclear.QUIET),
        ("22:00-07:00 mon-tue-wed", Unclear.QUIET),
        ("22:00-07:00 monkey", Unclear.QUIET),
        ("-1:00-07:00", Unclear.QUIET),
        ("22:00-22:00", Unclear.QUIET_EMPTY),
        ("; ".join(["22:00-07:00"] * 8), Unclear.QUIET_MANY),
    ],
)
def test_what_are_no_quiet_hours_is_refused(typed: str, problem: Unclear) -> None:
    assert read_quiet(typed) is problem


# Holidays


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2026-12-25", date(2026, 12, 25), date(2026, 12, 25)),
        ("2026/12/25", date(2026, 12, 25), date(2026, 12, 25)),
        ("12-25", date(2026, 12, 25), date(2026, 12, 25)),
        ("01-01", date(2027, 1, 1), date(2027, 1, 1)),
        ("12月25日", date(2026, 12, 25), date(2026, 12, 25)),
        ("2027年10月1日至10月7日", date(2027, 10, 1), date(2027, 10, 7)),
        ("2027-10-01 to 2027-10-07", date(2027, 10, 1), date(2027, 10, 7)),
        ("2027-10-01..2027-10-07", date(2027, 10, 1), date(2027, 10, 7)),
        ("2027-10-01 - 2027-10-07", date(2027, 10, 1), date(2027, 10, 7)),
        ("12-30 to 01-02", date(2026, 12, 30), date(2027, 1, 2)),
        ("02-29", date(2028, 2, 29), date(2028, 2, 29)),
        ("2026-11-28", TODAY, TODAY),
        ("25 Dec", date(2026, 12, 25), date(2026, 12, 25)),
        ("Dec 30 to Jan 2", date(2026, 12, 30), date(2027, 1, 2)),
        ("tomorrow", date(2026, 11, 29), date(2026, 11, 29)),
        ("5月1日到5日", date(2027, 5, 1), date(2027, 5, 5)),
        ("五月一号", date(2027, 5, 1), date(2027, 5, 1)),
    ],
)
def test_holidays_are_read_as_people_type_them(typed: str, first: date, last: date) -> None:
    days = read_holidays(typed, TODAY)
    assert isinstance(days, tuple)
    assert (days[0], days[-1], len(days)) == (first, last, (last - first).days + 1)


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", Unclear.DATE),
        ("christmas", Unclear.DATE),
        ("01/02/2027", Unclear.DATE),
        ("1/2", Unclear.DATE),
        ("2026-13-01", Unclear.NO_SUCH_DAY),
        ("2027-02-29", Unclear.NO_SUCH_DAY),
        ("2027-10-07 to 2027-10-01", Unclear.DATE),
        ("31 Feb", Unclear.NO_SUCH_DAY),
        ("2月30日", Unclear.NO_SUCH_DAY),
        ("Dec 30 to Dec 32", Unclear.NO_SUCH_DAY),
        ("tomorrow 8pm", Unclear.DATE),
        ("Dec 1 to Dec 2 to Dec 3", Unclear.DATE),
        ("yesterday", Unclear.DATE_PAST),
        ("2026-11-27", Unclear.DATE_PAST),
        ("2027-01-01 to 2029-01-01", Unclear.DATES_MANY),
        ("0000-01-01", Unclear.NO_SUCH_DAY),
        ("9999-12-31 to 9999-12-32", Unclear.NO_SUCH_DAY),
    ],
)
def test_what_is_no_holiday_is_refused(typed: str, problem: Unclear) -> None:
    assert read_holidays(typed, TODAY) is problem


def test_old_holidays_are_forgotten_when_new_ones_come() -> None:
    old, recent, new = TODAY - timedelta(days=40), TODAY - timedelta(days=3), TODAY + timedelta(days=3)
    assert with_holidays({old, recent}, [new], TODAY) == frozenset({recent, new})


def test_consecutive_days_are_drawn_together() -> None:
    one, two, four = date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 3)
    assert spans_of({four, two, one}) == ((one, two), (four, four))


# Labels and topics


def test_a_label_is_one_short_line() -> None:
    assert read_label(" Our \n hikers ") == "Our hikers"
    assert read_label("off") == Off()
    assert read_label("x" * 32) == "x" * 32
    assert read_label("x" * 33) is Unclear.LABEL
    assert read_label("") is Unclear.LABEL
    assert read_label("a\0b") is Unclear.LABEL


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("announcements here", ("announcements", True)),
        ("Announcements", ("announcements", True)),
        ("活动 这里", ("events", True)),
        ("digest off", ("digest", False)),
        ("cases 关闭", ("cases", False)),
        ("", Unclear.PURPOSE),
        ("jokes here", Unclear.PURPOSE),
        ("events there", Unclear.PURPOSE),
        ("events here now", Unclear.PURPOSE),
    ],
)
def test_topics_are_read(typed: str, expected: object) -> None:
    assert read_topic(typed) == expected


# Zones


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Asia/Shanghai", "Asia/Shanghai"),
        ("asia/shanghai", "Asia/Shanghai"),
        ("shanghai", "Asia/Shanghai"),
        ("上海", "Asia/Shanghai"),
        ("北京", "Asia/Shanghai"),
        ("北京市", "Asia/Shanghai"),
        ("Beijing", "Asia/Shanghai"),
        ("New  York", "America/New_York"),
        ("paris", "Europe/Paris"),
        ("香港", "Asia/Hong_Kong"),
        ("UTC", "UTC"),
        ("gmt", "UTC"),
    ],
)
def test_a_zone_is_known_by_its_name_or_a_city(typed: str, name: str) -> None:
    assert find_zone(typed, NOW) == Zone(name)


@pytest.mark.parametrize(
    ("typed", "among"),
    [
        ("shangai", "Asia/Shanghai"),
        ("sidney", "Australia/Sydney"),
        ("tokio", "Asia/Tokyo"),
        ("+8", "Asia/Shanghai"),
        ("UTC+8", "Asia/Shanghai"),
        ("gmt+05:30", "Asia/Kolkata"),
        ("−5", "America/New_York"),
        ("EST", "America/New_York"),
        ("C.E.T.", "Europe/Berlin"),
        ("pst", "America/Los_Angeles"),
        ("ist", "Asia/Kolkata"),
        ("Londn", "Europe/London"),
        ("Pairs", "Europe/Paris"),
        ("New Yrok", "America/New_York"),
        ("San Fransisko", "America/Los_Angeles"),
        ("frankfurtt", "Europe/Berlin"),
    ],
)
def test_near_matches_and_offsets_are_offered(typed: str, among: str) -> None:
    found = find_zone(typed, NOW)
    assert isinstance(found, Offers)
    assert among in found.names


@pytest.mark.parametrize("typed", ["", "x", "nowhere at all", "+99", "../../etc/passwd", "\0", "localtime", "Factory"])
def test_what_is_no_zone_is_none(typed: str) -> None:
    found = find_zone(typed, NOW)
    assert isinstance(found, Offers)
    assert found.names == ()


@pytest.mark.parametrize(
    "typed", ["Atlantis", "back", "home", "xyz", "later", "weekday", "boss", "Narnia", "yes", "same"]
)
def test_nothing_is_offered_for_words_that_are_only_alike(typed: str) -> None:
    assert find_zone(typed, NOW) == Offers((), guessed=True)


def test_what_is_only_spelt_alike_is_marked_as_a_guess() -> None:
    assert find_zone("Sidney", NOW) == Offers(("Australia/Sydney",), guessed=True)
    assert find_zone("EST", NOW) == Offers(("America/New_York", "America/Toronto"))


def test_every_zone_behind_an_abbreviation_exists() -> None:
    assert all(is_zone(name) for names in _ABBREVIATIONS.values() for name in names.split())


@given(st.text(max_size=40))
def test_anything_typed_is_answered(typed: str) -> None:
    find_zone(typed, NOW)
    read_quiet(typed)
    read_holidays(typed, TODAY)
    read_label(typed)
    read_topic(typed)


def test_only_stored_spellings_are_zones() -> None:
    assert is_zone("Asia/Shanghai")
    assert is_zone("UTC")
    assert not is_zone("asia/shanghai")
    assert not is_zone("Etc/GMT-8")
    assert not is_zone("")


def test_the_first_zone_is_guessed_only_where_the_bot_has_none() -> None:
    assert first_zone("UTC", "zh_Hans") == "Asia/Shanghai"
    assert first_zone("UTC", "en") == "UTC"
    assert first_zone("Europe/Paris", "zh_Hans") == "Europe/Paris"
    assert likely_zones("zh_Hans")[0] == "Asia/Shanghai"
    assert likely_zones("xx") == likely_zones("en")
