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
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from bot.events.rules.signup import SignUp

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
    """A line of the table."""

    one: SignUp
    share: Share


@dataclass(frozen=True, slots=True)
class Sum:
    """How many parties and persons stand so."""

    parties: int = 0
    persons: int = 0


def rows(event: Event, people: Iterable[SignUp], *, unsettled: bool = False) -> list[Row]:
    """Return the table in the order in which people came; ``unsettled`` leaves out who paid or need not."""
    found = ((one, share_of(event, one)) for one in sorted(people, key=lambda one: one.turn))
    return [
        Row(one, share)
        for one, share in found
        if share is not None and not (unsettled and share in {Share.PAID, Share.FREE})
    ]


def sums(table: Sequence[Row]) -> dict[Share, Sum]:
    """Add up a table by share."""
    found: dict[Share, Sum] = {}
    for row in table:
        before = found.get(row.share, Sum())
        found[row.share] = Sum(before.parties + 1, before.persons + row.one.size)
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
