"""What people type and tap by mistake, or forge, about passing announcements on. #1 is a draft, #2 discarded, #4 published."""

from __future__ import annotations

from dataclasses import replace

from tests.journeys.bad_input import NOT_A_TIME, TAPPED, ZERO_WIDTH, Line, Tap, form, lines

NOT_ALLOWED = "Only people who may"
NO_LENGTH = "is no length of time"
NONE = "There is no announcement #99"
UNKNOWN = "I do not know what"
NOT_ASKED = "Nobody is asked to pass"
OUT_OF_DATE = "This button is out of date"
OTHER_GROUP = "belongs to another group"
GONE = "Nobody is asked to pass this on any more"


def _taps(*rows: tuple[str, ...], **common: object) -> list[Tap]:
    return [replace(Tap(data, (en,) if en else (), names=tuple(names)), **common) for data, en, *names in rows]  # type: ignore[arg-type]


LINES: list[Line] = [
    *lines(
        ("/announce share x on", "Please write the number", "/announce"),
        ("/announce share on", "Please write the number", "/announce"),
        ("/announce share 99 on", NONE, "#99"),
        ("/announce share 99 until Fri", NONE, "#99"),
        ("/announce share 1 perhaps", UNKNOWN, "“perhaps”"),
        ("/announce share 1 on please", UNKNOWN, "“on please”"),
        ("/announce share 1 off proof", UNKNOWN, "“off proof”"),
        ("/announce share 1 proof perhaps", UNKNOWN, "“proof perhaps”"),
        ("/announce share 1 until yesterday 9:00", "is already past"),
        ("/announce share 1 until soonish", NOT_A_TIME, "“soonish”"),
        ("/announce share 1 until", NOT_A_TIME),
        ("/announce share 1 截止 二十五点", "", "二十五点"),
        ("/announce share 1 nudge soon", NO_LENGTH, "“soon”"),
        ("/announce share 1 nudge 1h, 2h, 3h", "The last reminder goes out before the end", "3"),
        ("/announce share 1 提醒 1分钟", "at least 5 minutes apart", "5"),
        ("/announce share 2 on", "was discarded", "#2"),
        ("/announce shares x", "Please write the number", "“x”"),
        ("/announce shares 99", NONE, "#99"),
        ("/announce shares 4 please", "Please write the number", "4 please"),
        ("/announce shares 1", NOT_ASKED, "#1"),
        ("/announce shares 4", NOT_ASKED, "#4"),
    ),
    *form(
        ("/announce share 1 until Fri",),
        ("soonish", NOT_A_TIME, "“soonish”"),
        (ZERO_WIDTH, ""),
        ("25:00", "", "25:00"),
    ),
    *form(
        ("/announce share 4", TAPPED + "ah.nudges:{g}:4"),
        ("soon", NO_LENGTH, "“soon”"),
        (ZERO_WIDTH, NO_LENGTH),
        ("1h, 2h, 3h", "The last reminder goes out before the end", "3"),
        ("40 days", "too long", "30"),
    ),
    *lines(
        ("/start share-99999", GONE),
        ("/start share-x", GONE),
        ("/start share-99999999999999999999", GONE),
        ("/start share-1", GONE),
        where="private",
    ),
    *lines(
        ("/announce share 1 on", NOT_ALLOWED),
        ("/announce shares 4", NOT_ALLOWED),
        who="Mei",
    ),
]
TAPS: list[Tap] = [
    *_taps(
        ("ah.did:{g}:99999", GONE),
        ("ah.did:{g}:-1", GONE),
        ("ah.did:{g}:1", GONE),
        ("ah.did:{g}:x", OUT_OF_DATE),
        ("ah.did:{g}", OUT_OF_DATE),
        ("ah.did:{o}:1", OTHER_GROUP),
        who="Mei",
    ),
    *_taps(
        *(
            (f"{code}:{{g}}:99{more}", NONE, "#99")
            for code, more in (
                ("ah.switch", ""),
                ("ah.ways", ""),
                ("ah.onoff", ":1"),
                ("ah.until", ""),
                ("ah.nountil", ""),
                ("ah.plan", ":-86400"),
                ("ah.nudges", ""),
                ("ah.proof", ":1"),
                ("ah.status", ""),
                ("ah.list", ":pending:1"),
                ("ah.file", ":csv"),
                ("ah.remind", ""),
                ("ah.proofs", ":1"),
            )
        ),
        ("ah.switch:{g}:2", "was discarded", "#2"),
        ("ah.plan:{g}:4:60", UNKNOWN, "60"),
        ("ah.status:{g}:1", NOT_ASKED, "#1"),
        ("ah.list:{g}:4:pending:1", NOT_ASKED, "#4"),
        ("ah.list:{g}:4:dance:1", UNKNOWN, "dance"),
        ("ah.file:{g}:4:pdf", UNKNOWN, "pdf"),
        ("ah.file:{g}:4:csv", NOT_ASKED, "#4"),
        ("ah.remind:{g}:4", NOT_ASKED, "#4"),
        ("ah.proofs:{g}:4:-1", "Nobody has sent a screenshot"),
        on="private",
    ),
    *_taps(
        *(
            (data, NOT_ALLOWED)
            for data in (
                "ah.switch:{g}:1",
                "ah.ways:{g}:1",
                "ah.onoff:{g}:1:1",
                "ah.until:{g}:1",
                "ah.nountil:{g}:1",
                "ah.plan:{g}:1:3600",
                "ah.nudges:{g}:1",
                "ah.proof:{g}:1:1",
                "ah.status:{g}:4",
                "ah.list:{g}:4:pending:1",
                "ah.file:{g}:4:csv",
                "ah.remind:{g}:4",
                "ah.proofs:{g}:4:1",
            )
        ),
        who="Mei",
    ),
]
