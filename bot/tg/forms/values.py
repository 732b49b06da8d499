"""Answers on their way into the database and back: plain JSON values, typed again by their question."""

from __future__ import annotations

from typing import Any

import msgspec

from bot.i18n import Html


class Unreadable(ValueError):
    """A stored answer is not of its question's type (any more)."""


def pack(value: Any) -> Any:
    """Turn an answer into plain JSON values.

    :raises TypeError: if msgspec cannot store it; a programming error.
    """
    return msgspec.json.decode(msgspec.json.encode(value, enc_hook=_plain))


def unpack(raw: Any, kind: Any) -> Any:
    """Turn plain JSON values into an answer again; None stays None (a skipped question).

    :raises Unreadable: if they do not fit the type.
    """
    if raw is None:
        return None
    try:
        return msgspec.convert(raw, kind, str_keys=True, dec_hook=_restore)
    except msgspec.ValidationError as error:
        raise Unreadable(str(error)) from error


def clean(text: str) -> str:
    """Return the text without what a database or JSON cannot hold: halves of surrogate pairs, NUL."""
    return text.encode("utf-8", "ignore").decode().replace("\0", "")


def plain(label: str) -> str:
    """Return a label without markup: buttons show none."""
    return label.striptags() if isinstance(label, Html) else label


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return str.__str__(value)
    raise NotImplementedError(f"an answer of type {type(value).__name__} cannot be stored")


def _restore(kind: type, raw: Any) -> Any:
    if kind is Html and isinstance(raw, str):
        return Html(raw)
    raise NotImplementedError(f"an answer of type {kind.__name__} cannot be restored")
