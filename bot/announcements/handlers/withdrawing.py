"""Taking back what stands in the group: deleted, or struck through with who did it and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from bot.announcements import service
from bot.announcements.handlers import codes
from bot.announcements.handlers.cards import key
from bot.announcements.handlers.desk import PURPOSE, by_of
from bot.announcements.handlers.lists import hand_list
from bot.announcements.handlers.posting import is_gone, thread_of
from bot.announcements.handlers.shaping import as_filled, as_marked, time_of
from bot.announcements.handlers.work import done
from bot.announcements.rules.acts import Act
from bot.announcements.rules.announcement import Announcement, Pin, State
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
    from collections.abc import Callable

    from telegram import Update

    from bot.announcements.handlers.work import Work
    from bot.i18n import Texts
    from bot.kernel.groups import Group
    from bot.tg.context import Context, Scope

    Sentence = Callable[[Texts, Announcement, Group], Html]

FORM: Final = "announce.withdraw"
RESULT: Final = "withdrawn"
STRUCK: Final = "struck"
"""The result of striking it through."""
LONGEST: Final = 300
"""So many characters a reason may have."""
_DELETE: Final = "delete"
_STRIKE: Final = "strike"


class Settled(Enum):
    """What stands in the group where something was taken back."""

    NOTED = "noted"
    """A note in its place."""
    STRUCK = "struck"
    """Itself, for the moment: it is being struck through."""
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
        # What is not there any more can only be put down as withdrawn.
        strikes = can_carry_words(found.content) and not found.undone.gone
        await context.start_form(FORM, {"number": number, "strikes": strikes, **known})

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
        scope: Scope,
        group: Group,
        item: Announcement,
        priority: fx.Priority = fx.Priority.NORMAL,
        told: fx.OnResult | None = None,
    ) -> None:
        """Strike through the words as the group read them; what is confidential keeps its mark, since it still stands there."""
        if item.chat_id is None or item.message_id is None:
            return
        html, with_file, _ = await _as_struck(scope, group, item)
        effect: fx.EditText | fx.EditCaption = (
            fx.EditCaption(item.chat_id, item.message_id, html)
            if with_file
            else fx.EditText(item.chat_id, item.message_id, html)
        )
        told = told or fx.OnResult(service.NAME, STRUCK, str(item.id))
        scope.effects.put(effect, priority=priority, on_result=told, group_id=group.id)

    async def deleted(self, scope: Scope, result: fx.SendResult) -> None:
        """Hear whether it was deleted."""
        await self.settle(scope, int(result.key), result)

    async def settle(self, scope: Scope, item_id: int, result: fx.SendResult) -> None:
        """Say in the group that it was taken back; where Telegram would not delete it, strike it through instead."""
        found = await self._found(scope, item_id, result)
        if found is None:
            return
        item, group = found
        await self._settled(scope, group, item, result, fx.Priority.NORMAL, None, None)

    async def settle_one_of_many(
        self, scope: Scope, item_id: int, result: fx.SendResult, noted: fx.OnResult, struck: fx.OnResult
    ) -> Settled | None:
        """Do the same at the pace of what goes to many groups; ``noted`` and ``struck`` hear of the end, and nobody else is told."""
        found = await self._found(scope, item_id, result)
        if found is None:
            return None
        item, group = found
        return await self._settled(scope, group, item, result, fx.Priority.BROADCAST, noted, struck)

    async def struck(self, scope: Scope, result: fx.SendResult) -> None:
        """Hear whether it was struck through; only then it is said that it was."""
        await self.settle_struck(scope, int(result.key), result)

    async def settle_struck(self, scope: Scope, item_id: int, result: fx.SendResult) -> bool:
        """Note whether it was struck through: what was not stays published, and whoever is responsible is told."""
        found = await self._found(scope, item_id, result)
        if found is None or found[0].state is not State.WITHDRAWN:
            return False
        item, group = found
        if isinstance(result, fx.Refused) and not is_gone(result):
            await self._stands(scope, group, item, result)
            return False
        if isinstance(result, fx.Delivered):
            await self._name_below(scope, group, item)
            if item.message_id is not None and item.pin in {Pin.ASKED, Pin.PINNED}:
                scope.effects.put(fx.UnpinMessage(group.chat_id, item.message_id), group_id=group.id)
            if item.undone.problem:
                await self._tell(scope, group, item, say.told_struck)
        await self.work.posting.withdrawn(scope, group, item)
        return True

    @staticmethod
    async def _name_below(scope: Scope, group: Group, item: Announcement) -> None:
        """Say below a long one who took it back and why, where that does not fit above its words."""
        _, _, apart = await _as_struck(scope, group, item)
        if apart and item.chat_id is not None:
            words, thread = str(say.head(scope.texts(group), item)), thread_of(group, item)
            below = fx.SendMessage(item.chat_id, words, None, item.message_id, thread_id=thread, silent=True)
            scope.effects.put(below, group_id=group.id)

    async def _stands(self, scope: Scope, group: Group, item: Announcement, result: fx.Refused) -> None:
        """Note that it could not be taken back, and tell whoever is responsible how it can be tried again."""
        after = await service.still_stands(scope.tx, item, result.text or result.refusal.value, scope.now)
        if after is None:
            return
        codes.changed(scope, after)
        await self._tell(
            scope, group, after, say.told_stands if can_carry_words(after.content) else say.told_not_deleted
        )

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
        noted: fx.OnResult | None,
        struck: fx.OnResult | None,
    ) -> Settled:
        # "Not found" is as good as deleted; a message may also be one that this bot is not let delete (any more).
        if not isinstance(result, fx.Refused) or is_gone(result):
            words = str(say.note(scope.texts(group), item))
            note = fx.SendMessage(group.chat_id, words, thread_id=thread_of(group, item), silent=True)
            scope.effects.put(note, priority=priority, on_result=noted, group_id=group.id)
            await self.work.posting.withdrawn(scope, group, item)
            return Settled.NOTED
        if not can_carry_words(item.content):
            await self._stands(scope, group, item, result)
            return Settled.STANDS
        item = await service.not_deleted(scope.tx, item, result.text or result.refusal.value)
        await self._strike(scope, group, item, priority, struck)
        return Settled.STRUCK

    async def _tell(self, scope: Scope, group: Group, item: Announcement, sentence: Sentence) -> None:
        """Tell whoever is responsible; of one among many copies the card of all of them tells."""
        if item.broadcast_id is not None:
            return
        place, texts = await self.work.desk.place_for(scope, group, item)
        again = key(texts, item, group, Act.WITHDRAW) if item.state is State.PUBLISHED else None
        await self.work.desk.tell(scope, group, place, sentence(texts, item, group), rows([again]))


async def _as_struck(scope: Scope, group: Group, item: Announcement) -> tuple[str, bool, bool]:
    """Return the words struck through, whether they belong to a file, and whether who and why have to stand below them."""
    texts, content = scope.texts(group), await as_filled(scope, group, item.content, time_of(item, scope.now))
    with_file = content.kind is not None or bool(content.files)
    read = replace(item, content=content)
    html = as_marked(scope, group, replace(content, html=str(say.struck(texts, read)))).html
    apart = visible_length(html) > (CAPTION_LIMIT if with_file else TEXT_LIMIT)
    if apart:
        # Not a word of it is lost.
        html = as_marked(scope, group, replace(content, html=str(say.struck_alone(read)))).html
    return html, with_file, apart


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
