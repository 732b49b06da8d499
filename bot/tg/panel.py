"""The panel of ``/menu``, and the way back to it from an answer that was put in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.tg.buttons import BadButton, ButtonCode, column, rows, split

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.i18n import Html, Texts
    from bot.kernel.groups import Group
    from bot.tg.effects import Key, Keyboard

RUN = ButtonCode("m.run", (str,))
"""Carries the stable name of a command."""
PANEL = ButtonCode("m.p")
"""Puts the panel where the answer stands."""


def panel(texts: Texts, group: Group, entries: Iterable[tuple[str, str]]) -> tuple[Html, Keyboard]:
    """Return the panel: a button for each entry, given by its label and the stable name of its command."""
    keys = [RUN.key(texts.label(label), group, path) for label, path in entries]
    if not keys:
        return texts.gettext("There is nothing here for you to do by button. /help says what you can write."), ()
    title = texts.gettext("<b>{group}</b>\nWhat would you like to do?", group=group.label or group.title)
    return title, column(keys, 2)


def with_way_back(texts: Texts, tapped: str, shown: Iterable[str], keyboard: Keyboard | None) -> Keyboard | None:
    """Add the button that leads back to the panel, where the panel or an answer of its is replaced by something else.

    ``tapped`` is what the tapped button carries, ``shown`` what all buttons of its message do. Capabilities need not know
    whether their answer stands in the panel's place.
    """
    back = _way_back(texts, tapped, shown)
    return keyboard if back is None else (*(keyboard or ()), *rows((back,)))


def _way_back(texts: Texts, tapped: str, shown: Iterable[str]) -> Key | None:
    code, group_id = _read(tapped)
    if code == PANEL.code:
        return None
    leads = next((there for kind, there in map(_read, shown) if kind == PANEL.code), None)
    group_id = group_id if code == RUN.code else leads
    return None if group_id is None else PANEL.key(texts.label("‹ Menu"), group_id)


def _read(data: str) -> tuple[str, int | None]:
    try:
        code, group_id, _ = split(data)
    except BadButton:
        return "", None
    return code, group_id
