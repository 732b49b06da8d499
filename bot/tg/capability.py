"""The tables by which a capability says what it offers. Help, menus, access and ``allowed_updates`` derive from them.

A capability is one value built by a factory and listed in ``app.py``. Texts in the tables are English source strings
marked with ``N_`` and translated where they are shown.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from telegram import Update

    from bot.db.engine import Tx
    from bot.i18n import Html, Texts
    from bot.kernel.groups import Group
    from bot.kernel.ids import GroupId
    from bot.kernel.roles import Right
    from bot.tg import envelope as env
    from bot.tg.albums import Album
    from bot.tg.buttons import ButtonCode
    from bot.tg.context import Context, Scope
    from bot.tg.effects import Keyboard, SendResult
    from bot.tg.forms import Form
    from bot.tg.needs import Need
    from bot.tg.sections import Section
    from bot.tg.workers import Bench

Handler = Callable[["Update", "Context"], Awaitable[None]]
ButtonHandler = Callable[..., Awaitable[None]]
"""Called with ``(update, context, *values)``."""


class Places(Enum):
    """Where a command or button may be used."""

    ANYWHERE = "anywhere"
    GROUP = "group"
    PRIVATE = "private"


@dataclass(frozen=True, slots=True)
class Access:
    """Who may do it and where, checked in one place for commands and buttons alike.

    ``right`` None lets every member in. ``needs_group`` asks which group is meant when the command comes in private.
    ``fresh`` asks Telegram who the administrators are before the turn, unless that was learned within a minute: for heavy
    acts. ``instead`` is an ``N_`` sentence that says what somebody who lacks the right can do.
    """

    right: Right | None = None
    places: Places = Places.ANYWHERE
    needs_group: bool = True
    fresh: bool = False
    instead: str = ""


EVERYONE = Access()
NO_GROUP_NEEDED = Access(needs_group=False)


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command. ``sub`` is the word after it (``/event create``); ``sub_aliases`` are other spellings (创建).

    ``run`` gets the rest of the line in ``context.args_text``. Called bare, the form named by ``form`` starts instead, if
    there is one. ``title`` is the label on the ``/menu`` panel (None: not shown there), ``help`` the line in ``/help``,
    ``usage`` examples of whole lines. ``section`` is the page of the panel it stands on, where that is not its capability's;
    ``within`` is the stable name of a command whose own page leads to it: whoever may use that one does not see this on the
    panel. ``takes_file`` fetches the small text file that comes with it, or that it answers.
    ``takes_album`` has it wait until all of the album has come of which it is the caption.
    ``needs`` says what else must be asked of Telegram first, from the group, the message and the rest of its line; what is not
    answered, the handler decides without.
    """

    name: str
    run: Handler
    help: str
    usage: tuple[str, ...] = ()
    sub: str | None = None
    sub_aliases: tuple[str, ...] = ()
    access: Access = EVERYONE
    form: str | None = None
    title: str | None = None
    section: Section | None = None
    within: str | None = None
    listed: bool = True
    takes_file: bool = False
    takes_album: bool = False
    needs: Callable[[Tx, Group, env.Message, str], Awaitable[Sequence[Need]]] | None = None


@dataclass(frozen=True, slots=True)
class Button:
    """What a tap on a kind of button does. Every tap is answered: with ``context.toast``, or with nothing at all."""

    code: ButtonCode
    run: ButtonHandler
    access: Access = EVERYONE


class Late(Enum):
    """What becomes of a timer that fell due while the bot was down (more than ``TimerKind.grace`` ago)."""

    RUN = "run"
    """It runs late."""
    OFFER = "offer"
    """``late`` of its kind is called instead: it offers the manager to do it now or skip it."""
    SKIP = "skip"
    """It is dropped."""


@dataclass(frozen=True, slots=True)
class Due:
    """A timer that has come: what was stored with it."""

    kind: str
    key: str
    due_at: datetime
    group_id: GroupId | None


@dataclass(frozen=True, slots=True)
class TimerKind:
    """A kind of timer: what to do when one comes. ``late_run`` is called for ``Late.OFFER`` past the grace."""

    name: str
    run: Callable[[Scope, Due], Awaitable[None]]
    late: Late = Late.RUN
    grace: timedelta | None = None
    late_run: Callable[[Scope, Due], Awaitable[None]] | None = None
    needs: Callable[[Due], Sequence[Need]] | None = None
    """What must be asked of Telegram before ``run``; a need without an answer is no reason not to run."""
    rests: bool = False
    """What it says can wait: in its group's quiet hours it waits for their end (R21)."""


