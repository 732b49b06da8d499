"""The form and the line by which events are made (R05)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.events import service
from bot.events.creating import service as creating
from bot.events.creating import texts as say
from bot.events.creating.handlers import codes
from bot.events.creating.rules import cut, named_template, taken_over
from bot.events.handlers import board, questions
from bot.events.handlers import codes as core_codes
from bot.events.handlers.reading import known_time, read_deadline, read_start, read_words, with_end
from bot.events.rules.event import Created
from bot.events.rules.line import Line, TitleOnly, Twice, UnknownPart, read_line, read_pieces
from bot.events.rules.parts import End
from bot.events.rules.plan import Field, Kind, Plan, flaw_of
from bot.events.texts import fields, organiser
from bot.kernel.times import HORIZON
from bot.tg.access import Declined
from bot.tg.aside import step_aside
from bot.tg.buttons import rows
from bot.tg.forms import Form, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from telegram import Update

    from bot.events.creating.rules import Template
    from bot.events.rules.event import Event
    from bot.tg.context import Context
    from bot.tg.effects import Keyboard

CREATE, DRAFT = "event.create", "event.draft"
_UNSAID: dict[str, Any] = {"kind": Kind.OFFLINE, "place": None, "link": None, "seats": None}
"""What a line that does not say it means: nothing more is asked."""


async def create(_update: Update, context: Context) -> None:
    """``/event create title | time | …``: show the event as it will be, or ask for what is missing or unclear."""
    await _begin(context, CREATE)


async def draft(_update: Update, context: Context) -> None:
    """``/event draft …``: the same, where managers read, and for organisers only."""
    await step_aside(context)
    await _begin(context, DRAFT)


async def _begin(context: Context, form: str) -> None:
    typed = context.args_text
    used = named_template(typed)
    if used is not None:
        found = await creating.template_named(context.tx, context.group.id, used[0])
        if found is not None:
            await _from_template(context, form, found, used[1])
            return
        if not used[1]:
            known = await creating.templates_of(context.tx, context.group.id)
            context.reply(say.no_template(context.texts, used[0], known))
            return
    line = read_line(typed)
    match line:
        case TitleOnly(title=title):
            preset = {"title": title} if title else {}
            _check(context, preset)
            await context.start_form(form, preset)
        case UnknownPart() | Twice():
            context.reply(organiser.unknown_part(context.texts, line))
        case Line():
            await _start(context, form, {**_UNSAID, "title": line.title}, line.when, _implied(line.parts))


async def _from_template(context: Context, form: str, template: Template, rest: str) -> None:
    """Begin with what a template holds; a time and other parts may follow its name."""
    when, more = cut(rest)
    parts = read_pieces(more)
    if isinstance(parts, dict):
        await _start(context, form, taken_over(template.plan), when.strip() or None, _implied(parts))
    else:
        context.reply(organiser.unknown_part(context.texts, parts))


def _implied(parts: Mapping[Field, Any]) -> dict[str, Any]:
    """Return the parts of a line; a link says that people meet online."""
    return ({"kind": Kind.ONLINE} if "link" in parts else {}) | dict(parts)


async def _start(context: Context, form: str, usual: dict[str, Any], when: str | None, parts: dict[str, Any]) -> None:
    """Show a line back, its times read; what is wrong with them is said at once, what is unclear is asked.

    ``parts`` go before what the time says, the length before its end, and that before what is ``usual``.
    """
    end = parts.get("minutes")
    if isinstance(end, End):
        del parts["minutes"]
        when = _ended(context, when, end, parts)
    preset, deadline = dict(usual), parts.pop("deadline", None)
    for field, words, read in (("starts_at", when, read_start), ("deadline", deadline, read_deadline)):
        if words is None:
            continue
        found = read_words(context, read, words, preset)
        if isinstance(found, Problem) and not found.choices:
            wrong = found.html if field == "starts_at" else organiser.no_deadline_time(context.texts, found.html)
            context.reply(organiser.time_part(context.texts, wrong))
            return
        preset |= known_time(field, found, words)
    preset |= parts
    _check(context, preset)
    await context.start_form(form, preset)


def _ended(context: Context, when: str | None, end: End, parts: dict[str, Any]) -> str | None:
    """Return the words for the start with its end; an end that cannot be one may be that of the sign-up.

    :raises Declined: if it is neither.
    """
    together = with_end(when, end, context.now, context.texts.tz) if when is not None else None
    if together is not None:
        return together
    if end.certain or "deadline" in parts:
        raise Declined(organiser.no_end(context.texts, end.text))
    parts["deadline"] = end.text
    return when


def _check(context: Context, known: Mapping[str, Any]) -> None:
    """Refuse what is wrong in a line before anything of it is shown back."""
    fields_known = {name: value for name, value in known.items() if name in questions.PLAN and value is not None}
    plan = Plan(**{"title": "…", "starts_at": context.now + HORIZON, **fields_known})
    flaw = flaw_of(plan, context.now, changed=frozenset(fields_known))
    if flaw is not None:
        raise Declined(fields.flaw(context.texts, flaw))


async def house_rules(context: Context) -> dict[str, Any]:
    """Return what a new event begins with: what the group has settled for all its events."""
    house = await service.house_of(context.tx, context.group.id)
    return {
        "strict": house.strict,
        "automatic": house.automatic,
        "offer": house.offer,
        "reminders": house.reminders,
        "reconfirm": house.reconfirm,
    }


async def finish(_update: Update, context: Context, answers: dict[str, Any]) -> None:
    """Create the event of a form, or its draft."""
    await make(context, questions.plan_of(answers), draft=bool(answers.get("draft")))


async def finish_draft(_update: Update, context: Context, answers: dict[str, Any]) -> None:
    """Keep the draft of a form."""
    await make(context, questions.plan_of(answers), draft=True)


async def make(context: Context, plan: Plan, *, draft: bool) -> None:
    """Store an event; post its card, or tell its organiser where the draft is."""
    group, spoken = context.group, context.spoken
    done = await service.create(context.tx, group.id, plan, board.person_of(context), context.now, draft=draft)
    if not isinstance(done, Created):
        raise Declined(fields.flaw(context.texts, done))
    if draft:
        await step_aside(context)
        context.reply(say.drafted(context.texts, done.event), draft_keys(context, done.event))
        return
    await board.post_new(context, done.event)
    thread = group.thread_for("events")
    if spoken.chat_id != group.chat_id or (thread is not None and thread != spoken.thread_id):
        context.reply(organiser.created_elsewhere(context.texts, done.event, group.title))


def draft_keys(context: Context, event: Event) -> Keyboard:
    """Lead from a draft to what can be done with it."""
    texts, group = context.texts, context.group
    return rows(
        (
            codes.PUBLISH.key(texts.label(say.PUBLISH), group, event.id),
            core_codes.PANEL.key(texts.label(say.MANAGE), group, event.id),
        )
    )


QUESTIONS = tuple(questions.PLAN.values())
FORMS: tuple[Form[Any], ...] = (
    Form(
        CREATE,
        organiser.CREATE_TITLE,
        QUESTIONS,
        finish,
        core_codes.ORGANISERS,
        confirm=True,
        presets=house_rules,
        beside=("draft", say.SAVE_AS_DRAFT),
    ),
    Form(DRAFT, say.DRAFT_TITLE, QUESTIONS, finish_draft, core_codes.ORGANISERS, confirm=True, presets=house_rules),
)
