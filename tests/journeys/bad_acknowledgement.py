"""What people type and tap by mistake, or forge, about acknowledgements. #1 is a draft, #3 scheduled, #4 published and asked."""

from __future__ import annotations

from dataclasses import replace

from tests.journeys.bad_input import NOT_A_TIME, TAPPED, ZERO_WIDTH, Line, Tap, form, lines

NOT_ALLOWED = "Only people who may"
NO_LENGTH = "is no length of time"
NONE = "There is no announcement #99"
NOT_ASKED = "No acknowledgement is asked of"
OTHER_GROUP = "belongs to another group"
OUT_OF_DATE = "This button is out of date"
NUDGES = ("/announce ack 4", TAPPED + "ak.nudges:{g}:4")


def _taps(*rows: tuple[str, ...], **common: object) -> list[Tap]:
    return [replace(Tap(data, (en,) if en else (), names=tuple(names)), **common) for data, en, *names in rows]  # type: ignore[arg-type]


LINES: list[Line] = [
    *lines(
        ("/announce ack x on", "Please write the number", "/announce"),
        ("/announce ack on", "Please write the number", "/announce"),
        ("/announce ack 99 on", NONE, "#99"),
        ("/announce ack 99 by Sat", NONE, "#99"),
        ("/announce ack 1 perhaps", "I do not know what", "“perhaps”"),
        ("/announce ack 1 on please", "I do not know what", "on please"),
        ("/announce ack 1 off please", "I do not know what", "off please"),
        ("/announce ack 1 by yesterday 9:00", "is already past"),
        ("/announce ack 1 by soonish", NOT_A_TIME, "“soonish”"),
        ("/announce ack 1 by", NOT_A_TIME),
        ("/announce ack 1 截止 二十五点", "", "二十五点"),
        ("/announce ack 1 within soon", NO_LENGTH, "“soon”"),
        ("/announce ack 1 within 1 min", "too short"),
        ("/announce ack 1 within 31 days", "too long"),
        ("/announce ack 1 nudge", NO_LENGTH),
        ("/announce ack 1 nudge soon", NO_LENGTH, "“soon”"),
        ("/announce ack 1 nudge 1h, 2h, 3h, 4h", "at most 3 reminders", "4"),
        ("/announce ack 1 nudge 1 min", "at least 5 minutes apart", "5"),
        ("/announce ack 1 nudge 1h, 61 min", "at least 5 minutes apart", "5"),
        ("/announce ack 1 nudge 40 days", "too long", "30"),
        ("/announce ack 1 violation perhaps", "Please write", "“perhaps”"),
        ("/announce ack 1 violation", "Please write"),
        ("/announce ack 2 on", "was discarded", "#2"),
        ("/announce status x", "Please write the number", "“x”"),
        ("/announce status 99", NONE, "#99"),
        ("/announce status 4 please", "Please write the number", "4 please"),
        ("/announce status 1", NOT_ASKED, "#1"),
        ("/announce status 3", NOT_ASKED, "#3"),
    ),
    *form(
        ("/announce ack 4 by Sat",),
        ("gibberish", "", "gibberish"),
        (ZERO_WIDTH, ""),
        ("25:00", "", "25:00"),
    ),
    *form(
        NUDGES,
        ("soon", NO_LENGTH, "“soon”"),
        (ZERO_WIDTH, NO_LENGTH),
        ("1h, 2h, 3h, 4h", "at most 3 reminders", "4"),
        ("1 min", "at least 5 minutes apart", "5"),
        ("40 days", "too long", "30"),
    ),
    *lines(
        ("/announce ack 1 on", NOT_ALLOWED),
        ("/announce ack 4 off", NOT_ALLOWED),
        ("/announce status 4", NOT_ALLOWED),
        who="Mei",
    ),
]
TAPS: list[Tap] = [
    *_taps(
        ("ak.read:{g}:9999", "not asked to be acknowledged any more"),
        ("ak.read:{g}:-1", "not asked to be acknowledged any more"),
        ("ak.read:{g}:1", "not asked to be acknowledged any more"),
        ("ak.read:{o}:1", OTHER_GROUP),
        ("ak.read:{g}:x", OUT_OF_DATE),
        ("ak.read:{g}", OUT_OF_DATE),
        who="Mei",
    ),
    *_taps(
        *(
            (f"{code}:{{g}}:99{more}", NONE, "#99")
            for code, more in (
                ("ak.switch", ""),
                ("ak.ways", ""),
                ("ak.onoff", ":1"),
                ("ak.by", ""),
                ("ak.noby", ""),
                ("ak.plan", ":3600"),
                ("ak.nudges", ""),
                ("ak.propose", ":1"),
                ("ak.status", ""),
                ("ak.list", ":read:1"),
                ("ak.remind", ""),
                ("ak.file", ":csv"),
                ("ak.again", ""),
                ("ak.keep", ""),
                ("ak.silence", ":1"),
                ("ak.record", ":1:1"),
                ("ak.pass", ":1:1"),
            )
        ),
        ("ak.switch:{g}:2", "was discarded", "#2"),
        ("ak.plan:{g}:4:60", "I do not know what", "60"),
        ("ak.plan:{g}:4:soon", "I do not know what", "soon"),
        ("ak.list:{g}:4:dance:1", "I do not know what", "dance"),
        ("ak.file:{g}:4:pdf", "I do not know what", "pdf"),
        ("ak.status:{g}:1", NOT_ASKED, "#1"),
        ("ak.list:{g}:3:read:1", NOT_ASKED, "#3"),
        ("ak.remind:{g}:1", NOT_ASKED, "#1"),
        ("ak.again:{g}:1", NOT_ASKED, "#1"),
        ("ak.againall:{g}:99", "Only whoever sent it to these groups"),
        ("ak.keepall:{g}:-1", "Only whoever sent it to these groups"),
        ("ak.silence:{g}:4:99", "Not acknowledged by the deadline", "#4"),
        ("ak.record:{g}:4:{mei}:1", "nothing to decide"),
        ("ak.record:{g}:4:-1:99", "nothing to decide"),
        ("ak.pass:{g}:4:{mei}:-5", "nothing to decide"),
        on="private",
    ),
    *_taps(
        *(
            (data, NOT_ALLOWED)
            for data in (
                "ak.switch:{g}:4",
                "ak.ways:{g}:4",
                "ak.onoff:{g}:4:1",
                "ak.by:{g}:4",
                "ak.noby:{g}:4",
                "ak.plan:{g}:4:3600",
                "ak.nudges:{g}:4",
                "ak.propose:{g}:4:1",
                "ak.status:{g}:4",
                "ak.list:{g}:4:pending:1",
                "ak.remind:{g}:4",
                "ak.file:{g}:4:csv",
                "ak.again:{g}:4",
                "ak.keep:{g}:4",
                "ak.againall:{g}:1",
                "ak.keepall:{g}:1",
                "ak.silence:{g}:4:1",
                "ak.record:{g}:4:{carl}:1",
                "ak.pass:{g}:4:{carl}:1",
            )
        ),
        who="Mei",
    ),
]
