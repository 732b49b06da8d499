"""What is done with announcements. Every change is written down in the audit, in the transaction of the change."""

from bot.announcements.service.arrivals import (
    awaited,
    come_due,
    miss,
    out_of_reach,
    pinned,
    posted,
    refused,
    result_key,
    unsure,
)
from bot.announcements.service.book import LAST, NAME, TIMER, board, can, find, get, sent_between, waiting
from bot.announcements.service.steps import ask_pin, cancel, is_there, publish, restore, schedule
from bot.announcements.service.writing import copy, draft, edit, problem_of, set_option

__all__ = [
    "LAST",
    "NAME",
    "TIMER",
    "ask_pin",
    "awaited",
    "board",
    "can",
    "cancel",
    "come_due",
    "copy",
    "draft",
    "edit",
    "find",
    "get",
    "is_there",
    "miss",
    "out_of_reach",
    "pinned",
    "posted",
    "problem_of",
    "publish",
    "refused",
    "restore",
    "result_key",
    "schedule",
    "sent_between",
    "set_option",
    "unsure",
    "waiting",
]
