"""Reading messages as they pass, and acting on those that break a rule."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.kernel.ids import MessageId, ThreadId, UserId
from bot.kernel.offences import Offence
from bot.pictures.reading import CAN_READ
from bot.policy.handlers import codes
from bot.policy.handlers.everybody import link_to
from bot.policy.rules.conduct import WrongPlace
from bot.policy.service.book import NAME
from bot.policy.service.judging import Heard, Judge, Trust
from bot.policy.service.pictures import Picture, Waiting, look, picture_in
from bot.policy.service.reading import author_of, evidence_in, file_in, is_spared
from bot.policy.texts import answers, words
from bot.policy.texts import members as say
from bot.policy.texts.findings import reason
from bot.tg import effects as fx
from bot.tg.buttons import rows
from bot.tg.effects import Key
from bot.tg.jobs import Job

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.chats.service import GroupBook
    from bot.i18n import Texts
    from bot.kernel.groups import Group
    from bot.kernel.ids import GroupId
    from bot.policy.handlers.sanctions import Sanctions
    from bot.policy.rules.model import Model
    from bot.policy.rules.rule import Breach
    from bot.policy.service.book import PolicyBook
    from bot.policy.service.judging import Act
    from bot.tg import envelope as env
    from bot.tg.context import Scope
    from bot.tg.workers import Bench


class PolicyGuard:
    """Hands the messages of groups with rules to the judge, and does what it decides."""

    name = "policy"

    def __init__(
        self, book: PolicyBook, sanctions: Sanctions | None, groups: GroupBook, model: Model | None = None
    ) -> None:
        self._book = book
        self._judge = Judge(book, model)
        self._sanctions = sanctions
        self._groups = groups
        self._pictures = Waiting()

    def minds(self, group: Group) -> bool:
        """Say whether a group may have rules that find anything."""
        return self._book.may_hold(group.id)

    def see(self, _update: env.Update, message: env.Message, group: Group) -> Heard | None:
        """Return a message that somebody answers for, in a group with rules."""
        return None if is_spared(message, group) else Heard(group, message)

    async def judge(self, scope: Scope, seen: Sequence[Heard]) -> None:
        """Judge the messages of a batch, and put into the outbox what follows."""
        acts = await self._judge.judge(scope.tx, seen, partial(_trust, scope), scope.now)
        for act in acts:
            await self._do(scope, act)
        gone = {(act.group.id, message_id) for act in acts for message_id in act.delete}
        for one in seen if CAN_READ else ():
            await self._look_into(scope, one, gone)

    # Codes in pictures

    async def _look_into(self, scope: Scope, heard: Heard, gone: set[tuple[GroupId, int]]) -> None:
        """Have a picture that stays looked into, once it is committed that it stays."""
        file_id = picture_in(heard.message)
        if file_id is None or heard.shown or (heard.group.id, heard.message.message_id) in gone:
            return
        if await self._judge.reads_links(scope.tx, heard.group.id):
            picture = Picture(heard, file_id)
            scope.tx.after_commit(lambda: self._pictures.put(picture))

    async def look(self, bench: Bench) -> None:
        """Look into pictures one after the other, and judge what their codes say."""
        while True:
            picture = await self._pictures.next()
            codes = await look(picture, bench.fetch)
            if codes:
                heard = picture.heard._replace(shown=codes)
                await bench.submit(Job("codes in a picture", partial(self._shown, heard), group_id=heard.group.id))

    async def _shown(self, heard: Heard, scope: Scope) -> None:
        group = scope.group(heard.group.id)
        if group is not None:
            await self.judge(scope, [heard._replace(group=group)])

    async def _do(self, scope: Scope, act: Act) -> None:
        group = act.group
        for message_id in act.delete:
            asked = fx.OnResult(NAME, codes.DELETED, str(group.id))
            scope.effects.put(fx.DeleteMessage(group.chat_id, message_id), on_result=asked)
        if act.sanction is not None and self._sanctions is not None:
            offence = _offence(scope.texts(group), act, act.sanction)
            if await self._sanctions.breached(scope, group, offence):
                return
        if act.hint is not None:
            _hint(scope, act, act.hint)

    # Whether it may delete

    async def deleted(self, scope: Scope, result: fx.SendResult) -> None:
        """Hear whether a message could be deleted: that the bot may not is told to managers once, until it may again."""
        group = scope.group(int(result.key))
        if group is None:
            return
        if isinstance(result, fx.Delivered):
            await self._book.blocked(scope.tx, group.id, None)
        elif _lacks_right(result) and await self._book.blocked(scope.tx, group.id, scope.now):
            place = await self._groups.place_to_tell(scope.tx, group)
            texts = await self._groups.texts_at(scope.tx, place, group, scope.ports.people)
            html = answers.blocked_here(texts, group.title, scope.now)
            scope.send(place.chat_id, html, thread_id=place.thread_id)

    async def bot_status(self, scope: Scope, update: env.Update) -> None:
        """Notice that the bot was given the right to delete."""
        change = update.my_chat_member
        group = None if change is None else scope.group_in(change.chat.id)
        if change is not None and group is not None and change.new_chat_member.can_delete_messages:
            await self._book.blocked(scope.tx, group.id, None)


def _lacks_right(result: fx.SendResult) -> bool:
    """Say whether Telegram refused to delete for want of a right; of an old message it says the same as without the right."""
    if not isinstance(result, fx.Refused):
        return False
    return result.refusal is fx.Refusal.NO_RIGHT or "can't be deleted" in result.text


async def _trust(scope: Scope, group: Group, user_id: UserId) -> Trust:
    people = scope.ports.people
    standing = await people.standing(scope.tx, group, user_id)
    return Trust(standing.is_admin, not people.administrators_stale(group.id, scope.now), standing.roles)


def _offence(texts: Texts, act: Act, breach: Breach) -> Offence:
    message = act.message
    kind, file_id = file_in(message)
    author = author_of(message)
    return Offence(
        code=breach.rule.code,
        title=words.title(texts, breach.rule).unescape(),
        reason=reason(texts, breach.hit).striptags(),
        user_id=author.id,
        name=author.name,
        message_id=MessageId(message.message_id),
        kind=kind,
        text=evidence_in(message),
        file_id=file_id,
        thread_id=_thread(message),
        deleted=bool(act.delete),
        points=breach.rule.points,
    )


def _hint(scope: Scope, act: Act, breach: Breach) -> None:
    group, message = act.group, act.message
    texts = scope.texts(group)
    html = say.hint(texts, author_of(message).shown(), breach, deleted=bool(act.delete))
    reply_to = None if act.delete else MessageId(message.message_id)
    keys = rows(_way(texts, breach), *link_to(scope, group.id, texts))
    scope.send(group.chat_id, html, keys, reply_to=reply_to, thread_id=_thread(message), silent=True)


def _way(texts: Texts, breach: Breach) -> tuple[Key, ...]:
    """Return the button that leads to where a message belongs (R37)."""
    match breach.rule.detector:
        case WrongPlace(target=target, place=place):
            return (Key(say.way_label(texts, place), url=target),)
        case _:
            return ()


def _thread(message: env.Message) -> ThreadId | None:
    thread = message.message_thread_id
    return ThreadId(thread) if message.is_topic_message and thread is not None else None
