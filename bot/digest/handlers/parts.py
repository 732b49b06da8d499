"""The digest's own parts, and how parts become messages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.digest import texts as say
from bot.digest.activity import service as activity
from bot.digest.activity import texts as say_activity
from bot.digest.questions import service as questions
from bot.digest.questions import texts as say_questions
from bot.i18n import Html
from bot.members import service as members
from bot.members.rules import MoveKind
from bot.tg.capability import DigestSection
from bot.tg.pages import MESSAGE_LIMIT, shorten, visible_length

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from bot.i18n import Texts
    from bot.kernel.groups import Group
    from bot.tg.context import Scope

_TAG = re.compile(r"<(/?)[^>]*>")


async def _activity(scope: Scope, group: Group, since: datetime, _until: datetime, texts: Texts) -> Html | None:
    found = await activity.compared(scope.tx, group.id, group.local(since).date())
    return None if found.is_quiet else say_activity.activity(texts, found)


async def _moves(scope: Scope, group: Group, since: datetime, until: datetime, texts: Texts) -> Html | None:
    moves = await members.moves_between(scope.tx, group.id, since, until)
    if not moves:
        return None
    people = await members.persons(scope.tx, {move.user_id for move in moves})

    def names(*kinds: MoveKind) -> list[str]:
        moved = dict.fromkeys(move.user_id for move in moves if move.kind in kinds)
        return [people[user_id].name for user_id in moved if not people[user_id].is_bot]

    came = names(MoveKind.JOINED, MoveKind.ADDED)
    return say.moves(texts, came, names(MoveKind.LEFT), names(MoveKind.REMOVED)) or None


async def _questions(scope: Scope, group: Group, since: datetime, _until: datetime, texts: Texts) -> Html | None:
    found = await questions.unanswered(scope.tx, group.id, since, scope.now)
    if not found:
        return None
    people = await members.persons(scope.tx, {question.user_id for question in found})
    names = {user_id: person.name for user_id, person in people.items()}
    return say_questions.unanswered(texts, found, names, scope.now)


OWN = (DigestSection(10, _activity), DigestSection(20, _moves), DigestSection(60, _questions))
"""Between them come those of other capabilities: cases 30, events 40, announcements 50."""


def messages(parts: Sequence[Html]) -> list[Html]:
    """Put parts into as few messages as they fit in: whole parts where possible, whole lines otherwise.

    A line too long for any message is cut, and loses its formatting.
    """
    found: list[Html] = []
    page, room = Html(""), MESSAGE_LIMIT
    for part in parts:
        for piece, gap in _pieces(part):
            needed = visible_length(piece) + (len(gap) if page else 0)
            if page and needed > room:
                found.append(page)
                page, room, needed = Html(""), MESSAGE_LIMIT, visible_length(piece)
            page = page + Html(gap) + piece if page else piece
            room -= needed
    return [*found, page] if page else found


def _pieces(part: Html) -> Iterator[tuple[Html, str]]:
    """Yield what must stay together of a part, each with what stands before it in the same message."""
    if visible_length(part) <= MESSAGE_LIMIT:
        yield part, "\n\n"
        return
    gap = "\n\n"
    for block in _blocks(part):
        yield shorten(block, MESSAGE_LIMIT), gap
        gap = "\n"


def _blocks(part: Html) -> Iterator[Html]:
    """Yield the lines of a part; those that one tag spans stay together, or either half would be broken markup."""
    held: list[str] = []
    depth = 0
    for line in str(part).split("\n"):
        held.append(line)
        depth += sum(-1 if tag[1] else 1 for tag in _TAG.finditer(line))
        if depth <= 0:
            yield Html("\n".join(held))
            held, depth = [], 0
    if held:
        yield Html("\n".join(held))
