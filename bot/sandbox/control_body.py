"""The JSON bodies of the control surface, read with a plain sentence for everything that is wrong."""

from __future__ import annotations

import base64
import binascii
from typing import Any


class Wrong(Exception):
    """A call that makes no sense; the text is one plain sentence."""

    def __init__(self, sentence: str, status: int = 400) -> None:
        super().__init__(sentence)
        self.status = status


class Body:
    """The body of one call."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.values = values

    def __contains__(self, name: str) -> bool:
        return self.values.get(name) is not None

    def number(self, name: str, default: int | None = None) -> int:
        """Return a whole number.

        :raises Wrong: if it is missing without a default, or no number.
        """
        value = self.values.get(name)
        if value is None and default is not None:
            return default
        if value is None:
            raise Wrong(f"{name!r} is missing.")
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            raise Wrong(f"{name!r} must be a number.")
        try:
            return int(value)
        except (ValueError, OverflowError) as error:
            raise Wrong(f"{name!r} must be a number.") from error

    def optional(self, name: str) -> int | None:
        """Return a whole number, ``None`` if it is missing."""
        return self.number(name) if name in self else None

    def text(self, name: str) -> str:
        """Return a text that is not empty.

        :raises Wrong: if it is missing or empty.
        """
        value = self.words(name)
        if not value:
            raise Wrong(f"{name!r} is missing.")
        return value

    def words(self, name: str) -> str | None:
        """Return a text, ``None`` if it is missing.

        :raises Wrong: if it is no text.
        """
        value = self.values.get(name)
        if value is not None and not isinstance(value, str):
            raise Wrong(f"{name!r} must be a text.")
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        """Return a yes or no."""
        value = self.values.get(name, default)
        if not isinstance(value, bool):
            raise Wrong(f"{name!r} must be true or false.")
        return value

    def mapping(self, name: str) -> dict[str, Any] | None:
        """Return an object, ``None`` if it is missing."""
        value = self.values.get(name)
        if value is not None and not isinstance(value, dict):
            raise Wrong(f"{name!r} must be an object.")
        return value

    def flags(self, name: str) -> dict[str, bool] | None:
        """Return an object of yes and no, ``None`` if it is missing."""
        found = self.mapping(name)
        if found is not None and not all(isinstance(value, bool) for value in found.values()):
            raise Wrong(f"{name!r} must say true or false for each name.")
        return found

    def items(self, name: str) -> list[Any]:
        """Return a list, empty if it is missing."""
        value = self.values.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise Wrong(f"{name!r} must be a list.")
        return value

    def numbers(self, name: str) -> list[int]:
        """Return a list of whole numbers, empty if it is missing."""
        return [Body({name: item}).number(name) for item in self.items(name)]

    def part(self, name: str) -> Body:
        """Return an object as a body of its own.

        :raises Wrong: if it is missing.
        """
        found = self.mapping(name)
        if found is None:
            raise Wrong(f"{name!r} is missing.")
        return Body(found)

    def data(self, name: str) -> bytes:
        """Return the bytes of a base64 text.

        :raises Wrong: if it is none.
        """
        try:
            return base64.b64decode(self.text(name), validate=True)
        except (ValueError, binascii.Error) as error:
            raise Wrong(f"{name!r} is not base64.") from error
