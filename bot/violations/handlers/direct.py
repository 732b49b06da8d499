"""``/mute``, ``/kick``, ``/ban``, ``/unmute``, ``/unban``: on one line, as a reply, or as a form (R22)."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, assert_never

from bot.i18n import N_, Html
from bot.kernel.blank import is_blank
from bot.kernel.roles import Right
from bot.members.identity import texts as identity_texts
from bot.members.identity.handlers import (
    as_answer,
    find_answer,
    find_others,
    find_target,
    member_named,
    person_question,
)
from bot.members.identity.rules import Found, Missing, TargetKind
from bot.members.rules import Presence
from bot.tg.access import Declined
from bot.tg.capability import Command
from bot.tg.forms import Choice, Form, Problem, Question
from bot.tg.needs import MemberNeed
from bot.violations import service
from bot.violations.handlers import channels, codes, many
from bot.violations.handlers.naming import Named, rule_question
from bot.violations.handlers.orders import right_for
from bot.violations.handlers.warn import EVIDENCE, message_answered, reason_questions
from bot.violations.rules.case import Evidence, Person
from bot.violations.rules.direct import (
    AlreadyProposed,
    BadLength,
    JustTaken,
    NotBanned,
    NotMuted,
    Taken,
    fault_of_length,
    read_length,
)
from bot.violations.rules.ladder import Rung, Step
from bot.violations.rules.ledger import Ask
from bot.violations.rules.many import MOST, TOGETHER
from bot.violations.rules.outcomes import ReasonTooLong
from bot.violations.texts import answers as say
from bot.violations.texts import channels as say_channels
from bot.violations.texts import direct as say_direct
from bot.violations.texts import many as say_many
from bot.violations.texts import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from bot.db.engine import Tx
    from bot.kernel.groups import Group
    from bot.kernel.ids import UserId
    from bot.members.identity.rules import Outcome
    from bot.tg import envelope as env
    from bot.tg.capability import Access
    from bot.tg.context import Context
    from bot.tg.forms import Asking, Reply
    from bot.violations.handlers.heavy import Heavy
    from bot.violations.handlers.naming import Rules

_LENGTHS: Final = {
    Rung.MUTE: (timedelta(hours=1), timedelta(hours=12), timedelta(days=1), timedelta(days=7)),
    Rung.BAN: (timedelta(days=1), timedelta(days=7), timedelta(days=30)),
}
_FOR_GOOD: Final = 0
"""What a ban without an end answers for its length, in seconds."""


@dataclass(frozen=True, slots=True)
class Direct:
    """One of the commands: its form has the rung's name, and so has the command itself."""

    rung: Rung
    help: str
    title: str
    usage: tuple[str, ...]
    heavy: Heavy
    rules: Rules

    @property
    def _is_release(self) -> bool:
        return self.rung in {Rung.UNMUTE, Rung.UNBAN}

    @property
    def _access(self) -> Access:
        return codes.REMOVERS if right_for(self.rung) is Right.REMOVE else codes.MODERATORS

    def table(self) -> Command:
        """Return the command."""
        return Command(
            self.rung.value,
            self.command,
            self.help,
            self.usage,
            access=self._access,
            form=self.rung.value,
            title=self.title,
            needs=_status_of if self.rung is Rung.UNMUTE else None,
        )

    # On one line

    async def command(self, _update: Update, context: Context) -> None:
        """Take the step; ask for what the line leaves open."""
        outcome, rest = await find_target(context)
        outcome = await channels.titled(context, outcome)
        rest = "" if is_blank(rest) else rest
        if isinstance(outcome, Missing) and not rest:
            await context.start_form(self.rung.value)
            return
        if self.rung in TOGETHER and not isinstance(outcome, Missing):
            others, after = await find_others(context, rest, MOST)
            if others:
                named_too = [await channels.titled(context, other) for other in others]
                await self._several(context, (outcome, *named_too), after)
                return
        target = aim(context, self.rung, outcome)
        length, named, reason = await self._read(context, rest)
        evidence = message_answered(context, target.user_id)
        told = bool(reason or named.code)
        if self._is_release or (told and (length is not None or self.rung is not Rung.MUTE)):
            await self._take(context, target, Step(self.rung, length or None), named, reason, evidence)
            return
        known: dict[str, Any] = {"who": as_answer(target.user_id), "name": target.name}
        if length is not None:
            known["length"] = int(length.total_seconds())
        elif target.is_channel:
            known["length"] = _FOR_GOOD
        if told:
            known["rule"] = named.code
        if reason:
            known["reason"] = reason
        if evidence is not None:
            known[EVIDENCE] = asdict(evidence)
        await context.start_form(self.rung.value, known)

    async def _several(self, context: Context, outcomes: Sequence[Outcome], rest: str) -> None:
        """Ask whether a step against all of them is meant."""
        if len(outcomes) > MOST:
            raise Declined(say_many.too_many(context.texts))
        targets = {one.user_id: one for one in (aim(context, self.rung, outcome) for outcome in outcomes)}
        length, named, reason = await self._read(context, rest)
        reason = "" if is_blank(reason) else reason
        channels.check_length(context, tuple(targets.values()), Step(self.rung, length or None))
        await many.ask(context, tuple(targets.values()), Step(self.rung, length or None), named, reason)

    async def _read(self, context: Context, rest: str) -> tuple[timedelta | None, Named, str]:
        """Read what follows the person: length, rule and reason; the rule may stand before the length as well.

        :raises Declined: for a length that will not do, and for a code that no rule has.
        """
        if self._is_release:
            return None, Named(), rest
        named, rest = await self.rules.read(context, rest)
        length, rest = self._length(context, rest)
        if not named.code:
            named, rest = await self.rules.read(context, rest)
        return length, named, rest

    def _length(self, context: Context, rest: str) -> tuple[timedelta | None, str]:
        """Read length and reason; a ban for good has a length of zero.

        :raises Declined: for a length that will not do.
        """
        if self.rung not in _LENGTHS:
            return None, rest
        length, for_good, reason = read_length(rest)
        if for_good and self.rung is Rung.MUTE:
            raise Declined(say_direct.no_endless_mute(context.texts))
        if length is not None and fault_of_length(length) is not None:
            raise Declined(say_direct.bad_length(context.texts, self.rung, length))
        return timedelta(0) if for_good else length, reason

    # As a form

    def form(self) -> Form[Any]:
        """Return the form."""
        who = person_question("who", N_("Who"), lambda asking: say_direct.ask_who(asking.texts, self.rung))
        questions: list[Question[Any]] = [who]
        if self.rung in _LENGTHS:
            questions.append(self._length_question())
        if not self._is_release:
            questions += [rule_question(), *reason_questions(_why)]
        presets = None if self._is_release else self.rules.known_to_form
        return Form(self.rung.value, self.title, tuple(questions), self.finish, self._access, presets=presets)

    def _length_question(self) -> Question[int]:
        return Question(
            "length",
            N_("Length"),
            lambda asking: say_direct.ask_length(asking.texts, self.rung),
            self._parse,
            int,
            choices=self._choices,
            show=_show,
        )

    def _parse(self, asking: Asking, reply: Reply) -> int | Problem:
        length, for_good, rest = read_length(reply.text)
        if rest or (length is None and not for_good):
            return Problem(say_direct.not_a_length(asking.texts, reply.text))
        if length is None:
            endless = Problem(say_direct.no_endless_mute(asking.texts))
            return endless if self.rung is Rung.MUTE else _FOR_GOOD
        if fault_of_length(length) is not None:
            return Problem(say_direct.bad_length(asking.texts, self.rung, length))
        return int(length.total_seconds())

    def _choices(self, asking: Asking) -> Sequence[Choice]:
        lengths = [Choice(asking.texts.duration(one), int(one.total_seconds())) for one in _LENGTHS[self.rung]]
        endless = [Choice(say_direct.for_good(asking.texts), _FOR_GOOD)] if self.rung is Rung.BAN else []
        return (*lengths, *endless)

    async def finish(self, _update: Update, context: Context, answers: dict[str, Any]) -> None:
        """Take the step with what the form asked for."""
        outcome = await channels.titled(context, await find_answer(context, answers["who"]), answers.get("name", ""))
        target = aim(context, self.rung, outcome)
        kept = answers.get(EVIDENCE)
        seconds = answers.get("length")
        step = Step(self.rung, timedelta(seconds=seconds) if seconds else None)
        reason = answers.get("reason") or answers.get("more") or ""
        named = await self.rules.answered(context, answers)
        await self._take(context, target, step, named, reason, None if kept is None else Evidence(**kept))

    # Taking it

    async def _take(
        self, context: Context, target: Person, step: Step, named: Named, reason: str, evidence: Evidence | None
    ) -> None:
        channels.check_length(context, (target,), step)
        group, issuer = context.group, Person(context.actor.user_id, context.actor.name)
        department = (await context.scope.ports.people.standing(context.tx, group, target.user_id)).tag
        ask = Ask(
            group.id,
            target,
            issuer,
            reason,
            evidence,
            basic=group.kind == "group",
            rule=named.code,
            rule_title=named.title,
            department=department,
        )
        may_write = _may_write(context, target.user_id)
        outcome = await service.take(context.tx, ask, step, context.now, may_write=may_write)
        match outcome:
            case ReasonTooLong(length):
                raise Declined(say.reason_too_long(context.texts, length))
            case BadLength(length):
                raise Declined(say_direct.bad_length(context.texts, self.rung, length))
            case JustTaken(case, hidden):
                raise Declined(
                    say_direct.just_taken(context.texts, case, context.now, hidden=hidden and not context.private)
                )
            case AlreadyProposed(case):
                raise Declined(say_direct.proposed_already(context.texts, case))
            case NotBanned(name):
                raise Declined(say_channels.not_banned(context.texts, name))
            case NotMuted(name):
                raise Declined(say_direct.not_muted(context.texts, name))
            case Taken():
                await self.heavy.follow(context, outcome)
            case _:
                assert_never(outcome)


