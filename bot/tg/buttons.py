"""Buttons under messages: what they carry, how it is read back, and how a keyboard is made.

The data of a button is ``code:group:arg:arg``, at most 64 bytes. Nothing in it is trusted: the group must be the one the
message stands in (or, in private, one in which the tapper has the right), and access is checked again at the tap.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.tg.effects import Key, Keyboard

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.kernel.groups import Group

LIMIT = 64
"""Telegram's limit for callback data, in bytes."""
FORMS = "f."
"""What the names of a form's own buttons begin with."""
NO_GROUP = 0
"""The group part of a button that belongs to no group."""


class BadButton(ValueError):
    """Callback data that is not one of ours."""


@dataclass(frozen=True, slots=True)
class ButtonCode:
    """The name of a kind of button and the types of what it carries (``int`` or ``str``; a str has no colon)."""

    code: str
    args: tuple[type[int] | type[str], ...] = ()

    def data(self, group: Group | int, *values: int | str) -> str:
        """Return the callback data.

        :raises ValueError: if the values do not fit the types or the 64 bytes; a programming error.
        """
        if len(values) != len(self.args) or not all(
            isinstance(value, kind) for value, kind in zip(values, self.args, strict=True)
        ):
            raise ValueError(f"{self.code} carries {self.args}, not {values}")
        group_id = group if isinstance(group, int) else group.id
        data = ":".join((self.code, str(group_id), *map(str, values)))
        if len(data.encode()) > LIMIT or any(":" in value for value in values if isinstance(value, str)):
            raise ValueError(f"callback data does not fit: {data}")
        return data

    def key(self, text: str, group: Group | int, *values: int | str) -> Key:
        """Return a button that carries these values."""
        return Key(text, self.data(group, *values))

    def read(self, parts: list[str]) -> tuple[int | str, ...]:
        """Read the values back from the parts after code and group.

        :raises BadButton: if they are not of our making.
        """
        if len(parts) != len(self.args):
            raise BadButton(self.code)
        try:
            return tuple(_plain_int(part) if kind is int else part for part, kind in zip(parts, self.args, strict=True))
        except ValueError as error:
            raise BadButton(self.code) from error


def _plain_int(text: str) -> int:
    if len(text) > 20 or not text.removeprefix("-").isascii() or not text.removeprefix("-").isdigit():
        raise ValueError(text)
    number = int(text)
    if not -(1 << 63) <= number < 1 << 63:
        raise ValueError(f"{number} fits in no column")
    return number


def split(data: str) -> tuple[str, int, list[str]]:
    """Split callback data into code, group id and the rest.

    :raises BadButton: if it is not of our form.
    """
    parts = data.split(":")
    if len(parts) < 2:
        raise BadButton(data)
    try:
        return parts[0], _plain_int(parts[1]), parts[2:]
    except ValueError as error:
        raise BadButton(data) from error


def rows(*lines: Iterable[Key | None]) -> Keyboard:
    """Make a keyboard from rows, leaving out None and empty rows."""
    kept = (tuple(key for key in line if key is not None) for line in lines)
    return tuple(line for line in kept if line)


def column(keys: Iterable[Key], width: int = 1) -> Keyboard:
    """Make a keyboard of ``width`` buttons a row."""
    flat = list(keys)
    return tuple(tuple(flat[i : i + width]) for i in range(0, len(flat), width))
