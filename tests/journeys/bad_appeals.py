"""Bad lines and taps about appeals and about several people at once: cases of others, numbers of nothing, who may not decide."""

from __future__ import annotations

from dataclasses import replace

from tests.journeys.bad_input import ZERO_WIDTH, Tap, form, lines

NOT_A_CASE = "is not the number of a case"
NOT_ALLOWED = "Only people who may"
NOT_THEIRS = "Only the person whom a case is about"
NO_APPEAL = "There is no such appeal"
WHOLE_HOURS = "write whole hours or days"
BEYOND = 9_999_999_999_999_999_999

_CROWD = " ".join(f"@somebody{number}" for number in range(21))

LINES = [
    *lines(
        (f"/kick {_CROWD} spam", "At most 20 people can be named on one line", "20"),
        ("/kick @mei @carl", "Say what for"),
        ("/ban @mei @carl 7 days", "Say what for"),
        ("/ban @mei @carl 10 seconds spam", "That is too short"),
        ("/ban @mei @nobody spam", "I have not seen anybody called", "nobody"),
        ("/kick @mei @ben spam", "is an administrator", "Ben"),
        ("/kick @mei, @dora spam", "is no longer in this group", "Dora"),
        ("/kick @mei @carl " + "x" * 501, "The reason has 501 characters", "501"),
    ),
    *lines(
        ("/appeal x", NOT_A_CASE, "“x”"),
        ("/appeal 0", NOT_A_CASE, "“0”"),
        ("/appeal <b>", NOT_A_CASE, "“<b>”"),
        ("/appeal 一百", NOT_A_CASE, "“一百”"),
        ("/appeal 99", "There is no case #99 against you", "#99"),
        ("/appeal 2", "There is no case #2 against you", "#2"),
        ("/appeal #2 unfair", "There is no case #2 against you", "#2"),
        ("/appeals x", NOT_A_CASE, "“x”"),
        ("/appeals 1", "There is no appeal against a case #1", "#1"),
        ("/appeals 99", "There is no appeal against a case #99", "#99"),
        ("/appeals due soon", WHOLE_HOURS, "“soon”"),
        ("/appeals due 5 minutes", WHOLE_HOURS, "“5 minutes”"),
        ("/appeals due 90 minutes", WHOLE_HOURS, "“90 minutes”"),
        ("/appeals due 90 days", WHOLE_HOURS, "“90 days”"),
        ("/appeals 期限 很久", WHOLE_HOURS, "“很久”"),
    ),
    *lines(
        ("/appeal 1", "was undone", "#1"),
        ("/appeal 1 unfair", "was undone", "#1"),
        ("/appeals", NOT_ALLOWED),
        ("/appeals 2", NOT_ALLOWED),
        ("/appeals due 2h", NOT_ALLOWED),
        who="Mei",
    ),
    *lines(("/appeal 2 " + "x" * 1001, "has 1,001 characters", "1,001", "1,000"), who="Carl"),
    *[
        replace(row, who="Carl")
        for row in form(
            ("/appeal 2",), ("x" * 1001, "too long", "1,001", "1,000"), (ZERO_WIDTH, "Please write it as a text")
        )
    ],
]


def _taps(*rows: tuple[str, ...], **common: str) -> list[Tap]:
    """Make taps of (data, English, names...)."""
    return [replace(Tap(data, (en,), names=tuple(names)), **common) for data, en, *names in rows]  # type: ignore[arg-type]


TAPS = [
    *_taps(
        ("v.many:{g}:99", "This is out of date"),
        ("v.many:{g}:-1", "This is out of date"),
        ("v.appeal:0:{case}", NOT_THEIRS),
        ("v.appeal:{g}:{case}", NOT_THEIRS),
        ("v.appeal:0:-1", NOT_THEIRS),
        ("v.appeal:0:{other_case}", NOT_THEIRS),
        (f"v.appeal:0:{BEYOND}", "This button is out of date"),
        ("v.judge:{g}:lifted:{appeal}", "You had a part in this case"),
        ("v.judge:{g}:lifted:-1", NO_APPEAL),
        ("v.judge:{o}:lifted:{appeal}", "belongs to another group"),
        ("v.appeals:{g}:-1", NO_APPEAL),
        ("v.letin:{g}:{appeal}", "no link is needed"),
        ("v.letin:{g}:-1", "no link is needed"),
    ),
    *_taps(("v.judge:{g}:dance:{appeal}", NO_APPEAL), ("v.judge:{g}:moot:{appeal}", NO_APPEAL), who="Ben"),
    *_taps(
        ("v.appeal:0:{undone}", "was undone", "#1"),
        ("v.judge:{g}:upheld:{appeal}", NOT_ALLOWED),
        ("v.appeals:{g}:{appeal}", NOT_ALLOWED),
        ("v.appealp:{g}:1", NOT_ALLOWED),
        ("v.letin:{g}:{appeal}", NOT_ALLOWED),
        ("v.many:{g}:1", NOT_ALLOWED),
        who="Mei",
    ),
    *_taps(("v.judge:{o}:upheld:{appeal}", NO_APPEAL), who="Rita", on="private"),
]
