"""How the cards of a submission look, and the messages that show what does not stand on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from bot.announcements import service as core
from bot.announcements.handlers import codes as core_codes
from bot.announcements.rules.announcement import link_to
from bot.announcements.submissions import service
from bot.announcements.submissions.handlers import codes
from bot.announcements.submissions.rules import State
from bot.announcements.submissions.texts import managers as say
from bot.announcements.submissions.texts import member as say_member
from bot.announcements.submissions.texts import words
from bot.tg import effects as fx
from bot.tg.buttons import rows
from bot.tg.capability import CardView
from bot.tg.pages import visible_length

if TYPE_CHECKING:
    from bot.announcements.rules.content import Content
    from bot.announcements.submissions.rules import Submission
    from bot.i18n import Texts
    from bot.kernel.groups import Group
    from bot.tg.context import Scope

INLINE: Final = 1500
"""So many characters stand on a card, which has room for questions and answers as well."""
_ROOM: Final = 3600


async def render(scope: Scope, group: Group, key: str, texts: Texts) -> CardView | None:
    """Draw the card of those who decide."""
    item = await service.get(scope.tx, int(key))
    if item is None:
        return None
    html = say.card(texts, item, group, inline=_is_inline(item))
    everything = codes.ALL.key(texts.label(words.ALL), group, item.number) if _has_more(item) else None
    if item.is_open:
        asks = codes.ASK.key(texts.label(words.ASK), group, item.number) if item.state is State.WAITING else None
        accept = codes.ACCEPT.key(texts.label(words.ACCEPT), group, item.number)
        decline = codes.DECLINE.key(texts.label(words.DECLINE), group, item.number)
        return CardView(html, rows((accept, asks, decline), (everything,)))
    draft = None
    if item.post_number is not None:
        draft = core_codes.SHOW.key(f"📣 #{item.post_number}", group, item.post_number)
    return CardView(html, rows((draft, everything)) or None, finished=item.state is not State.ACCEPTED)


async def render_own(scope: Scope, group: Group, key: str, texts: Texts) -> CardView | None:
    """Draw the member's own card."""
    item = await service.get(scope.tx, int(key))
    if item is None:
        return None
    html = say_member.card(texts, item, group, inline=_is_inline(item))
    return CardView(html, await _own_keys(scope, group, item, texts) or None, finished=_is_over(item))


async def render_public(scope: Scope, group: Group, key: str, texts: Texts) -> CardView | None:
    """Draw what stands in the group."""
    item = await service.get(scope.tx, int(key))
    if item is None:
        return None
    keys = await _own_keys(scope, group, item, texts) if item.state in {State.ASKED, State.PUBLISHED} else ()
    return CardView(say_member.in_public(texts, item), keys or None, finished=_is_over(item))


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
    return item.state in {State.PUBLISHED, State.DECLINED, State.TAKEN_BACK}


def _is_inline(item: Submission) -> bool:
    if item.content.kind is not None:
        return False
    told = sum(len(one.question) + _length(one.answer) for one in item.talk)
    return visible_length(item.content.html) <= INLINE and visible_length(item.content.html) + told <= _ROOM


def _length(answer: Content | None) -> int:
    return 0 if answer is None else min(visible_length(answer.html), 800)


def _has_more(item: Submission) -> bool:
    """Say whether something of it does not stand on the card."""
    answers = [one.answer for one in item.talk if one.answer is not None]
    long = any(answer.kind is not None or visible_length(answer.html) > words.EXCERPT for answer in answers)
    return long or not _is_inline(item) or not item.is_open


def above(item: Submission) -> list[Content]:
    """Return what has to stand above a card."""
    return [] if _is_inline(item) else [item.content]


def everything(item: Submission) -> list[Content]:
    """Return all that was handed in, the answers with it."""
    return [item.content, *(one.answer for one in item.talk if one.answer is not None and not one.used)]


def as_effect(content: Content, chat_id: int, thread_id: int | None) -> fx.SendMessage | fx.SendMedia:
    """Return a message that shows what was handed in."""
    if content.kind is None or content.file_id is None:
        return fx.SendMessage(chat_id, content.html, thread_id=thread_id)
    kind = cast("fx.MediaKind", content.kind)
    return fx.SendMedia(chat_id, kind, fx.FileId(content.file_id), content.html, thread_id=thread_id)
