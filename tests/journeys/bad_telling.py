"""What people type and tap by mistake, or forge, about how members are told. #1 is a draft, #2 discarded, #4 published."""

from __future__ import annotations

from dataclasses import replace

from tests.journeys.bad_input import Line, Tap, lines

NOT_ALLOWED = "Only people who may"
NONE = "There is no announcement #99"
UNKNOWN = "I do not know what"
STANDS = "stands in the group already"
OUT_OF_DATE = "This button is out of date"
OTHER_GROUP = "belongs to another group"


def _taps(*rows: tuple[str, ...], **common: object) -> list[Tap]:
    return [replace(Tap(data, (en,) if en else (), names=tuple(names)), **common) for data, en, *names in rows]  # type: ignore[arg-type]


LINES: list[Line] = [
    *lines(
        ("/announce tell x pin", "Please write the number", "/announce"),
        ("/announce tell pin", "Please write the number", "/announce"),
        ("/announce tell 99 pin", NONE, "#99"),
        ("/announce tell 99", NONE, "#99"),
        ("/announce tell 1 dance", UNKNOWN, "“dance”"),
        ("/announce tell 1 pin please", UNKNOWN, "“pin please”"),
        ("/announce tell 1 unpin perhaps", UNKNOWN, "“unpin perhaps”"),
        ("/announce tell 1 跳舞", UNKNOWN, "“跳舞”"),
        ("/announce tell 2 pin", "was discarded", "#2"),
        ("/announce tell 4 mentions", STANDS, "#4"),
        ("/announce tell default dance", UNKNOWN, "“dance”"),
        ("/announce tell default default", UNKNOWN, "“default”"),
        ("/announce tell 默认 跳舞", UNKNOWN, "“跳舞”"),
    ),
    *lines(
        ("/announce tell 1 pin", NOT_ALLOWED),
        ("/announce tell default pin", NOT_ALLOWED),
        who="Mei",
    ),
]
TAPS: list[Tap] = [
    *_taps(
        *(
            (f"{code}:{{g}}:99{more}", NONE, "#99")
            for code, more in (
                ("am.open", ""),
                ("am.way", ":pin"),
                ("am.unpin", ":1"),
                ("am.own", ""),
                ("am.stop", ""),
                ("am.go", ""),
                ("am.unsure", ":1"),
            )
        ),
        ("am.open:{g}:4", STANDS, "#4"),
        ("am.way:{g}:4:pin", STANDS, "#4"),
        ("am.unpin:{g}:4:1", STANDS, "#4"),
        ("am.own:{g}:4", STANDS, "#4"),
        ("am.way:{g}:1:dance", UNKNOWN, "dance"),
        ("am.way:{g}:2:pin", "was discarded", "#2"),
        ("am.hway:{g}:dance", UNKNOWN, "dance"),
        ("am.stop:{g}:1", "No mentions are under way"),
        ("am.stop:{g}:4", "No mentions are under way"),
        ("am.go:{g}:1", "nothing to go on with"),
        ("am.go:{g}:4", "nothing to go on with"),
        ("am.unsure:{g}:4:99", "Nobody", "#4"),
        ("am.unsure:{g}:1:-1", "Nobody", "#1"),
        ("am.way:{g}:1", OUT_OF_DATE),
        ("am.house:{g}:1", OUT_OF_DATE),
        ("am.unpin:{g}:1:x", OUT_OF_DATE),
        on="private",
    ),
    *_taps(("am.stop:{o}:1", OTHER_GROUP)),
    *_taps(
        *(
            (data, NOT_ALLOWED)
            for data in (
                "am.open:{g}:1",
                "am.way:{g}:1:both",
                "am.unpin:{g}:1:1",
                "am.own:{g}:1",
                "am.stop:{g}:4",
                "am.go:{g}:4",
                "am.unsure:{g}:4:1",
                "am.house:{g}",
                "am.hway:{g}:both",
                "am.hunpin:{g}:1",
            )
        ),
        who="Mei",
    ),
]
