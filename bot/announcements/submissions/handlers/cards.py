"""How the cards of a submission look, and the messages that show what does not stand on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.announcements import service as core
from bot.announcements.handlers import codes as core_codes
from bot.announcements.rules.announcement import link_to
from bot.announcements.rules.content import Content, has_files
from bot.announcements.submissions import service
from bot.announcements.submissions.handlers import codes
from bot.announcements.submissions.rules import State
from bot.announcements.submissions.texts import managers as say
from bot.announcements.submissions.texts import member as say_member
from bot.announcements.submissions.texts import words
from bot.tg import effects as fx
from bot.tg.buttons import rows
from bot.tg.capability import CardView
from bot.tg.pages import MESSAGE_LIMIT, visible_length

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.announcements.submissions.rules import Submission
    from bot.i18n import Html, Texts
    from bot.kernel.groups import Group
    from bot.tg.context import Scope

INLINE: Final = 1500
"""So many characters stand on a card, which has room for questions and answers as well."""
_LOOKS: Final = ((True, 2), (False, 2), (False, 1), (False, 0))
"""Whether the words stand on a card and how many of the last questions, from the fullest card to the shortest."""


async def render(scope: Scope, group: Group, key: str, texts: Texts) -> CardView | None:
    """Draw the card of those who decide."""
    item = await service.get(scope.tx, int(key))
    if item is None:
        return None
    html = fitting(item, lambda inline, talks: say.card(texts, item, group, inline=inline, talks=talks))
    everything = codes.ALL.key(texts.label(words.ALL), group, item.number) if _has_more(item) else None
    delete = codes.DELETE.key(texts.label(words.DELETE), group, item.number) if item.messages else None
    if item.is_open:
        asks = codes.ASK.key(texts.label(words.ASK), group, item.number) if item.state is State.WAITING else None
        accept = codes.ACCEPT.key(texts.label(words.ACCEPT), group, item.number)
        decline = codes.DECLINE.key(texts.label(words.DECLINE), group, item.number)
        return CardView(html, rows((accept, asks, decline), (everything, delete)))
    draft = None
    if item.post_number is not None:
        draft = core_codes.SHOW.key(f"📣 #{item.post_number}", group, item.post_number)
    return CardView(html, rows((draft, everything), (delete,)) or None, finished=_is_over(item))


async def render_own(scope: Scope, group: Group, key: str, texts: Texts) -> CardView | None:
    """Draw the member's own card."""
    item = await service.get(scope.tx, int(key))
    if item is None:
        return None
    html = fitting(item, lambda inline, talks: say_member.card(texts, item, group, inline=inline, talks=talks))
    return CardView(html, await _own_keys(scope, group, item, texts) or None, finished=_is_over(item))


async def render_public(scope: Scope, group: Group, key: str, texts: Texts) -> CardView | None:
    """Draw what stands in the group."""
    item = await service.get(scope.tx, int(key))
    if item is None:
        return None
    keys: fx.Keyboard = ()
    if item.state is State.PUBLISHED or (item.state is State.ASKED and item.openly):
        keys = await _own_keys(scope, group, item, texts)
    elif item.state in {State.ASKED, State.DECLINED}:
        keys = own_chat(scope, group, texts)
    return CardView(say_member.in_public(texts, item), keys or None, finished=_is_over(item))


def own_chat(scope: Scope, group: Group, texts: Texts) -> fx.Keyboard:
    """Return the button that leads into private."""
    url = f"https://t.me/{scope.bot_username}?start=g-{group.id}"
    return rows((fx.Key(texts.label(words.OWN_CHAT), url=url),))


async def _own_keys(scope: Scope, group: Group, item: Submission, texts: Texts) -> fx.Keyboard:
    if item.state is State.PUBLISHED and item.post_id is not None:
        post = await core.get(scope.tx, item.post_id)
        url = None if post is None else link_to(post)
        return rows((fx.Key(texts.label(words.OPEN_POST), url=url) if url is not None else None,))
    if not item.is_open:
        return ()
    answer = codes.ANSWER.key(texts.label(words.ANSWER), group, item.number) if item.question is not None else None
    use = codes.USE.key(texts.label(words.USE), group, item.number) if item.usable is not None else None
    back = codes.TAKE_BACK.key(texts.label(words.TAKE_BACK), group, item.number)
    return rows((answer,), (use,), (back,))


def _is_over(item: Submission) -> bool:
    return item.state in {State.WITHDRAWN, State.DECLINED, State.TAKEN_BACK}


def fitting(item: Submission, write: Callable[[bool, int], Html]) -> Html:
    """Return the fullest card that Telegram takes."""
    looks = [look for look in _LOOKS if _is_inline(item) or not look[0]]
    written = (write(*look) for look in looks)
    return next((html for html in written if visible_length(html) <= MESSAGE_LIMIT), write(False, 0))


def _is_inline(item: Submission) -> bool:
    return not has_files(item.content) and visible_length(item.content.html) <= INLINE


def _has_more(item: Submission) -> bool:
    """Say whether something of it may not stand on the card."""
    return bool(item.talk) or not _is_inline(item) or not item.is_open


def above(item: Submission) -> list[Content]:
    """Return what has to stand above a card."""
    return [] if _is_inline(item) else [item.content]


def everything(texts: Texts, item: Submission) -> list[Content]:
    """Return all that was handed in, with the questions and the answers."""
    found = [item.content]
    for one in item.talk:
        found.append(Content(str(words.question(texts, one))))
        found += [] if one.answer is None else [one.answer]
    return found
