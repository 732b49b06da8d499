"""What a group has chosen for its ledger: how long cases count, and who has to agree to what (R22)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

EXPIRY: Final = timedelta(days=30)
"""How long a case counts where the group chose nothing else."""
LEAVE_WITHIN: Final = timedelta(hours=24)
LONGEST_EXPIRY: Final = timedelta(days=3650)
LONGEST_CLEAN: Final = timedelta(days=3650)
MOST_A_DAY: Final = 20
SHORTEST_LEAVE: Final = timedelta(hours=1)
LONGEST_LEAVE: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one group's ledger.

    ``expiry`` holds for cases that are opened from now on. After ``clean`` (None: never) without a case, everything earlier
    stops counting. ``daily_cap`` is how many steps of a ladder the bot takes of itself against one person in one local day (None:
    any number). With ``points`` a rule can weigh more than one. With ``second`` a kick and a ban wait for another manager. With
    ``hidden`` the public card does not name the moderator. Who does not leave within ``leave_within`` of being asked to is
    proposed for removal (None: nobody is).
    """

    expiry: timedelta = EXPIRY
    clean: timedelta | None = None
    daily_cap: int | None = 1
    points: bool = False
    second: bool = False
    hidden: bool = False
    leave_within: timedelta | None = LEAVE_WITHIN


DEFAULTS: Final = Settings()
"""What holds where a group chose nothing."""
