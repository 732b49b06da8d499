"""Events and the people on them as tables and calendars: gathered in the turn, written when the file is sent."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

import msgspec

from bot.events.looking.rules import Kind
from bot.events.rules.calendars import Entry, calendar_file
from bot.events.rules.event import Phase
from bot.events.rules.plan import Kind as EventKind
from bot.events.rules.signup import Paid, Presence, SignUpState
from bot.i18n import N_, texts_for
from bot.sheets import Table, csv_file, workbook

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.events.looking.rules import Lists
    from bot.events.rules.event import Event
    from bot.events.rules.signup import Tally
    from bot.i18n import Texts
    from bot.sheets import Cell


# What the files are made of


class _Event(msgspec.Struct, array_like=True):
    id: int
    number: int
    title: str
    kind: EventKind
    starts_at: dt.datetime
    ends_at: dt.datetime
    place: str | None
    phase: Phase
    seats: int | None
    deadline: dt.datetime | None
    price: str | None
    parties: int
    taken: int
    waiting: int
    maybe: int
    declined: int
    confirmed: int
    present: int
    questions: tuple[str, ...]


class _Person(msgspec.Struct, array_like=True):
    """A row as the store gives it: times in milliseconds, names of guests as JSON."""

    event_id: int
    user_id: int
    name: str
    state: SignUpState
    rank: int
    turn: int
    guests: int
    companions: str | None
    since: int
    confirmed: int | None
    added_by: int | None
    presence: Presence | None
    present_at: int | None
    came_with: int | None
    paid: Paid | None


class _Tables(msgspec.Struct):
    """All that tables are made of. ``one`` asks for the list of a single event; ``only`` is the one table of a CSV file."""

    locale: str
    zone: str
    now: dt.datetime
    kind: Kind
    one: bool
    only: int
    events: list[_Event]
    people: list[_Person]
    answers: list[tuple[int, int, str, str]]
    names: dict[int, str]


class _Calendar(msgspec.Struct):
    """All that a calendar is made of."""

    now: dt.datetime
    name: str
    entries: list[_Entry]


class _Entry(msgspec.Struct, array_like=True):
    uid: str
    sequence: int
    starts_at: dt.datetime
    ends_at: dt.datetime
    title: str
    host: str
    place: str
    spot: tuple[float, float] | None
    about: str
    url: str | None
    is_off: bool


_tables: Final = msgspec.json.Decoder(_Tables).decode
_calendar: Final = msgspec.json.Decoder(_Calendar).decode


def gather(texts: Texts, lists: Lists, now: dt.datetime, kind: Kind, *, one: bool, only: int = 0) -> bytes:
    """Return what a file is made of. ``one``: the list of the only event; else the table of events and that of people.

    A CSV file has one table: the first (0) or the second (1).
    """
    given = {
        "locale": texts.locale,
        "zone": texts.tz.key,
        "now": now,
        "kind": kind,
        "one": one,
        "only": only,
        "events": [_event(event, tally, now) for event, tally in lists.events],
        "people": lists.people,
        "answers": lists.answers,
        "names": lists.names,
    }
    return msgspec.json.encode(given)


def _event(event: Event, tally: Tally, now: dt.datetime) -> _Event:
    plan = event.plan
    return _Event(
        id=event.id,
        number=event.number,
        title=plan.title,
        kind=plan.kind,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        place=plan.place,
        phase=event.phase(now),
        seats=plan.seats,
        deadline=plan.deadline,
        price=plan.price,
        parties=tally.parties,
        taken=tally.taken,
        waiting=tally.waiting,
        maybe=tally.maybe,
        declined=tally.declined,
        confirmed=tally.confirmed,
        present=tally.present,
        questions=tuple(one.text for one in plan.questions),
    )


def gather_calendar(entries: Sequence[Entry], now: dt.datetime, name: str) -> bytes:
    """Return what a calendar is made of."""
    fields = _Entry.__struct_fields__
    rows = [_Entry(**{field: getattr(entry, field) for field in fields}) for entry in entries]
    return msgspec.json.encode(_Calendar(now, name, rows))


# Making them


def calendar(made_of: bytes) -> bytes:
    """Write an .ics file."""
    given = _calendar(made_of)
    entries = [Entry(**msgspec.structs.asdict(entry)) for entry in given.entries]
    return calendar_file(entries, given.now, given.name)


def table(made_of: bytes) -> bytes:
    """Write a workbook or a CSV file; the list of 5,000 people takes about half a second."""
    given = _tables(made_of)
    texts = texts_for(given.locale, given.zone)
    tables = [_one(texts, given)] if given.one else [_all_events(texts, given), _all_people(texts, given)]
    if given.kind is Kind.CSV:
        return csv_file(tables[given.only], texts.tz)
    return workbook(tables, tz=texts.tz, now=given.now)


def _one(texts: Texts, given: _Tables) -> Table:
    """Write the list of one event, a column for each question: those asked now, then those that were."""
    event = given.events[0]
    answers = {(user_id, question): answer for _, user_id, question, answer in given.answers}
    questions = list(dict.fromkeys((*event.questions, *(question for _, _, question, _ in given.answers))))
    rows: list[list[Cell]] = []
    for one in _sorted(given):
        cells = _person(texts, given, one)
        answered = [answers.get((one.user_id, question)) for question in questions]
        rows.append([*cells[:_BEFORE_ANSWERS], *answered, *cells[_BEFORE_ANSWERS:]])
    heads = [texts.label(heading) for heading in _PERSON]
    title = f"{event.number} {event.title}"
    return Table(title, [*heads[:_BEFORE_ANSWERS], *questions, *heads[_BEFORE_ANSWERS:]], rows)


def _all_events(texts: Texts, given: _Tables) -> Table:
    rows = [_event_row(texts, event) for event in given.events]
    return Table(texts.label(EVENTS), [texts.label(heading) for heading in _EVENT], rows)


def _all_people(texts: Texts, given: _Tables) -> Table:
    events = {event.id: event for event in given.events}
    said: dict[tuple[int, int], list[str]] = {}
    for event_id, user_id, question, answer in given.answers:
        said.setdefault((event_id, user_id), []).append(f"{question} {answer}")
    rows: list[list[Cell]] = []
    for one in _sorted(given):
        event = events[one.event_id]
        cells = _person(texts, given, one)
        answered = "\n".join(said.get((one.event_id, one.user_id), ())) or None
        rows.append([event.number, event.title, event.starts_at, *cells, answered])
    heads = (*_OF_EVENT, *_PERSON, _ANSWERS)
    return Table(texts.label(PEOPLE), [texts.label(heading) for heading in heads], rows)


def _sorted(given: _Tables) -> list[_Person]:
    place = {event.id: n for n, event in enumerate(given.events)}
    order = {state: n for n, state in enumerate(_STATES)}
    return sorted(
        given.people,
        key=lambda one: (
            place[one.event_id],
            order[one.state],
            one.rank if one.state is SignUpState.WAITING else 0,
            one.turn,
        ),
    )


def _person(texts: Texts, given: _Tables, one: _Person) -> list[Cell]:
    companions = msgspec.json.decode(one.companions, type=list[str]) if one.companions else []
    return [
        one.name,
        texts.label(_STATES[one.state]),
        one.guests,
        ", ".join(companions) or None,
        _instant(one.since),
        one.turn,
        _instant(one.confirmed),
        None if one.presence is None else texts.label(_PRESENCE[one.presence]),
        _instant(one.present_at),
        one.came_with,
        None if one.paid is None else texts.label(_PAID[one.paid]),
        None if one.added_by is None else given.names.get(one.added_by, str(one.added_by)),
        one.user_id if one.user_id > 0 else None,
    ]


def _event_row(texts: Texts, event: _Event) -> list[Cell]:
    return [
        event.number,
        event.title,
        texts.label(_KINDS[event.kind]),
        event.starts_at,
        event.ends_at,
        event.place,
        texts.label(_PHASES[event.phase]),
        event.seats,
        event.deadline,
        event.price,
        event.parties,
        event.taken,
        event.waiting,
        event.maybe,
        event.declined,
        event.confirmed,
        event.present,
    ]


def _instant(millis: int | None) -> dt.datetime | None:
    return None if millis is None else dt.datetime.fromtimestamp(millis / 1000, dt.UTC)


# Words

EVENTS, PEOPLE = N_("Events"), N_("Sign-ups")
_PERSON: Final = (
    N_("Person"),
    N_("State"),
    N_("Guests"),
    N_("Names of the guests"),
    N_("Since"),
    N_("Turn"),
    N_("Confirmed"),
    N_("Presence"),
    N_("Checked in"),
    N_("Guests who came"),
    N_("Paid"),
    N_("Added by"),
    N_("Telegram ID"),
)
_BEFORE_ANSWERS: Final = 7
_ANSWERS: Final = N_("Answers")
_OF_EVENT: Final = (N_("Number"), N_("Event"), N_("Starts"))
_EVENT: Final = (
    N_("Number"),
    N_("Title"),
    N_("Kind"),
    N_("Starts"),
    N_("Ends"),
    N_("Place"),
    N_("State"),
    N_("Seats"),
    N_("Deadline"),
    N_("Price"),
    N_("Signed up"),
    N_("With guests"),
    N_("Waiting"),
    N_("Maybe"),
    N_("Not coming"),
    N_("Confirmed"),
    N_("Came"),
)
_STATES: Final = {
    SignUpState.GOING: N_("going"),
    SignUpState.OFFERED: N_("offered a seat"),
    SignUpState.WAITING: N_("waiting"),
    SignUpState.MAYBE: N_("maybe"),
    SignUpState.DECLINED: N_("not coming"),
    SignUpState.LAPSED: N_("did not answer the offer"),
    SignUpState.LEFT: N_("left"),
}
_PRESENCE: Final = {
    Presence.CAME: N_("came"),
    Presence.LATE: N_("came late"),
    Presence.WALKED_IN: N_("walked in"),
    Presence.ABSENT: N_("absent"),
}
_PAID: Final = {
    Paid.SAID: N_("says so"),
    Paid.CONFIRMED: N_("paid"),
    Paid.FREE: N_("free"),
}
_KINDS: Final = {EventKind.OFFLINE: N_("on the spot"), EventKind.ONLINE: N_("online")}
_PHASES: Final = {
    Phase.DRAFT: N_("draft"),
    Phase.OPEN: N_("sign-up is open"),
    Phase.PAST_DEADLINE: N_("sign-up has ended"),
    Phase.CLOSED: N_("sign-up is closed"),
    Phase.CANCELLED: N_("cancelled"),
    Phase.OVER: N_("over"),
}
