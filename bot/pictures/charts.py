"""Level bars with labels: who came how often, who has acknowledged, who paid what."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.pictures.canvas import Canvas
from bot.pictures.letters import Style, Weight, clean, cut, lines
from bot.pictures.palette import CARD, INK, MUTED, SHADES, TRACK, Tone

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.i18n import Texts

MOST_BARS: Final = 30
"""Bars that a picture shows. Of more, the last one is the sum of all that have no bar of their own."""

WIDTH: Final = 640.0
_SIDE: Final = 22.0
_ROW: Final = 33.0
_THICK: Final = 17.0
_GAP: Final = 12.0
_WIDEST_LABEL: Final = 250.0
_WIDEST_VALUE: Final = 150.0
_SHORTEST: Final = 2.0
"""Units that even the smallest value is long, so that it is seen."""

_TITLE = Style(22, Weight.BOLD)
_SMALL = Style(13.5)
_LABEL = Style(14.5)
_VALUE = Style(14.5, Weight.BOLD)
_SHARE = Style(13)


@dataclass(frozen=True)
class Bar:
    """A value with its label. Of a ``whole`` the value's share is shown, and what is missing as a pale track."""

    label: str
    value: float
    whole: float | None = None
    tone: Tone = Tone.BLUE


@dataclass(frozen=True)
class BarsView:
    """What a picture of bars shows, from the top in the order given.

    ``others`` is the label of the bar that sums up what is beyond :data:`MOST_BARS`; how many they are is written behind it.
    ``write`` writes a value (money, hours); without it, it is written as a number of the reader's language. Values below nothing
    grow to the left of the common line, in rose.
    """

    title: str
    bars: Sequence[Bar]
    texts: Texts
    others: str
    subtitle: str = ""
    write: Callable[[float], str] | None = None


def bars(view: BarsView) -> bytes:
    """Draw bars as a PNG, 1,280 dots wide and as high as it needs.

    Takes about 0.02 s for ten bars, 0.06 s for thirty.

    :raises ValueError: if a value or a whole is no finite number.
    """
    rows = [_ready(view, bar) for bar in shown(view)]
    title = lines(clean(view.title), WIDTH - 2 * _SIDE, _TITLE, most=2)
    subtitle = lines(clean(view.subtitle), WIDTH - 2 * _SIDE, _SMALL, most=2)
    head = _SIDE + 30 * len(title) + 20 * len(subtitle) + 10
    canvas = Canvas(WIDTH, head + len(rows) * _ROW + _SIDE - 4, CARD)
    for number, text in enumerate(title):
        canvas.text((_SIDE, _SIDE + 20 + 30 * number), text, _TITLE, INK)
    for number, text in enumerate(subtitle):
        canvas.text((_SIDE, _SIDE + 30 * len(title) + 13 + 20 * number), text, _SMALL, MUTED)
    if rows:
        scale = _Scale.of(rows)
        if scale.zero > scale.left:
            canvas.box(scale.zero - 0.5, head, 1, len(rows) * _ROW, TRACK)
        for number, row in enumerate(rows):
            _draw(canvas, row, scale, head + number * _ROW)
    return canvas.png()


def shown(view: BarsView) -> list[Bar]:
    """Return the bars that are drawn: all of them, or the first and the sum of the others."""
    if len(view.bars) <= MOST_BARS:
        return list(view.bars)
    first, rest = view.bars[: MOST_BARS - 1], view.bars[MOST_BARS - 1 :]
    wholes = [bar.whole for bar in rest if bar.whole is not None]
    return [
        *first,
        Bar(
            label=f"{view.others} ({view.texts.number(len(rest))})",
            value=sum(bar.value for bar in rest),
            whole=sum(wholes) if len(wholes) == len(rest) else None,
            tone=Tone.GREY,
        ),
    ]


@dataclass(frozen=True)
class _Row:
    """A bar made ready."""

    label: str
    written: str
    share: str
    bar: Bar


@dataclass(frozen=True)
class _Scale:
    """Where the columns stand, and how many units a value of one is long."""

    left: float
    zero: float
    unit: float
    values: float
    shares: float

    @classmethod
    def of(cls, rows: Sequence[_Row]) -> _Scale:
        left = _SIDE + max(_LABEL.width(row.label) for row in rows) + _GAP
        share = max(_SHARE.width(row.share) for row in rows)
        shares = WIDTH - _SIDE
        values = shares - (share + _GAP if share else 0)
        right = values - max(_VALUE.width(row.written) for row in rows) - _GAP
        most = max(0.0, *(max(row.bar.value, row.bar.whole or 0) for row in rows))
        least = min(0.0, *(row.bar.value for row in rows))
        unit = (right - left) / (most - least) if most > least else 0.0
        return cls(left, left - least * unit, unit, values, shares)


def _ready(view: BarsView, bar: Bar) -> _Row:
    if not math.isfinite(bar.value) or not math.isfinite(bar.whole or 0):
        raise ValueError(f"a bar needs finite numbers, not {bar.value} of {bar.whole}")
    write = view.write or view.texts.number
    return _Row(
        label=cut(clean(bar.label), _WIDEST_LABEL, _LABEL),
        written=cut(clean(write(bar.value)), _WIDEST_VALUE, _VALUE),
        share=view.texts.percent(bar.value / bar.whole) if bar.whole and bar.whole > 0 else "",
        bar=bar,
    )


def _draw(canvas: Canvas, row: _Row, scale: _Scale, top: float) -> None:
    middle, bar = top + _ROW / 2, row.bar
    shades = SHADES[Tone.ROSE if bar.value < 0 else bar.tone]
    edge = middle - _THICK / 2
    canvas.text((_SIDE, middle + 5), row.label, _LABEL, INK)
    if bar.whole and bar.whole > 0:
        canvas.box(scale.zero, edge, bar.whole * scale.unit, _THICK, TRACK, 4)
    length = max(abs(bar.value) * scale.unit, _SHORTEST if bar.value else 0.0)
    canvas.box(scale.zero - (length if bar.value < 0 else 0.0), edge, length, _THICK, shades.strong, 4)
    canvas.text((scale.values, middle + 5), row.written, _VALUE, INK, "r")
    canvas.text((scale.shares, middle + 5), row.share, _SHARE, MUTED, "r")
