"""The capabilities' tables put together and looked up by name; two of the same name stop the start."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.tg.capability import (
        Button,
        Capability,
        CardKind,
        Command,
        DigestSection,
        Growing,
        Guard,
        Heard,
        Maker,
        Observer,
        ResultKind,
        TimerKind,
        Watcher,
        Worker,
    )
    from bot.tg.effects import OnResult
    from bot.tg.forms import Form
    from bot.tg.sections import Section

T = TypeVar("T")
_HELP = frozenset({"help", "?", "？", "帮助", "幫助"})
"""What is asked after a command that has sub-commands, to hear which."""


@dataclass(slots=True)
class Tables:
    """Everything that can be asked for by name. ``commands`` maps a command to its sub-commands ("" for none)."""

    capabilities: list[Capability] = field(default_factory=list)
    commands: dict[str, dict[str, Command]] = field(default_factory=dict)
    buttons: dict[str, Button] = field(default_factory=dict)
    pages: dict[str, Section] = field(default_factory=dict)
    """The page of the panel to which a capability's buttons belong."""
    forms: dict[str, Form[Any]] = field(default_factory=dict)
    timers: dict[tuple[str, str], TimerKind] = field(default_factory=dict)
    results: dict[tuple[str, str], ResultKind] = field(default_factory=dict)
    cards: dict[str, CardKind] = field(default_factory=dict)
    makers: dict[str, Maker] = field(default_factory=dict)
    heard: list[Heard] = field(default_factory=list)
    growing: list[Growing] = field(default_factory=list)
    observers: dict[str, list[Observer]] = field(default_factory=dict)
    watchers: list[Watcher] = field(default_factory=list)
    guards: list[Guard] = field(default_factory=list)
    workers: list[Worker] = field(default_factory=list)

    def add(self, capabilities: Sequence[Capability]) -> None:
        """Take capabilities in; they may refer to these tables, which is why they come after.

        :raises ValueError: if two use the same name for the same kind of thing.
        """
        for capability in capabilities:
            self._take(capability)

    def settings(self) -> list[Command]:
        """Return the capabilities' commands for the settings page."""
        return [command for capability in self.capabilities for command in capability.settings]

    def result(self, wanted: OnResult) -> ResultKind | None:
        """Return who is to be told of an effect's end."""
        return self.results.get((wanted.capability, wanted.kind))

    def sections(self) -> list[DigestSection]:
        """Return the capabilities' parts of the daily digest."""
        return [capability.digest for capability in self.capabilities if capability.digest is not None]

    def self_settling(self) -> list[tuple[str, str]]:
        """Return the kinds of results whose capabilities show and settle uncertain messages themselves."""
        return [name for name, kind in self.results.items() if kind.shows_uncertain]

    def _take(self, capability: Capability) -> None:
        self.capabilities.append(capability)
        self.watchers.extend(capability.watchers)
        self.guards.extend(capability.guards)
        self.workers.extend(capability.workers)
        self.heard.extend(capability.heard)
        self.growing.extend(capability.growing)
        for command in (*capability.commands, *capability.settings):
            subs = self.commands.setdefault(command.name, {})
            for word in (command.sub or "", *command.sub_aliases):
                _put(subs, word, command, f"/{command.name}")
        for button in capability.buttons:
            _put(self.buttons, button.code.code, button, capability.name)
            if capability.section is not None:
                self.pages[button.code.code] = capability.section
        for form in capability.forms:
            _put(self.forms, form.name, form, capability.name)
        for timer in capability.timers:
            _put(self.timers, (capability.name, timer.name), timer, capability.name)
        for result in capability.results:
            _put(self.results, (capability.name, result.name), result, capability.name)
        for card in capability.cards:
            _put(self.cards, card.name, card, capability.name)
        for maker in capability.makers:
            _put(self.makers, maker.name, maker, capability.name)
        for observer in capability.observers:
            self.observers.setdefault(observer.event, []).append(observer)

    def command(self, name: str, rest: str) -> tuple[Command, str] | None:
        """Return the command that ``/name rest`` means, and what is left of ``rest``; None when there is none.

        A second word that is no sub-command belongs to the command without one, if there is such; where there are others,
        ``/name help`` is ``/help name``.
        """
        subs = self.commands.get(name)
        if subs is None:
            return None
        word, _, _tail = rest.partition(" ")
        first_line_word = word.split("\n", 1)[0]
        chosen = subs.get(first_line_word.casefold()) if first_line_word else None
        if chosen is not None and chosen.sub is not None:
            return chosen, rest[len(first_line_word) :].strip()
        helper = self.commands.get("help", {}).get("") if len(subs) > 1 else None
        if helper is not None and first_line_word.casefold() in _HELP:
            return helper, f"{name} {rest[len(first_line_word) :].strip()}".strip()
        bare = subs.get("")
        return (bare, rest.strip()) if bare is not None else None

    def by_path(self, path: str) -> Command | None:
        """Return a command by its stable name, "warn" or "event.create"."""
        name, _, sub = path.partition(".")
        return self.commands.get(name, {}).get(sub)

    def sub_words(self, name: str) -> list[str]:
        """Return the sub-commands of a command, without their aliases."""
        return sorted({c.sub for c in self.commands.get(name, {}).values() if c.sub})


def _put(table: dict[Any, Any], key: object, value: object, where: str) -> None:
    if key in table:
        raise ValueError(f"{where}: {key!r} is taken already")
    table[key] = value
