"""What people type and tap by mistake, or forge, about the review of announcements, taking them back, and their settings."""

from __future__ import annotations

from dataclasses import replace

from tests.journeys.bad_input import Line, Tap, form, lines

NO_NUMBER = "is not the number of an announcement"
UNKNOWN = "There is no announcement #99"
NOT_ALLOWED = "Only people who may"
OUT_OF_DATE = "This button is out of date"
OTHER_GROUP = "belongs to another group"
NO_SETTING = "is no setting for announcements"
NO_LENGTH = "is no length up to"


def _taps(*rows: tuple[str, ...], **common: object) -> list[Tap]:
    """Make taps of (data, English, names...)."""
    return [replace(Tap(data, (en,) if en else (), names=tuple(names)), **common) for data, en, *names in rows]  # type: ignore[arg-type]


LINES = [
    *lines(
        ("/announce submit x", NO_NUMBER, "“x”"),
        ("/announce submit 99", UNKNOWN, "#99"),
        ("/announce submit 1 2", NO_NUMBER, "“1 2”"),
        ("/announce submit 1", "Nobody needs to review announcements in this group", "#1"),
        ("/announce submit 4", "is published already", "#4"),
        ("/announce approve x", NO_NUMBER, "“x”"),
        ("/announce approve 99", UNKNOWN, "#99"),
        ("/announce approve 1 2", NO_NUMBER, "“1 2”"),
        ("/announce 通过 1", "is a draft", "#1"),
        ("/announce approve 4", "is published already", "#4"),
        ("/announce return x", NO_NUMBER, "“x”"),
        ("/announce return 99 Why?", UNKNOWN, "#99"),
        ("/announce 退回 1 Why?", "is a draft", "#1"),
        ("/announce return 1 " + "x" * 501, "The remark has 501 characters", "501", "500"),
        ("/announce return 2", "was discarded", "#2"),
        ("/announce reject x", NO_NUMBER, "“x”"),
        ("/announce reject 99 Why?", UNKNOWN, "#99"),
        ("/announce 不通过 1 Why?", "is a draft", "#1"),
        ("/announce reject 1 " + "x" * 501, "The remark has 501 characters", "501", "500"),
        ("/announce reject 4", "is published already", "#4"),
        ("/announce copy x", NO_NUMBER, "“x”"),
        ("/announce copy 99", UNKNOWN, "#99"),
        ("/announce copy 1 now", NO_NUMBER, "“1 now”"),
        ("/announce withdraw x", NO_NUMBER, "“x”"),
        ("/announce withdraw 99", UNKNOWN, "#99"),
        ("/announce withdraw 1", "is not published yet", "#1"),
        ("/announce withdraw 2", "was discarded", "#2"),
        ("/announce withdraw 4 " + "x" * 301, "The reason has 301 characters", "301", "300"),
        ("/announce settings x", NO_SETTING, "“x”"),
        ("/announce settings late", NO_SETTING, "“late”"),
        ("/announce settings review maybe", "is no way of reviewing", "“maybe”"),
        ("/announce settings 审核 也许", "is no way of reviewing", "“也许”"),
        ("/announce settings late soon", NO_LENGTH, "“soon”"),
        ("/announce settings late 8 days", NO_LENGTH, "“8 days”"),
        ("/announce settings late -1 hour", NO_LENGTH),
    ),
    *form(
        ("tap an.latea:{g}",),
        ("soon", "", "soon"),
        ("8 days", ""),
    ),
    *form(("/announce withdraw 4",), ("x" * 301, "", "300")),
    *form(("/announce withdraw 4 wrong date",), ("burn it", "Please tap one of the buttons")),
    Line("/announce submit 1", en=(NOT_ALLOWED,), who="Mei"),
    *lines(
        ("/announce approve 1", NOT_ALLOWED),
        ("/announce return 1 Why?", NOT_ALLOWED),
        ("/announce reject 1 Why?", NOT_ALLOWED),
        who="Mei",
    ),
    Line("/announce copy 1", en=(NOT_ALLOWED,), who="Mei"),
    Line("/announce withdraw 4", en=(NOT_ALLOWED,), who="Mei"),
    Line("/announce settings", en=(NOT_ALLOWED,), who="Mei"),
]

_NUMBERED = ("an.sub", "an.re", "an.no", "an.urg", "an.urgy", "an.nurg", "an.wd", "an.copy", "an.redo", "an.keep")
_PLAIN = ("an.set", "an.latea")

TAPS = [
    *_taps(*((f"{code}:{{g}}:99", UNKNOWN, "#99") for code in _NUMBERED)),
    *_taps(
        ("an.ok:{g}:99:00000000", UNKNOWN, "#99"),
        ("an.ok:{g}:1:00000000", "is a draft", "#1"),
        ("an.ok:{g}:4:00000000", "is published already", "#4"),
        ("an.re:{g}:1", "is a draft", "#1"),
        ("an.no:{g}:2", "was discarded", "#2"),
        ("an.sub:{g}:1", "Nobody needs to review announcements", "#1"),
        ("an.urg:{g}:4", "is published already", "#4"),
        ("an.wd:{g}:1", "is not published yet", "#1"),
        ("an.redo:{g}:1", "is a draft", "#1"),
        ("an.keep:{g}:1", "is a draft", "#1"),
        ("an.redo:{g}:4", "There is no change of #4", "#4"),
        ("an.keep:{g}:4", "There is no change of #4", "#4"),
        ("an.rev:{g}:nonsense", OUT_OF_DATE),
        ("an.late:{g}:-1", OUT_OF_DATE),
        ("an.late:{g}:99999999", OUT_OF_DATE),
    ),
    *(
        Tap(data, (en,), who=who)
        for code in (*(f"{code}:{{g}}:1" for code in _NUMBERED), "an.ok:{g}:1:0", "an.rev:{g}:none", "an.late:{g}:60")
        for data, en, who in ((code, NOT_ALLOWED, "Mei"), (code.replace("{g}", "{o}"), OTHER_GROUP, "Anna"))
    ),
    Tap("an.shelf:{g}:drafts:1", (NOT_ALLOWED,), who="Mei"),
    Tap("an.shelf:{o}:drafts:1", (OTHER_GROUP,)),
    Tap("an.shelf:{g}:drafts:x", (OUT_OF_DATE,)),
    *(
        Tap(data, (en,), who=who)
        for code in _PLAIN
        for data, en, who in ((f"{code}:{{g}}", NOT_ALLOWED, "Mei"), (f"{code}:{{o}}", OTHER_GROUP, "Anna"))
    ),
    *(Tap(f"{code}:{{o}}:1", (NOT_ALLOWED,), on="private") for code in _NUMBERED),
]
