"""The kinds of buttons and files, and the link that leads to sending proof."""

from __future__ import annotations

from typing import Final

from bot.tg.buttons import ButtonCode

UNTIL_FORM: Final = "announce.share.until"
NUDGES_FORM: Final = "announce.share.nudges"
PROOF_FORM: Final = "announce.share.proof"
REMINDED: Final = "shares_reminded"
LINK: Final = "share"
"""The word with which a link begins that leads to sending proof: ``/start share-12``, with the id of the announcement."""

SHARED = ButtonCode("ah.did", (int,))
"""Carries the announcement's id; it stands below the announcement itself."""
# The others carry the announcement's number within its group.
SWITCH = ButtonCode("ah.switch", (int,))
WAYS = ButtonCode("ah.ways", (int,))
ONOFF = ButtonCode("ah.onoff", (int, int))
"""Carries whether it is to be asked; so does :data:`PROOF`: an old button does what it says."""
UNTIL = ButtonCode("ah.until", (int,))
NO_UNTIL = ButtonCode("ah.nountil", (int,))
PROOF = ButtonCode("ah.proof", (int, int))
PLAN = ButtonCode("ah.plan", (int, str))
OWN_PLAN = ButtonCode("ah.nudges", (int,))
STATUS = ButtonCode("ah.status", (int,))
LIST = ButtonCode("ah.list", (int, str, int))
"""Carries which list, and its page."""
FILE = ButtonCode("ah.file", (int, str))
REMIND = ButtonCode("ah.remind", (int,))
PROOFS = ButtonCode("ah.proofs", (int, int))
"""Carries which screenshot."""
