"""The panel of ``/menu``: its pages, and the way back to them from an answer that was put in their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.tg.buttons import BadButton, ButtonCode, column, rows, split
from bot.tg.commands import commands_of, may_use, path_of
from bot.tg.sections import Section, name_of, section_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bot.i18n import Html, Texts
    from bot.kernel.groups import Group
    from bot.kernel.roles import Standing
    from bot.tg.capability import Capability, Command, Places
    from bot.tg.effects import Key, Keyboard

RUN = ButtonCode("m.run", (str,))
"""Carries the stable name of a command."""
RUN_IN = ButtonCode("m.in", (str, str))
"""Carries the section it stands in, and the stable name of a command."""
SECTION = ButtonCode("m.s", (str,))
"""Puts the page of a section where the panel stands."""
PANEL = ButtonCode("m.p")
"""Puts the panel where the answer stands."""
_PAGES = frozenset({PANEL.code, SECTION.code})


def panel_of(
    texts: Texts, capabilities: Sequence[Capability], standing: Standing | None, group: Group, hidden: Places
) -> tuple[Html, Keyboard]:
    """Return the panel: a button for each section in which there is something for the reader to do.

    What only works in ``hidden`` places is left out. A section with one button is that button.
    """
    found = _by_section(capabilities, standing, hidden)
    keys: list[Key] = []
    for section in (*Section, None):
        commands = found.get(section, [])
        if section is None or len(commands) == 1:
            keys += [
                RUN.key(texts.label(command.title or command.help), group, path_of(command)) for command in commands
            ]
        elif commands:
            keys.append(SECTION.key(name_of(texts, section), group, section.value))
    if not keys:
        return texts.gettext("There is nothing here for you to do by button. /help says what you can write."), ()
    title = texts.gettext("<b>{group}</b>\nWhat would you like to do?", group=group.label or group.title)
    # Of an odd number the first has a line of its own.
    odd = len(keys) % 2
    return title, (*column(keys[:odd]), *column(keys[odd:], 2))


def section_of(
    texts: Texts,
    capabilities: Sequence[Capability],
    standing: Standing | None,
    group: Group,
    hidden: Places,
    section: Section,
) -> tuple[Html, Keyboard] | None:
    """Return the page of a section with the way back, or None where there is nothing on it for the reader."""
    commands = _by_section(capabilities, standing, hidden).get(section, [])
    if not commands:
        return None
    keys = [
        RUN_IN.key(texts.label(command.title or command.help), group, section.value, path_of(command))
        for command in commands
    ]
    title = texts.gettext(
        "<b>{group}</b>\n{section}: what would you like to do?",
        group=group.label or group.title,
        section=name_of(texts, section),
    )
    return title, (*column(keys, 2), (_key_to(texts, group),))


def _by_section(
    capabilities: Sequence[Capability], standing: Standing | None, hidden: Places
) -> Mapping[Section | None, list[Command]]:
    """Return what the reader may do by button, by section and in the order of the capabilities."""
    usable = {
        path_of(command): (command, capability)
        for capability in capabilities
        for command in commands_of(capability)
        if command.title is not None and may_use(command, standing) and command.access.places is not hidden
    }
    found: dict[Section | None, list[Command]] = {}
    for command, capability in usable.values():
        if command.within not in usable:
            found.setdefault(command.section or capability.section, []).append(command)
    return found


def with_way_back(texts: Texts, tapped: str, shown: Iterable[str], keyboard: Keyboard | None) -> Keyboard | None:
    """Add the button that leads back to the panel, where the panel or an answer of its is replaced by something else.

    ``tapped`` is what the tapped button carries, ``shown`` what all buttons of its message do. Capabilities need not know
    whether their answer stands in the panel's place. What was opened on the page of a section leads back to that.
    """
    back = _way_back(texts, tapped, shown)
    return keyboard if back is None else (*(keyboard or ()), *rows((back,)))


def with_way_to(
    texts: Texts, group: Group | None, section: Section | None, keyboard: Keyboard | None
) -> Keyboard | None:
    """Add the button that leads to a page of the panel, below what was opened from a form."""
    if group is None or section is None:
        return keyboard
    return (*(keyboard or ()), *rows((_key_to(texts, group, section),)))


def sole_of(
    capabilities: Sequence[Capability], standing: Standing | None, hidden: Places, section: Section
) -> str | None:
    """Return the stable name of the one command that a section has for the reader; None where it has several, or none."""
    commands = _by_section(capabilities, standing, hidden).get(section, [])
    return path_of(commands[0]) if len(commands) == 1 else None


def _way_back(texts: Texts, tapped: str, shown: Iterable[str]) -> Key | None:
    code, group_id, values = _read(tapped)
    if code in _PAGES:
        return None
    leads = [read for read in map(_read, shown) if read[0] in _PAGES]
    if len(leads) == 1 and code != RUN_IN.code:
        _, group_id, values = leads[0]
    elif code == RUN.code:
        values = []
    elif code != RUN_IN.code:
        return None
    return None if group_id is None else _key_to(texts, group_id, section_named(values[0]) if values else None)


def _key_to(texts: Texts, group: Group | int, section: Section | None = None) -> Key:
    """Return the button that leads back to a section, or to the panel."""
    if section is None:
        return PANEL.key(texts.label("‹ Menu"), group)
    return SECTION.key(texts.label("‹ {section}", section=name_of(texts, section)), group, section.value)


def _read(data: str) -> tuple[str, int | None, list[str]]:
    try:
        return split(data)
    except BadButton:
        return "", None, []
