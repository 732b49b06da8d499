"""What a case orders of Telegram, what comes of it, and the card that shows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, assert_never

from bot.chats.rules.profile import BotRight, PlaceKind, is_present, lacking_rights
from bot.i18n import Html
from bot.kernel.ids import UserId
from bot.kernel.roles import Right
from bot.members.rules import is_admin
from bot.tg import effects as fx
from bot.tg.buttons import rows
from bot.tg.capability import CardView
from bot.timers import service as timers
from bot.violations import service
from bot.violations.handlers import codes
from bot.violations.handlers.face import Face
from bot.violations.handlers.leaving import follow_going, follow_return
from bot.violations.rules.case import (
    REMOVALS,
    RETRY_EVERY,
    Act,
    Did,
    DidNot,
    Person,
    State,
    Unknown,
    Why,
    act_to_retry,
    next_retry,
)
from bot.violations.rules.ladder import Rung
from bot.violations.rules.ledger import is_settled
from bot.violations.rules.orders import Kick, LetBack, LiftMute, MuteUntil, Remove, TextUntil
from bot.violations.texts import answers as say
from bot.violations.texts import card as card_texts

if TYPE_CHECKING:
    from telegram import Update

    from bot.chats.service import GroupBook
    from bot.i18n import Texts
    from bot.kernel.groups import Group
    from bot.tg import envelope as env
    from bot.tg.capability import Due
    from bot.tg.context import Context, Scope
    from bot.violations.rules.case import Case, Reply
    from bot.violations.rules.orders import Order

_MARGIN = timedelta(seconds=35)
"""A mute that reached Telegram later than this before its end could be taken as one for ever: it is dropped instead."""


def give(scope: Scope, group: Group, case: Case, act: Act, order: Order, *, loud: bool = True) -> None:
    """Put what is ordered into the outbox; a refusal is told to whoever ordered it if ``loud``."""
    chat_id, user_id = group.chat_id, case.target.user_id
    expires = None
    match order:
        case MuteUntil(until):
            effect: fx.AnyEffect = fx.Mute(chat_id, user_id, int(until.timestamp()))
            expires = until - _MARGIN
        case TextUntil(until):
            effect = fx.Mute(chat_id, user_id, int(until.timestamp()), text_only=True)
            expires = until - _MARGIN
        case LiftMute():
            effect = fx.Lift(chat_id, user_id)
        case Remove() if case.target.is_channel:
            effect = fx.BanChannel(chat_id, user_id)
        case LetBack() if case.target.is_channel:
            effect = fx.UnbanChannel(chat_id, user_id)
        case Remove(until):
            effect = fx.Ban(chat_id, user_id, None if until is None else int(until.timestamp()))
            expires = None if until is None else until - _MARGIN
        case Kick() if group.kind == "group":
            # Whoever is removed from a basic group may come back anyway, and Telegram knows nothing else there.
            effect = fx.Ban(chat_id, user_id)
        case Kick():
            effect = fx.Unban(chat_id, user_id, only_if_banned=False)
        case LetBack():
            effect = fx.Unban(chat_id, user_id)
        case _:
            assert_never(order)
    key = f"{case.id}:{act.value}:{int(loud)}"
    told = fx.OnResult(codes.NAME, codes.RESULT, key)
    scope.effects.put(effect, on_result=told, expires=expires, group_id=group.id)


def right_for(rung: Rung) -> Right:
    """Return the right that somebody needs who orders such a step."""
    heavy = rung is Rung.UNBAN or rung in REMOVALS
    return Right.REMOVE if heavy else Right.MODERATE


def reply_of(result: fx.SendResult) -> Reply:
    """Read Telegram's answer."""
    match result:
        case fx.Delivered():
            return Did()
        case fx.Refused(refusal=refusal):
            return DidNot(Why(refusal.value) if refusal.value in set(Why) else Why.OTHER)
        case fx.Uncertain():
            return Unknown()
        case _:
            assert_never(result)


async def remind(scope: Scope, case: Case) -> None:
    """Have the card show the end of a mute when it comes."""
    if case.mute_until is not None:
        await timers.set_timer(scope.tx, codes.NAME, codes.OVER, str(case.id), case.mute_until, case.group_id)


