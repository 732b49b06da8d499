"""The card of a proposal, its buttons, and ``/approvals``."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from bot.approvals import service, texts
from bot.approvals.rules import AlreadyDecided, Approval, Decided, Gone, Lapsed, State
from bot.approvals.service import CARD, LAPSE
from bot.i18n import Html
from bot.kernel.roles import Right
from bot.tg.aside import step_aside
from bot.tg.buttons import ButtonCode, column, rows
from bot.tg.capability import Access, Button, Capability, CardKind, CardView, Command, TimerKind
from bot.tg.sections import Section

if TYPE_CHECKING:
    from telegram import Update

    from bot.db.engine import Tx
    from bot.i18n import Texts
    from bot.kernel.groups import Group
    from bot.kernel.ids import EffectId, UserId
    from bot.tg.capability import Due
    from bot.tg.context import Context, Scope
    from bot.tg.effects import OnResult

YES = ButtonCode("ap.yes", (int,))
NO = ButtonCode("ap.no", (int,))
SHOW = ButtonCode("ap.show", (int,))
_LISTED = 8
_VIEWERS = Access(right=Right.VIEW)
# The right that is needed stands in the proposal's row. Whoever has it may also view, and that Telegram still counts them
# an administrator is asked at the tap.
_DECIDERS = Access(right=Right.VIEW, fresh=True)


class People(Protocol):
    """What this layer asks of the directory above it."""

    async def managers_of(self, tx: Tx, group: Group, right: Right) -> Sequence[UserId]:
        """Return those who have a right in the group."""
        ...

    async def name_of(self, tx: Tx, user_id: UserId) -> str:
        """Return a person's name."""
        ...


@dataclass(frozen=True, slots=True)
class DecisionKind:
    """What a capability does about its proposals.

    ``decided`` is called in the turn of the decision, with the proposal approved, declined or lapsed. ``describe`` words
    the proposal for its reader; without it, the summary it was opened with is shown to everybody.
    """

    decided: Callable[[Scope, Approval], Awaitable[None]]
    describe: Callable[[Scope, Approval, Texts], Awaitable[Html]] | None = None


Kinds = Mapping[tuple[str, str], DecisionKind]
"""By capability and kind, as given to :func:`bot.approvals.service.open_decision`."""


async def post(
    scope: Scope,
    group: Group,
    approval: Approval,
    chat_id: int,
    thread_id: int | None = None,
    on_result: OnResult | None = None,
) -> EffectId:
    """Post a proposal's card; it is kept up to date wherever it was posted."""
    return await scope.cards.post(CARD, str(approval.id), group, chat_id, thread_id=thread_id, on_result=on_result)


