"""The parameters of one call: they come as query, form, JSON or multipart, and mean the same."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.telegram.errors import bad_request

NUMBER = re.compile(r"0|-?[1-9][0-9]*")
WORDS = frozenset({"text", "caption", "title", "description", "name", "question", "callback_query_id", "tag"})
TRUE = frozenset({"true", "yes", "1", "t", "y"})


@dataclass(frozen=True)
class Upload:
    """A file that came with the call."""

    name: str
    data: bytes
    mime_type: str | None = None


@dataclass(frozen=True)
class Params:
    """What the bot passed, by name."""

    values: dict[str, Any]
    files: dict[str, Upload] = field(default_factory=dict)

    def __contains__(self, name: str) -> bool:
        return self.values.get(name) is not None

    def text(self, name: str) -> str | None:
        """Return a string, ``None`` if it is absent."""
        value = self.values.get(name)
        if value is None:
            return None
        return value if isinstance(value, str) else json.dumps(value)

    def integer(self, name: str, default: int = 0) -> int:
        """Return a whole number.

        :raises ApiError: if it is none.
        """
        value = self.values.get(name)
        if value is None or value == "":
            return default
        if isinstance(value, bool) or (isinstance(value, float) and not value.is_integer()):
            raise bad_request(f"invalid {name} specified")
        try:
            return int(value)
        except (TypeError, ValueError) as error:
            raise bad_request(f"invalid {name} specified") from error

    def number(self, name: str) -> float | None:
        """Return a number, ``None`` if it is absent or none."""
        try:
            return float(self.values[name])
        except (KeyError, TypeError, ValueError):
            return None

    def flag(self, name: str) -> bool:
        """Return a truth value, false if it is absent."""
        value = self.values.get(name)
        return value if isinstance(value, bool) else str(value).strip().lower() in TRUE

    def data(self, name: str) -> Any:
        """Return a structured value, ``None`` if it is absent.

        :raises ApiError: if it is not JSON.
        """
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError as error:
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from error

    def objects(self, name: str) -> list[dict[str, Any]] | None:
        """Return a list of objects, ``None`` if it is absent.

        :raises ApiError: if it is something else.
        """
        value = self.data(name)
        if value is None:
            return None
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise bad_request(f"expected an Array of Object as {name}")
        return value

    def mapping(self, name: str) -> dict[str, Any] | None:
        """Return an object, ``None`` if it is absent.

        :raises ApiError: if it is something else.
        """
        value = self.data(name)
        if value is not None and not isinstance(value, dict):
            raise bad_request(f"object expected as {name.replace('_', ' ')}")
        return value

    def integers(self, name: str, most: int = 100) -> list[int]:
        """Return a list of message identifiers, 1 to ``most`` of them.

        :raises ApiError: if it is something else.
        """
        value = self.data(name)
        if value is None:
            raise bad_request("message identifiers are not specified")
        if not isinstance(value, list):
            raise bad_request("expected an Array of message identifiers")
        if len(value) > most:
            raise bad_request("too many message identifiers specified")
        if not all(isinstance(item, int) or str(item).isdigit() for item in value):
            raise bad_request("message identifier must be a Number")
        return [int(item) for item in value]

    def shown(self) -> dict[str, Any]:
        """Return the parameters as a journal keeps them: numbers and structures, not their texts; files by name."""
        seen = {name: _plain(name, value) for name, value in self.values.items()}
        return seen | {name: f"<file {file.name}, {len(file.data)} bytes>" for name, file in self.files.items()}


def _plain(name: str, value: Any) -> Any:
    if not isinstance(value, str) or name in WORDS:
        return value
    if value.lower() in ("true", "false"):
        return value.lower() == "true"
    if value[:1] in ("{", "[") or NUMBER.fullmatch(value):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value
