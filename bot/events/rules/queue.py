"""The waiting list (R05): who is next when a seat is free, how long an offer stands, and whose seat fewer seats cost.

The line goes by ``rank``, then by ``turn``: in order of time every rank is 0; where the group prefers those who came to the
fewest events before, that number is the rank. Who loses a seat to an edit ranks before everybody. A party that does not fit
is passed over, unless the organiser wants the strict order.
"""

from __future__ import annotations

import zlib
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.events.rules.signup import Notice, SignUpState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from bot.events.rules.plan import Plan
    from bot.events.rules.signup import SignUp

    QuietUntil = Callable[[datetime], datetime | None]
    """Says when the quiet that holds a moment ends, or None when the group is awake."""

HEAD: Final = -1
"""The rank of those who lost their seat to an edit."""
TOO_NEAR: Final = timedelta(minutes=30)
"""So shortly before the start a seat is given without asking: there is no time left to pass it on."""
LEAST_TIME: Final = timedelta(minutes=10)
AFTER_QUIET: Final = timedelta(minutes=30)
"""How long an offer stands at least once quiet hours are over."""


def in_line(waiting: Iterable[SignUp]) -> list[SignUp]:
    """Return the waiting list in its order."""
    return sorted(waiting, key=lambda one: (one.rank, one.turn))


def next_in_line(plan: Plan, free: int | None, line: Iterable[SignUp]) -> tuple[SignUp, ...]:
    """Return which parties of the line get seats now, of ``free`` ones (None: no limit)."""
    chosen = []
    for party in line:
        if free is None or party.size <= free:
            chosen.append(party)
            free = None if free is None else free - party.size
        elif plan.strict or free == 0:
            break
    return tuple(chosen)


def offer_until(plan: Plan, now: datetime, quiet_until: QuietUntil) -> datetime | None:
    """Return until when a seat that is free now is offered; None if it is given without asking.

    The offer is shorter as the start nears: a quarter of the time that is left, so that it can still pass on. Where it would
    lapse in quiet hours it stands for a while after them; where too little is left then, there is nothing to pass on. Where
    seats have no limit, nobody else waits for an answer.
    """
    left = plan.starts_at - now
    if plan.automatic or plan.seats is None or left <= TOO_NEAR:
        return None
    window = max(min(timedelta(minutes=plan.offer), left / 4), LEAST_TIME)
    until = now + window
    while (awake := quiet_until(until)) is not None:
        rest = plan.starts_at - awake
        if rest <= TOO_NEAR:
            return None
        until = awake + min(window, AFTER_QUIET, rest / 2)
    return until


def morning(plan: Plan, now: datetime, quiet_until: QuietUntil) -> datetime | None:
    """Return when the quiet hours end that hold back offers and lapses; None outside of them, or if it is too late then."""
    awake = quiet_until(now)
    return awake if awake is not None and awake < plan.starts_at - TOO_NEAR else None


def waits_for_morning(plan: Plan, now: datetime, quiet_until: QuietUntil) -> datetime | None:
    """Return when quiet hours end that hold an offer back; None if it may be made now, or nobody is asked at all."""
    return None if plan.automatic or plan.seats is None else morning(plan, now, quiet_until)


def seated(party: SignUp, until: datetime | None, *, tell: bool = True) -> SignUp:
    """Give a party of the line its seats, or offer them ``until`` a time; who has no Telegram cannot accept, and is given them."""
    if until is None or not party.has_telegram:
        return replace(party, state=SignUpState.GOING, until=None, notice=Notice.MOVED_UP if tell else None)
    return replace(party, state=SignUpState.OFFERED, until=until, notice=Notice.OFFERED)


def lapsed(offered: Iterable[SignUp], now: datetime) -> tuple[SignUp, ...]:
    """Take back the offers whose time has passed."""
    return tuple(
        replace(one, state=SignUpState.LAPSED, until=None, notice=Notice.LAPSED, guests=0, companions=(), since=now)
        for one in offered
        if one.state is SignUpState.OFFERED and one.until is not None and one.until <= now
    )


def hurried(offered: Iterable[SignUp], until: datetime | None) -> tuple[SignUp, ...]:
    """Shorten the offers that stand longer than one made now, because the event was moved; None gives the seats."""
    return tuple(
        seated(one, until) for one in offered if until is None or (one.until is not None and one.until > until)
    )


def losers_of(holding: Sequence[SignUp], plan: Plan) -> tuple[SignUp, ...]:
    """Return whom fewer seats send back to the waiting list: the last in, in their order.

    ``holding`` are those who have a seat or are offered one. An offer that nobody has accepted is taken back first. A party
    that still fits after a larger one before it lost its seats would be the next to get some, and keeps them, unless the
    order is strict.
    """
    left = plan.seats
    if left is None:
        return ()
    losers: list[SignUp] = []
    for party in sorted(holding, key=lambda one: (one.state is SignUpState.OFFERED, one.turn)):
        if party.size > left or (losers and plan.strict):
            losers.append(party)
        else:
            left -= party.size
    return tuple(losers)


def mark_of(losers: Iterable[SignUp]) -> int:
    """Return a number that tells one set of losers from another: what an organiser agreed to is no other."""
    return zlib.crc32(",".join(f"{one.user_id}" for one in losers).encode())


def moved_back(loser: SignUp) -> SignUp:
    """Put somebody who loses their seat at the head of the line."""
    return replace(loser, state=SignUpState.WAITING, rank=HEAD, until=None, notice=Notice.MOVED_BACK, confirmed=None)
