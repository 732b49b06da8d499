"""What people type and tap by mistake, or forge, about whole regulations."""

from __future__ import annotations

from dataclasses import replace

from tests.journeys.bad_input import ZERO_WIDTH, Line, Tap, form, lines

NOT_ALLOWED = "Only people who may"
NO_PRESET = "is no regulation I know"


def _taps(*rows: tuple[str, ...], **common: object) -> list[Tap]:
    return [replace(Tap(data, (en,) if en else (), names=tuple(names)), **common) for data, en, *names in rows]  # type: ignore[arg-type]


LINES: list[Line] = [
    *lines(
        ("/policy use dance", NO_PRESET, "“dance”", "company"),
        ("/policy 采用 学校", NO_PRESET, "“学校”", "company"),
        ("/policy undo", "nothing to take back"),
        where="private",
    ),
    *form(
        ("/policy import",),
        (ZERO_WIDTH, "does not read"),
        ("rules: []", "policy: 1"),
        ("policy: 1\nfoo: bar", "is nothing that can be set here", "“foo”"),
        ("policy: 1\nrules:\n- looks for: cats", "is nothing a rule can look for", "“cats”"),
        ("policy: 1\nrules: [", "is no YAML"),
    ),
    Line("", en=("no text file",), first=("/policy import",), where="private", asks=True, file="photo"),
    *lines(
        ("/policy use company", NOT_ALLOWED),
        ("/policy export", NOT_ALLOWED),
        ("/policy import", NOT_ALLOWED),
        ("/policy undo", NOT_ALLOWED),
        who="Mei",
    ),
]
TAPS: list[Tap] = [
    *_taps(
        ("rg.show:{g}:dance", NO_PRESET, "“dance”"),
        ("rg.use:{g}:dance:on:00000000", NO_PRESET, "“dance”"),
        ("rg.use:{g}:club:perhaps:00000000", NO_PRESET),
        ("rg.imp:{g}:00000000", "Send me the file"),
        ("rg.undo:{g}:00000000", "nothing to take back"),
        on="private",
    ),
    *_taps(
        *(
            (data, NOT_ALLOWED)
            for data in (
                "rg.all:{g}",
                "rg.show:{g}:club",
                "rg.use:{g}:club:on:00000000",
                "rg.imp:{g}:00000000",
                "rg.undo:{g}:00000000",
            )
        ),
        who="Mei",
    ),
]
