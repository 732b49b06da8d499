"""A batch of updates as bytes: cut apart without decoding what is inside, so that one odd update spoils nothing."""

from __future__ import annotations

import json
from typing import Any

import msgspec
from msgspec import Struct

LIMIT = 100
"""The most updates in one batch; Telegram's own limit for ``getUpdates``."""


class Parameters(Struct):
    """Telegram's ``ResponseParameters``, in seconds."""

    retry_after: int = 0


class Answer(Struct):
    """What ``getUpdates`` answers, with the updates left as they are."""

    ok: bool
    result: list[msgspec.Raw] = []
    error_code: int = 0
    description: str = ""
    parameters: Parameters = msgspec.field(default_factory=Parameters)


_decoder = msgspec.json.Decoder(Answer)


def read(body: bytes) -> Answer:
    """Read an answer of ``getUpdates``.

    A lone surrogate anywhere defeats the strict decoder; then the answer is read by ``json`` and written again piece by
    piece, so that only the update that holds it is odd.

    :raises ValueError: if it is no such answer.
    """
    try:
        return _decoder.decode(body)
    except (msgspec.MsgspecError, UnicodeError):
        return _read_leniently(body)


def _read_leniently(body: bytes) -> Answer:
    value: Any = json.loads(body.decode("utf-8", "surrogatepass"))
    if not isinstance(value, dict) or not isinstance(value.get("result", []), list):
        raise ValueError("no answer of getUpdates")
    parameters = value.get("parameters") or {}
    return Answer(
        bool(value.get("ok")),
        [msgspec.Raw(json.dumps(update).encode()) for update in value.get("result", [])],
        int(value.get("error_code", 0)),
        str(value.get("description", "")),
        Parameters(int(parameters.get("retry_after", 0))),
    )
