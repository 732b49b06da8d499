"""Who missed events, and what that costs them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.events.rules.outcomes import Suspended
    from bot.kernel.ids import UserId


@dataclass(frozen=True, slots=True)
class Missing:
    """Somebody who missed events, and until when that keeps them from signing up, if it does."""

    user_id: UserId
    name: str
    missed: int
    suspended: Suspended | None
