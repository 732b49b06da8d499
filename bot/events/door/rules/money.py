"""Who owes what: pure sums over an event's sign-ups. The bot holds no money."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from bot.events.rules.event import Event, State
from bot.events.rules.signup import Paid, SignUpState
from bot.kernel.numerals import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from bot.events.rules.signup import SignUp
    from bot.kernel.ids import UserId

REMIND_EVERY: Final = timedelta(days=1)
_PRICE = re.compile(
    r"\s*(?P<number>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,2})?|[0-9]{1,9}(?:[.,][0-9]{1,2})?)(?P<rest>.*)", re.S
)
_RANGE = re.compile(r"\s*(?:[-–—~/+%:]|to |至|到|[.,]?[0-9])")
_UNIT = re.compile(r"[^,;(，；（。|\n]*")


class Share(StrEnum):
    """Where a person stands with their share of the costs."""

    OWES = "owes"
    SAID = "said"
    PAID = "paid"
    FREE = "free"
    BACK = "back"
    """They paid, or say so, and are not going any more."""


MARKS: Final = {Share.OWES: None, Share.SAID: Paid.SAID, Share.PAID: Paid.CONFIRMED, Share.FREE: Paid.FREE}
"""What is stored for a share; one that is to be paid back is settled by forgetting that it was paid."""


@dataclass(frozen=True, slots=True)
class Price:
    """What one person pays: ``each`` of ``unit``, and how the organiser wrote that."""

    each: Decimal
    unit: str
    said: str

    def of(self, people: int) -> Decimal:
        """Return what so many pay."""
        return self.each * people


def price_of(note: str | None) -> Price | None:
    """Read a price note that begins with a number; None for any other, also one that gives a range."""
    match = _PRICE.fullmatch(fold(note or ""))
    if match is None or _RANGE.match(match["rest"]):
        return None
    number = match["number"]
    grouped = re.fullmatch(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,2})?", number)
    written, begin = note or "", match.start("rest")
    found = _UNIT.match(written, begin)
    end = begin if found is None else found.end()
    each = Decimal(number.replace(",", "" if grouped else "."))
    return Price(each, written[begin:end].strip(), written[:end].strip())


def share_of(event: Event, one: SignUp) -> Share | None:
    """Say where a person stands; None for those whom nothing is asked of, who wait or are not going."""
    paid = one.paid in {Paid.SAID, Paid.CONFIRMED}
    if event.state is State.CANCELLED or not one.state.is_on_it:
        return Share.BACK if paid else None
    if one.paid is Paid.FREE:
        return Share.FREE
    if paid:
        return Share.PAID if one.paid is Paid.CONFIRMED else Share.SAID
    return Share.OWES if one.state is SignUpState.GOING else None


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table; ``paid_for`` is for how many persons they paid, or say so, perhaps another number than come now."""

    one: SignUp
    share: Share
    paid_for: int = 0

    @property
    def open(self) -> int:
        """For how many they still owe; negative: for how many they are to be paid back."""
        if self.share is Share.FREE:
            return 0
        return (0 if self.share is Share.BACK else self.one.size) - self.paid_for

    @property
    def is_settled(self) -> bool:
        """Whether there is nothing to do about it."""
        return self.share in {Share.PAID, Share.FREE} and self.open == 0


def rows(event: Event, people: Iterable[SignUp], paid_for: Mapping[UserId, int]) -> list[Row]:
    """Return the table in the order in which people came."""
    found = ((one, share_of(event, one)) for one in sorted(people, key=lambda one: one.turn))
    return [Row(one, share, _paid_for(one, share, paid_for)) for one, share in found if share is not None]


def _paid_for(one: SignUp, share: Share, paid_for: Mapping[UserId, int]) -> int:
    return 0 if share in {Share.OWES, Share.FREE} else paid_for.get(one.user_id, one.size)


def sums(table: Sequence[Row]) -> dict[Share, int]:
    """Count the persons by share; who brings more or fewer than they paid for owes for them, or is to be paid back."""
    found: dict[Share, int] = {}

    def add(share: Share, persons: int) -> None:
        if persons > 0:
            found[share] = found.get(share, 0) + persons

    for row in table:
        if row.share in {Share.SAID, Share.PAID}:
            add(row.share, min(row.paid_for, row.one.size))
        if row.share is Share.FREE:
            add(Share.FREE, row.one.size)
        add(Share.OWES, row.open)
        add(Share.BACK, -row.open)
    return found


def may_remind(reminded_at: datetime | None, now: datetime) -> datetime | None:
    """Return when those who owe may be reminded next; None if now."""
    if reminded_at is None or now >= reminded_at + REMIND_EVERY:
        return None
    return reminded_at + REMIND_EVERY


# Outcomes


@dataclass(frozen=True, slots=True)
class Marked:
    """The organiser noted how things stand with somebody."""

    one: SignUp
    share: Share | None


@dataclass(frozen=True, slots=True)
class SameMark:
    """It was noted so already."""

    one: SignUp


@dataclass(frozen=True, slots=True)
class NobodyThere:
    """The event has no such person."""


@dataclass(frozen=True, slots=True)
class Said:
    """The person says that they have paid, or (``paid`` False) that they have not."""

    paid: bool


class Unsaid(StrEnum):
    """Nothing changes by what a person says of their share."""

    NOT_GOING = "not going"
    SAID_ALREADY = "said already"
    NOT_SAID = "not said"
    CONFIRMED = "confirmed"
    FREE = "free"


SayOutcome = Said | Unsaid
MarkOutcome = Marked | SameMark | NobodyThere


def say_paid(event: Event, mine: SignUp | None, paid: bool) -> SayOutcome:
    """Decide what comes of a member's word about their share; what the organiser noted counts before it."""
    if mine is None or not mine.state.is_on_it or event.state is State.CANCELLED:
        return Unsaid.NOT_GOING
    if mine.paid is Paid.CONFIRMED:
        return Unsaid.CONFIRMED
    if mine.paid is Paid.FREE:
        return Unsaid.FREE
    if paid:
        return Unsaid.SAID_ALREADY if mine.paid is Paid.SAID else Said(True)
    return Said(False) if mine.paid is Paid.SAID else Unsaid.NOT_SAID
