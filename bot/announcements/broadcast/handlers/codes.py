"""The kinds of buttons and cards of broadcasts."""

from __future__ import annotations

from typing import Final

from bot.tg.buttons import ButtonCode

CARD: Final = "announcement.broadcast"
CHANGED: Final = "broadcast.changed"
"""The result of a copy's change."""
STRUCK: Final = "broadcast.struck"
"""The result of striking through a copy that could not be deleted."""
NOTED: Final = "broadcast.noted"
"""The result of the note in the place of a copy that was taken back."""

OPEN = ButtonCode("ab.open", (int,))
"""The number of the announcement whose groups are to be chosen."""
PAGE = ButtonCode("ab.page", (int, int))
TICK = ButtonCode("ab.tick", (int, int, int))
"""A broadcast, a group and the page it stands on."""
ALL = ButtonCode("ab.all", (int, int))
"""1 ticks every group, 0 none."""
LABELS = ButtonCode("ab.labels", (int, int))
LABEL = ButtonCode("ab.label", (int, str, int))
"""A broadcast, the fingerprint of a label, and the page it stands on."""
START = ButtonCode("ab.start", (int,))
DROP = ButtonCode("ab.drop", (int,))
WAIT = ButtonCode("ab.wait", (int,))
"""Send it when its announcement is posted, or with each date of it."""
LEAVE = ButtonCode("ab.leave", (int,))
"""Do not send it with its announcement after all."""

LIST = ButtonCode("ab.list", (int,))
SHOW = ButtonCode("ab.show", (int,))
PAUSE = ButtonCode("ab.pause", (int,))
RESUME = ButtonCode("ab.resume", (int,))
STOP = ButtonCode("ab.stop", (int,))
RETRY = ButtonCode("ab.retry", (int,))
MISSING = ButtonCode("ab.miss", (int,))
MISSING_PAGE = ButtonCode("ab.miss.page", (int, int))
FILE = ButtonCode("ab.file", (int, str))
"""A broadcast and a kind of file."""
CHANGE = ButtonCode("ab.change", (int,))
WITHDRAW = ButtonCode("ab.back", (int,))

TOPICS = ButtonCode("ab.topics", (int,))
TOPIC = ButtonCode("ab.topic", (int, int))
"""An announcement and a topic; 0 is the group's usual one."""
