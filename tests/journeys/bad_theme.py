"""What people type and tap by mistake, or forge, about the theme of a group."""

from __future__ import annotations

from dataclasses import replace

from tests.journeys.bad_input import ZERO_WIDTH, Line, Tap, form, lines

NOT_ALLOWED = "Only people who may"
OTHER_GROUP = "belongs to another group"
OUT_OF_DATE = "This button is out of date"
NO_POST = "is not there any more"
STALE = "no longer valid"


def _taps(*rows: tuple[str, ...], **common: object) -> list[Tap]:
    return [replace(Tap(data, (en,) if en else (), names=tuple(names)), **common) for data, en, *names in rows]  # type: ignore[arg-type]


LINES: list[Line] = [
    *lines(
        ("/theme hiking", "is nothing I know about the theme", "“hiking”"),
        ("/theme words " + "x" * 61, "at most 60 characters", "60"),
        ("/theme words " + ", ".join(f"w{n}" for n in range(301)), "at most 300 words", "300"),
        ("/theme after soon", "name a length of time"),
        ("/theme after 5 min", "too short", "10"),
        ("/theme after 8 days", "too long", "7"),
        ("/theme then dance", "is neither of the two", "“dance”"),
        ("/theme then", "is neither of the two"),
        ("/theme learn perhaps", "not “perhaps”", "“perhaps”"),
        ("/theme learn", "Please write"),
        ("/theme on please", "stands alone", "/theme on"),
        ("/theme off please", "stands alone", "/theme off"),
        ("/theme posts 2", "stands alone", "/theme posts"),
        ("/theme send 2", "stands alone", "/theme send"),
        ("/theme send", "No post is prepared"),
        where="private",
    ),
    Line("/theme add " + "x" * 5000, ("4,096",), ("too long for Telegram",), where="private", raw=True),
    *form(("/theme words",), (ZERO_WIDTH, "Name at least one word"), ("x" * 61, "at most 60 characters", "60")),
    *form(("/theme add",), (ZERO_WIDTH, "There is nothing to post")),
    *lines(
        ("/theme", NOT_ALLOWED),
        ("/theme words hiking", NOT_ALLOWED),
        ("/theme on", NOT_ALLOWED),
        ("/theme off", NOT_ALLOWED),
        ("/theme after 1h", NOT_ALLOWED),
        ("/theme then post", NOT_ALLOWED),
        ("/theme learn off", NOT_ALLOWED),
        ("/theme add mine", NOT_ALLOWED),
        ("/theme posts", NOT_ALLOWED),
        ("/theme send", NOT_ALLOWED),
        who="Mei",
    ),
]
TAPS: list[Tap] = [
    *_taps(
        ("th.on:{g}:perhaps", STALE),
        ("th.then:{g}:dance", STALE),
        ("th.learn:{g}:perhaps", "not “perhaps”", "“perhaps”"),
        ("th.strike:{g}:hiking", "It is so already"),
        ("th.after:{g}:7", "After how long"),
        ("th.post:{g}:99", NO_POST),
        ("th.post:{g}:-1", NO_POST),
        ("th.first:{g}:99", NO_POST),
        ("th.drop:{g}:99", NO_POST),
        ("th.posts:{g}:99", "No post is prepared"),
        ("th.send:{g}", "No post is prepared"),
        ("th.post:{g}:x", OUT_OF_DATE),
        ("th.page:{o}", NOT_ALLOWED),
        on="private",
    ),
    *_taps(("th.page:{o}", OTHER_GROUP)),
    *_taps(
        *(
            (data, NOT_ALLOWED)
            for data in (
                "th.page:{g}",
                "th.on:{g}:on",
                "th.words:{g}",
                "th.after:{g}:1800",
                "th.then:{g}:post",
                "th.learn:{g}:off",
                "th.known:{g}",
                "th.strike:{g}:hiking",
                "th.add:{g}",
                "th.posts:{g}:1",
                "th.post:{g}:1",
                "th.first:{g}:1",
                "th.drop:{g}:1",
                "th.send:{g}",
                "th.letbe:{g}",
            )
        ),
        who="Mei",
    ),
]
