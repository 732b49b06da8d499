"""How cards look: what stands on them, and which buttons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.announcements import service
from bot.announcements.handlers import codes
from bot.announcements.handlers.codes import Reader
from bot.announcements.handlers.desk import is_inline
from bot.announcements.handlers.shaping import as_told
from bot.announcements.rules.acts import Act
from bot.announcements.rules.announcement import OPEN, Announcement, Pin, State, link_to
from bot.announcements.rules.house import House, Review
from bot.announcements.rules.review import is_approved, shown
from bot.announcements.texts import card as say_card
from bot.announcements.texts.buttons import NOT_URGENT, OPEN_POST, label, name_of
from bot.i18n import Html
from bot.tg import effects as fx
from bot.tg.buttons import rows
from bot.tg.capability import CardKind, CardView
from bot.tg.pages import MESSAGE_LIMIT, shorten

if TYPE_CHECKING:
    from bot.announcements.handlers.posting import Posting
    from bot.i18n import Texts
    from bot.kernel.groups import Group
    from bot.tg.context import Scope

_FINISHED = frozenset({State.PUBLISHED, State.CANCELLED, State.DISCARDED, State.REJECTED, State.WITHDRAWN})
_CODES = {
    Act.PUBLISH: codes.PUBLISH,
    Act.SCHEDULE: codes.WHEN,
    Act.EDIT: codes.EDIT,
    Act.SUBMIT: codes.SUBMIT,
    Act.SEND_BACK: codes.SEND_BACK,
    Act.REJECT: codes.REJECT,
    Act.CANCEL: codes.DROP,
    Act.RESTORE: codes.RESTORE,
    Act.IS_THERE: codes.IS_THERE,
    Act.AGAIN: codes.AGAIN,
    Act.PIN: codes.PIN,
    Act.URGENT: codes.URGENT,
    Act.WITHDRAW: codes.WITHDRAW,
    Act.COPY: codes.COPY,
    Act.RETRY: codes.RETRY,
    Act.KEEP: codes.KEEP,
}
_OF_REVIEW = frozenset({Act.APPROVE, Act.SEND_BACK, Act.REJECT})
_WORK = ((Act.PUBLISH, Act.SUBMIT), (Act.SCHEDULE, Act.EDIT), (Act.CANCEL, Act.URGENT))
_OFFERED: dict[State, tuple[tuple[Act, ...], ...]] = {
    State.DRAFT: _WORK,
    State.IN_REVIEW: ((Act.APPROVE,), (Act.SEND_BACK, Act.REJECT), *_WORK),
    State.APPROVED: _WORK,
    State.SCHEDULED: _WORK,
    State.MISSED: _WORK,
    State.FAILED: _WORK,
    State.PUBLISHING: (),
    State.UNCERTAIN: ((Act.IS_THERE,), (Act.AGAIN, Act.SUBMIT)),
    State.PUBLISHED: (
        (Act.APPROVE,),
        (Act.SEND_BACK, Act.REJECT),
        (Act.RETRY, Act.KEEP),
        (Act.EDIT, Act.COPY),
        (Act.WITHDRAW, Act.PIN),
    ),
    State.CANCELLED: ((Act.RESTORE, Act.COPY),),
    State.DISCARDED: ((Act.RESTORE, Act.COPY),),
    State.REJECTED: ((Act.RESTORE, Act.COPY),),
    State.WITHDRAWN: ((Act.COPY,),),
}
_OWN: dict[State, frozenset[Act]] = {
    State.DRAFT: frozenset({Act.SUBMIT, Act.EDIT, Act.CANCEL}),
    State.IN_REVIEW: frozenset({Act.EDIT, Act.CANCEL}),
    State.APPROVED: frozenset({Act.SUBMIT, Act.CANCEL}),
    State.FAILED: frozenset({Act.SUBMIT, Act.EDIT, Act.CANCEL}),
    State.SCHEDULED: frozenset({Act.CANCEL}),
    State.MISSED: frozenset({Act.CANCEL}),
    State.CANCELLED: frozenset({Act.RESTORE, Act.COPY}),
    State.DISCARDED: frozenset({Act.RESTORE, Act.COPY}),
    State.REJECTED: frozenset({Act.RESTORE, Act.COPY}),
    State.PUBLISHED: frozenset({Act.COPY}),
    State.WITHDRAWN: frozenset({Act.COPY}),
}


@dataclass(frozen=True, slots=True)
class Looks:
    """Draws cards, with what the parts add."""

    posting: Posting

    def kinds(self) -> tuple[CardKind, ...]:
        """Return a kind of card for each kind of reader."""
        return tuple(self._kind(reader) for reader in Reader)

    def _kind(self, reader: Reader) -> CardKind:
        async def render(scope: Scope, group: Group, key: str, texts: Texts) -> CardView | None:
            return await self._render(scope, group, key, texts, reader)

        return CardKind(reader.value, render)

    async def _render(self, scope: Scope, group: Group, key: str, texts: Texts, reader: Reader) -> CardView | None:
        found = await service.kept(scope.tx, int(key))
        if found is None:
            return None
        item, house = found
        by_author = reader is Reader.AUTHOR
        told = item if item.state in OPEN else await as_told(scope, group, item)
        html = say_card.card(texts, told, group, house.review, inline=is_inline(item), by_author=by_author)
        lines = [*await self._below(scope, group, item, texts), *await self.posting.lines(scope, group, item, texts)]
        keys = keys_of(texts, item, group, house, reader)
        more: fx.Keyboard = ()
        if not by_author:
            more = (*await self.posting.live_keys(scope, group, item, texts), *self._more(texts, group, item))
        whole = shorten(_below(html, lines), MESSAGE_LIMIT)
        waits = item.pending is not None or bool(item.undone.problem or item.undone.before)
        return CardView(whole, (*keys, *more), finished=item.state in _FINISHED and not waits)

    async def _below(self, scope: Scope, group: Group, item: Announcement, texts: Texts) -> list[Html]:
        """Name the buttons of the parts that members will see below it: on a card, and above one, they could be tapped."""
        if item.state not in OPEN - {State.PUBLISHING, State.UNCERTAIN} or not item.options:
            return []
        keys = await self.posting.keys_below(scope, group, item)
        return [say_card.buttons_below(texts, [one.text for row in keys for one in row])] if keys else []

    def _more(self, texts: Texts, group: Group, item: Announcement) -> fx.Keyboard:
        if item.state is State.PUBLISHED:
            return self.posting.desk_keys(texts, group, item)
        if item.state in OPEN - {State.PUBLISHING, State.UNCERTAIN}:
            return self.posting.draft_keys(texts, group, item)
        return ()


def _below(html: Html, lines: list[Html]) -> Html:
    return Html("\n\n").join([html, Html("\n").join(lines)]) if lines else html


def keys_of(texts: Texts, item: Announcement, group: Group, house: House, reader: Reader) -> fx.Keyboard:
    """Return the buttons of a card; the first is the one most wanted."""
    allowed = _allowed(item, house, reader)
    lines = [[key(texts, item, group, act) for act in line if act in allowed] for line in _OFFERED[item.state]]
    link = link_to(item) if item.state is State.PUBLISHED else None
    opened = fx.Key(label(texts, OPEN_POST), url=link) if link is not None else None
    return rows((opened,), *lines)


def _allowed(item: Announcement, house: House, reader: Reader) -> frozenset[Act]:
    """Return what to offer: who needs a review is offered that, and who may send it out only that."""
    acts = frozenset(Act)
    if reader is Reader.AUTHOR:
        acts = _OWN.get(item.state, frozenset())
    elif reader is Reader.WRITER or (reader is Reader.OWNING_WRITER and house.review is not Review.OWNER):
        acts -= _OF_REVIEW
    if item.state is State.PUBLISHED and item.pending is None:
        acts -= _OF_REVIEW
    owner = house.review is Review.OWNER and reader in {Reader.OWNER, Reader.OWNING_WRITER}
    if item.state is State.IN_REVIEW:
        acts -= {Act.SUBMIT}
    if is_approved(item, house.review) or owner:
        return acts - {Act.SUBMIT}
    return acts - {Act.PUBLISH, Act.AGAIN}


def key(texts: Texts, item: Announcement, group: Group, act: Act) -> fx.Key | None:
    """Return the button for an act, or None where it makes no sense."""
    if act is Act.PIN and (item.pin is not Pin.REFUSED or item.message_id is None):
        return None
    if act in {Act.EDIT, Act.WITHDRAW} and item.state is State.PUBLISHED and item.message_id is None:
        return None
    if act in {Act.RETRY, Act.KEEP} and (item.undone.change is None or item.undone.gone):
        return None
    name = label(texts, name_of(item, act))
    if act is Act.APPROVE:
        return codes.APPROVE.key(name, group, item.number, shown(item))
    if act is Act.URGENT and item.urgent:
        return codes.NOT_URGENT.key(label(texts, NOT_URGENT), group, item.number)
    return _CODES[act].key(name, group, item.number)
