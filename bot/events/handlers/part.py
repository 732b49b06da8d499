"""What a part of events offers; ``capability`` puts the core and all of them together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.events.handlers.board import CardKey, Note
    from bot.events.handlers.clock import Occasion
    from bot.events.handlers.coming import Shortcut
    from bot.events.handlers.panel import Entry
    from bot.events.handlers.taps import After
    from bot.tg.capability import (
        Button,
        CardAnswer,
        CardKind,
        Command,
        Heard,
        Maker,
        Observer,
        ResultKind,
        TimerKind,
        Watcher,
    )
    from bot.tg.forms import Form


@dataclass(frozen=True, slots=True)
class Part:
    """A part as a value, like a whole capability.

    ``occasions`` are what is done for an event when it is due, by name (see :mod:`bot.events.rules.schedule`). Two parts may
    name the same one, or one of the core: all are called, the core first. ``panel`` are its buttons on the organiser's panel,
    ``shortcuts`` those below the list of events.
    ``notes`` are lines on the card, below what the plan says; ``keys`` are buttons on it, below those of the core.
    ``after`` is called after a tap that changed where somebody stands; ``answered`` hears what is written as an answer to a
    card, and only one part may. ``makers`` make its files, ``heard`` gets what is written in private.
    """

    commands: tuple[Command, ...] = ()
    buttons: tuple[Button, ...] = ()
    forms: tuple[Form[Any], ...] = ()
    timers: tuple[TimerKind, ...] = ()
    results: tuple[ResultKind, ...] = ()
    cards: tuple[CardKind, ...] = ()
    makers: tuple[Maker, ...] = ()
    observers: tuple[Observer, ...] = ()
    watchers: tuple[Watcher, ...] = ()
    heard: tuple[Heard, ...] = ()
    occasions: Mapping[str, Occasion] = field(default_factory=dict)
    audit: Mapping[str, str] = field(default_factory=dict)
    settings: tuple[Command, ...] = ()
    panel: tuple[Entry, ...] = ()
    shortcuts: tuple[Shortcut, ...] = ()
    notes: tuple[Note, ...] = ()
    keys: tuple[CardKey, ...] = ()
    after: After | None = None
    answered: CardAnswer | None = None
