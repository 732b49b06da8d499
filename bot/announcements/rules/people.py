"""Those who are known to be in a group, as announcements speak to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MENTIONS: Final = 5
"""How many people one message rings at; of more, Telegram tells only some."""


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who is known to be in the group. A department is their member tag, or an administrator's title (R15)."""

    user_id: int
    name: str
    department: str = ""
    runs_it: bool = False
    """They administer the group."""
