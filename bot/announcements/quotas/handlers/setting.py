"""``/quota set``, ``remove``, ``remind`` and ``week``; the form, the list, and the settings by buttons."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from bot.announcements.handlers.desk import PURPOSE, by_of
from bot.announcements.quotas import service
from bot.announcements.quotas.handlers import codes
from bot.announcements.quotas.rules.periods import MOST_REMIND_DAYS, Period
from bot.announcements.quotas.rules.quota import MOST, NAME_LIMIT, Kind
from bot.announcements.quotas.rules.typed import (
    Amount,
    Fault,
    clean_name,
    is_everybody,
    read_amount,
    read_subject,
    split_keeper,
)
from bot.announcements.quotas.service import Keeper, Set, Whose
from bot.announcements.quotas.texts import words
from bot.i18n import Html
from bot.kernel.times import scan_weekdays
from bot.members import service as members
from bot.members.identity import texts as identity
from bot.members.identity.handlers import as_answer, find_answer, find_target, mentions_in, person_question
from bot.members.identity.rules import Found, Missing, TargetKind
from bot.tg.access import Declined
from bot.tg.aside import step_aside
from bot.tg.buttons import column, rows
from bot.tg.forms import Asking, Choice, Form, Problem, Question, Reply
from bot.tg.forms.questions import ask_integer, ask_one_of, ask_text
from bot.tg.pages import paged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from bot.announcements.quotas.rules.quota import House, Quota
    from bot.i18n import Texts
    from bot.kernel.groups import Group
    from bot.members.identity.rules import Outcome
    from bot.tg.context import Context
    from bot.tg.effects import Key, Keyboard

PER_PAGE: Final = 10
_REMINDERS: Final = (1, 3, 7, 0)
_WEEKS: Final = (0, 5, 6)
_OFF: Final = frozenset({"off", "no", "none", "never", "0", "关", "关闭", "不提醒"})
_PEOPLE: Final = frozenset({TargetKind.MEMBER, TargetKind.ONESELF, TargetKind.GONE})


# Lines


async def set_line(_update: Update, context: Context) -> None:
    """``/quota set Sales 4 a month``; bare it asks."""
    typed = context.args_text
    if not typed:
        await step_aside(context, PURPOSE)
        await context.start_form(codes.FORM)
        return
    line, named = _with_keeper(context)
    whose, rest = (None, line) if named else await _named(context)
    amount = read_amount(rest)
    if isinstance(amount, Fault) or (whose is not None and amount.who) or (whose is None and not amount.who):
        raise Declined(words.not_understood(context.texts, amount if isinstance(amount, Fault) else Fault.SHAPE, typed))
    whose = whose or _whose(context, amount.who)
    keeper = await _keeper(context, named) if named else None
    if keeper is not None and (whose.kind is not Kind.DEPARTMENT or amount.who.startswith(("@", "＠"))):
        raise Declined(words.only_departments(context.texts))
    await _set(context, whose, amount, keeper)


async def remove(_update: Update, context: Context) -> None:
    """``/quota remove Sales [a month]``; bare it shows all, with buttons that remove them."""
    typed = context.args_text
    if not typed:
        await step_aside(context, PURPOSE)
        context.reply(*await _list(context, 1))
        return
    whose, rest = await _named(context)
    name, period = read_subject(rest) if whose is None else ("", _period_after(context, rest))
    meant = whose or _whose(context, name)
    gone = await service.remove(context.tx, context.group, meant, period, by_of(context), context.now)
    if not gone and period is not None and whose is None:
        # "Marketing week" may be the name of a department.
        meant = _whose(context, rest)
        gone = await service.remove(context.tx, context.group, meant, None, by_of(context), context.now)
    if not gone:
        raise Declined(words.no_such(context.texts, typed))
    await step_aside(context, PURPOSE)
    context.reply(words.was_removed(context.texts, gone))


async def remind(_update: Update, context: Context) -> None:
    """``/quota remind 3`` or ``off``; alone it shows the settings."""
    typed = context.args_text.strip()
    if typed:
        number = 0 if typed.casefold() in _OFF else int(typed) if typed.isascii() and typed.isdigit() else -1
        if not 0 <= number <= MOST_REMIND_DAYS:
            raise Declined(words.bad_remind(context.texts, typed))
        kept = await _keep(context, remind=number)
    else:
        kept = await service.house(context.tx, context.group)
    await step_aside(context, PURPOSE)
    context.reply(*_settings(context, kept))


async def week(_update: Update, context: Context) -> None:
    """``/quota week Sunday``; alone it shows the settings."""
    typed = context.args_text.strip()
    if typed:
        found = scan_weekdays(typed.casefold(), 0)
        if found is None or found[1] != len(typed) or len(found[0]) != 1:
            raise Declined(words.bad_week(context.texts, typed))
        kept = await _keep(context, week_begins=next(iter(found[0])))
    else:
        kept = await service.house(context.tx, context.group)
    await step_aside(context, PURPOSE)
    context.reply(*_settings(context, kept))


# Who is meant


async def _named(context: Context) -> tuple[Whose | None, str]:
    """Return the person a line names, if it begins with one, and the rest of it."""
    message = context.spoken.update.message
    mentioned = message is not None and any(one.user is not None for one in message.entities or ())
    if not mentioned and not context.args_text.startswith(("@", "＠")):
        return None, context.args_text
    outcome, rest = await find_target(context)
    if isinstance(outcome, Missing):
        return None, context.args_text
    return _person(context, outcome), rest


def _with_keeper(context: Context) -> tuple[str, str]:
    """Return a line without the person at its end who answers for a department, and how they are named; "" if nobody is."""
    message, line = context.spoken.update.message, context.args_text
    for mention in () if message is None else mentions_in(message):
        text = message.words[mention.start : mention.end] if message is not None else ""
        if text and line != text and line.endswith(text):
            return line.removesuffix(text).rstrip(), as_answer(mention.person.user_id)
    return split_keeper(line)


async def _keeper(context: Context, named: str) -> Keeper:
    found = _person(context, await find_answer(context, named))
    if found.user_id is None:
        raise Declined(identity.how_to_name(context.texts))
    return Keeper(found.user_id, found.name)


def _person(context: Context, outcome: Outcome) -> Whose:
    if isinstance(outcome, Found):
        if outcome.kind in _PEOPLE:
            return Whose(Kind.PERSON, outcome.member.name, outcome.user_id)
        refusal = identity.not_to_be_acted_on(context.texts, outcome.kind, outcome.member.name)
        raise Declined(refusal or identity.how_to_name(context.texts))
    raise Declined(identity.unclear(context.texts, outcome))


def _whose(context: Context, name: str) -> Whose:
    if is_everybody(name):
        return Whose(Kind.EVERYBODY)
    kept = clean_name(name)
    if isinstance(kept, Fault):
        raise Declined(words.not_understood(context.texts, kept, name))
    return Whose(Kind.DEPARTMENT, kept)


def _period_after(context: Context, rest: str) -> Period | None:
    if not rest:
        return None
    name, period = read_subject(f"- {rest}")
    if period is None or name != "-":
        raise Declined(words.no_such(context.texts, context.args_text))
    return period


async def _set(context: Context, whose: Whose, amount: Amount, keeper: Keeper | None) -> None:
    outcome = await service.put(
        context.tx, context.group, whose, amount.count, amount.period, by_of(context), context.now, keeper
    )
    if not isinstance(outcome, Set):
        raise Declined(words.too_many(context.texts))
    known = 0
    if whose.kind is Kind.DEPARTMENT:
        people = await members.present(context.tx, context.group.id)
        tags = [one.tag or one.custom_title or "" for one in people]
        known = sum(tag.casefold() == whose.name.casefold() for tag in tags)
    context.reply(words.was_set(context.texts, outcome.quota, outcome.before, known=known))


# The form


async def new(_update: Update, context: Context) -> None:
    """Ask for a new quota, after a tap."""
    context.toast_empty()
    await step_aside(context, PURPOSE)
    await context.start_form(codes.FORM)


async def finish(_update: Update, context: Context, answers: dict[str, Any]) -> None:
    """Set what the form asked for."""
    name = answers["who"]
    if name.startswith("@"):
        whose = _person(context, await find_answer(context, name))
    else:
        whose = _whose(context, name)
    named = answers.get("keeper") if whose.kind is Kind.DEPARTMENT else None
    keeper = await _keeper(context, named) if named else None
    await _set(context, whose, Amount(name, answers["count"], Period(answers["period"])), keeper)


async def ask_keeper(_update: Update, context: Context, quota_id: int) -> None:
    """Ask who answers for a department, after a tap."""
    quotas = await service.of_group(context.tx, context.group)
    quota = next((one for one in quotas if one.id == quota_id and one.kind is Kind.DEPARTMENT), None)
    if quota is None:
        context.toast(words.removed_already(context.texts), alert=True)
        return
    context.toast_empty()
    await step_aside(context, PURPOSE)
    await context.start_form(codes.FORM_KEEPER, {"quota": quota_id, "name": quota.name})


async def finish_keeper(_update: Update, context: Context, answers: dict[str, Any]) -> None:
    """Have somebody answer for a department, or nobody."""
    keeper = await _keeper(context, answers["keeper"]) if answers["keeper"] else None
    quota = await service.set_keeper(context.tx, context.group, answers["quota"], keeper, by_of(context), context.now)
    if quota is None:
        context.reply(Html.escape(words.removed_already(context.texts)))
        return
    context.reply(words.keeper_set(context.texts, quota))


def _parse_who(asking: Asking, reply: Reply) -> str | Problem:
    text = reply.text.strip().replace("＠", "@")
    if reply.user_id is not None:
        return f"@{reply.user_id}"
    kept = clean_name(text)
    return Problem(words.not_understood(asking.texts, kept, text)) if isinstance(kept, Fault) else kept


def _everybody(asking: Asking) -> Sequence[Choice]:
    return [Choice(asking.texts.label(words.EVERYBODY), "everybody")]


def _is_department(asking: Asking) -> bool:
    name = asking.answers.get("who", "")
    return not (name.startswith("@") or is_everybody(name))


def _nobody(asking: Asking) -> Sequence[Choice]:
    return [Choice(asking.texts.label(words.NOBODY), "")]


def forms() -> tuple[Form[Any], ...]:
    """Return the forms: whose, how many, how often, who answers for it; and that alone."""
    who: Question[str] = Question(
        "who", words.WHO, lambda asking: words.ask_who(asking.texts), _parse_who, choices=_everybody
    )
    count = ask_integer("count", words.COUNT, lambda asking: words.ask_count(asking.texts), 1, MOST)
    periods = [(period.value, label) for period, label in words.PERIODS.items()]
    period = ask_one_of("period", words.PERIOD, lambda asking: words.ask_period(asking.texts), periods)
    keeper = replace(person_question("keeper", words.KEEPER, _ask_keeper), choices=_nobody)
    # Always preset: the button that starts the form names the quota.
    quota = ask_integer("quota", words.TITLE, lambda asking: asking.texts.gettext(words.TITLE), 1)
    name = ask_text("name", words.WHO, lambda asking: asking.texts.gettext(words.WHO), NAME_LIMIT)
    return (
        Form(
            codes.FORM,
            words.FORM_TITLE,
            (who, count, period, replace(keeper, when=_is_department)),
            finish,
            codes.SETTERS,
        ),
        Form(
            codes.FORM_KEEPER,
            words.FORM_KEEPER_TITLE,
            (quota, name, keeper),
            finish_keeper,
            codes.SETTERS,
        ),
    )


def _ask_keeper(asking: Asking) -> Html:
    return words.ask_keeper(asking.texts, str(asking.answers.get("name") or asking.answers.get("who", "")))


# The list and the settings


async def turn(_update: Update, context: Context, page: int) -> None:
    """Show a page of all quotas."""
    await step_aside(context, PURPOSE)
    context.edit(*await _list(context, page))


async def drop(_update: Update, context: Context, quota_id: int) -> None:
    """Remove the quota of a button."""
    quotas = await service.of_group(context.tx, context.group)
    quota = next((one for one in quotas if one.id == quota_id), None)
    if quota is None:
        context.toast(words.removed_already(context.texts), alert=True)
    else:
        whose = Whose(quota.kind, quota.name, quota.user_id)
        await service.remove(context.tx, context.group, whose, quota.period, by_of(context), context.now)
    context.edit(*await _list(context, 1))


async def _list(context: Context, page: int) -> tuple[Html, Keyboard]:
    texts, group = context.texts, context.group
    quotas = await service.of_group(context.tx, group)
    back = rows((codes.OPEN.key(texts.label(words.BACK), group), codes.NEW.key(texts.label(words.NEW), group)))
    if not quotas:
        return words.empty(texts, group), back
    lines = [words.quota(texts, one) for one in quotas]
    html, turning = paged(words.list_head(texts, group), lines, page, PER_PAGE, codes.LIST, group, texts=texts)
    page = min(max(page, 1), -(-len(quotas) // PER_PAGE))
    here = quotas[(page - 1) * PER_PAGE : page * PER_PAGE]
    keys = [_keys_of(texts, group, one) for one in here]
    return html, (*rows(*keys), *turning, *back)


def _keys_of(texts: Texts, group: Group, one: Quota) -> tuple[Key, Key | None]:
    """Return what can be done with a quota."""
    keeper = codes.KEEPER.key(texts.label(words.KEEPER_KEY), group, one.id) if one.kind is Kind.DEPARTMENT else None
    return codes.DROP.key(words.drop_label(texts, one), group, one.id), keeper


async def settings(_update: Update, context: Context) -> None:
    """Show the settings, after a tap."""
    context.edit(*_settings(context, await service.house(context.tx, context.group)))


async def tap_remind(_update: Update, context: Context, days: int) -> None:
    """Set how many days before the end managers are reminded."""
    if not 0 <= days <= MOST_REMIND_DAYS:
        raise Declined(words.bad_remind(context.texts, str(days)))
    context.edit(*_settings(context, await _keep(context, remind=days)))


async def tap_week(_update: Update, context: Context, number: int) -> None:
    """Set on which weekday weeks begin."""
    if number not in range(7):
        raise Declined(words.bad_week(context.texts, str(number)))
    context.edit(*_settings(context, await _keep(context, week_begins=number)))


async def _keep(context: Context, **changed: int) -> House:
    return await service.set_house(context.tx, context.group, by_of(context), context.now, **changed)


def _settings(context: Context, kept: House) -> tuple[Html, Keyboard]:
    texts, group = context.texts, context.group
    reminders = [
        codes.REMIND.key(words.remind_label(texts, days, chosen=days == kept.remind), group, days)
        for days in _REMINDERS
    ]
    weeks = [
        codes.WEEK.key(words.week_label(texts, number, chosen=number == kept.week_begins), group, number)
        for number in _WEEKS
    ]
    back = codes.OPEN.key(texts.label(words.BACK), group)
    return words.settings(texts, group, kept), (*column(reminders, 2), *column(weeks), *rows((back,)))
