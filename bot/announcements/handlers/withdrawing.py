"""Taking back what stands in the group: deleted, or struck through with who did it and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from bot.announcements import service
from bot.announcements.handlers import codes
from bot.announcements.handlers.aside import numbered
from bot.announcements.handlers.cards import retry_key
from bot.announcements.handlers.desk import PURPOSE, by_of
from bot.announcements.handlers.lists import hand_list
from bot.announcements.handlers.posting import thread_of
from bot.announcements.handlers.shaping import as_filled, as_marked, time_of
from bot.announcements.handlers.work import done
from bot.announcements.rules.acts import Act
from bot.announcements.rules.announcement import UNCHANGED, Announcement, Pin, State
from bot.announcements.rules.content import CAPTION_LIMIT, TEXT_LIMIT, can_carry_words
from bot.announcements.rules.typed import split_everywhere, split_number
from bot.announcements.texts import withdrawing as say
from bot.announcements.texts.replies import number_wanted, refused
from bot.i18n import Html
from bot.tg import effects as fx
from bot.tg.access import Declined
from bot.tg.aside import step_aside
from bot.tg.buttons import rows
from bot.tg.forms import Asking, Choice, Form, Problem, Question, Reply
from bot.tg.forms.questions import ask_integer, ask_text
from bot.tg.pages import visible_length

if TYPE_CHECKING:
    from telegram import Update

    from bot.announcements.handlers.work import Work
    from bot.kernel.groups import Group
    from bot.tg.context import Context, Scope

FORM: Final = "announce.withdraw"
RESULT: Final = "withdrawn"
LONGEST: Final = 300
"""So many characters a reason may have."""
_DELETE: Final = "delete"
_STRIKE: Final = "strike"


class Settled(Enum):
    """What stands in the group where something was taken back."""

    NOTED = "noted"
    """A note in its place."""
    STRUCK = "struck"
    STANDS = "stands"
    """Itself: it can neither be deleted nor struck through."""


@dataclass(frozen=True, slots=True)
class Withdrawing:
    """The taking back, with the jobs it shares with others."""

    work: Work

    async def command(self, _update: Update, context: Context) -> None:
        """``/announce withdraw [everywhere] <number> [reason]``."""
        everywhere, line = split_everywhere(context.args_text)
        number, rest = split_number(line)
        if number is None and (everywhere or line):
            raise Declined(number_wanted(context.texts, "withdraw", line or context.args_text))
        if number is None:
            await hand_list(context, 1)
            return
        reason = " ".join(rest.split())
        if len(reason) > LONGEST:
            raise Declined(say.reason_too_long(context.texts, len(reason), LONGEST))
        if everywhere:
            await self.work.posting.recall(context, number, reason)
        else:
            await self._begin(context, number, {"reason": reason} if reason else {})

    async def tap(self, _update: Update, context: Context, number: int) -> None:
        """Begin by a tap."""
        await self._begin(context, number, {})

    async def _begin(self, context: Context, number: int, known: dict[str, Any]) -> None:
        found = await service.can(context.tx, context.group.id, number, Act.WITHDRAW, by_of(context))
        if not isinstance(found, Announcement):
            raise Declined(refused(context.texts, found))
        if found.message_id is None:
            raise Declined(say.not_known(context.texts, number))
        await step_aside(context, PURPOSE)
        strikes = can_carry_words(found.content)
        await context.start_form(FORM, {"number": number, "strikes": strikes, **known})

    async def retry(self, _update: Update, context: Context, number: int) -> None:
        """Have it once more as it should be now: with its words, or taken back."""
        item = await numbered(context, number)
        if item.refusal != UNCHANGED or item.state not in {State.PUBLISHED, State.WITHDRAWN}:
            raise Declined(say.nothing_open(context.texts, number))
        if item.state is State.WITHDRAWN:
            self.delete(context.scope, context.group, item)
        else:
            await self.work.posting.edit(context.scope, context.group, item)
        context.toast(say.once_more(context.texts, number))

    def form(self) -> Form[Any]:
        """Return the form: why, and how."""
        number = ask_integer("number", say.NUMBER, lambda asking: asking.texts.gettext(say.NUMBER), 1)
        reason = ask_text(
            "reason", say.REASON, lambda asking: say.ask_reason(asking.texts), LONGEST, optional=True, default=""
        )
        how = Question(
            "how", say.HOW, lambda asking: say.ask_how(asking.texts), _parse_how, choices=_ways, show=_show_how
        )
        return Form(FORM, say.FORM, (number, reason, how), self._finish, access=codes.SENDERS)

    async def _finish(self, _update: Update, context: Context, answers: dict[str, Any]) -> None:
        number, group = answers["number"], context.group
        why = answers["reason"] or ""
        item = done(context, await service.withdraw(context.tx, group.id, number, why, by_of(context), context.now))
        if answers["how"] == _DELETE:
            self.delete(context.scope, group, item)
        else:
            await self._strike(context.scope, group, item)
        if item.pin in {Pin.ASKED, Pin.PINNED} and item.message_id is not None and answers["how"] != _DELETE:
            context.effects.put(fx.UnpinMessage(group.chat_id, item.message_id), group_id=group.id)
        await self.work.posting.withdrawn(context.scope, group, item)
        codes.changed(context.scope, item)
        context.reply(say.being_withdrawn(context.texts, number))

    # In the group

    @staticmethod
    def delete(scope: Scope, group: Group, item: Announcement, told: fx.OnResult | None = None) -> None:
        """Delete it, and say in its place who took it back and why; ``told`` hears of the end instead, and calls settle."""
        if item.chat_id is None or item.message_id is None:
            return
        told = told or fx.OnResult(service.NAME, RESULT, str(item.id))
        for message_id in item.message_ids:
            if message_id != item.message_id:
                scope.effects.put(fx.DeleteMessage(item.chat_id, message_id), group_id=group.id)
        scope.effects.put(fx.DeleteMessage(item.chat_id, item.message_id), on_result=told, group_id=group.id)

    @staticmethod
    async def _strike(
        scope: Scope, group: Group, item: Announcement, priority: fx.Priority = fx.Priority.NORMAL
    ) -> None:
        """Strike through the words as the group read them; what is confidential keeps its mark, since it still stands there."""
        if item.chat_id is None or item.message_id is None:
            return
        texts, content = scope.texts(group), await as_filled(scope, group, item.content, time_of(item, scope.now))
        with_file = content.kind is not None or bool(content.files)
        limit = CAPTION_LIMIT if with_file else TEXT_LIMIT
        read = replace(item, content=content)
        html = as_marked(scope, group, replace(content, html=str(say.struck(texts, read)))).html
        apart = visible_length(html) > limit
        if apart:
            # Not a word of it is lost: who and why stand below it.
            html = as_marked(scope, group, replace(content, html=str(say.struck_alone(read)))).html
        effect: fx.EditText | fx.EditCaption = (
            fx.EditCaption(item.chat_id, item.message_id, html)
            if with_file
            else fx.EditText(item.chat_id, item.message_id, html)
        )
        told = fx.OnResult(service.NAME, "edited", service.result_key(item))
        scope.effects.put(effect, priority=priority, on_result=told, group_id=group.id)
        if apart:
            thread = thread_of(group, item)
            below = fx.SendMessage(
                item.chat_id, str(say.head(texts, item)), None, item.message_id, thread_id=thread, silent=True
            )
            scope.effects.put(below, priority=priority, group_id=group.id)

    async def deleted(self, scope: Scope, result: fx.SendResult) -> None:
        """Hear whether it was deleted."""
        await self.settle(scope, int(result.key), result)

    async def settle(self, scope: Scope, item_id: int, result: fx.SendResult) -> None:
        """Say in the group that it was taken back; where Telegram would not delete it, strike it through instead."""
        found = await self._found(scope, item_id, result)
        if found is None:
            return
        item, group = found
        way = await self._settled(scope, group, item, result, fx.Priority.NORMAL, None)
        if way is not Settled.NOTED:
            await self._tell(scope, group, item, result, struck=way is Settled.STRUCK)

    async def settle_one_of_many(self, scope: Scope, item_id: int, result: fx.SendResult, told: fx.OnResult) -> Settled:
        """Do the same at the pace of what goes to many groups; ``told`` hears of the note's end, and nobody else is told."""
        found = await self._found(scope, item_id, result)
        if found is None:
            return Settled.STRUCK
        item, group = found
        return await self._settled(scope, group, item, result, fx.Priority.BROADCAST, told)

    @staticmethod
    async def _found(scope: Scope, item_id: int, result: fx.SendResult) -> tuple[Announcement, Group] | None:
        item = await service.get(scope.tx, item_id)
        group = scope.group(item.group_id) if item is not None else None
        # A deletion is repeated until Telegram answers.
        return None if item is None or group is None or isinstance(result, fx.Uncertain) else (item, group)

    async def _settled(
        self,
        scope: Scope,
        group: Group,
        item: Announcement,
        result: fx.SendResult,
        priority: fx.Priority,
        told: fx.OnResult | None,
    ) -> Settled:
        # "Not found" is as good as deleted; a message may also be one that this bot is not let delete (any more).
        if not isinstance(result, fx.Refused) or "not found" in result.text.casefold():
            await service.is_changed(scope.tx, item.id)
            codes.changed(scope, item)
            words = str(say.note(scope.texts(group), item))
            note = fx.SendMessage(group.chat_id, words, thread_id=thread_of(group, item), silent=True)
            scope.effects.put(note, priority=priority, on_result=told, group_id=group.id)
            return Settled.NOTED
        if not can_carry_words(item.content):
            return Settled.STANDS
        await self._strike(scope, group, item, priority)
        if item.message_id is not None and item.pin in {Pin.ASKED, Pin.PINNED}:
            scope.effects.put(fx.UnpinMessage(group.chat_id, item.message_id), group_id=group.id)
        return Settled.STRUCK

    async def _tell(
        self, scope: Scope, group: Group, item: Announcement, result: fx.SendResult, *, struck: bool
    ) -> None:
        problem = result.text or result.refusal if isinstance(result, fx.Refused) else ""
        stands = item if struck else await service.unchanged(scope.tx, item.id, problem, scope.now) or item
        codes.changed(scope, stands)
        place, texts = await self.work.desk.place_for(scope, group, item)
        html = say.told_not_deleted(texts, item, group, problem, struck=struck)
        await self.work.desk.tell(scope, group, place, html, rows((retry_key(texts, stands, group),)))


def _ways(asking: Asking) -> list[Choice]:
    delete = Choice(asking.texts.label(say.DELETE), _DELETE)
    strike = Choice(asking.texts.label(say.STRIKE), _STRIKE)
    return [delete, strike] if asking.answers.get("strikes", True) else [delete]


def _parse_how(asking: Asking, reply: Reply) -> str | Problem:
    way = say.read_way(reply.text)
    allowed = {choice.value for choice in _ways(asking)}
    return way if way is not None and way in allowed else Problem(say.how_wanted(asking.texts))


def _show_how(asking: Asking, value: Any) -> Html:
    return Html.escape(next((one.label for one in _ways(asking) if one.value == value), str(value)))
