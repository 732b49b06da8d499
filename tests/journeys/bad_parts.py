"""What people type and tap by mistake, or forge, about series of events and about talks."""

from __future__ import annotations

from dataclasses import replace

from tests.journeys.bad_input import ZERO_WIDTH, Line, Tap, lines

NO_EVENT = "is not the number of an event"
NO_SERIES = "is not the number of a series"
NOT_ALLOWED = "Only people who may"
UNSEEN = "I have not seen anybody called"
OUT_OF_DATE = "This button is out of date"
OTHER_GROUP = "belongs to another group"
NOT_IN_IT = "This belongs to a group that you are not in"
NO_MORE = "That series or date is no more"
NOT_HERE = "That is not here any more"
STALE = "no longer exists"
BEYOND = 9_999_999_999_999_999_999
"""As long as the longest number a button may carry, and too large for any database."""


def _taps(*rows: tuple[str, ...], **common: object) -> list[Tap]:
    """Make taps of (data, English, names...)."""
    return [replace(Tap(data, (en,) if en else (), names=tuple(names)), **common) for data, en, *names in rows]  # type: ignore[arg-type]


SERIES = [
    *lines(
        ("/event repeat x", NO_EVENT, "“x”"),
        ("/event repeat 99", "There is no event #99", "#99"),
        ("/event repeat 2 weekly", "cannot come again"),
        ("/event repeat 1 sometimes", "is not a rule I understand", "“sometimes”"),
        ("/event repeat 1 每逢下雨", "is not a rule I understand", "“每逢下雨”"),
        ("/event repeat 1 every 0 weeks", "is not a rule I understand", "“every 0 weeks”"),
        ("/event repeat 1 weekly until 1 Jan 2020", "is not a rule I understand", "“weekly until 1 Jan 2020”"),
        ("/event repeat 1 weekly 0 times", "is not a rule I understand", "“weekly 0 times”"),
        ("/event repeat 1 daily until 31 Dec, 9 times", "not both", "“daily until 31 Dec, 9 times”"),
        ("/event repeat 1 daily except someday", "a day I could leave out", "“someday”"),
        ("/event repeat 1 weekly at 25:00", "is not a time of day", "“25:00”"),
        ("/event repeat 1 cron 0 9 * * 1", "is not a rule I understand", "“cron 0 9 * * 1”"),
        ("/event repeat 1 every month on the 32nd", "is not a rule I understand", "32nd"),
        ("/event repeat 1 " + "x" * 300, "is not a rule I understand"),
        ("/event series x", NO_SERIES, "“x”"),
        ("/event series 99", "There is no series #99", "#99"),
        ("/event series -1", NO_SERIES, "“-1”"),
        ("/event series 1 2", NO_SERIES, "“1 2”"),
        ("/event series 99999999999999999999", NO_SERIES, "99999999999999999999"),
        ("/event skip x", NO_SERIES, "“x”"),
        ("/event skip 99", "There is no series #99", "#99"),
        ("/event skip 1 tomorrow", NO_SERIES, "“1 tomorrow”"),
        ("/event 跳过 下周", NO_SERIES, "“下周”"),
    ),
    Line("/event repeat 4 weekly", ("#4", "Dinner"), ("is a date of the series",), where="private"),
    *lines(
        ("/event repeat 1 weekly", NOT_ALLOWED),
        ("/event series", NOT_ALLOWED),
        ("/event skip 1", NOT_ALLOWED),
        who="Mei",
    ),
]
"""Hike #1 takes place once, Dinner #4 is a date of series #1."""

TALKS = [
    *lines(
        ("/event speaker x", NO_EVENT, "“x”"),
        ("/event speaker 99 @mei", "There is no event #99", "#99"),
        ("/event speaker 1 @nobody", UNSEEN, "nobody"),
        ("/event speaker 1 @qunguan_bot", "That is me"),
        ("/event speaker 1 @helper_bot", "is a bot", "Helper"),
        ("/event speaker 1 @dora", "is no longer in this group", "Dora"),
        ("/event speaker 1 @carl and more", "I do not understand “and more”", "“and more”"),
        ("/event speaker 1 999999999", "I have not seen anybody with the id", "999999999"),
        ("/event speaker 1 " + "x" * 101, "The name is too long", "100"),
        ("/event speaker 1 " + ZERO_WIDTH, "Who speaks?"),
        ("/event speaker 2 李教授", "has begun or is cancelled"),
        ("/event speaker 3 李教授", "has begun or is cancelled"),
        ("/event ask x", NO_EVENT, "“x”"),
        ("/event ask 99 2027?", "There is no event #99", "#99"),
        ("/event ask 1 2027?", "You have asked this already"),
        ("/event ask 1 " + "x" * 301, "The question is too long", "300"),
        ("/event ask 1 " + ZERO_WIDTH, "Please write your question"),
        ("/event ask 2 2028?", "is over or cancelled"),
        ("/event questions x", NO_EVENT, "“x”"),
        ("/event questions 99", "There is no event #99", "#99"),
        ("/event link x", NO_EVENT, "“x”"),
        ("/event link 99", "There is no event #99", "#99"),
        ("/event link 1", "There is no link yet"),
    ),
    *lines(("/event speaker 1 @carl", NOT_ALLOWED), who="Mei"),
    Line("/event speaker 1", en=("is a channel that writes here",), names=("News",), reply="channel"),
]

