"""A message that did not go out as it should, for a manager to look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from bot.tg import effects as fx


@dataclass(frozen=True, slots=True)
class Trouble:
    """A message that may or may not be there (``uncertain``), or that Telegram refused with ``reason``."""

    effect_id: int
    chat_id: int
    group_id: int | None
    uncertain: bool
    effect: fx.AnyEffect
    reason: str
    at: datetime
