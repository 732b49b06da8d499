"""How an announcement is made to recur: on one line, by a form, and from the card of a draft."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import TYPE_CHECKING, Any, Final

from bot.announcements import service as announcements
from bot.announcements.handlers import codes as core_codes
from bot.announcements.handlers.desk import PURPOSE, by_of
from bot.announcements.handlers.reading import album_of, content_of, content_of_reply, whole
from bot.announcements.recurring import rules, service
from bot.announcements.recurring import texts as say
from bot.announcements.recurring.handlers import pages
from bot.announcements.recurring.handlers.pages import FORM_RULE
from bot.announcements.recurring.rules import Already
from bot.announcements.rules.announcement import Announcement, State
from bot.announcements.rules.content import Content
from bot.announcements.rules.outcomes import Done
from bot.announcements.rules.typed import split_number
from bot.announcements.texts import card as say_card
from bot.announcements.texts import replies, words
from bot.i18n import Html
from bot.kernel.recurrence import LAST, Freq, Recurrence, from_json, to_json, upcoming
from bot.phrases import recurrence
from bot.tg import recurrences
from bot.tg.access import Declined
from bot.tg.aside import step_aside
from bot.tg.forms import Asking, Choice, Form, Problem, Question, Reply, Told
from bot.tg.forms.questions import ask_integer, ask_one_of
from bot.tg.forms.questions import say as ask
from bot.tg.reading import answered_by

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from bot.announcements.handlers.work import Work
    from bot.tg.context import Context

FORM_EVERY, FORM_REPEAT = "announce.every", "announce.repeat"
_HOLIDAYS: Final = ((True, say.HOLIDAYS_OUT), (False, say.HOLIDAYS_IN))
_NINE: Final = time(9)
_READ: Final = recurrences.read(lambda asking: asking.now, pages.WANTED)


@dataclass(frozen=True, slots=True)
class Making:
    """The commands, taps and forms, with the jobs that are done with any announcement."""

    work: Work

    async def every(self, update: Update, context: Context) -> None:
        """``/announce every <rule> | <text>``, or in reply to the text: shown back with its next dates before it is saved."""
        message = update.message
        typed, bar, _ = context.args_text.replace("｜", "|", 1).partition("|")
        if message is None or (not bar and answered_by(message) is None):
            raise Declined(say.bar_wanted(context.texts))
        if not typed.strip():
            raise Declined(say.bar_wanted(context.texts))
        line, too = rules.with_holidays(typed.strip())
        rule = pages.understood(context, line)
        if isinstance(rule, Problem) and not rule.partial:
            raise Declined(rule.html)
        content = content_of(message, context.args_text[len(typed) + 1 :].strip() if bar else "")
        content = await whole(context.tx, content, album_of(message))
        problem = announcements.problem_of(content)
        if problem is not None:
            raise Declined(replies.refused(context.texts, problem))
        await step_aside(context, PURPOSE)
        await context.start_form(FORM_EVERY, {"content": content, **pages.known_of(rule), **pages.on_holidays(too=too)})

    async def recurring(self, update: Update, context: Context) -> None:
        """``/announce recurring …``; a rule with a text behind a bar makes a new one, whichever word stands before it."""
        number, _ = split_number(context.args_text)
        if number is None and "|" in context.args_text.replace("｜", "|"):
            await self.every(update, context)
        else:
            await pages.recurring(update, context)

    async def new(self, _update: Update, context: Context) -> None:
        """Ask for a text and a rule."""
        await context.start_form(FORM_EVERY)

    async def repeat(self, _update: Update, context: Context, number: int) -> None:
        """Ask for a rule by which the announcement on a card is to recur."""
        await self._pattern(context, number)
        found = await service.find(context.tx, context.group.id, number)
        if isinstance(found, rules.Recurring):
            context.reply(*await pages.view(context, found))
            return
        await context.start_form(FORM_REPEAT, {"number": number})

    async def other_rule(self, _update: Update, context: Context, number: int) -> None:
        """Ask for another rule."""
        found = await service.find(context.tx, context.group.id, number)
        if isinstance(found, rules.NoneSuch):
            context.toast(say.gone(context.texts))
            return
        await context.start_form(FORM_RULE, pages.preset_of(found))

    async def finish_every(self, _update: Update, context: Context, answers: dict[str, Any]) -> None:
        """Keep the text as a draft, and let it recur."""
        drafted = await announcements.draft(
            context.tx, context.group.id, answers["content"], by_of(context), context.now
        )
        if not isinstance(drafted, Done):
            raise Declined(replies.refused(context.texts, drafted))
        await self._begin(context, drafted.item, _rule_of(answers))
        await self.work.desk.hand_out(context, drafted.item)

    async def finish_repeat(self, _update: Update, context: Context, answers: dict[str, Any]) -> None:
        """Let an announcement recur; of one that is on its way or published already, a copy does."""
        pattern = await self._pattern(context, answers["number"])
        if not rules.is_fit(pattern):
            copied = await announcements.copy(context.tx, context.group.id, pattern.number, by_of(context), context.now)
            if not isinstance(copied, Done):
                raise Declined(replies.refused(context.texts, copied))
            pattern = copied.item
        await self._begin(context, pattern, _rule_of(answers))

    async def finish_rule(self, _update: Update, context: Context, answers: dict[str, Any]) -> None:
        """Let it come by another rule."""
        number, by, rule = answers["number"], by_of(context), _rule_of(answers)
        await pages.answer(
            context, "rule", await service.set_rule(context.tx, context.group, number, rule, by, context.now)
        )

    async def _begin(self, context: Context, pattern: Announcement, rule: Recurrence) -> None:
        done = await service.begin(context.tx, pattern, rule, by_of(context), context.now)
        if isinstance(done, Already):
            raise Declined(say.already(context.texts, pattern.number))
        core_codes.changed(context.scope, pattern)
        note = say.begun(context.texts, pattern.number)
        submitted = await announcements.submit(
            context.tx, context.group.id, pattern.number, by_of(context), context.now
        )
        if isinstance(submitted, Done) and submitted.item.state is State.IN_REVIEW:
            await self.work.ask_reviewers(context, submitted.item)
            note = Html("{}\n{}").format(note, say.waits_for_review(context.texts))
        context.reply(*await pages.view(context, done.recurring, note))

    @staticmethod
    async def _pattern(context: Context, number: int) -> Announcement:
        found = await announcements.find(context.tx, context.group.id, number)
        if not isinstance(found, Announcement):
            raise Declined(replies.refused(context.texts, found))
        return found


def forms(making: Making) -> tuple[Form[Any], ...]:
    """Return the forms, with what they end in."""
    number = ask_integer("number", say.NUMBER, lambda asking: asking.texts.gettext(say.NUMBER), 1)
    publishers = core_codes.PUBLISHERS
    return (
        Form(FORM_EVERY, say.FORM_EVERY, (_CONTENT, _RULE, _OUT), making.finish_every, publishers, confirm=True),
        Form(FORM_REPEAT, say.FORM_EVERY, (number, _RULE, _OUT), making.finish_repeat, publishers, confirm=True),
        Form(FORM_RULE, say.FORM_RULE, (number, _RULE, _OUT), making.finish_rule, publishers, confirm=True),
    )


def _rule_of(answers: dict[str, Any]) -> Recurrence:
    rule = from_json(answers["rule"])
    return replace(rule, no_holidays=rule.no_holidays or answers["holidays"])


# Questions


def _parse_content(asking: Asking, reply: Reply) -> Content | Problem:
    content = content_of_reply(reply)
    problem = announcements.problem_of(content)
    return content if problem is None else Problem(replies.refused(asking.texts, problem))


def _unclear(asking: Asking) -> Problem | None:
    """Return what is missing in the rule on the line that opened the form."""
    said = asking.answers.get(pages.SAID)
    found = _READ(replace(asking, partial=""), Reply(said)) if isinstance(said, str) else None
    return found if isinstance(found, Problem) else None


def _ask_rule(asking: Asking) -> Html:
    unclear = _unclear(asking)
    return asking.texts.gettext(say.ASK_RULE) if unclear is None else unclear.html


def _parse_rule(asking: Asking, reply: Reply) -> str | Told[str] | Problem:
    # The hour alone goes with the rule the line named.
    unclear = None if asking.partial else _unclear(asking)
    line, too = rules.with_holidays(reply.text)
    asked = asking if unclear is None else replace(asking, partial=unclear.partial)
    found = _READ(asked, replace(reply, text=line) if too else reply)
    if isinstance(found, str) and rules.too_often(from_json(found), asking.now):
        return Problem(say.too_often(asking.texts))
    return Told(found, pages.on_holidays(too=True)) if too and isinstance(found, str) else found


def _rules(asking: Asking) -> Sequence[Choice]:
    """Offer the rules that are wanted most, at nine; any other time is written. Of a rule that is known, its hours."""
    group, unclear = asking.group, _unclear(asking)
    if unclear is not None:
        return unclear.choices
    if group is None:
        return ()
    local = datetime.combine(group.local(asking.now).date(), _NINE)
    weekday = frozenset({local.weekday()})
    offered = (
        Recurrence(local, group.zone, Freq.DAILY),
        Recurrence(local, group.zone, Freq.WEEKLY, weekdays=frozenset(range(5))),
        Recurrence(local, group.zone, Freq.WEEKLY, weekdays=frozenset({0})),
        Recurrence(local, group.zone, Freq.WEEKLY, 2, weekday),
        Recurrence(local, group.zone, Freq.MONTHLY, monthday=1),
        Recurrence(local, group.zone, Freq.MONTHLY, weekdays=frozenset({4}), nth=LAST),
    )
    return [Choice(str(recurrence(asking.texts, rule).striptags()), to_json(rule)) for rule in offered]


def _show_rule(asking: Asking, value: Any) -> Html:
    """Show the rule with its next dates, and that the first falls into quiet hours, if it does."""
    rule = from_json(str(value))
    rule = replace(rule, no_holidays=rule.no_holidays or asking.answers.get("holidays", True))
    shown = recurrences.show(asking, to_json(rule))
    if asking.group is None:
        return shown
    first = upcoming(rule, asking.now, 1, asking.group.holidays)
    note = say_card.quiet_note(asking.texts, asking.group, first[0]) if first else None
    return shown if note is None else Html("{}\n{}").format(shown, note)


_CONTENT: Final = Question(
    "content",
    say.CONTENT,
    lambda asking: replies.ask_content(asking.texts),
    _parse_content,
    Content,
    takes_album=True,
    show=lambda asking, value: words.shown(asking.texts, value),
)
_RULE: Final = Question("rule", say.COMES, _ask_rule, _parse_rule, choices=_rules, show=_show_rule)
_OUT: Final = ask_one_of("holidays", say.HOLIDAYS, ask(say.ASK_HOLIDAYS), _HOLIDAYS, bool, rare=True, default=True)