@dataclass(frozen=True, slots=True)
class _Approvals:
    """The handlers, with what the composition root gave them."""

    kinds: Kinds
    people: People

    async def yes(self, _update: Update, context: Context, approval_id: int) -> None:
        """Approve."""
        await self._decide(context, approval_id, yes=True)

    async def no(self, _update: Update, context: Context, approval_id: int) -> None:
        """Decline."""
        await self._decide(context, approval_id, yes=False)

    async def _decide(self, context: Context, approval_id: int, *, yes: bool) -> None:
        able = await self._able(context, approval_id)
        outcome = await service.decide(
            context.tx,
            approval_id,
            context.group,
            context.standing,
            yes=yes,
            able=able,
            now=context.now,
            actor_name=context.actor.name,
        )
        by: UserId | None = None
        if isinstance(outcome, Decided):
            await self._follow(context.scope, outcome.approval)
        elif isinstance(outcome, AlreadyDecided):
            by = outcome.approval.decided_by
            context.scope.cards.changed(CARD, str(approval_id))
        elif isinstance(outcome, Lapsed) and outcome.approval.state is State.OPEN:
            # Its timer is about to come; the tap need not wait for it.
            await self._lapse(context.scope, approval_id)
        name = None if by is None else await self.people.name_of(context.tx, by)
        context.toast(texts.toast(context.texts, outcome, name), alert=not isinstance(outcome, Decided))

    async def _able(self, context: Context, approval_id: int) -> Sequence[UserId]:
        """Return who could decide; it matters only to who would decide their own proposal."""
        approval = await service.get(context.tx, approval_id)
        if approval is None or approval.proposed_by != context.actor.user_id:
            return ()
        return await self.people.managers_of(context.tx, context.group, approval.needed)

    async def lapse(self, scope: Scope, due: Due) -> None:
        """Close a proposal that nobody decided in time."""
        await self._lapse(scope, int(due.key))

    async def _lapse(self, scope: Scope, approval_id: int) -> None:
        lapsed = await service.lapse(scope.tx, approval_id, scope.now)
        if lapsed is not None:
            await self._follow(scope, lapsed)

    async def _follow(self, scope: Scope, approval: Approval) -> None:
        """Do what follows from the end of a proposal, in the same turn."""
        scope.cards.changed(CARD, str(approval.id))
        await self.kinds[approval.capability, approval.kind].decided(scope, approval)

    async def render(self, scope: Scope, group: Group, key: str, words: Texts) -> CardView | None:
        """Show a proposal as it stands."""
        approval = await service.get(scope.tx, int(key))
        if approval is None:
            return None
        summary = await self._summary(scope, approval, words)
        proposer, decider = [
            None if user_id is None else await self.people.name_of(scope.tx, user_id)
            for user_id in (approval.proposed_by, approval.decided_by)
        ]
        html = texts.card(words, approval, summary, proposer, decider)
        if approval.state is not State.OPEN:
            return CardView(html)
        yes = YES.key(words.label(texts.YES), group, approval.id)
        return CardView(html, rows((yes, NO.key(words.label(texts.NO), group, approval.id))))

    async def _summary(self, scope: Scope, approval: Approval, words: Texts) -> Html:
        kind = self.kinds.get((approval.capability, approval.kind))
        if kind is None or kind.describe is None:
            return Html(approval.summary)
        return await kind.describe(scope, approval, words)

    async def approvals(self, _update: Update, context: Context) -> None:
        """``/approvals``: what waits for a decision, where managers read."""
        await step_aside(context)
        found = await service.open_in(context.tx, context.group.id)
        shown = found[:_LISTED]
        summaries = [await self._summary(context.scope, approval, context.texts) for approval in shown]
        lines = [texts.listing_title(context.texts, len(found)), *texts.listing(context.texts, shown, summaries)]
        keys = [SHOW.key(texts.number(context.texts, approval), context.group, approval.id) for approval in shown]
        context.reply(Html("\n").join(lines), column(keys, 4) or None)

    async def show(self, _update: Update, context: Context, approval_id: int) -> None:
        """Post the card of a proposal where the list stands."""
        approval = await service.get(context.tx, approval_id)
        if approval is None or approval.group_id != context.group.id:
            context.toast(texts.toast(context.texts, Gone(), None), alert=True)
            return
        await step_aside(context)
        spoken = context.spoken
        unreached = spoken.take_unreached()
        await post(context.scope, context.group, approval, spoken.chat_id, spoken.thread_id, unreached)


def capability(kinds: Kinds, people: People) -> Capability:
    """Return the approvals; ``kinds`` are what all capabilities do about their own proposals."""
    handlers = _Approvals(kinds, people)
    return Capability(
        name=service.CAPABILITY,
        title=texts.TITLE,
        section=Section.VIOLATIONS,
        commands=(
            Command("approvals", handlers.approvals, texts.HELP, ("/approvals",), access=_VIEWERS, title=texts.BUTTON),
        ),
        buttons=(
            Button(YES, handlers.yes, _DECIDERS),
            Button(NO, handlers.no, _DECIDERS),
            Button(SHOW, handlers.show, _VIEWERS),
        ),
        timers=(TimerKind(LAPSE, handlers.lapse),),
        cards=(CardKind(CARD, handlers.render),),
        audit=texts.AUDIT_PHRASES,
    )
