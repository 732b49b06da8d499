"""The kinds of buttons, cards and forms, and who may use what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.kernel.roles import Right
from bot.tg.buttons import ButtonCode
from bot.tg.capability import Access

if TYPE_CHECKING:
    from bot.announcements.submissions.rules import Submission
    from bot.tg.context import Scope

CARD: Final = "submission"
"""The card of those who decide."""
OWN_CARD: Final = "submission.own"
"""The member's own card, in private."""
PUBLIC_CARD: Final = "submission.public"
"""What stands in the group about it, where the member cannot be reached in private."""
TOLD: Final = "submission_told"
"""The result of telling the member in private."""

FORM: Final = "submit"
FORM_ASK: Final = "submit.ask"
FORM_ANSWER: Final = "submit.answer"
FORM_ACCEPT: Final = "submit.accept"
FORM_DECLINE: Final = "submit.decline"

NEW = ButtonCode("as.new")
MINE = ButtonCode("as.mine", (int,))
LIST = ButtonCode("as.list", (int,))
SHELF = ButtonCode("as.shelf", (str, int))
"""Those in a state, and the page."""
SETTINGS = ButtonCode("as.set")
SWITCH = ButtonCode("as.onoff", (int,))
"""1 takes submissions, 0 takes none."""
DAILY = ButtonCode("as.daily", (int,))
# The others carry the submission's number within its group.
SHOW = ButtonCode("as.show", (int,))
OWN_SHOW = ButtonCode("as.own", (int,))
ALL = ButtonCode("as.all", (int,))
ACCEPT = ButtonCode("as.ok", (int,))
ASK = ButtonCode("as.ask", (int,))
DECLINE = ButtonCode("as.no", (int,))
DELETE = ButtonCode("as.del", (int,))
ANSWER = ButtonCode("as.re", (int,))
USE = ButtonCode("as.use", (int,))
TAKE_BACK = ButtonCode("as.back", (int,))

REVIEWERS = Access(right=Right.REVIEW)
SETTERS = Access(right=Right.SETTINGS)


def changed(scope: Scope, item: Submission) -> None:
    """Have every card of a submission show what it is now."""
    for kind in (CARD, OWN_CARD, PUBLIC_CARD):
        scope.cards.changed(kind, str(item.id))
