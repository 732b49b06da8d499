from __future__ import annotations

from datetime import timedelta

import pytest

from bot.events.rules.event import Phase
from bot.events.rules.outcomes import GuestLimit, In, Outcome, Refused, Suspended, TooLate, Waits
from bot.events.signing.rules.rolls import MOST_LINES, STAYS, Entry, Roll, Stood, added, entry_of, takes
from bot.kernel.ids import ChatId, UserId
from tests.events.build import NOW

MEI, CARL = UserId(1), UserId(2)


def roll(*entries: Entry) -> Roll:
    return Roll(1, 1, ChatId(-1), None, NOW, entries)


def entry(number: int, stood: Stood = Stood.IN) -> Entry:
    return Entry(UserId(number), f"P{number}", stood)


def test_a_message_takes_words_for_some_minutes() -> None:
    assert takes(roll(entry(1)), entry(2), NOW + STAYS - timedelta(seconds=1))
    assert not takes(roll(entry(1)), entry(2), NOW + STAYS)


def test_a_full_message_takes_only_those_who_stand_on_it() -> None:
    full = roll(*(entry(number) for number in range(MOST_LINES)))
    assert takes(full, entry(3), NOW)
    assert not takes(full, entry(99), NOW)


def test_somebody_stands_on_it_once_with_their_last_word() -> None:
    grown = added(added(roll(entry(1), entry(2)), entry(3)), entry(1, Stood.OFF))
    assert [(one.user_id, one.stood) for one in grown.entries] == [(2, Stood.IN), (3, Stood.IN), (1, Stood.OFF)]


@pytest.mark.parametrize(
    ("outcome", "found"),
    [
        (In(3, 5, 1), Entry(MEI, "Mei", Stood.IN, 1)),
        (Waits(4, 0), Entry(MEI, "Mei", Stood.WAITS, 0, 4)),
        (GuestLimit(2), Entry(MEI, "Mei", Stood.GUEST_LIMIT, 0, 2)),
        (TooLate(Phase.CLOSED, None), Entry(MEI, "Mei", Stood.CLOSED)),
        (Suspended(2, NOW), Entry(MEI, "Mei", Stood.BARRED)),
    ],
)
def test_a_word_comes_to_what_the_group_may_know(outcome: Outcome, found: Entry) -> None:
    assert entry_of(MEI, "Mei", outcome) == found


@pytest.mark.parametrize("refused", list(Refused))
def test_every_refusal_has_its_line(refused: Refused) -> None:
    stood = {Stood.OFF, Stood.IN, Stood.MAYBE, Stood.NO_GUESTS, Stood.NO_SEAT, Stood.FULL}
    assert entry_of(CARL, "Carl", refused).stood in stood
