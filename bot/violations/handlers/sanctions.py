"""The ladder as the rules of a group use it: a step for every breach that the bot sees itself (R22)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import TYPE_CHECKING

from bot.i18n import Html
from bot.kernel.ids import UserId
from bot.kernel.roles import Right
from bot.kernel.times import local_to_utc
from bot.violations import service
from bot.violations.handlers import codes
from bot.violations.handlers.opening import follow
from bot.violations.rules.case import Evidence, Person
from bot.violations.rules.ladder import DEFAULT_LADDER
from bot.violations.rules.ledger import Ask, message_link
from bot.violations.rules.outcomes import Folded, Warned
from bot.violations.rules.typed import read_ladder, write_ladder
from bot.violations.texts import ladder as say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.db.engine import Tx
    from bot.i18n import Texts
    from bot.kernel.groups import Group
    from bot.kernel.ids import GroupId
    from bot.kernel.offences import Offence
    from bot.tg.context import Scope
    from bot.violations.handlers.removal import Removals


@dataclass(frozen=True, slots=True)
class Sanctions:
    """Takes the steps of ladders for breaches, and keeps the ladders of rules."""

    removals: Removals

    @property
    def usual(self) -> str:
        """The ladder of a group that has set none, as it would be typed."""
        return write_ladder(DEFAULT_LADDER)

    async def breached(self, scope: Scope, group: Group, offence: Offence) -> bool:
        """Take the next step of the rule's ladder, or count the message with today's case; False for administrators.

        Whom a rule spares for a role is the rule's to say, before this is called.
        """
        standing = await scope.ports.people.standing(scope.tx, group, offence.user_id)
        if standing.is_admin:
            return False
        ask = _ask(scope, group, offence, standing.tag)
        outcome = await service.breached(scope.tx, ask, _midnight(group, scope.now), scope.now)
        if isinstance(outcome, Folded):
            scope.cards.changed(codes.CARD, str(outcome.case.id))
            return True
        reply_to = None if offence.deleted else offence.message_id
        await follow(scope, group, outcome, self.removals, thread_id=offence.thread_id, reply_to=reply_to)
        return True

    async def recorded(self, scope: Scope, group: Group, offence: Offence, by: tuple[UserId, str]) -> bool:
        """Open the case that a manager has decided on; False for who runs the group or has left."""
        standing = await scope.ports.people.standing(scope.tx, group, offence.user_id)
        if standing.is_admin or standing.rights or not standing.is_member:
            return False
        theirs = await scope.ports.people.standing(scope.tx, group, by[0])
        ask = replace(
            _ask(scope, group, offence, standing.tag),
            issuer=Person(*by),
            automatic=False,
            may_remove=theirs.may(Right.REMOVE),
        )
        outcome = await service.warn(scope.tx, ask, scope.now, anyway=True)
        if not isinstance(outcome, Warned):
            return False
        await follow(scope, group, outcome, self.removals, reply_to=None if offence.deleted else offence.message_id)
        return True

    async def ladders(self, tx: Tx, group_id: GroupId) -> Mapping[str, str]:
        """Return every ladder that was set in a group as it would be typed, by the rules' codes; the group's under ""."""
        return {code: write_ladder(steps) for code, steps in (await service.ladders(tx, group_id)).items()}

    def fault(self, texts: Texts, typed: str) -> Html | None:
        """Say what is wrong with a ladder as it was typed, or None."""
        steps = read_ladder(typed)
        return None if isinstance(steps, tuple) else say.wrong(texts, steps)

    async def set_ladder(
        self, tx: Tx, group_id: GroupId, code: str, typed: str | None, by: tuple[UserId, str], now: datetime
    ) -> None:
        """Give a rule a ladder of its own, or with None take it away.

        :raises ValueError: for a ladder that :meth:`fault` finds fault with.
        """
        steps = None if typed is None else read_ladder(typed)
        fault = steps if not (steps is None or isinstance(steps, tuple)) else None
        if fault is None and (steps is None or isinstance(steps, tuple)):
            fault = await service.set_ladder(tx, group_id, steps, Person(*by), now, code)
        if fault is not None:
            raise ValueError(f"no ladder: {typed!r}")

    def written(self, typed: str) -> str | None:
        """Return a ladder as :meth:`ladders` writes it, however it was typed; None if it is none."""
        steps = read_ladder(typed)
        return write_ladder(steps) if isinstance(steps, tuple) else None

    def in_words(self, texts: Texts, typed: str) -> Html:
        """Write a ladder as people read it."""
        steps = read_ladder(typed)
        return say.in_words(texts, steps) if isinstance(steps, tuple) else Html.escape(typed)


def _ask(scope: Scope, group: Group, offence: Offence, department: str) -> Ask:
    link = None
    if not offence.deleted:
        link = message_link(group.chat_id, None, offence.message_id, basic=group.kind == "group")
    return Ask(
        group.id,
        Person(offence.user_id, offence.name),
        Person(UserId(scope.bot_id), f"@{scope.bot_username}"),
        offence.reason,
        Evidence(offence.kind, offence.text, offence.message_id, link, offence.file_id),
        basic=group.kind == "group",
        rule=offence.code,
        rule_title=offence.title,
        points=offence.points,
        automatic=True,
        department=department,
    )


def _midnight(group: Group, now: datetime) -> datetime:
    """Return when the group's own day began."""
    return local_to_utc(datetime.combine(group.local(now).date(), time()), group.tz).at
