"""The buttons of those who decide, and the questions they ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from bot.announcements import service as core
from bot.announcements.handlers.desk import by_of
from bot.announcements.rules.announcement import Announcement
from bot.announcements.submissions import service
from bot.announcements.submissions.handlers import codes
from bot.announcements.submissions.handlers.handing import done
from bot.announcements.submissions.rules import (
    QUESTION_LIMIT,
    REASON_LIMIT,
    VERIFIED_LIMIT,
    Act,
    Done,
    NotNow,
    Refused,
    Submission,
)
from bot.announcements.submissions.texts import managers as say
from bot.announcements.submissions.texts import member as say_member
from bot.announcements.submissions.texts import words
from bot.tg import effects as fx
from bot.tg.access import Declined
from bot.tg.forms import Asking, Choice, Form, Problem, Question, Reply
from bot.tg.forms.questions import ask_integer, ask_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from bot.announcements.handlers.desk import Desk
    from bot.announcements.submissions.handlers.telling import Telling
    from bot.tg.context import Context


_UNVERIFIED: Final = frozenset(
    {
        *("no", "nope", "none", "not", "not yet", "skip", "unverified", "not verified", "-", "—"),
        *("没有", "没", "否", "无", "跳过", "未核实", "没核实", "没有核实", "还没有", "还没", "暂无"),
    }
)


@dataclass(frozen=True, slots=True)
class Deciding:
    """The handlers of reviewers; ``desk`` shows the draft that a submission has become."""

    desk: Desk
    telling: Telling

    # Buttons

    async def accept(self, _update: Update, context: Context, number: int) -> None:
        """Ask what belongs to an acceptance."""
        await self._begin(context, number, Act.ACCEPT, codes.FORM_ACCEPT)

    async def ask(self, _update: Update, context: Context, number: int) -> None:
        """Ask what is to be asked back."""
        await self._begin(context, number, Act.ASK, codes.FORM_ASK)

    async def decline(self, _update: Update, context: Context, number: int) -> None:
        """Ask why it is declined."""
        await self._begin(context, number, Act.DECLINE, codes.FORM_DECLINE)

    async def delete(self, _update: Update, context: Context, number: int) -> None:
        """Delete from the group what was handed in where everybody reads (R25)."""
        group = context.group
        item = done(context, await service.delete(context.tx, group.id, number, by_of(context), context.now))
        for message_id in item.messages:
            context.effects.put(fx.DeleteMessage(group.chat_id, message_id), group_id=group.id)
        codes.changed(context.scope, item)
        context.toast(say.being_deleted(context.texts, number))

    @staticmethod
    async def _begin(context: Context, number: int, act: Act, form: str) -> None:
        found = await service.can(context.tx, context.group.id, number, act, context.actor.user_id)
        if not isinstance(found, Submission):
            raise Declined(say_member.refused(context.texts, found))
        await context.start_form(form, {"number": number})

    # What the forms end in

    async def finish_accept(self, _update: Update, context: Context, answers: dict[str, Any]) -> None:
        """Make a draft of it, and show the draft."""
        group, number = context.group, answers["number"]
        found = await service.find(context.tx, group.id, number)
        line = None
        if answers["shown"] and isinstance(found, Submission):
            line = words.credit(context.scope.texts(group), found.user_name)
        outcome = await service.accept(
            context.tx, group.id, number, by_of(context), context.now, verified=_verified(answers), line=line
        )
        item = await self._decided(context, outcome)
        if item is None or item.post_number is None:
            return
        context.reply(say.accepted(context.texts, item))
        post = await core.find(context.tx, group.id, item.post_number)
        if isinstance(post, Announcement):
            await self.desk.hand_out(context, post)

    async def finish_ask(self, _update: Update, context: Context, answers: dict[str, Any]) -> None:
        """Ask the member."""
        outcome = await service.ask(
            context.tx, context.group.id, answers["number"], answers["question"], by_of(context), context.now
        )
        item = await self._decided(context, outcome)
        if item is not None:
            context.reply(say.asked(context.texts, item))

    async def finish_decline(self, _update: Update, context: Context, answers: dict[str, Any]) -> None:
        """Turn it down."""
        outcome = await service.decline(
            context.tx, context.group.id, answers["number"], answers["reason"], by_of(context), context.now
        )
        item = await self._decided(context, outcome)
        if item is not None:
            context.reply(say.declined(context.texts, item))

    async def _decided(self, context: Context, outcome: Done | Refused) -> Submission | None:
        """Tell the member, and return it; None where somebody else was first, who is named."""
        if isinstance(outcome, NotNow):
            # The form is over: nothing that is typed once more would change that.
            context.reply(say_member.refused(context.texts, outcome))
            return None
        item = done(context, outcome)
        await self.telling.tell(context.scope, context.group, item)
        return item

    # Forms

    def forms(self) -> tuple[Form[Any], ...]:
        """Return the forms of reviewers."""
        question = ask_text(
            "question",
            words.QUESTION,
            lambda asking: say.ask_question(asking.texts, asking.answers["number"]),
            QUESTION_LIMIT,
            lines=True,
        )
        reason = ask_text(
            "reason",
            words.REASON,
            lambda asking: say.ask_reason(asking.texts, asking.answers["number"]),
            REASON_LIMIT,
            lines=True,
        )
        verified = ask_text(
            "verified",
            words.VERIFIED,
            lambda asking: say.ask_verified(asking.texts),
            VERIFIED_LIMIT,
            lines=True,
            optional=True,
            default="",
        )
        return (
            Form(codes.FORM_ASK, words.FORM_ASK_TITLE, (_number(), question), self.finish_ask, codes.REVIEWERS),
            Form(
                codes.FORM_DECLINE, words.FORM_DECLINE_TITLE, (_number(), reason), self.finish_decline, codes.REVIEWERS
            ),
            Form(
                codes.FORM_ACCEPT,
                words.FORM_ACCEPT_TITLE,
                (_number(), _shown(), verified),
                self.finish_accept,
                codes.REVIEWERS,
            ),
        )


def _verified(answers: dict[str, Any]) -> str:
    """Return how it was verified; who writes that it was not has verified nothing."""
    said = str(answers["verified"] or "").strip()
    return "" if said.casefold().rstrip(".!。！") in _UNVERIFIED else said


def _number() -> Question[int]:
    # Always preset: the button that starts the form names the submission.
    return ask_integer("number", words.NUMBER, lambda asking: asking.texts.gettext(words.NUMBER), 1)


def _shown() -> Question[bool]:
    def choices(asking: Asking) -> Sequence[Choice]:
        return [Choice(say.credit_label(asking.texts, shown=shown), shown) for shown in (True, False)]

    def parse(asking: Asking, reply: Reply) -> bool | Problem:
        said = reply.text.strip().casefold()
        found = next((one.value for one in choices(asking) if one.label.casefold() == said), None)
        return Problem(say.choose_credit(asking.texts), tuple(choices(asking))) if found is None else bool(found)

    return Question("shown", words.CREDIT, lambda asking: say.ask_credit(asking.texts), parse, bool, choices=choices)
