"""What people type and tap by mistake, or forge, about the buttons of announcements, confidential ones, and templates."""

from __future__ import annotations

from dataclasses import replace

from tests.journeys.bad_input import ZERO_WIDTH, Line, Tap, form, lines

NO_NUMBER = "is not the number of an announcement"
UNKNOWN = "There is no announcement #99"
NO_TEMPLATE = "There is no template"
GONE = "That template is gone"
NOT_ALLOWED = "Only people who may"
OTHER_GROUP = "belongs to another group"
NO_NAME = "cannot be a template's name"


def _taps(*rows: tuple[str, ...], **common: object) -> list[Tap]:
    """Make taps of (data, English, names...)."""
    return [replace(Tap(data, (en,) if en else (), names=tuple(names)), **common) for data, en, *names in rows]  # type: ignore[arg-type]


CONTENT = [
    *lines(
        ("/announce buttons x", NO_NUMBER, "“x”"),
        ("/announce buttons 99 | Map https://a.org", UNKNOWN, "#99"),
        ("/announce buttons 99", UNKNOWN, "#99"),
        ("/announce buttons 2 | Map https://a.org", "was discarded", "#2"),
        ("/announce buttons 1 | Map", "has no address", "“Map”"),
        ("/announce 按钮 1 ｜ 地图", "has no address", "“地图”"),
        ("/announce buttons 1 | Map example.org", "lacks its beginning", "https://example.org"),
        ("/announce buttons 1 | Map ftp://a.org", "is no address that a button can open", "ftp://a.org"),
        (
            "/announce buttons 1 | Map javascript:alert(1)",
            "is no address that a button can open",
            "javascript:alert(1)",
        ),
        ("/announce buttons 1 | Map https://localhost/x", "is no address that a button can open", "localhost"),
        ("/announce buttons 1 | https://a.org", "What shall stand on the button", "https://a.org"),
        ("/announce buttons 1 | " + ZERO_WIDTH + " https://a.org", "What shall stand on the button"),
        ("/announce buttons 1 | " + "x" * 65 + " https://a.org", "fit on a button", "65", "64"),
        ("/announce buttons 1 | A https://a.org/" + "x" * 2048, "Telegram takes", "2,048"),
        ("/announce buttons 1 | " + "A https://a.org | " * 9, "do not fit side by side", "9", "8"),
        ("/announce buttons 1 | " + "A https://a.org\n" * 91, "fit under a message", "91", "90"),
        ("/announce confidential x", NO_NUMBER, "“x”"),
        ("/announce confidential 99", UNKNOWN, "#99"),
        ("/announce confidential 1 perhaps", "Write for example"),
        ("/announce confidential 1 off", "is not confidential as it is", "#1"),
        ("/announce confidential 2 on", "was discarded", "#2"),
        ("/announce confidential 4 on", "only when it is posted", "#4"),
        ("/announce 保密 4 开", "only when it is posted", "#4"),
        ("/announce " + "x" * 4074 + "{date}{date}", "Telegram takes 4,096"),
    ),
    *form(
        ("/announce buttons 1",),
        ("Map", "has no address", "“Map”"),
        ("Map example.org", "lacks its beginning"),
        ("https://a.org", "What shall stand on the button"),
    ),
    *lines(
        ("/announce buttons 1 | Map https://a.org", NOT_ALLOWED),
        ("/announce confidential 1 on", NOT_ALLOWED),
        who="Mei",
    ),
]

TEMPLATES = [
    *lines(
        ("/template save", "What shall the template be called"),
        ("/template save other", "What shall I keep"),
        ("/template save other 99", UNKNOWN, "#99"),
        ("/template save 7 1", NO_NAME, "“7”"),
        ("/template save " + ZERO_WIDTH + " 1", "What shall the template be called"),
        ("/template save " + "x" * 41 + " 1", "fit on a button", "41", "40"),
        ("/template save Weekly 1", "There is a template", "“weekly”"),
        ("/template 保存 WEEKLY 1", "There is a template", "“weekly”"),
        ("/template use", "Which template"),
        ("/template use nothing", NO_TEMPLATE, "“nothing”"),
        ("/template 使用 没有", NO_TEMPLATE, "“没有”"),
        ("/template use " + "x" * 300, NO_TEMPLATE),
        ("/template show", "Which template"),
        ("/template show nothing", NO_TEMPLATE, "“nothing”"),
        ("/template rename", "with a “|” between them"),
        ("/template rename weekly", "with a “|” between them"),
        ("/template rename nothing | other", NO_TEMPLATE, "“nothing”"),
        ("/template rename weekly | 12", NO_NAME, "“12”"),
        ("/template rename weekly | " + "x" * 41, "fit on a button", "41"),
        ("/template delete", "Which template"),
        ("/template delete nothing", NO_TEMPLATE, "“nothing”"),
        ("/template nothing", NO_TEMPLATE, "“nothing”"),
    ),
    Line("/template save other", en=("There is nothing",), reply="poll"),
    *form(
        ("tap at.save:{g}:1",),
        ("12", NO_NAME, "“12”"),
        (ZERO_WIDTH, "What shall the template be called"),
        ("x" * 41, "fit on a button", "41"),
    ),
    *form(("tap at.name:{g}:1",), ("a|b", NO_NAME, "“a|b”")),
    *lines(
        ("/template", NOT_ALLOWED),
        ("/template save other 1", NOT_ALLOWED),
        ("/template use weekly", NOT_ALLOWED),
        ("/template show weekly", NOT_ALLOWED),
        ("/template rename weekly other", NOT_ALLOWED),
        ("/template delete weekly", NOT_ALLOWED),
        who="Mei",
    ),
]

_OF_ANNOUNCEMENT = ("an.links", "an.lock", "an.unlock", "at.save")
_OF_TEMPLATE = ("at.show", "at.use", "at.name", "at.del", "at.gone")

TAPS = [
    *_taps(*((f"{code}:{{g}}:99", UNKNOWN, "#99") for code in _OF_ANNOUNCEMENT)),
    *_taps(
        *((f"{code}:{{g}}:999999", GONE) for code in _OF_TEMPLATE),
        ("an.lock:{g}:4", "only when it is posted", "#4"),
        ("an.links:{g}:2", "was discarded", "#2"),
        ("an.lock:{g}:2", "was discarded", "#2"),
    ),
    *(
        Tap(data, (en,), who=who)
        for code in (*_OF_ANNOUNCEMENT, *_OF_TEMPLATE, "at.list")
        for data, en, who in ((f"{code}:{{g}}:1", NOT_ALLOWED, "Mei"), (f"{code}:{{o}}:1", OTHER_GROUP, "Anna"))
    ),
]