TAPS = [
    *_taps(
        ("ev.rp:{g}:{other_event}", STALE),
        ("ev.rp:{g}:-1", STALE),
        ("ev.rp:{g}:{cancelled}", "cannot come again"),
        ("ev.rt:{g}:{event}", NO_MORE),
        ("ev.rt:{g}:{other_event}", NO_MORE),
        ("ev.se:{g}:99", NO_MORE),
        ("ev.se:{g}:-1", NO_MORE),
        (f"ev.se:{{g}}:{BEYOND}", OUT_OF_DATE),
        ("ev.sp:{g}:skip:99", NO_MORE),
        ("ev.sp:{g}:dance:1", NO_MORE),
        ("ev.sd:{g}:skip:99:1", NO_MORE),
        ("ev.sd:{g}:skip:1:1", NO_MORE),
        ("ev.sd:{g}:skip:1:-5", NO_MORE),
        ("ev.sd:{g}:move:1:999999999", NO_MORE),
        ("ev.sd:{g}:dance:1:740063", NO_MORE),
        ("ev.st:{g}:dance:1", NO_MORE),
        ("ev.st:{g}:ahead:99", NO_MORE),
        ("ev.sr:{g}:99", NO_MORE),
        ("ev.sn:{g}:99:1", NO_MORE),
        ("ev.sl:{g}:99", "Series", "Dinner"),
        ("ev.sl:{g}:-1", "Series", "Dinner"),
        ("ev.ts:{g}:{other_event}", STALE),
        ("ev.ta:{g}:{cancelled}", "is cancelled", "Picnic"),
        ("ev.ta:{g}:{over}", "has begun already", "Breakfast"),
        ("ev.td:{g}:{event}:9", NOT_HERE),
        ("ev.td:{g}:{other_event}:1", STALE),
        ("ev.ty:{g}:{event}", "not asked to speak"),
        ("ev.ty:{g}:{other_event}", STALE),
        ("ev.tn:{g}:{event}", "not asked to speak"),
        ("ev.tn:{g}:{other_event}", STALE),
        ("ev.qa:{g}:{cancelled}", "is over or cancelled"),
        ("ev.qa:{g}:{other_event}", STALE),
        ("ev.qv:{g}:1", "your own question"),
        ("ev.qv:{g}:99", NOT_HERE),
        ("ev.qv:{g}:-1", NOT_HERE),
        (f"ev.qv:{{g}}:{BEYOND}", OUT_OF_DATE),
        ("ev.qp:{g}:{event}:99", "All questions", "2027?"),
        ("ev.qp:{g}:{event}:-1", "All questions", "2027?"),
        ("ev.qp:{g}:{other_event}:1", STALE),
        ("ev.ql:{g}:{other_event}", STALE),
        ("ev.qo:{g}:{other_event}", STALE),
        ("ev.qu:{g}:{event}:99", "Tap a number", "2027?"),
        ("ev.qu:{g}:{other_event}:1", STALE),
        ("ev.q1:{g}:99", NOT_HERE),
        ("ev.qt:{g}:dance:1", NOT_HERE),
        ("ev.qt:{g}:merged:1", NOT_HERE),
        ("ev.qt:{g}:hidden:99", NOT_HERE),
        ("ev.qw:{g}:99:1", NOT_HERE),
        ("ev.qw:{g}:1:99", "no other open question", "2027?"),
        ("ev.qm:{g}:1:1", NOT_HERE),
        ("ev.qm:{g}:1:99", NOT_HERE),
        ("ev.link:{g}:{event}", "There is no link yet"),
        ("ev.link:{g}:{other_event}", STALE),
    ),
    *_taps(("ev.rp:{g}:{closed}", "is a date of the series", "Dinner"), on="private"),
    *_taps(
        *(
            (data, NOT_ALLOWED)
            for data in (
                "ev.rp:{g}:{event}",
                "ev.rt:{g}:{closed}",
                "ev.se:{g}:1",
                "ev.sl:{g}:1",
                "ev.sp:{g}:skip:1",
                "ev.sd:{g}:skip:1:740063",
                "ev.st:{g}:ahead:1",
                "ev.sr:{g}:1",
                "ev.sn:{g}:1:1",
                "ev.ts:{g}:{event}",
                "ev.ta:{g}:{event}",
                "ev.td:{g}:{event}:1",
                "ev.qo:{g}:{event}",
                "ev.qu:{g}:{event}:1",
                "ev.q1:{g}:1",
                "ev.qt:{g}:hidden:1",
                "ev.qw:{g}:1:1",
                "ev.qm:{g}:1:2",
            )
        ),
        ("ev.qv:{o}:1", OTHER_GROUP),
        ("ev.link:{o}:{other_event}", OTHER_GROUP),
        who="Mei",
    ),
    *_taps(
        *(
            (data, NOT_IN_IT)
            for data in ("ev.qa:{g}:{event}", "ev.qv:{g}:1", "ev.link:{g}:{event}", "ev.ty:{g}:{event}")
        ),
        who="Zoe",
        on="private",
    ),
]
