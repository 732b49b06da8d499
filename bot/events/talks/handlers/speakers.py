"""Who speaks: named by the organiser, asked by buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.events import service as events
from bot.events.handlers import codes as core
from bot.events.handlers import finding
from bot.events.handlers.board import CARD, person_of
from bot.events.handlers.clock import About
from bot.events.handlers.leaving import who_left
from bot.events.rules.event import Phase
from bot.events.rules.signup import SignUp, SignUpState, Tally
from bot.events.service import clock
from bot.events.talks import service
from bot.events.talks.handlers import asking, codes
from bot.events.talks.rules import ANSWER_WANTED, Answer, SpeakerFlaw
from bot.events.talks.texts import part as part_texts
from bot.events.talks.texts import speakers as say
from bot.kernel.ids import UserId
from bot.members.identity import texts as identity
from bot.members.identity.handlers import find_answer, find_target
from bot.members.identity.rules import Found, Missing, TargetKind
from bot.tg.access import Declined
from bot.tg.aside import step_aside
from bot.tg.buttons import column, rows
from bot.tg.capability import EVERYONE
from bot.tg.forms import Form
from bot.tg.forms.questions import ask_text
from bot.tg.forms.questions import say as ask

if TYPE_CHECKING:
    from collections.abc import Callable

    from telegram import Update

    from bot.events.handlers.finding import Meant
    from bot.events.handlers.telling import Teller
    from bot.events.rules.event import Event
    from bot.events.talks.rules import Speaker
    from bot.i18n import Html, Texts
    from bot.kernel.groups import Group
    from bot.members.identity.rules import Outcome
    from bot.tg import envelope as env
    from bot.tg.context import Context, Scope
    from bot.tg.effects import Keyboard

SPEAKER_FORM, WHY_FORM = "event.speaker", "event.speaker.no"


class Speakers:
    """Everything about speakers, with what the composition root gave it."""

    def __init__(self, teller: Teller) -> None:
        self._teller = teller

    # The organiser

    async def named(self, _update: Update, context: Context) -> None:
        """``/event speaker 3 @mei``: name a speaker; without a name, show who speaks (R05)."""
        meant = await finding.named(context, "/event speaker", codes.SPEAKERS)
        if meant is None:
            return
        context.spoken.args_text = meant.rest
        target, rest = await find_target(context)
        if isinstance(target, Missing) and not meant.rest:
            await self._show(context, meant)
            return
        if isinstance(target, Found) and rest:
            raise Declined(say.not_understood(context.texts, rest))
        await self._name(context, meant, *_who(context, target, meant.rest))

    async def show(self, _update: Update, context: Context, event_id: int) -> None:
        """Show who speaks at an event chosen by a button."""
        meant = await finding.picked(context, event_id)
        if meant is not None:
            await self._show(context, meant)

    async def _show(self, context: Context, meant: Meant) -> None:
        await step_aside(context)
        context.edit(*await self._view(context, meant.event))

    async def _view(self, context: Context, event: Event, note: Html | None = None) -> tuple[Html, Keyboard]:
        texts, group = context.texts, context.group
        found = await service.speakers(context.tx, event.id)
        drop = [codes.DROP.key(texts.label(say.DROP, name=one.name[:40]), group, event.id, one.place) for one in found]
        last = (
            codes.ADD.key(texts.label(say.ADD), group, event.id),
            core.PANEL.key(texts.label(part_texts.BACK), group, event.id),
        )
        return say.speakers_view(texts, event, found, note), (*column(drop), *rows(last))

    async def add(self, _update: Update, context: Context, event_id: int) -> None:
        """Ask who else speaks."""
        meant = finding.live(context, await finding.picked(context, event_id))
        if meant is not None:
            context.toast_empty()
            await context.start_form(SPEAKER_FORM, {"event": event_id})

    async def finish(self, _update: Update, context: Context, answers: dict[str, Any]) -> None:
        """Name the speaker of a form."""
        meant = await finding.picked(context, answers["event"])
        if meant is not None:
            typed = answers["who"]
            target = await find_answer(context, typed)
            await self._name(context, meant, *_who(context, target, typed))

    async def _name(self, context: Context, meant: Meant, name: str, user_id: UserId | None) -> None:
        event = meant.event
        done = await service.name_speaker(context.tx, event, name, user_id, person_of(context), context.now)
        if isinstance(done, SpeakerFlaw):
            raise Declined(say.speaker_flaw(context.texts, done))
        context.scope.cards.changed(CARD, str(event.id))
        in_private = await self._ask(
            context.scope, _about(context, meant), done.speaker, say.asked_private, say.asked_in_group
        )
        await step_aside(context)
        note = say.named(context.texts, event, done.speaker, in_private=in_private)
        context.reply(*await self._view(context, event, note))

    async def drop(self, _update: Update, context: Context, event_id: int, place: int) -> None:
        """Take a speaker off."""
        meant = await finding.picked(context, event_id)
        if meant is None:
            return
        gone = await service.drop_speaker(context.tx, meant.event, place, person_of(context), context.now)
        if gone is None:
            context.toast(part_texts.gone(context.texts))
            return
        context.scope.cards.changed(CARD, str(event_id))
        if gone.can_be_told:
            event, group = meant.event, context.group

            def write(own: Texts, _one: SignUp) -> Html:
                return say.not_needed(own, event, group.title)

            await self._teller.in_private(context.scope, _about(context, meant), [_person(gone, context.scope)], write)
        context.edit(*await self._view(context, meant.event, say.dropped(context.texts, gone)))

    async def _ask(
        self,
        scope: Scope,
        about: About,
        speaker: Speaker,
        private: Callable[[Texts, Event, str], Html],
        public: Callable[[Texts, Event, Speaker], Html],
    ) -> bool:
        """Ask a speaker, in private or in the group; True if in private."""
        if speaker.user_id is None:
            return False
        group, event = about.group, about.event

        def write(own: Texts, _one: SignUp) -> Html:
            return private(own, event, group.title)

        def keys(own: Texts, _one: SignUp) -> Keyboard:
            return _keys(own, group, event)

        missed = await self._teller.in_private(scope, about, [_person(speaker, scope)], write, keys)
        if missed:
            texts = scope.texts(group)
            await self._teller.in_group(scope, about, public(texts, event, speaker), _keys(texts, group, event))
        return not missed

    # The speaker

    async def agree(self, _update: Update, context: Context, event_id: int) -> None:
        """Say that one will speak."""
        await self._answer(context, event_id, None, yes=True)

    async def refuse(self, _update: Update, context: Context, event_id: int) -> None:
        """Ask a speaker who cannot for the reason."""
        meant = await finding.picked(context, event_id)
        if meant is None:
            return
        if not meant.event.phase(context.now).is_live or not await _is_asked(context, event_id):
            context.toast(say.not_asked(context.texts), alert=True)
            return
        context.toast_empty()
        await context.start_form(WHY_FORM, {"event": event_id})

    async def finish_refusal(self, _update: Update, context: Context, answers: dict[str, Any]) -> None:
        """Note that somebody cannot speak."""
        await self._answer(context, answers["event"], answers.get("reason"), yes=False)

    async def _answer(self, context: Context, event_id: int, reason: str | None, *, yes: bool) -> None:
        meant = await finding.picked(context, event_id)
        if meant is None:
            return
        done = await service.answer(context.tx, meant.event, person_of(context), context.now, yes=yes, reason=reason)
        if done is None:
            context.toast(say.not_asked(context.texts), alert=True)
            return
        keys = _keys(context.texts, context.group, done.event, done.speaker.answer)
        context.edit(say.thanks(context.texts, done.event, done.speaker), keys)
        context.scope.cards.changed(CARD, str(event_id))
        await self._teller.to_organiser(
            context.scope, _about(context, meant), lambda texts: say.told_organiser(texts, done.event, done.speaker)
        )

    async def missing(self, scope: Scope, about: About, _detail: str) -> None:
        """Tell the organiser who has not answered two days before the start."""
        if not about.phase.is_live:
            return
        due = about.event.plan.starts_at - ANSWER_WANTED
        if due > scope.now:
            await clock.set_all(scope.tx, about.event, {service.SPEAKER: due})
            return
        found = [one for one in await service.speakers(scope.tx, about.event.id) if one.answer is Answer.ASKED]
        if found:
            await self._teller.to_organiser(scope, about, lambda texts: say.no_answer(texts, about.event, found))

    async def changed(self, scope: Scope, about: About, _detail: str) -> None:
        """Ask the speakers again when an event is at another time, and tell them when it is cancelled."""
        await asking.redraw(scope, about, _detail)
        if about.phase is Phase.CANCELLED:
            await self._call_off(scope, about)
        elif about.phase.is_live:
            for one in await service.keep_time(scope.tx, about.event, scope.now):
                await self._ask(scope, about, one, say.moved_private, say.moved_in_group)
                scope.cards.changed(CARD, str(about.event.id))

    async def _call_off(self, scope: Scope, about: About) -> None:
        """Tell the speakers of a cancelled event; who is on its list is told by that."""
        people = [*events.ON_IT, SignUpState.MAYBE]
        listed = {one.user_id for one in await events.people(scope.tx, about.event.id, *people)}
        found = await service.speakers(scope.tx, about.event.id)
        speaking = [_person(one, scope) for one in found if one.can_be_told and one.user_id not in listed]

        def write(own: Texts, _one: SignUp) -> Html:
            return say.called_off(own, about.event, about.group.title)

        await self._teller.in_private(scope, about, speaking, write)

    async def gone(self, scope: Scope, update: env.Update) -> None:
        """Tell the organiser that a speaker left the group."""
        found = who_left(scope, update)
        if found is None:
            return
        group, user = found
        for one in await service.left(scope.tx, group.id, UserId(user.id), scope.now):
            scope.cards.changed(CARD, str(one.event.id))
            about = About(group, one.event, Tally(), one.event.phase(scope.now))
            await self._teller.to_organiser(scope, about, _tell_left(one))

    def forms(self) -> tuple[Form[Any], ...]:
        """Return the forms."""
        return (
            Form(
                SPEAKER_FORM,
                say.SPEAKER_TITLE,
                (ask_text("who", say.WHO, ask(say.ASK_WHO), 100),),
                self.finish,
                core.ORGANISERS,
            ),
            Form(
                WHY_FORM,
                say.WHY_TITLE,
                (ask_text("reason", say.REASON, ask(say.ASK_REASON), 300, optional=True),),
                self.finish_refusal,
                EVERYONE,
            ),
        )


async def note(scope: Scope, _group: Group, event: Event, texts: Texts) -> Html | None:
    """Say on the card who speaks."""
    return say.on_card(texts, await service.speakers(scope.tx, event.id))


def _who(context: Context, target: Outcome, typed: str) -> tuple[str, UserId | None]:
    """Return who is named: somebody the group knows by @name, mention, id or as a reply, or else a plain name."""
    if isinstance(target, Found):
        if target.kind not in {TargetKind.MEMBER, TargetKind.ONESELF}:
            refusal = identity.not_to_be_acted_on(context.texts, target.kind, target.member.name)
            raise Declined(refusal or identity.how_to_name(context.texts))
        return target.member.name, target.member.user_id
    if not isinstance(target, Missing):
        raise Declined(identity.unclear(context.texts, target))
    return typed, None


async def _is_asked(context: Context, event_id: int) -> bool:
    found = await service.speakers(context.tx, event_id)
    return any(one.user_id == context.actor.user_id for one in found)


def _keys(texts: Texts, group: Group, event: Event, said: Answer = Answer.ASKED) -> Keyboard:
    """Let a speaker say yes or no; who has said one may still say the other."""
    return rows(
        (
            codes.YES.key(texts.label(say.YES), group, event.id) if said is not Answer.YES else None,
            codes.NO.key(texts.label(say.NO), group, event.id) if said is not Answer.NO else None,
        )
    )


def _tell_left(gone: service.Named) -> Callable[[Texts], Html]:
    return lambda texts: say.speaker_left(texts, gone.event, gone.speaker)


def _person(speaker: Speaker, scope: Scope) -> SignUp:
    """Return a speaker as one of those who are told of an event."""
    return SignUp(speaker.user_id or UserId(0), speaker.name, SignUpState.GOING, 0, scope.now)


def _about(context: Context, meant: Meant) -> About:
    return About(context.group, meant.event, meant.tally, meant.event.phase(context.now))
