"""Warning, undoing, what became of what was ordered, and reading the ledger. Nothing here speaks to Telegram."""

from bot.violations.service.ladders import choose_as_typed, ladder, ladders, last_counting, set_ladder, settings
from bot.violations.service.leaving import left, returned, time_is_up
from bot.violations.service.reading import (
    case_by_id,
    case_by_number,
    cases_anywhere,
    cases_by_id,
    cases_of,
    counting,
    dossier,
    numbered_anywhere,
    opened_between,
    stuck,
)
from bot.violations.service.replacing import lift, reduce
from bot.violations.service.results import after_mute, answered, back, decided, give_up, gone, retry
from bot.violations.service.warning import (
    HOLD,
    breached,
    hold_several,
    take,
    take_held,
    take_several,
    unwarn,
    unwarn_case,
    warn,
)

__all__ = [
    "HOLD",
    "after_mute",
    "answered",
    "back",
    "breached",
    "case_by_id",
    "case_by_number",
    "cases_anywhere",
    "cases_by_id",
    "cases_of",
    "choose_as_typed",
    "counting",
    "decided",
    "dossier",
    "give_up",
    "gone",
    "hold_several",
    "ladder",
    "ladders",
    "last_counting",
    "left",
    "lift",
    "numbered_anywhere",
    "opened_between",
    "reduce",
    "retry",
    "returned",
    "set_ladder",
    "settings",
    "stuck",
    "take",
    "take_held",
    "take_several",
    "time_is_up",
    "unwarn",
    "unwarn_case",
    "warn",
]
