"""A campaign, and the taps of members."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from bot.announcements.rules.asked import Asked, Closed, Over
from bot.announcements.rules.roll import Answer, Given

if TYPE_CHECKING:
    from bot.announcements.sharing.rules.wish import Wish
    from bot.kernel.ids import GroupId

TWICE: Final = timedelta(seconds=3)
"""A second tap within this time is a finger that trembled."""


@dataclass(frozen=True, slots=True)
class Campaign(Asked):
    """What members are asked: to pass an announcement on ``until`` then, with a screenshot if ``proof``."""

    proof: bool = False

    def barred(self, at: datetime) -> Closed | Over | None:
        """Say why nobody can do it any more; None where they can."""
        if self.closed:
            return Closed()
        return Over(self.until) if self.until is not None and self.is_over(at) else None


@dataclass(frozen=True, slots=True)
class Share:
    """Somebody says that they have passed it on; ``proof`` is Telegram's id of a screenshot."""

    user_id: int
    name: str
    at: datetime
    proof: str | None = None

    @property
    def given(self) -> Given:
        """It as the roll has it."""
        return Given(Answer.DONE if self.proof is None else Answer.PROOF, self.at)


@dataclass(frozen=True, slots=True)
class Noted:
    """It counts now; ``wants_proof``: a screenshot is asked for."""

    share: Share
    wants_proof: bool = False


@dataclass(frozen=True, slots=True)
class TakenBack:
    """It does not count any more."""


@dataclass(frozen=True, slots=True)
class Twice:
    """It was tapped a moment ago, or proof may still come: it stays."""

    share: Share
    wants_proof: bool = False


Outcome = Noted | TakenBack | Twice | Over | Closed


def tap(asked: Campaign, earlier: Share | None, user_id: int, name: str, now: datetime) -> Outcome:
    """Say what a tap on the button does (R12). Where proof is wanted, taking back is offered where it is sent."""
    barred = asked.barred(now)
    if barred is not None:
        return barred
    if earlier is None:
        return Noted(Share(user_id, name, now), asked.proof)
    if asked.proof or now - earlier.at <= TWICE:
        return Twice(earlier, asked.proof)
    return TakenBack()


def prove(asked: Campaign, earlier: Share | None, user_id: int, name: str, proof: str, now: datetime) -> Outcome:
    """Say what a screenshot does: it counts as a tap too."""
    barred = asked.barred(now)
    if barred is not None:
        return barred
    return Noted(replace(earlier or Share(user_id, name, now), proof=proof))


def take_back(asked: Campaign, now: datetime) -> TakenBack | Over | Closed:
    """Say whether it can be taken back."""
    return asked.barred(now) or TakenBack()


def begun(post_id: int, group_id: GroupId, wish: Wish, now: datetime) -> Campaign:
    """Begin to ask, when the announcement has been posted; an end that has passed by then holds for nobody."""
    return Campaign(post_id, group_id, now, wish.end(now), wish.nudges, proof=wish.proof)


def changed_to(asked: Campaign, wish: Wish) -> Campaign:
    """Take over what a manager has changed after the posting."""
    return replace(asked, until=wish.end(asked.opened_at), nudges=wish.nudges, proof=wish.proof, closed=False)


@dataclass(frozen=True, slots=True)
class Sum:
    """How one announcement stands in several groups: in how many it is asked, how many have passed it on, how many with proof."""

    groups: int
    shared: int
    proved: int
