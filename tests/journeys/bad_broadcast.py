"""What people type and tap by mistake, or forge, about announcements to several groups."""

from __future__ import annotations

from dataclasses import replace

from tests.journeys.bad_input import ZERO_WIDTH, Line, Tap, lines

NOT_ALLOWED = "Only people who may"
OTHER_GROUP = "belongs to another group"
OUT_OF_DATE = "This button is out of date"
NO_GROUP = "I know no such group"
NO_TOPICS = "This group has no topics"
GONE = "I do not know this sending any more"
ALONE = ("start", "wait", "drop", "leave", "show", "pause", "resume", "stop", "retry", "miss", "change", "back")


def _taps(*rows: tuple[str, ...], **common: object) -> list[Tap]:
    return [replace(Tap(data, (en,) if en else (), names=tuple(names)), **common) for data, en, *names in rows]  # type: ignore[arg-type]


LINES: list[Line] = [
    *lines(
        ("/announce to all", "Please say what I shall send"),
        ("/announce to Swimmers, Divers", NO_GROUP, "“Swimmers”", "“Divers”"),
        ("/announce to Swimmers | Hello", NO_GROUP, "“Swimmers”"),
        ("/announce to label:north | Hello", "None of your groups has this label", "“north”"),
        ("/announce 群发 标签：北区 1", "None of your groups has this label", "“北区”"),
        ("/announce to all 99", "There is no announcement #99", "#99"),
        ("/announce to all -1", NO_GROUP, "“all -1”"),
        ("/announce to all 2", "was discarded", "#2"),
        ("/announce to all 99999999999999999999", NO_GROUP, "99999999999999999999"),
        ("/announce to all | " + ZERO_WIDTH, "There is nothing"),
    ),
    Line("/announce to all | " + "x" * 5000, ("5,000", "4,096"), raw=True),
    *lines(
        ("/announce topic News 1", NO_TOPICS),
        ("/announce topic", NO_TOPICS),
        ("/announce 话题 公告 1", NO_TOPICS),
    ),
    *lines(
        ("/announce withdraw everywhere", "is not the number of an announcement", "“everywhere”"),
        ("/announce withdraw everywhere x", "is not the number of an announcement", "“x”"),
        ("/announce withdraw 全部 99", "There is no announcement #99", "#99"),
        ("/announce withdraw everywhere 4", "stands in no other groups", "#4"),
        ("/announce withdraw everywhere 4 " + "x" * 301, "The reason has 301 characters", "301", "300"),
    ),
    *lines(
        ("/announce topic News 1", NOT_ALLOWED),
        ("/announce withdraw everywhere 4", NOT_ALLOWED),
        ("/announce to", NOT_ALLOWED),
        ("/announce to all 1", NOT_ALLOWED),
        ("/announce to all | Hello", NOT_ALLOWED),
        who="Mei",
    ),
]
TAPS: list[Tap] = [
    *_taps(
        ("ab.open:{g}:99", "There is no announcement #99", "#99"),
        ("ab.open:{g}:2", "was discarded", "#2"),
        ("ab.page:{g}:99:1", GONE),
        ("ab.tick:{g}:99:{g}:1", GONE),
        ("ab.all:{g}:99:1", GONE),
        ("ab.labels:{g}:99:1", GONE),
        ("ab.label:{g}:99:abcdef:1", GONE),
        ("ab.miss.page:{g}:-1:1", GONE),
        ("ab.file:{g}:99:csv", GONE),
        ("ab.file:{g}:99:pdf", "comes as .xlsx or as .csv"),
        ("ab.file:{g}:99", OUT_OF_DATE),
        *((f"ab.{code}:{{g}}:99", GONE) for code in ALONE),
        ("ab.start:{g}:-1", GONE),
        ("ab.start:{g}:x", OUT_OF_DATE),
        ("ab.tick:{g}:1", OUT_OF_DATE),
        ("ab.open:{o}:1", OTHER_GROUP),
        ("ab.topics:{g}:1", NO_TOPICS),
        ("ab.topic:{g}:1:5", "I know no topic", "“#5”"),
    ),
    *_taps(
        *((f"ab.{code}:{{g}}:1", NOT_ALLOWED) for code in (*ALONE, "open", "list")),
        *((f"ab.{code}:{{g}}:1:1", NOT_ALLOWED) for code in ("page", "all", "labels", "miss.page")),
        ("ab.tick:{g}:1:{g}:1", NOT_ALLOWED),
        ("ab.file:{g}:1:csv", NOT_ALLOWED),
        ("ab.topics:{g}:1", NOT_ALLOWED),
        ("ab.topic:{g}:1:0", NOT_ALLOWED),
        ("ab.label:{g}:1:abcdef:1", NOT_ALLOWED),
        who="Mei",
    ),
    *_taps(("ab.start:{o}:1", NOT_ALLOWED), ("ab.open:{o}:1", NOT_ALLOWED), on="private"),
]
