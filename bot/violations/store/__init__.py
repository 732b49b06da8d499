"""The ledger in the database: cases, ladders, settings, and warnings that were held back."""

from bot.violations.store.choices import (
    all_ladders,
    ladder,
    lead,
    own_ladder,
    put_ladder,
    put_settings,
)
from bot.violations.store.choices import settings as settings_of
from bot.violations.store.records import (
    add,
    anywhere,
    between,
    by_id,
    by_ids,
    by_number,
    count_between,
    counting,
    dossier,
    ledger,
    numbered_anywhere,
    of_person,
    refused,
    save,
    unlapsed,
)
from bot.violations.store.tables import cases, held, ladders, settings
from bot.violations.store.waiting import drop_held, held_ask, held_several, hold, hold_several

__all__ = [
    "add",
    "all_ladders",
    "anywhere",
    "between",
    "by_id",
    "by_ids",
    "by_number",
    "cases",
    "count_between",
    "counting",
    "dossier",
    "drop_held",
    "held",
    "held_ask",
    "held_several",
    "hold",
    "hold_several",
    "ladder",
    "ladders",
    "lead",
    "ledger",
    "numbered_anywhere",
    "of_person",
    "own_ladder",
    "put_ladder",
    "put_settings",
    "refused",
    "save",
    "settings",
    "settings_of",
    "unlapsed",
]
