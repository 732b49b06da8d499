"""The kinds of buttons and files, and who may use what."""

from __future__ import annotations

from typing import Final

from bot.kernel.roles import Right
from bot.tg.buttons import ButtonCode
from bot.tg.capability import Access

BY_FORM: Final = "announce.ack.by"
NUDGES_FORM: Final = "announce.ack.nudges"

READ = ButtonCode("ak.read", (int,))
"""Carries the announcement's id; it stands below the announcement itself, and below reminders in private."""
# The others carry the announcement's number within its group.
SWITCH = ButtonCode("ak.switch", (int,))
WAYS = ButtonCode("ak.ways", (int,))
ONOFF = ButtonCode("ak.onoff", (int, int))
"""Carries whether it is to be asked; so does :data:`PROPOSE`: an old button does what it says."""
BY = ButtonCode("ak.by", (int,))
NO_BY = ButtonCode("ak.noby", (int,))
PLAN = ButtonCode("ak.plan", (int, str))
OWN_PLAN = ButtonCode("ak.nudges", (int,))
PROPOSE = ButtonCode("ak.propose", (int, int))
STATUS = ButtonCode("ak.status", (int,))
LIST = ButtonCode("ak.list", (int, str, int))
"""Carries which list, and its page."""
REMIND = ButtonCode("ak.remind", (int,))
FILE = ButtonCode("ak.file", (int, str))
AGAIN = ButtonCode("ak.again", (int,))
KEEP = ButtonCode("ak.keep", (int,))
AGAIN_ALL = ButtonCode("ak.againall", (int,))
"""Carries a broadcast."""
KEEP_ALL = ButtonCode("ak.keepall", (int,))
SILENCE = ButtonCode("ak.silence", (int, int))
"""Carries a page."""
RECORD = ButtonCode("ak.record", (int, int, int))
"""Carries the person and the page."""
PASS = ButtonCode("ak.pass", (int, int, int))

NAMED: Final = "ack.named"
JUDGES = Access(right=Right.MODERATE)
"""What is to be made of silence is decided by whoever may warn."""
