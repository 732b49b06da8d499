"""What people type and tap by mistake, or forge, about submissions. Mei has handed in #1."""

from __future__ import annotations

from dataclasses import replace

from tests.journeys.bad_input import TAPPED, ZERO_WIDTH, Line, Tap, form, lines

NOT_ALLOWED = "Only people who may"
NONE = "There is no submission #99"
NOT_HERS = "There is no submission #1, or it is somebody else"
NO_NUMBER = "is not the number of a submission"
NO_STATE = "is neither a page of the list nor a state"
NO_LIMIT = "cannot be how many submissions"
OTHER_GROUP = "belongs to another group"
OUT_OF_DATE = "This button is out of date"
NOTHING = "There is nothing I can announce"
ASKS = (TAPPED + "as.ask:{g}:1",)
DECLINES = (TAPPED + "as.no:{g}:1",)
ACCEPTS = (TAPPED + "as.ok:{g}:1",)


def _taps(*rows: tuple[str, ...], **common: object) -> list[Tap]:
    return [replace(Tap(data, (en,) if en else (), names=tuple(names)), **common) for data, en, *names in rows]  # type: ignore[arg-type]


LINES: list[Line] = [
    *lines(
        ("/submit show x", NO_NUMBER, "“x”"),
        ("/submit show 99", NONE, "#99"),
        ("/submit show 1 please", NO_NUMBER, "1 please"),
        ("/submit list x", NO_STATE, "“x”"),
        ("/submit 列表 怎样", NO_STATE, "怎样"),
        ("/submit list declined x", NO_STATE, "declined x"),
        ("/submit mine -1", NO_NUMBER, "“-1”"),
        ("/submit limit 0", NO_LIMIT, "“0”"),
        ("/submit limit 51", NO_LIMIT, "“51”"),
        ("/submit limit three", NO_LIMIT, "“three”"),
        ("/submit limit 3 a day", NO_LIMIT, "3 a day"),
        ("/submit on please", "Nothing may follow"),
        ("/submit off please", "Nothing may follow"),
        ("/submit " + ZERO_WIDTH, NOTHING),
    ),
    *lines(
        ("/submit list", NOT_ALLOWED),
        ("/submit limit 5", NOT_ALLOWED),
        ("/submit on", NOT_ALLOWED),
        ("/submit off", NOT_ALLOWED),
        ("/submit show 99", NONE, "#99"),
        who="Mei",
    ),
    *lines(("/submit show 1", NOT_HERS, "#1"), who="Carl"),
    Line("/submit", en=("somebody else's",), reply="mei"),
    Line("/submit", en=(NOTHING,), who="Mei", reply="poll"),
    Line("/submit " + "x" * 5000, ("5,000", "4,096"), raw=True),
    *form(("/submit",), (ZERO_WIDTH, NOTHING)),
    *form(ASKS, (ZERO_WIDTH, ""), ("x" * 501, "500", "500")),
    *form(DECLINES, (ZERO_WIDTH, ""), ("x" * 501, "500", "500")),
    *form(ACCEPTS, ("perhaps", "Please tap one of the buttons"), (ZERO_WIDTH, "Please tap one of the buttons")),
]
ALONE = ("show", "own", "all", "ok", "ask", "no", "del", "re", "use", "back")
TAPS: list[Tap] = [
    *_taps(
        *((f"as.{code}:{{g}}:99", NONE, "#99") for code in ALONE),
        *((f"as.{code}:{{g}}:-1", "There is no submission #-1", "#-1") for code in ALONE),
        *((f"as.{code}:{{g}}:1", NOT_HERS, "#1") for code in ("own", "re", "use", "back")),
        ("as.daily:{g}:0", NO_LIMIT, "0"),
        ("as.daily:{g}:1000", NO_LIMIT, "1000"),
        ("as.ok:{g}:x", OUT_OF_DATE),
        ("as.ok:{g}", OUT_OF_DATE),
        ("as.list:{g}:x", OUT_OF_DATE),
        ("as.shelf:{g}:declined:x", OUT_OF_DATE),
        ("as.shelf:{g}:dance:1", NO_STATE, "dance"),
        ("as.mine:{g}:x", OUT_OF_DATE),
        ("as.onoff:{g}:x", OUT_OF_DATE),
        ("as.set:{g}:1", OUT_OF_DATE),
        ("as.new:{g}:1", OUT_OF_DATE),
        on="private",
    ),
    *_taps(("as.ok:{o}:1", OTHER_GROUP), ("as.new:{o}", OTHER_GROUP), ("as.mine:{o}:1", OTHER_GROUP)),
    *_taps(
        *(
            (f"as.{code}:{{g}}:1", NOT_ALLOWED)
            for code in ("show", "all", "ok", "ask", "no", "del", "list", "onoff", "daily")
        ),
        ("as.set:{g}", NOT_ALLOWED),
        ("as.shelf:{g}:declined:1", NOT_ALLOWED),
        ("as.re:{g}:1", "Nobody has asked anything", "#1"),
        ("as.use:{g}:1", "There is no answer", "#1"),
        who="Mei",
    ),
]
