"""Rows and the values they stand for."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import msgspec

from bot.db.schema import to_millis
from bot.events.rules.event import Event, Message, State
from bot.events.rules.house import House
from bot.events.rules.plan import DEFAULT_CALL, DEFAULT_OFFER, DEFAULT_REMINDERS, Asked, Kind, Plan
from bot.events.rules.signup import Notice, Paid, Presence, SignUp, SignUpState, Tally
from bot.kernel.ids import ChatId, GroupId, MessageId, UserId

if TYPE_CHECKING:
    from datetime import datetime
    from enum import Enum

    from sqlalchemy import RowMapping


NAME_LIMIT = 200
_TALLY = tuple(field.name for field in fields(Tally))
_PLAN_COLUMNS = ("title", "starts_at", "seats", "guests", "deadline", "place")
"""The fields of a plan that have a column of their own; the others stand in ``details`` as JSON."""


class _Details(msgspec.Struct, omit_defaults=True):
    """The fields of a plan that no statement looks for."""

    kind: Kind = Kind.OFFLINE
    minutes: int | None = None
    spot: tuple[float, float] | None = None
    link: str | None = None
    price: str | None = None
    about: str | None = None
    picture: str | None = None
    questions: tuple[Asked, ...] = ()
    named: bool = False
    closes: bool = False
    strict: bool = False
    automatic: bool = False
    offer: int = DEFAULT_OFFER
    tags: tuple[str, ...] = ()
    minimum: int | None = None
    reminders: tuple[int, ...] = DEFAULT_REMINDERS
    reconfirm: bool = False
    promote: tuple[int, ...] = ()
    call: int = DEFAULT_CALL


_decode_details = msgspec.json.Decoder(_Details).decode
decode_house = msgspec.json.Decoder(House).decode
_decode_names = msgspec.json.Decoder(tuple[str, ...]).decode


@dataclass(frozen=True, slots=True)
class Desk:
    """An event with its sums, a person's own sign-up if there is one, and the group's settings."""

    event: Event
    tally: Tally
    mine: SignUp | None
    house: House


def columns_of(plan: Plan) -> dict[str, Any]:
    """Return a plan as columns."""
    values = {name: getattr(plan, name) for name in _PLAN_COLUMNS}
    details = _Details(**{name: getattr(plan, name) for name in _Details.__struct_fields__})
    values["details"] = msgspec.json.encode(details).decode()
    return {name: clean(value) if isinstance(value, str) else value for name, value in values.items()}


def event_of(row: RowMapping) -> Event:
    """Return an event."""
    return Event(
        id=row["id"],
        group_id=GroupId(row["group_id"]),
        number=row["number"],
        plan=plan_of(row),
        state=State(row["state"]),
        created_by=UserId(row["created_by"]),
        created_at=row["created_at"],
        reason=row["reason"],
        card=_message(row["card_chat_id"], row["card_message_id"]),
        list=_message(row["list_chat_id"], row["list_message_id"], row["list_at"]),
        sequence=row["sequence"],
        series=row["series_id"],
    )


def plan_of(row: RowMapping) -> Plan:
    """Return the plan of an event, or of anything that keeps one in the same columns."""
    columns = {name: row[name] for name in _PLAN_COLUMNS}
    if row["details"] is None:
        return Plan(**columns)
    details = _decode_details(row["details"])
    return Plan(**columns, **{name: getattr(details, name) for name in _Details.__struct_fields__})


def _message(chat_id: int | None, message_id: int | None, at: datetime | None = None) -> Message | None:
    if chat_id is None:
        return None
    return Message(ChatId(chat_id), None if message_id is None else MessageId(message_id), at)


def tally_of(row: RowMapping) -> Tally:
    """Return the sums of an event."""
    # The driver may give sums as decimals; an event without sign-ups has none at all.
    return Tally(**{name: int(row.get(f"t_{name}") or 0) for name in _TALLY})


def signup_of(row: RowMapping, prefix: str = "") -> SignUp:
    """Return a sign-up; ``prefix`` begins the names of its columns in a join."""
    notice, presence, paid, companions = (
        row[f"{prefix}{name}"] for name in ("notice", "presence", "paid", "companions")
    )
    return SignUp(
        user_id=UserId(row[f"{prefix}user_id"]),
        name=row[f"{prefix}name"],
        state=SignUpState(row[f"{prefix}state"]),
        turn=row[f"{prefix}turn"],
        since=row[f"{prefix}since"],
        guests=row[f"{prefix}guests"],
        notice=None if notice is None else Notice(notice),
        rank=row[f"{prefix}rank"],
        until=row[f"{prefix}until"],
        confirmed=row[f"{prefix}confirmed"],
        added_by=row[f"{prefix}added_by"],
        companions=() if companions is None else _decode_names(companions),
        presence=None if presence is None else Presence(presence),
        present_at=row[f"{prefix}present_at"],
        came_with=row[f"{prefix}came_with"],
        paid=None if paid is None else Paid(paid),
    )


def value_of(word: Enum | None) -> str | None:
    """Return what is stored for a word of ours."""
    return None if word is None else word.value


def millis_of(at: datetime | None) -> int | None:
    """Return what is stored for a time, in textual SQL."""
    return None if at is None else to_millis(at)


def clean(text: str) -> str:
    """Take out what PostgreSQL cannot store in a text."""
    return text.replace("\0", "")