def aim(context: Context, rung: Rung, outcome: Outcome) -> Person:
    """Return who is meant.

    :raises Declined: if that is unclear, or nobody against whom such a step can be taken.
    """
    texts = context.texts
    if not isinstance(outcome, Found):
        raise Declined(say_direct.whom(texts, rung, identity_texts.unclear(texts, outcome)))
    if channels.is_one(outcome):
        return channels.aim(context, rung, outcome)
    member, unban = outcome.member, rung is Rung.UNBAN
    refusal = identity_texts.not_to_be_acted_on(texts, outcome.kind, member.name)
    if unban and outcome.kind is TargetKind.GONE:
        refusal = say_direct.left(texts, member.name) if member.presence is Presence.LEFT else None
    elif refusal is None and member.is_admin:
        refusal = say_direct.administrator(texts, member.name, owner=member.is_creator)
    elif refusal is None and unban:
        refusal = say_direct.not_banned(texts, member.name)
    if refusal is not None:
        raise Declined(refusal)
    return Person(member.user_id, member.name)


async def _status_of(tx: Tx, group: Group, message: env.Message, rest: str) -> Sequence[MemberNeed]:
    """Ask what the person is in the group: whom an administrator muted in Telegram itself, no case tells of."""
    user_id = await member_named(tx, group, message, rest)
    return () if user_id is None or user_id < 0 else (MemberNeed(group.chat_id, user_id),)