async def watch(scope: Scope, case: Case) -> None:
    """Set the timer that tries again, where that may help."""
    again = next_retry(case, scope.now)
    if again is not None:
        await timers.set_timer(scope.tx, codes.NAME, codes.RETRY_TIMER, str(case.id), again, case.group_id)


@dataclass(frozen=True, slots=True)
class Orders:
    """The handlers of cards, results, timers and *Try again*."""

    book: GroupBook
    face: Face = field(default_factory=Face)

    async def render(self, scope: Scope, group: Group, key: str, texts: Texts) -> CardView | None:
        """Show a case as it stands."""
        found = await service.dossier(scope.tx, int(key), scope.now)
        if found is None:
            return None
        case, ledger = found
        undo = (
            None
            if case.undone is not None or case.is_release
            else codes.UNDO.key(card_texts.undo_label(texts), group, case.id)
        )
        again = act_to_retry(case, scope.now) is not None and not (
            case.why is Why.BASIC_GROUP and group.kind == "group"
        )
        retry = codes.RETRY.key(card_texts.retry_label(texts), group, case.id) if again else None
        lines = [card_texts.card(texts, case, ledger, scope.now), *await self.face.below(scope, group, case, texts)]
        keys = rows((retry, undo), await self.face.keys_for(scope, group, case, texts))
        return CardView(Html("\n").join(lines), keys, finished=is_settled(case, ledger.cases, scope.now))

    async def answered(self, scope: Scope, result: fx.SendResult) -> None:
        """Take in what Telegram answered to a mute, a removal, or to taking one back."""
        case_id, act, loud = result.key.split(":")
        found = await service.answered(scope.tx, int(case_id), Act(act), reply_of(result), scope.now)
        group = None if found is None else scope.group(found.case.group_id)
        if found is None or group is None:
            return
        case = found.case
        for freed, order in found.freed:
            give(scope, group, freed, Act.LIFT, order)
            scope.cards.changed(codes.CARD, str(freed.id))
        for changed in (case, *found.followers):
            scope.cards.changed(codes.CARD, str(changed.id))
        if case.is_removal and case.state is State.DONE:
            await self._gone(scope, group, case.target.user_id)
        await watch(scope, case)
        for changed in (case, *found.followers):
            await self.face.tell(scope, group, changed)
        failed = case.state is State.LIFT_REFUSED or (case.state is State.REFUSED and case.undone is None)
        if failed and loud == "1":
            await self.tell_trouble(scope, group, case)

    async def tell_trouble(self, scope: Scope, group: Group, case: Case) -> None:
        """Tell whoever ordered it, in private or among managers; in the group the card says it already."""
        by = case.undone.by if case.undone is not None else case.decided_by or case.issuer
        place = await self.book.place_for_managers(scope.tx, group, by.user_id, "cases")
        if place.kind is PlaceKind.GROUP:
            return
        texts = await self.book.texts_at(scope.tx, place, group, scope.ports.people)
        html = say.trouble(texts, case, group.label or group.title)
        if case.why is Why.NO_RIGHT:
            html = Html("\n").join((html, say.how_to_mend(texts)))
        scope.send(place.chat_id, html, thread_id=place.thread_id)

    async def over(self, scope: Scope, due: Due) -> None:
        """Have the card say that the mute has ended, and hold what it covered."""
        scope.cards.changed(codes.CARD, due.key)
        found = await service.after_mute(scope.tx, int(due.key), scope.now)
        group = None if found is None else scope.group(found[0].group_id)
        if found is not None and group is not None:
            give(scope, group, found[0], Act.IMPOSE, found[1], loud=False)
            scope.cards.changed(codes.CARD, str(found[0].id))

    async def retry_due(self, scope: Scope, due: Due) -> None:
        """Try again unasked, if who ordered it may still order it; while the bot is known to lack the right, just wait."""
        case = await service.case_by_id(scope.tx, int(due.key))
        group = None if case is None else scope.group(case.group_id)
        if case is None or group is None or act_to_retry(case, scope.now) is None:
            return
        bot = (await self.book.profile(scope.tx, group.id)).bot
        if group.kind == "group" or BotRight.RESTRICT in lacking_rights(group, bot):
            await timers.set_timer(
                scope.tx, codes.NAME, codes.RETRY_TIMER, due.key, scope.now + RETRY_EVERY, case.group_id
            )
            return
        await self.order_again(scope, group, case)

    async def order_again(self, scope: Scope, group: Group, case: Case) -> None:
        """Order once more what was refused, without telling anybody if it is refused again."""
        if not await self._is_still_wanted(scope, group, case):
            await service.give_up(scope.tx, case, scope.now)
            scope.cards.changed(codes.CARD, str(case.id))
            return
        again = await service.retry(scope.tx, case.id, None, scope.now)
        if again is not None and again[2] is not None:
            give(scope, group, again[0], again[1], again[2], loud=False)

    @staticmethod
    async def _is_still_wanted(scope: Scope, group: Group, case: Case) -> bool:
        """Say whether who ordered it may still order it; what the bot does of itself is ordered by the ladder."""
        by = case.undone.by if case.undone is not None else case.decided_by or case.issuer
        if by.user_id == scope.bot_id:
            return True
        standing = await scope.ports.people.standing(scope.tx, group, by.user_id)
        return standing.may(right_for(case.step.rung))

    async def retry_refused(self, scope: Scope, group: Group) -> None:
        """Try every refused mute and lifting of a group again: to be called when the bot may have been given a right."""
        for case in await service.stuck(scope.tx, group.id, scope.now):
            if next_retry(case, scope.now) is not None:
                await self.order_again(scope, group, case)

    async def bot_status(self, scope: Scope, update: env.Update) -> None:
        """Try again when the bot was made an administrator or given other rights."""
        change = update.my_chat_member
        group = None if change is None else scope.ports.groups.by_chat(change.chat.id)
        if change is not None and group is not None and change.new_chat_member.status == "administrator":
            await self.retry_refused(scope, group)

    async def member_changed(self, scope: Scope, update: env.Update) -> None:
        """Follow who is removed and who comes back: a ban takes the mute away, and who is let in again is free of it."""
        change = update.chat_member
        group = None if change is None else scope.group_in(change.chat.id)
        if change is None or group is None:
            return
        old, new = change.old_chat_member, change.new_chat_member
        user_id = UserId(new.user.id)
        if not is_present(new.status, is_member=new.is_member):
            await follow_going(scope, group, user_id)
        elif not is_present(old.status, is_member=old.is_member):
            await follow_return(scope, group, user_id)
        if old.status == "kicked" and new.status != "kicked":
            at = datetime.fromtimestamp(change.date, UTC)
            for case in await service.let_in(scope.tx, group.id, user_id, at, scope.now):
                scope.cards.changed(codes.CARD, str(case.id))
        if is_admin(old.status) and not is_admin(new.status):
            await self._demoted(scope, group, user_id)
        if new.status == "kicked":
            await self._gone(scope, group, user_id)
        elif new.status == "member" and not is_present(old.status, is_member=old.is_member):
            for case, order in await service.back(scope.tx, group.id, user_id, scope.now):
                give(scope, group, case, Act.IMPOSE, order)
                scope.cards.changed(codes.CARD, str(case.id))

    async def _demoted(self, scope: Scope, group: Group, user_id: UserId) -> None:
        """Try again what Telegram refused because somebody was an administrator, which they are no longer."""
        for case in await service.stuck(scope.tx, group.id, scope.now):
            if case.target.user_id == user_id and case.why is Why.TARGET_ADMIN:
                await self.order_again(scope, group, case)

    @staticmethod
    async def _gone(scope: Scope, group: Group, user_id: UserId) -> None:
        for case in await service.gone(scope.tx, group.id, user_id, scope.now):
            scope.cards.changed(codes.CARD, str(case.id))

    async def retry(self, _update: Update, context: Context, case_id: int) -> None:
        """Try again by hand; how it went is for the card to say, as the answer to the tap promises."""
        case = await service.case_by_id(context.tx, case_id)
        if case is not None and not context.standing.may(right_for(case.step.rung)):
            context.toast(say.remover_only(context.texts), alert=True)
            return
        by = Person(context.actor.user_id, context.actor.name)
        known = case is not None and case.group_id == context.group.id
        again = await service.retry(context.tx, case_id, by, context.now) if known else None
        if again is None:
            context.toast(say.nothing_to_retry(context.texts), alert=True)
            return
        after, act, order = again
        if order is not None:
            give(context.scope, context.group, after, act, order, loud=False)
        context.scope.cards.changed(codes.CARD, str(case_id))
        context.toast(say.retrying(context.texts))
