"""What Telegram would send: batches of updates as the bytes of a ``getUpdates`` answer."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from typing import Any

BATCH = 100
SPEAKERS = 60
"""Different people who speak in one batch."""
BOT = {"id": 1, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
OWNER = 77
_QUESTION = "Shall we meet at the north gate on Saturday?"
_TEXTS = (
    "I can bring water and some fruit for everybody, just tell me how many we are going to be",
    "好的，明天早上九点见，记得带伞和水",
    "Thanks a lot!",
    "See https://example.org/route for the way up, it takes about two hours if the weather holds",
    "+1",
)


@dataclass(frozen=True)
class Batch:
    """One answer of ``getUpdates``."""

    first: int
    last: int
    body: bytes


def chat_id(group: int) -> int:
    """Return the Telegram id of the group number ``group``, from 0."""
    return -1_001_000_000_000 - group


def chat(group: int) -> dict[str, Any]:
    """Return a group as it stands in an update."""
    return {"id": chat_id(group), "title": f"Hikers {group}", "type": "supergroup"}


def user(person: int) -> dict[str, Any]:
    """Return a person as they stand in an update."""
    return {
        "id": 100_000 + person,
        "is_bot": False,
        "first_name": f"Anna {person}",
        "last_name": "Keller",
        "username": f"anna_{person}",
        "language_code": "en",
    }


class Crowd:
    """``people`` persons, each in one of ``groups`` groups, who talk; the update ids go on from batch to batch."""

    def __init__(self, groups: int, people: int, date: int, seed: int = 1) -> None:
        self._groups = groups
        self._people = people
        self._date = date
        self._random = random.Random(seed)
        self._next = 1000
        self._tapped = 0
        self._queries = 0

    def everybody(self) -> list[Batch]:
        """Let each person speak once."""
        rest = list(range(self._people))
        return [
            self._batch([self._message(person) for person in rest[i : i + BATCH]]) for i in range(0, len(rest), BATCH)
        ]

    def talk(self, batches: int) -> list[Batch]:
        """Let 60 people a batch say 100 things."""
        return [self._batch([self._message(person) for person in self._speakers()]) for _ in range(batches)]

    def taps(self, count: int, data: str) -> list[Batch]:
        """Let one person after the other, always new ones, tap a button in the first group; one update a batch."""
        first, self._tapped = self._tapped, self._tapped + count
        return [self._batch([self._tap(person, data)]) for person in range(first, self._tapped)]

    def storm(self, count: int, data: str) -> list[tuple[Batch, list[str]]]:
        """Let new people tap the same button, 100 updates a batch; each batch with the ids of its taps."""
        first, self._tapped = self._tapped, self._tapped + count
        rest = range(first, self._tapped)
        taps = [[self._tap(person, data) for person in rest[i : i + BATCH]] for i in range(0, count, BATCH)]
        return [(self._batch(some), [tap["callback_query"]["id"] for tap in some]) for some in taps]

    def say(self, text: str) -> Batch:
        """Let the owner of the first group say something."""
        message = {"message_id": self._next, "from": {**user(0), "id": OWNER}, "chat": chat(0), "date": self._date}
        entities = [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]
        return self._batch([{"message": {**message, "text": text, "entities": entities}}])

    def press(self, data: str) -> Batch:
        """Let the owner of the first group tap a button."""
        tap = self._tap(0, data)["callback_query"]
        return self._batch([{"callback_query": {**tap, "from": {**user(0), "id": OWNER}}}])

    def _speakers(self) -> list[int]:
        speakers = self._random.sample(range(self._people), min(SPEAKERS, self._people))
        said = [*speakers, *self._random.choices(speakers, k=BATCH - len(speakers))]
        self._random.shuffle(said)
        return said

    def _message(self, person: int) -> dict[str, Any]:
        number = self._random.randrange(1, 1_000_000)
        message: dict[str, Any] = {
            "message_id": number,
            "from": user(person),
            "chat": chat(person % self._groups),
            "date": self._date,
        }
        if number % 6 == 0:
            message["reply_to_message"] = self._answered(person)
        message["text"] = _QUESTION if number % 20 == 0 else _TEXTS[number % len(_TEXTS)]
        if "https" in message["text"]:
            message["entities"] = [{"type": "url", "offset": 4, "length": 25}]
        return {"message": message}

    def _answered(self, person: int) -> dict[str, Any]:
        neighbour = (person + self._groups) % self._people
        here = chat(person % self._groups)
        return {"message_id": 7, "from": user(neighbour), "chat": here, "date": self._date - 60, "text": _TEXTS[0]}

    def _tap(self, person: int, data: str) -> dict[str, Any]:
        keys = {"inline_keyboard": [[{"text": "Join", "callback_data": data}]]}
        message = {
            "message_id": 42,
            "from": BOT,
            "chat": chat(0),
            "date": self._date,
            "text": "A hike",
            "reply_markup": keys,
        }
        self._queries += 1
        query = {"id": str(9_000_000 + self._queries), "from": user(person), "message": message, "chat_instance": "5"}
        return {"callback_query": {**query, "data": data}}

    def _batch(self, contents: list[dict[str, Any]]) -> Batch:
        first = self._next
        self._next += len(contents)
        updates = [{"update_id": first + number, **content} for number, content in enumerate(contents)]
        body = json.dumps({"ok": True, "result": updates}, separators=(",", ":")).encode()
        return Batch(first, self._next - 1, body)
