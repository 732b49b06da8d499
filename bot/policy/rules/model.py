"""Where a trained model joins in: it says how much a message reads like advertising, and that counts with the rest (R06)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_POINTS: Final = 6
"""What a model that is sure adds to the score; alone it reaches the usual one."""


class Model(Protocol):
    """A trained model. None is shipped; an operator names one at the start."""

    @property
    def version(self) -> str:
        """What it is called, with its version: kept with what it helped to find."""
        ...

    def scores(self, texts: Sequence[str]) -> Sequence[float]:
        """Say of each text how sure it is that it is advertising, from 0 to 1, in the same order.

        It is called in a thread of its own with the texts of a batch of messages, at most 100, and must not keep them.
        """
        ...


@dataclass(frozen=True, slots=True)
class Score:
    """What a model said of a message."""

    value: float
    version: str

    @property
    def points(self) -> int:
        """What it adds: nothing up to one half, then in proportion."""
        return round(2 * MOST_POINTS * max(self.value - 0.5, 0))


def checked(said: Sequence[float], count: int, version: str) -> list[Score]:
    """Return what a model said of so many texts.

    :raises ValueError: if that cannot be: too few or too many numbers, or one that is not from 0 to 1.
    """
    if len(said) != count:
        raise ValueError(f"model {version} gave {len(said)} scores for {count} texts")
    for value in said:
        if not (math.isfinite(value) and 0 <= value <= 1):
            raise ValueError(f"model {version} gave the score {value}")
    return [Score(float(value), version) for value in said]
