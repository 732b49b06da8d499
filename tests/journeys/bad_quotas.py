"""What people type and tap by mistake, or forge, about quotas."""

from __future__ import annotations

from dataclasses import replace

from tests.journeys.bad_input import TAPPED, ZERO_WIDTH, Line, Tap, form, lines

NOT_ALLOWED = "Only people who may"
NO_COUNT = "does not say how many"
NO_SHAPE = "does not say who owes"
NO_NAME = "cannot be a department"
NO_PERIOD = "is no period"
NO_QUOTA = "There is no quota of"
NO_DAYS = "is no number of days"
NO_WEEKDAY = "is not one weekday"
ONLY_DEPARTMENTS = "Only for a department"
GONE = "This quota is removed already"
NO_TABLE = "There is no table of this period"
OTHER_GROUP = "belongs to another group"
OUT_OF_DATE = "This button is out of date"


def _taps(*rows: tuple[str, ...], **common: object) -> list[Tap]:
    return [replace(Tap(data, (en,) if en else (), names=tuple(names)), **common) for data, en, *names in rows]  # type: ignore[arg-type]


LINES: list[Line] = [
    *lines(
        ("/quota year", NO_PERIOD, "“year”"),
        ("/quota Sales", NO_PERIOD, "“Sales”"),
        ("/quota set Sales", NO_SHAPE, "“Sales”"),
        ("/quota set Sales 4", NO_SHAPE, "“Sales 4”"),
        ("/quota set Sales 4 a year", NO_SHAPE, "“Sales 4 a year”"),
        ("/quota set 4 a month", NO_SHAPE, "“4 a month”"),
        ("/quota set Sales 0 a month", NO_COUNT, "“Sales 0 a month”"),
        ("/quota set Sales 101 a week", NO_COUNT, "100"),
        ("/quota set Sales -1 a week", NO_COUNT, "100"),
        ("/quota set Sales 1.5 a week", NO_COUNT, "100"),
        ("/quota 设置 销售部 每月许多", NO_SHAPE, "每月许多"),
        ("/quota set " + "x" * 65 + " 4 a month", NO_NAME, "64"),
        ("/quota set " + ZERO_WIDTH + " 4 a month", NO_NAME, "64"),
        ("/quota set @nobody 2 a week", "I have not seen anybody called", "nobody"),
        ("/quota set @qunguan_bot 2 a week", "That is me"),
        ("/quota set @helper_bot 2 a week", "is a bot", "Helper"),
        ("/quota set Sales 4 a month @nobody", "I have not seen anybody called", "nobody"),
        ("/quota set Sales 4 a month @qunguan_bot", "That is me"),
        ("/quota set Sales 4 @mei", NO_SHAPE, "Sales 4 @mei"),
        ("/quota set everybody 1 a month @mei", ONLY_DEPARTMENTS, "@mei"),
        ("/quota set @carl 1 a month @mei", ONLY_DEPARTMENTS, "@mei"),
        ("/quota set @mei", NO_SHAPE, "@mei"),
        ("/quota set @mei and others 2 a week", NO_SHAPE, "@mei and others"),
        ("/quota remove Sales", NO_QUOTA, "“Sales”"),
        ("/quota remove Sales a month", NO_QUOTA, "“Sales a month”"),
        ("/quota remove @mei", NO_QUOTA, "“@mei”"),
        ("/quota remove @mei sometimes", NO_QUOTA, "@mei sometimes"),
        ("/quota remove everybody", NO_QUOTA, "“everybody”"),
        ("/quota remind 15", NO_DAYS, "“15”"),
        ("/quota remind -1", NO_DAYS, "“-1”"),
        ("/quota remind soon", NO_DAYS, "“soon”"),
        ("/quota week someday", NO_WEEKDAY, "“someday”"),
        ("/quota week Mon, Tue", NO_WEEKDAY, "“Mon, Tue”"),
    ),
    *lines(
        ("/quota", NOT_ALLOWED),
        ("/quota set Sales 4 a month", NOT_ALLOWED),
        ("/quota set", NOT_ALLOWED),
        ("/quota remove Sales", NOT_ALLOWED),
        ("/quota remind 3", NOT_ALLOWED),
        ("/quota week Sunday", NOT_ALLOWED),
        who="Mei",
    ),
    *form(("/quota set",), (ZERO_WIDTH, NO_NAME, "64"), ("x" * 65, NO_NAME, "64")),
    *form(("/quota set", "Sales"), ("many", ""), ("0", ""), ("101", "", "100")),
    *form(("/quota set", "Sales", "4"), ("year", "")),
    *form((TAPPED + "aq.who:{g}:1",), ("somebody", "Say whom you mean")),
]
TAPS: list[Tap] = [
    *_taps(
        ("aq.page:{g}:year:0:1", NO_PERIOD, "“year”"),
        ("aq.page:{g}:month:99:1", NO_TABLE),
        ("aq.pic:{g}:year:0", NO_PERIOD, "“year”"),
        ("aq.pic:{g}:month:99", NO_TABLE),
        ("aq.file:{g}:month:0:pdf", NO_PERIOD, "“pdf”"),
        ("aq.file:{g}:month:99:csv", NO_TABLE),
        ("aq.drop:{g}:99", GONE),
        ("aq.drop:{g}:-1", GONE),
        ("aq.who:{g}:99", GONE),
        ("aq.who:{g}:-1", GONE),
        ("aq.who:{g}:x", OUT_OF_DATE),
        ("aq.remind:{g}:15", NO_DAYS, "15"),
        ("aq.remind:{g}:-1", NO_DAYS, "-1"),
        ("aq.week:{g}:7", NO_WEEKDAY, "7"),
        ("aq.week:{g}:-1", NO_WEEKDAY, "-1"),
        ("aq.page:{g}:month:x:1", OUT_OF_DATE),
        ("aq.list:{g}:x", OUT_OF_DATE),
        ("aq.open:{g}:1", OUT_OF_DATE),
        ("aq.new:{g}:1", OUT_OF_DATE),
        ("aq.set:{g}:1", OUT_OF_DATE),
        on="private",
    ),
    *_taps(("aq.open:{o}", OTHER_GROUP), ("aq.drop:{o}:1", OTHER_GROUP)),
    *_taps(
        ("aq.open:{g}", NOT_ALLOWED),
        ("aq.page:{g}:month:0:1", NOT_ALLOWED),
        ("aq.pic:{g}:month:0", NOT_ALLOWED),
        ("aq.file:{g}:month:0:csv", NOT_ALLOWED),
        ("aq.new:{g}", NOT_ALLOWED),
        ("aq.list:{g}:1", NOT_ALLOWED),
        ("aq.drop:{g}:1", NOT_ALLOWED),
        ("aq.who:{g}:1", NOT_ALLOWED),
        ("aq.set:{g}", NOT_ALLOWED),
        ("aq.remind:{g}:3", NOT_ALLOWED),
        ("aq.week:{g}:0", NOT_ALLOWED),
        who="Mei",
    ),
]
