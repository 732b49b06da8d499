"""What is a question, what is an answer, and which questions stay open after what was heard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.kernel.ids import ChatId, MessageId, ThreadId, UserId

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PATIENCE: Final = timedelta(hours=2)
"""How long a question may wait before it counts as unanswered."""
SOON: Final = 300
"""Seconds within which the next message counts as an answer."""
KEPT: Final = timedelta(hours=48)
"""How long a question is open at all."""
LIMIT: Final = 40
"""Open questions of a group; beyond it the oldest is dropped, so that a quiz does not fill the memory."""
QUOTE: Final = 200
"""Characters of a question that are kept."""
_KEPT_SECONDS: Final = int(KEPT.total_seconds())
_AFTER: Final = " \t\r\n.。!！~～…)）]】\"'”’」』"
"""What may follow the sign that makes a question."""
_MARKS: Final = frozenset("?？")
_PARTICLES: Final = frozenset("吗呢么")
MAY_END: Final = _MARKS | _PARTICLES | frozenset(_AFTER)
"""No question ends with any other character."""
_SHORTEST: Final = 3


class Waiting(NamedTuple):
    """An open question as it is kept in memory; ``thread`` 0 is no topic, ``at`` in Unix seconds."""

    thread: int
    user_id: int
    at: int


class Heard(NamedTuple):
    """A message as far as questions go.

    ``user_id`` 0 is somebody who writes in the group's or a channel's name; ``reply_to`` 0 is no reply; ``words`` says that
    it is no mere picture or sticker. ``question`` is its text if it is one.
    """

    group_id: int
    chat_id: int
    message_id: int
    thread: int
    user_id: int
    at: int
    reply_to: int
    words: bool
    question: str | None


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question nobody has answered, as it is stored."""

    chat_id: ChatId
    message_id: MessageId
    thread_id: ThreadId | None
    user_id: UserId
    at: datetime
    text: str


def is_question(words: str) -> bool:
    """Say whether a text ends as a question; a lone "??" is none."""
    if words[-1:] not in MAY_END:
        return False
    said = words.rstrip(_AFTER)
    return len(said) >= _SHORTEST and (said[-1] in _PARTICLES or said[-1] in _MARKS) and said.strip("?？ ") != ""


def answered(heard: Heard, waiting: Mapping[int, Waiting]) -> list[int]:
    """Return which of the open questions of its group a message answers; oldest first in ``waiting``."""
    if heard.reply_to:
        asked = waiting.get(heard.reply_to)
        return [heard.reply_to] if asked is not None and asked.user_id != heard.user_id else []
    if not heard.words or heard.question is not None:
        return []
    found: list[int] = []
    for message_id in reversed(list(waiting)):
        asked = waiting[message_id]
        if heard.at - asked.at > SOON:
            break
        if asked.thread == heard.thread and asked.user_id != heard.user_id:
            found.append(message_id)
    return found


def after(known: Mapping[int, Mapping[int, Waiting]], heard: Iterable[Heard]) -> dict[int, dict[int, Waiting]]:
    """Return the open questions, by message, of every group where something changed; ``known`` is left as it is."""
    changed: dict[int, dict[int, Waiting]] = {}
    for one in heard:
        waiting: Mapping[int, Waiting] | None = (
            changed[one.group_id] if one.group_id in changed else known.get(one.group_id)
        )
        if waiting:
            closed = answered(one, waiting)
            if closed:
                own = _own(changed, known, one.group_id)
                for message_id in closed:
                    del own[message_id]
        if one.question is not None:
            own = _own(changed, known, one.group_id)
            own.pop(one.message_id, None)
            own[one.message_id] = Waiting(one.thread, one.user_id, one.at)
            _trim(own, one.at)
    return changed


def _own(
    changed: dict[int, dict[int, Waiting]], known: Mapping[int, Mapping[int, Waiting]], group_id: int
) -> dict[int, Waiting]:
    if group_id not in changed:
        changed[group_id] = dict(known.get(group_id, {}))
    return changed[group_id]


def _trim(own: dict[int, Waiting], now: int) -> None:
    for message_id in [key for key, asked in own.items() if now - asked.at > _KEPT_SECONDS]:
        del own[message_id]
    while len(own) > LIMIT:
        del own[next(iter(own))]


def link(question: OpenQuestion) -> str | None:
    """Return a link to the message: only supergroups have any, and they are for members."""
    number = str(question.chat_id)
    if not number.startswith("-100"):
        return None
    return f"https://t.me/c/{number[4:]}/{question.message_id}"
