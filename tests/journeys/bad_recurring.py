"""What people type and tap by mistake, or forge, about announcements that come again and again."""

from __future__ import annotations

from dataclasses import replace

from tests.journeys.bad_input import ZERO_WIDTH, Line, Tap, form, lines

NOT_ALLOWED = "Only people who may"
OTHER_GROUP = "belongs to another group"
OUT_OF_DATE = "This button is out of date"
NO_RULE = "is not a rule I understand"
NO_SUCH = "There is no announcement #99"
RECURS_NOT = "does not recur"
GONE = "That recurs no longer"
BEYOND = 9_999_999_999_999_999_999
"""As long as the longest number a button may carry, and too large for any database."""
ALONE = ("one", "pick", "rule")
IN_PAIRS = ("pause", "skip", "end")


def _taps(*rows: tuple[str, ...], **common: object) -> list[Tap]:
    return [replace(Tap(data, (en,) if en else (), names=tuple(names)), **common) for data, en, *names in rows]  # type: ignore[arg-type]


LINES: list[Line] = [
    *lines(
        ("/announce every Mon 9:00", "put a “|” between the rule and the text"),
        ("/announce every | Hello", "put a “|” between the rule and the text"),
        ("/announce every sometimes | Hello", NO_RULE, "“sometimes”"),
        ("/announce 重复 每逢下雨 | 你好", NO_RULE, "“每逢下雨”"),
        ("/announce every day at 25:00 | Hello", "is not a time of day", "“25:00”"),
        ("/announce every day at 9:00 until soon | Hello", "is not an end", "“soon”"),
        ("/announce every day at 9:00 until yesterday | Hello", "is not an end", "“yesterday”"),
        ("/announce every day at 9:00, 0 times | Hello", "is not an end", "“0 times”"),
        ("/announce every day at 9:00 until 31 Dec, 9 times | Hello", "not both"),
        ("/announce every day at 9:00 except someday | Hello", "a day I could leave out", "“someday”"),
        ("/announce every day at 9:00 except 1/2 | Hello", "a day I could leave out", "“1/2”"),
        ("/announce every Mon 9:00 except Mon | Hello", "one must be left"),
        ("/announce every Mon 9:00 from yesterday | Hello", "on which it could begin", "“yesterday”"),
        ("/announce every Mon 9:00 until 12 Mar | Hello", "It never comes"),
        ("/announce every cron | Hello", "A cron line has five fields", "cron 30 9 * * 1-5"),
        ("/announce every cron 9 * * | Hello", "A cron line has five fields"),
        ("/announce every cron 60 9 * * * | Hello", "The field “minute” is wrong"),
        ("/announce every cron 0 24 * * * | Hello", "The field “hour” is wrong"),
        ("/announce every cron 0 9 30 2 * | Hello", "The field “day of the month” is wrong"),
        ("/announce every cron 0 9 * * 8 | Hello", "The field “day of the week” is wrong"),
        ("/announce every cron * * * * * | Hello", "That is too often", "15"),
        ("/announce every " + "9" * 600 + " | Hello", NO_RULE),
        ("/announce every day at 9:00 | " + ZERO_WIDTH, "There is nothing"),
        ("/announce recurring x", "is not what I expected", "“x”"),
        ("/announce recurring -1", "is not what I expected", "“-1”"),
        ("/announce recurring 99", NO_SUCH, "#99"),
        ("/announce recurring 1", RECURS_NOT, "#1"),
        ("/announce recurring 1 pause", RECURS_NOT, "#1"),
        ("/announce 周期 1 跳过", RECURS_NOT, "#1"),
        ("/announce recurring 1 skip someday", RECURS_NOT, "#1"),
        ("/announce recurring 1 every Tue 9:00", RECURS_NOT, "#1"),
        ("/announce recurring 99999999999999999999 end", "is not what I expected", "99999999999999999999"),
    ),
    Line("/announce every day at 9:00 | " + "x" * 5000, ("5,000", "4,096"), raw=True),
    *lines(
        ("/announce every", NOT_ALLOWED),
        ("/announce every day at 9:00 | Hello", NOT_ALLOWED),
        ("/announce recurring", NOT_ALLOWED),
        ("/announce recurring 1 end", NOT_ALLOWED),
        who="Mei",
    ),
    *form(
        ("/announce every Mon | Hello", "every Mon: at what time of day?"),
        ("never", NO_RULE, "“never”"),
        ("26:00", NO_RULE, "“26:00”"),
    ),
    *form(
        ("/announce every", "Hello"),
        ("sometimes", NO_RULE, "“sometimes”"),
        ("every Mon", "every Mon: at what time of day?"),
        ("25:00", NO_RULE, "“25:00”"),
        ("cron * * * * *", "That is too often", "15"),
        ("cron 1 2 3", "A cron line has five fields"),
    ),
]
TAPS: list[Tap] = [
    *_taps(
        *((f"ar.{code}:{{g}}:1", GONE) for code in ALONE),
        *((f"ar.{code}:{{g}}:{BEYOND}", "") for code in ALONE),
        ("ar.rep:{g}:99", NO_SUCH, "#99"),
        (f"ar.rep:{{g}}:{BEYOND}", ""),
        ("ar.pause:{g}:1:1", RECURS_NOT, "#1"),
        ("ar.pause:{g}:1:0", RECURS_NOT, "#1"),
        ("ar.skip:{g}:1:738000", RECURS_NOT, "#1"),
        (f"ar.skip:{{g}}:1:{BEYOND}", OUT_OF_DATE),
        ("ar.end:{g}:1:0", GONE),
        ("ar.end:{g}:1:1", RECURS_NOT, "#1"),
        ("ar.one:{g}:x", OUT_OF_DATE),
        ("ar.one:{g}", OUT_OF_DATE),
        ("ar.new:{g}:1", OUT_OF_DATE),
        ("ar.one:{o}:1", OTHER_GROUP),
        ("ar.list:{o}:1", OTHER_GROUP),
    ),
    *_taps(
        *((f"ar.{code}:{{g}}:1", NOT_ALLOWED) for code in (*ALONE, "list", "rep")),
        *((f"ar.{code}:{{g}}:1:1", NOT_ALLOWED) for code in IN_PAIRS),
        ("ar.new:{g}", NOT_ALLOWED),
        who="Mei",
    ),
]