def _may_write(context: Context, user_id: UserId) -> bool:
    """Say whether Telegram has just said that somebody is in the group and restricted in nothing."""
    raw = context.scope.answers.get(MemberNeed(context.group.chat_id, user_id))
    return isinstance(raw, bytes) and json.loads(raw)["status"] == "member"


def _why(asking: Asking) -> Html:
    return say_direct.ask_reason(asking.texts)


def _show(asking: Asking, seconds: Any) -> Html:
    texts = asking.texts
    return Html.escape(texts.duration(timedelta(seconds=seconds)) if seconds else say_direct.for_good(texts))


def steps(heavy: Heavy, rules: Rules) -> tuple[Direct, ...]:
    """Return the commands."""
    return (
        Direct(
            Rung.MUTE,
            words.HELP_MUTE,
            words.MUTE_BUTTON,
            (N_("/mute @name 2h spam"), N_("/mute @name 2h A3 spam"), N_("/mute 2h spam (as a reply to the message)")),
            heavy,
            rules,
        ),
        Direct(
            Rung.KICK,
            words.HELP_KICK,
            words.KICK_BUTTON,
            (N_("/kick @name spam"), N_("/kick @name A3 spam"), N_("/kick @one @two spam")),
            heavy,
            rules,
        ),
        Direct(
            Rung.BAN,
            words.HELP_BAN,
            words.BAN_BUTTON,
            (
                N_("/ban @name 7 days spam"),
                N_("/ban @name A3 spam"),
                N_("/ban @name spam"),
                N_("/ban @one @two 7 days spam"),
            ),
            heavy,
            rules,
        ),
        Direct(Rung.UNMUTE, words.HELP_UNMUTE, words.UNMUTE_BUTTON, (N_("/unmute @name"),), heavy, rules),
        Direct(Rung.UNBAN, words.HELP_UNBAN, words.UNBAN_BUTTON, (N_("/unban @name"),), heavy, rules),
    )
