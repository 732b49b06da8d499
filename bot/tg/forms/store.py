"""The table of open forms: one row for each person and chat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct
from sqlalchemy import (
    BigInteger,
    Column,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    delete,
    insert,
    or_,
    select,
    update,
)

from bot.db.schema import Instant, Serial, metadata

if TYPE_CHECKING:
    from sqlalchemy import Row

    from bot.db.engine import Tx

KEPT = timedelta(days=1)
"""How long an expired form is remembered, so that a late answer gets a sentence instead of silence."""

_forms = Table(
    "tg_forms",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("user_id", BigInteger, nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("asked", String(200), nullable=False),
    Column("thread_id", BigInteger, nullable=True),
    Column("group_id", BigInteger, nullable=True),
    Column("name", String(64), nullable=False),
    Column("answers", Text, nullable=False),
    Column("trail", Text, nullable=False),
    Column("offers", Text, nullable=False),
    Column("partial", Text, nullable=False),
    Column("step", Integer, nullable=False),
    Column("prompt_effect", BigInteger, nullable=False),
    Column("prompt_message_id", BigInteger, nullable=True),
    Column("origin_message_id", BigInteger, nullable=True),
    Column("album", String(64), nullable=True),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    UniqueConstraint("user_id", "chat_id"),
)


class Offer(Struct, frozen=True, array_like=True):
    """A choice as it was shown: its label, and the plain value or the text it stands for; ``others`` as in ``Told``."""

    label: str
    value: Any = None
    text: str | None = None
    others: dict[str, Any] | None = None


@dataclass(slots=True)
class OpenForm:
    """A form in the middle of being answered.

    ``asked`` is the name of the person. ``answers`` are plain JSON values by key; ``trail`` the keys asked, in order; ``offers`` what the buttons now shown stand
    for. ``step`` counts every change: a button of an earlier step is stale. ``prompt_message_id`` is None until Telegram has
    told us the id of the message that ``prompt_effect`` sends.
    """

    user_id: int
    chat_id: int
    asked: str
    name: str
    created_at: datetime
    expires_at: datetime
    answers: dict[str, Any]
    thread_id: int | None = None
    group_id: int | None = None
    origin_message_id: int | None = None
    trail: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()
    partial: str = ""
    step: int = 0
    prompt_effect: int = 0
    prompt_message_id: int | None = None
    album: str | None = None
    id: int = 0


_offers = msgspec.json.Decoder(tuple[Offer, ...])
_PACKED = ("answers", "trail", "offers")
_CHANGING = (
    "answers",
    "trail",
    "offers",
    "partial",
    "step",
    "prompt_effect",
    "prompt_message_id",
    "album",
    "expires_at",
)
_KEPT_FROM_START = ("user_id", "chat_id", "asked", "thread_id", "group_id", "name", "origin_message_id", "created_at")


def _values(form: OpenForm, names: tuple[str, ...]) -> dict[str, Any]:
    found = {name: getattr(form, name) for name in names}
    return {k: msgspec.json.encode(v).decode() if k in _PACKED else v for k, v in found.items()}


def _open_form(row: Row[Any]) -> OpenForm:
    values = dict(row._mapping)  # noqa: SLF001  (a public attribute; the underscore keeps column names free)
    values["answers"] = msgspec.json.decode(values["answers"])
    values["trail"] = tuple(msgspec.json.decode(values["trail"]))
    values["offers"] = _offers.decode(values["offers"])
    return OpenForm(**values)


async def add(tx: Tx, form: OpenForm) -> None:
    """Store a new form, which has its id already: the buttons of its first question carry it."""
    await tx.execute(insert(_forms).values(id=form.id, **_values(form, (*_KEPT_FROM_START, *_CHANGING))))


async def save(tx: Tx, form: OpenForm) -> None:
    """Store where a form stands now."""
    await tx.execute(update(_forms).where(_forms.c.id == form.id).values(_values(form, _CHANGING)))


async def move(tx: Tx, form: OpenForm) -> None:
    """Store where a form stands now, its place included."""
    values = _values(form, ("chat_id", "thread_id", "origin_message_id", *_CHANGING))
    await tx.execute(update(_forms).where(_forms.c.id == form.id).values(values))


async def in_chat(tx: Tx, chat_id: int) -> list[OpenForm]:
    """Return the forms of a chat, the oldest first."""
    return [
        _open_form(row)
        for row in await tx.execute(select(_forms).where(_forms.c.chat_id == chat_id).order_by(_forms.c.id))
    ]


async def get(tx: Tx, form_id: int) -> OpenForm | None:
    """Return a form by its id."""
    row = (await tx.execute(select(_forms).where(_forms.c.id == form_id))).one_or_none()
    return _open_form(row) if row is not None else None


async def of_person(tx: Tx, user_id: int, chat_id: int) -> OpenForm | None:
    """Return the form that a person has open in a chat."""
    statement = select(_forms).where(_forms.c.user_id == user_id, _forms.c.chat_id == chat_id)
    row = (await tx.execute(statement)).one_or_none()
    return _open_form(row) if row is not None else None


async def of_prompt(tx: Tx, chat_id: int, message_id: int) -> list[OpenForm]:
    """Return the forms that a message may be the prompt of: the one whose it is, and those whose message is not known yet."""
    return [_open_form(row) for row in await tx.execute(select(_forms).where(*_may_show(chat_id, message_id)))]


async def is_prompt(tx: Tx, chat_id: int, message_id: int) -> bool:
    """Say whether a message is, or may be, the prompt of a form."""
    found = await tx.execute(select(_forms.c.id).where(*_may_show(chat_id, message_id)).limit(1))
    return found.one_or_none() is not None


def _may_show(chat_id: int, message_id: int) -> tuple[Any, ...]:
    shown = _forms.c.prompt_message_id
    return _forms.c.chat_id == chat_id, or_(shown == message_id, shown.is_(None))


async def remove(tx: Tx, form_id: int) -> None:
    """Remove a form."""
    await tx.execute(delete(_forms).where(_forms.c.id == form_id))


async def make_room(tx: Tx, user_id: int, chat_id: int, now: datetime) -> OpenForm | None:
    """Remove the form a person has in a chat and return it; with it goes, everywhere, what expired long ago."""
    theirs = (_forms.c.user_id == user_id) & (_forms.c.chat_id == chat_id)
    statement = delete(_forms).where(or_(theirs, _forms.c.expires_at < now - KEPT)).returning(_forms)
    gone = [_open_form(row) for row in (await tx.execute(statement)).all()]
    return next((form for form in gone if (form.user_id, form.chat_id) == (user_id, chat_id)), None)


async def prompt_sent(tx: Tx, form_id: int, effect_id: int, message_id: int) -> None:
    """Remember which message a form's prompt became, unless the form has sent another since."""
    statement = update(_forms).where(_forms.c.id == form_id, _forms.c.prompt_effect == effect_id)
    await tx.execute(statement.values(prompt_message_id=message_id))


async def prompt_failed(tx: Tx, form_id: int, effect_id: int) -> None:
    """Remove a form whose present prompt never reached the chat: nobody could answer it."""
    await tx.execute(delete(_forms).where(_forms.c.id == form_id, _forms.c.prompt_effect == effect_id))
