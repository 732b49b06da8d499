"""How cards look: what stands on them, and which buttons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.announcements import service
from bot.announcements.handlers import codes
from bot.announcements.handlers.desk import is_inline
from bot.announcements.rules.acts import Act
from bot.announcements.rules.announcement import OPEN, Announcement, Pin, State, link_to
from bot.announcements.texts import card as say_card
from bot.i18n import Html
from bot.tg import effects as fx
from bot.tg.buttons import rows
from bot.tg.capability import CardView

if TYPE_CHECKING:
    from bot.announcements.handlers.posting import Posting
    from bot.i18n import Texts
    from bot.kernel.groups import Group
    from bot.tg.context import Scope

_FINISHED = frozenset({State.PUBLISHED, State.CANCELLED, State.DISCARDED, State.REJECTED, State.WITHDRAWN})
_CALLED = {
    State.FAILED: {Act.PUBLISH: say_card.RETRY},
    State.SCHEDULED: {Act.SCHEDULE: say_card.RESCHEDULE, Act.CANCEL: say_card.CANCEL},
    State.MISSED: {Act.SCHEDULE: say_card.RESCHEDULE, Act.CANCEL: say_card.SKIP},
}
_LABELS = {
    Act.PUBLISH: say_card.PUBLISH,
    Act.SCHEDULE: say_card.SCHEDULE,
    Act.EDIT: say_card.EDIT,
    Act.CANCEL: say_card.DISCARD,
    Act.RESTORE: say_card.RESTORE,
    Act.IS_THERE: say_card.IS_THERE,
    Act.AGAIN: say_card.AGAIN,
    Act.PIN: say_card.PIN_AGAIN,
}
_CODES = {
    Act.PUBLISH: codes.PUBLISH,
    Act.SCHEDULE: codes.WHEN,
    Act.EDIT: codes.EDIT,
    Act.CANCEL: codes.DROP,
    Act.RESTORE: codes.RESTORE,
    Act.IS_THERE: codes.IS_THERE,
    Act.AGAIN: codes.AGAIN,
    Act.PIN: codes.PIN,
}
_WORK = ((Act.PUBLISH,), (Act.SCHEDULE, Act.EDIT), (Act.CANCEL,))
_OFFERED: dict[State, tuple[tuple[Act, ...], ...]] = {
    State.DRAFT: _WORK,
    State.IN_REVIEW: (),
    State.APPROVED: _WORK,
    State.SCHEDULED: _WORK,
    State.MISSED: _WORK,
    State.FAILED: _WORK,
    State.PUBLISHING: (),
    State.UNCERTAIN: ((Act.IS_THERE,), (Act.AGAIN,)),
    State.PUBLISHED: ((Act.EDIT,), (Act.PIN,)),
    State.CANCELLED: ((Act.RESTORE,),),
    State.DISCARDED: ((Act.RESTORE,),),
    State.REJECTED: ((Act.RESTORE,),),
    State.WITHDRAWN: (),
}
_OWN: dict[State, frozenset[Act]] = {
    State.DRAFT: frozenset({Act.EDIT, Act.CANCEL}),
    State.FAILED: frozenset({Act.EDIT, Act.CANCEL}),
    State.SCHEDULED: frozenset({Act.CANCEL}),
    State.MISSED: frozenset({Act.CANCEL}),
    State.CANCELLED: frozenset({Act.RESTORE}),
    State.DISCARDED: frozenset({Act.RESTORE}),
}


@dataclass(frozen=True, slots=True)
class Looks:
    """Draws cards, with what the parts add."""

    posting: Posting

    async def render(self, scope: Scope, group: Group, key: str, texts: Texts) -> CardView | None:
        """Draw the card of those who may publish."""
        item = await service.get(scope.tx, int(key))
        if item is None:
            return None
        html = say_card.card(texts, item, group, inline=is_inline(item), by_author=False)
        lines = await self.posting.lines(scope, group, item, texts)
        keys = keys_of(texts, item, group, publisher=True)
        return CardView(_below(html, lines), (*keys, *self._more(texts, group, item)), finished=item.state in _FINISHED)

    async def render_own(self, scope: Scope, group: Group, key: str, texts: Texts) -> CardView | None:
        """Draw the card of an author who may not publish."""
        item = await service.get(scope.tx, int(key))
        if item is None:
            return None
        html = say_card.card(texts, item, group, inline=is_inline(item), by_author=True)
        lines = await self.posting.lines(scope, group, item, texts)
        keys = keys_of(texts, item, group, publisher=False)
        return CardView(_below(html, lines), keys, finished=item.state in _FINISHED)

    def _more(self, texts: Texts, group: Group, item: Announcement) -> fx.Keyboard:
        if item.state is State.PUBLISHED:
            return self.posting.desk_keys(texts, group, item)
        if item.state in OPEN - {State.PUBLISHING, State.UNCERTAIN}:
            return self.posting.draft_keys(texts, group, item)
        return ()


def _below(html: Html, lines: list[Html]) -> Html:
    return Html("\n\n").join([html, Html("\n").join(lines)]) if lines else html


def keys_of(texts: Texts, item: Announcement, group: Group, *, publisher: bool) -> fx.Keyboard:
    """Return the buttons of a card; the first is the one most wanted."""
    allowed = frozenset(Act) if publisher else _OWN.get(item.state, frozenset())
    lines = [[key(texts, item, group, act) for act in line if act in allowed] for line in _OFFERED[item.state]]
    link = link_to(item) if item.state is State.PUBLISHED else None
    opened = fx.Key(say_card.label(texts, say_card.OPEN_POST), url=link) if link is not None else None
    return rows((opened,), *lines)


def key(texts: Texts, item: Announcement, group: Group, act: Act) -> fx.Key | None:
    """Return the button for an act, or None where it makes no sense."""
    if act is Act.PIN and (item.pin is not Pin.REFUSED or item.message_id is None):
        return None
    if act is Act.EDIT and item.state is State.PUBLISHED and item.message_id is None:
        return None
    name = _CALLED.get(item.state, {}).get(act, _LABELS[act])
    return _CODES[act].key(say_card.label(texts, name), group, item.number)
