"""``/ledger``: the group's cases as a list, narrowed down on one line or by buttons."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bot.i18n import N_
from bot.kernel.ids import UserId
from bot.members.identity import texts as identity_texts
from bot.members.identity.handlers import (
    author_answered,
    find_answer,
    mentions_in,
    person_question,
    resolve_target,
)
from bot.members.identity.rules import Found, TargetKind, read_target
from bot.tg.access import Declined
from bot.tg.buttons import column, rows
from bot.tg.forms import Form, Problem, Question
from bot.tg.pages import turning
from bot.violations.handlers import channels
from bot.violations.handlers import codes as core_codes
from bot.violations.ledger import service
from bot.violations.ledger.handlers import codes
from bot.violations.ledger.handlers.aside import aside_only
from bot.violations.ledger.handlers.files import Files
from bot.violations.ledger.handlers.fitting import fitted
from bot.violations.ledger.rules.periods import ALWAYS, OFFERED, read_span
from bot.violations.ledger.rules.statuses import Status
from bot.violations.ledger.rules.typed import Asked, Kind, read_line
from bot.violations.ledger.rules.wanted import By, Known, Wanted
from bot.violations.ledger.texts import lists
from bot.violations.ledger.texts import words as say
from bot.violations.texts import words

if TYPE_CHECKING:
    from datetime import date

    from telegram import Update

    from bot.i18n import Texts
    from bot.kernel.groups import Group
    from bot.members.identity.rules import Outcome
    from bot.tg.context import Context
    from bot.tg.effects import Key, Keyboard
    from bot.tg.forms import Asking, Reply
    from bot.violations.ledger.handlers.titles import Titles
    from bot.violations.ledger.rules.wanted import Page, Selection, Share, View

ANY = "*"
"""What a button carries that leaves a side open."""
_IN_A_ROW = 4


@dataclass(frozen=True, slots=True)
class Browsing:
    """The handlers of the list; ``titles`` tells what rules are called, ``files`` counts and writes what is listed."""

    titles: Titles
    files: Files

    async def command(self, _update: Update, context: Context) -> None:
        """``/ledger [A3] [@name] [by @name] [department …] [this month] [expired] [by rule] [xlsx]``, or as a reply to somebody."""
        typed = _typed(context)
        titles = await self.titles(context.tx, context.group, context.texts)
        known = await service.known(context.tx, context.group, titles) if typed else Known()
        asked = read_line(typed, _today(context), known)
        if not isinstance(asked, Asked):
            raise Declined(say.fault(context.texts, asked, known))
        wanted = await _wanted(context, asked)
        await aside_only(context)
        view = await service.keep_view(context.tx, context.group, wanted, context.now)
        if asked.kind is not None:
            await self.files.write(context, view, titles, asked.kind, 1)
        elif asked.by is not None:
            await self.files.count(context, view, titles, asked.by)
        else:
            await self._list(context, view, 1, titles)

    async def page(self, _update: Update, context: Context, view_id: int, number: int) -> None:
        """Turn to another page of a list, or back to it."""
        await aside_only(context)
        view = await service.view(context.tx, context.group, view_id)
        if view is None:
            context.toast(say.stale(context.texts), alert=True)
            return
        await self._list(context, view, number, await self.titles(context.tx, context.group, context.texts))

    async def _list(self, context: Context, view: View, number: int, titles: Mapping[str, str]) -> None:
        texts, group = context.texts, context.group
        found = await service.page_of(context.tx, await self._where(context, view), number)
        names = await service.names_of(context.tx, group, view.wanted)
        head = lists.head(texts, found, lists.filter_of(texts, view.wanted, names, titles))
        html = fitted(head, [lists.line(texts, case, context.now) for case in found.cases])
        context.edit(html, _keys(texts, group, view, found))

    async def _where(self, context: Context, view: View) -> Selection:
        return await service.selected(context.tx, context.group, view.wanted, self.files.court, context.now)

    # Filters by buttons

    async def side(self, _update: Update, context: Context, view_id: int, code: str) -> None:
        """Ask what one side of the filter is to be set to."""
        await aside_only(context)
        view, by = await service.view(context.tx, context.group, view_id), _side(code)
        if view is None or by is None:
            context.toast(say.stale(context.texts), alert=True)
        elif by is By.PERIOD:
            context.edit(lists.ask_side(context.texts, by, 0), _periods(context, view))
        elif by is By.STATUS:
            context.edit(lists.ask_side(context.texts, by, 0), _statuses(context, view))
        else:
            found = await service.choices(context.tx, await self._where(context, view), by)
            html = lists.ask_side(context.texts, by, found.more)
            context.edit(html, _shares(context, view, by, found.shares))

    async def set_side(self, _update: Update, context: Context, view_id: int, code: str, key: str) -> None:
        """Set one side of the filter, and show what it leaves."""
        await aside_only(context)
        view, by = await service.view(context.tx, context.group, view_id), _side(code)
        wanted = None
        if view is not None and code == ANY:
            wanted = Wanted()
        elif view is not None and by is not None:
            wanted = await self._with(context, view.wanted, by, key)
        if wanted is None:
            context.toast(say.stale(context.texts), alert=True)
            return
        await self._narrowed(context, wanted)

    async def _narrowed(self, context: Context, wanted: Wanted) -> None:
        view = await service.keep_view(context.tx, context.group, wanted, context.now)
        await self._list(context, view, 1, await self.titles(context.tx, context.group, context.texts))

    async def _with(self, context: Context, wanted: Wanted, by: By, key: str) -> Wanted | None:
        """Return the filter with a side set as a button says; None if no such button was ours."""
        if key == ANY:
            return wanted.without(by)
        match by:
            case By.PERIOD:
                return replace(wanted, span=OFFERED[key](_today(context))) if key in OFFERED else None
            case By.STATUS:
                return replace(wanted, status=Status(key)) if key in set(Status) else None
            case By.RULE:
                return replace(wanted, rule=key[:16])
            case By.DEPARTMENT:
                known = await service.known(context.tx, context.group, {})
                name = next((one for one in ("", *known.departments) if _short(one) == key), None)
                return None if name is None else replace(wanted, department=name)
            case _:
                digits = key.removeprefix("-")
                is_id = digits.isascii() and digits.isdigit() and len(digits) < _LONGEST_ID
                person = UserId(int(key)) if is_id else None
                if person is None:
                    return None
                return replace(wanted, member=person) if by is By.MEMBER else replace(wanted, moderator=person)

    # Filters that are typed

    async def ask(self, _update: Update, context: Context, view_id: int, code: str) -> None:
        """Ask for a person or a time, after a tap."""
        await aside_only(context)
        view, by = await service.view(context.tx, context.group, view_id), _side(code)
        if view is None or by not in {By.MEMBER, By.PERIOD}:
            context.toast(say.stale(context.texts), alert=True)
            return
        context.toast_empty()
        await context.start_form(codes.WHO_FORM if by is By.MEMBER else codes.WHEN_FORM, {"view": view.id})

    async def who(self, _update: Update, context: Context, answers: dict[str, Any]) -> None:
        """Narrow the list down to the person the form asked for."""
        outcome = await find_answer(context, answers["who"])
        person = _found(context, await channels.titled(context, outcome))
        view = await self._of_form(context, answers)
        await self._narrowed(context, replace(view.wanted, member=person))

    async def when(self, _update: Update, context: Context, answers: dict[str, Any]) -> None:
        """Narrow the list down to the time the form asked for."""
        view = await self._of_form(context, answers)
        span = read_span(answers["when"], _today(context))
        await self._narrowed(context, replace(view.wanted, span=span or ALWAYS))

    @staticmethod
    async def _of_form(context: Context, answers: dict[str, Any]) -> View:
        view = await service.view(context.tx, context.group, int(answers["view"]))
        return view or await service.keep_view(context.tx, context.group, Wanted(), context.now)

    def forms(self) -> tuple[Form[Any], ...]:
        """Return the forms that ask for a person and for a time."""
        who = person_question("who", N_("Who"), lambda asking: say.ask_person(asking.texts))
        when = Question("when", N_("Time"), lambda asking: say.ask_period(asking.texts), _read_when)
        return (
            Form(codes.WHO_FORM, say.WHO_TITLE, (who,), self.who, core_codes.VIEWERS),
            Form(codes.WHEN_FORM, say.WHEN_TITLE, (when,), self.when, core_codes.VIEWERS),
        )


_LONGEST_ID = 19


def _read_when(asking: Asking, reply: Reply) -> str | Problem:
    zone = asking.texts.tz
    if read_span(reply.text, asking.now.astimezone(zone).date()) is None:
        return Problem(say.not_a_period(asking.texts, reply.text))
    return reply.text


# Reading a line


def _typed(context: Context) -> str:
    """Return the line behind the command, with the ids of people who are mentioned without an @name in their places."""
    message, typed = context.spoken.update.message, context.args_text
    if message is None:
        return typed
    line = message.words.rstrip()
    start = len(line) - len(typed)
    if line.endswith(typed):
        for mention in reversed(mentions_in(message)):
            if mention.start >= start:
                line = f"{line[: mention.start]} {mention.person.user_id} {line[mention.end :]}"
        typed = line[start:]
    return typed


async def _wanted(context: Context, asked: Asked) -> Wanted:
    """Return the filter of a line; without a person named, that of whom the line answers.

    :raises Declined: if it is not clear who is meant.
    """
    member = None if asked.member is None else await _person(context, asked.member)
    moderator = None if asked.moderator is None else await _person(context, asked.moderator)
    if asked.bot:
        moderator = UserId(context.scope.bot_id)
    if member is None and asked == Asked():
        member = await _answered(context)
    return Wanted(asked.rule, member, asked.department, moderator, asked.span or ALWAYS, asked.status)


async def _person(context: Context, named: str) -> UserId:
    target, _ = read_target(named)
    return _found(context, await channels.titled(context, await resolve_target(context, target)))


def _found(context: Context, outcome: Outcome) -> UserId:
    if not isinstance(outcome, Found):
        raise Declined(identity_texts.unclear(context.texts, outcome))
    return outcome.user_id


async def _answered(context: Context) -> UserId | None:
    """Return whose message a bare command answers in the group; the bot's own are no person's."""
    message = context.spoken.update.message
    author = None if message is None or context.spoken.chat_id != context.group.chat_id else author_answered(message)
    outcome = None if author is None else await resolve_target(context, author)
    if not isinstance(outcome, Found):
        return None
    return outcome.user_id if outcome.kind in _PEOPLE or channels.is_one(outcome) else None


_PEOPLE = frozenset({TargetKind.MEMBER, TargetKind.GONE, TargetKind.ONESELF})


# Buttons


def _keys(texts: Texts, group: Group, view: View, found: Page) -> Keyboard:
    wanted = view.wanted
    is_set = {by: wanted.without(by) != wanted for by in By}
    sides = [codes.SIDE.key(lists.side_label(texts, by, is_set=is_set[by]), group, view.id, by.value) for by in By]
    shown = [codes.CASE.key(words.number(case), group, case.id) for case in found.cases]
    files = [
        codes.SUMMARY.key(lists.summary_label(texts), group, view.id, By.RULE.value),
        *(codes.FILE.key(f"⬇️ .{kind.value}", group, view.id, kind.value, 1) for kind in Kind),
    ]
    everything = codes.SET.key(lists.all_label(texts), group, view.id, ANY, ANY) if any(is_set.values()) else None
    return (
        *column(shown, _IN_A_ROW),
        *turning(found.number, found.count, codes.LIST, group, view.id, texts=texts),
        *rows(sides[:2], sides[2:4], sides[4:], (everything,), files if found.total else ()),
    )


def _shares(context: Context, view: View, by: By, shares: Sequence[Share]) -> Keyboard:
    texts, group = context.texts, context.group
    keys = [
        codes.SET.key(_fitting(lists.share_label(texts, by, share)), group, view.id, by.value, _key(by, share))
        for share in shares
    ]
    typed = codes.ASK.key(lists.somebody_label(texts), group, view.id, by.value) if by is By.MEMBER else None
    return (*column(keys, 2), *_below(context, view, by, typed))


def _periods(context: Context, view: View) -> Keyboard:
    texts, group, by = context.texts, context.group, By.PERIOD
    keys = [codes.SET.key(texts.label(label), group, view.id, by.value, code) for code, label in lists.PERIODS.items()]
    return (
        *column(keys, 2),
        *_below(context, view, by, codes.ASK.key(lists.typed_label(texts), group, view.id, by.value)),
    )


def _statuses(context: Context, view: View) -> Keyboard:
    texts, group, by = context.texts, context.group, By.STATUS
    keys = [codes.SET.key(texts.label(lists.STATUSES[one]), group, view.id, by.value, one.value) for one in Status]
    return (*column(keys, 2), *_below(context, view, by, None))


def _below(context: Context, view: View, by: By, typed: Key | None) -> Keyboard:
    texts, group = context.texts, context.group
    everything = codes.SET.key(lists.any_label(texts), group, view.id, by.value, ANY)
    return rows((typed, everything), (codes.LIST.key(lists.back_label(texts), group, view.id, 1),))


def _key(by: By, share: Share) -> str:
    return _short(str(share.key)) if by is By.DEPARTMENT else str(share.key)


def _short(name: str) -> str:
    """Return a name as a button carries it: whole ones may be too long for its 64 bytes."""
    return f"{zlib.crc32(name.encode()):08x}"


def _fitting(label: str) -> str:
    return label if len(label) <= _WIDEST else f"{label[: _WIDEST - 1]}…"


_WIDEST = 40


def _side(code: str) -> By | None:
    return By(code) if code in set(By) else None


def _today(context: Context) -> date:
    return context.now.astimezone(context.group.tz).date()