@dataclass(frozen=True, slots=True)
class ResultKind:
    """What to do with the result of an effect that asked for it (``OnResult(capability, kind, key)``).

    ``shows_uncertain`` says that it shows an uncertain message to somebody itself, ``shows_refused`` that it says itself
    where the bot lacked a right; else the general notice does.
    """

    name: str
    run: Callable[[Scope, SendResult], Awaitable[None]]
    shows_uncertain: bool = False
    shows_refused: bool = False


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes a kind of file when it is sent (:meth:`~bot.tg.outbox.writer.Effects.recipe`): its values in, its bytes out.

    ``run`` is called in a thread, and again with the same values if the sending is tried again.
    """

    name: str
    run: Callable[[bytes], bytes]


Heard = Callable[["Update", "Context"], Awaitable[bool]]
"""Gets what is written in private that answers nothing and is no command; says whether it took it."""


Growing = Callable[["Scope", Sequence["Album"]], Awaitable[None]]
"""Hears of the albums of which a batch has brought something, after everything else in it (:mod:`bot.tg.albums`)."""


@dataclass(frozen=True, slots=True)
class CardView:
    """How a card looks at present. A ``finished`` one is over and done with, whatever buttons it still has."""

    html: Html
    keyboard: Keyboard | None = None
    finished: bool = False


@dataclass(frozen=True, slots=True)
class ButtonsView:
    """How the buttons look at present below a message whose words are its own (:meth:`bot.tg.cards.Cards.adopt`)."""

    keyboard: Keyboard | None = None
    finished: bool = False


CardAnswer = Callable[["Update", "Context", str], Awaitable[bool]]
"""Gets what is written as an answer to a live message, with its object's key; says whether it took it."""


@dataclass(frozen=True, slots=True)
class CardKind:
    """A kind of live message. ``render`` gives its present look in the given language, or None when its object is gone.

    ``answered`` hears what is written as an answer to the message itself; an edit of what was written is no answer. The
    speaker's standing is set, but what they may is its own to check. With ``takes_album`` an answer that is an album is heard
    when all of it has come.
    """

    name: str
    render: Callable[[Scope, Group, str, Texts], Awaitable[CardView | ButtonsView | None]]
    answered: CardAnswer | None = None
    takes_album: bool = False


@dataclass(frozen=True, slots=True)
class Observer:
    """Something that happens without anybody speaking to the bot.

    ``event``: ``bot_status`` (my_chat_member in a group), ``bot_private`` (my_chat_member in private: started or blocked),
    ``member`` (chat_member), ``join_request``, ``joined`` and ``left`` (service messages), ``migrated``, ``renamed``
    (title), ``topic`` (opened or renamed), ``reaction``. Runs in a savepoint with the decoded update.
    """

    event: str
    run: Callable[[Scope, env.Update], Awaitable[None]]


class Watcher(Protocol):
    """Reads every message of a group, in memory; what it wants to keep it returns as a delta.

    ``see`` must change nothing: the deltas of a batch are flushed in its transaction, and caches change in ``committed``.
    A delta of an update whose handler fails is thrown away. ``early`` ones are written before the next handler of the
    batch runs, since handlers look there for people.
    """

    name: str
    early: bool

    def see(self, update: env.Update, message: env.Message, group: Group) -> object | None:
        """Return what this message means to the watcher, or None; no I/O, no change of state."""
        ...

    async def flush(self, tx: Tx, deltas: Sequence[Any], now: datetime) -> None:
        """Write the deltas of a batch, in a statement or two."""
        ...

    def committed(self, deltas: Sequence[Any]) -> None:
        """Take the deltas into the caches; they are stored now."""
        ...


class Guard(Protocol):
    """Reads every message of a group like a watcher, also those that were edited, and may act on what it has found.

    ``see`` changes nothing and stands on the hot path. ``judge`` gets what it returned in a batch, in order, at the end of the
    turn: what it stores and sends is committed with the rest, and it changes its caches after the commit.
    """

    name: str

    def minds(self, group: Group) -> bool:
        """Say, from memory, whether anything in a group concerns it; asked once a batch, ``see`` only where it does."""
        ...

    def see(self, update: env.Update, message: env.Message, group: Group) -> object | None:
        """Return what is to be judged, or None; no I/O, no change of state."""
        ...

    async def judge(self, scope: Scope, seen: Sequence[Any]) -> None:
        """Judge the messages of a batch."""
        ...


@dataclass(frozen=True, slots=True)
class Worker:
    """Slow work beside the turns. ``run`` goes on until it is cancelled; what it has not done by then is lost."""

    name: str
    run: Callable[[Bench], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class DigestSection:
    """A capability's part of the daily digest. ``order`` sorts; None means there is nothing to say today."""

    order: int
    render: Callable[[Scope, Group, datetime, datetime, Texts], Awaitable[Html | None]]
    """``(scope, group, since, until, texts)``: the span is the group's yesterday, as UTC instants."""


@dataclass(frozen=True, slots=True)
class Capability:
    """Everything one capability offers."""

    name: str
    title: str
    section: Section | None = None
    """The page of the panel its commands stand on; without one they stand on the first."""
    commands: tuple[Command, ...] = ()
    buttons: tuple[Button, ...] = ()
    forms: tuple[Form[Any], ...] = ()
    timers: tuple[TimerKind, ...] = ()
    results: tuple[ResultKind, ...] = ()
    cards: tuple[CardKind, ...] = ()
    makers: tuple[Maker, ...] = ()
    observers: tuple[Observer, ...] = ()
    watchers: tuple[Watcher, ...] = ()
    guards: tuple[Guard, ...] = ()
    workers: tuple[Worker, ...] = ()
    heard: tuple[Heard, ...] = ()
    growing: tuple[Growing, ...] = ()
    digest: DigestSection | None = None
    audit: Mapping[str, str] = field(default_factory=dict)
    """What its entries in the audit log mean, by action ("announcement.published"): an ``N_`` phrase."""
    settings: tuple[Command, ...] = field(default=())
    """Commands shown on the settings page."""
