"""``/appeals``: what waits for a decision, how long managers have, and the line in the digest."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from bot.i18n import Html
from bot.kernel.durations import parse_duration
from bot.tg.access import Declined
from bot.tg.aside import step_aside
from bot.tg.buttons import column
from bot.tg.pages import paged
from bot.violations import service as ledger
from bot.violations.appeals import service
from bot.violations.appeals.handlers import codes
from bot.violations.appeals.rules import LONGEST_DUE, SHORTEST_DUE
from bot.violations.appeals.texts import managers as say
from bot.violations.appeals.texts import words
from bot.violations.handlers.undo import number_typed
from bot.violations.rules.case import Person

if TYPE_CHECKING:
    from telegram import Update

    from bot.i18n import Texts
    from bot.kernel.groups import Group
    from bot.tg.context import Context, Scope
    from bot.tg.effects import Keyboard
    from bot.violations.rules.case import Case

_PER_PAGE: Final = 8
_MOST_OPEN: Final = 200
_MOST_CLOSED: Final = 24
_HOUR: Final = timedelta(hours=1)


async def command(_update: Update, context: Context) -> None:
    """``/appeals``: the list; ``/appeals 12``: the appeal against that case."""
    typed = context.args_text
    number = number_typed(typed) if typed else None
    if typed and number is None:
        raise Declined(say.not_a_number(context.texts, typed))
    if number is None:
        await step_aside(context, "cases")
        context.reply(*await _page(context, 1))
        return
    appeal = await service.newest_about(context.tx, context.group.id, number)
    if appeal is None:
        raise Declined(say.no_appeal_about(context.texts, number))
    await step_aside(context, "cases")
    await _post(context, appeal.id)


async def turn(_update: Update, context: Context, page: int) -> None:
    """Show another page of the list."""
    context.edit(*await _page(context, page))


async def show(_update: Update, context: Context, appeal_id: int) -> None:
    """Post the card of an appeal where managers read."""
    found = await service.dossier(context.tx, context.group.id, appeal_id)
    if found is None:
        context.toast(say.no_such_appeal(context.texts), alert=True)
        return
    await step_aside(context, "cases")
    await _post(context, appeal_id)


async def _post(context: Context, appeal_id: int) -> None:
    spoken = context.spoken
    await context.scope.cards.post(
        codes.CARD,
        str(appeal_id),
        context.group,
        spoken.chat_id,
        thread_id=spoken.thread_id,
        on_result=spoken.take_unreached(),
    )


async def _page(context: Context, page: int) -> tuple[Html, Keyboard]:
    texts, now, group = context.texts, context.now, context.group
    count, late, due = await service.waiting(context.tx, group.id, now)
    opened, closed = await service.listed(context.tx, group.id, _MOST_OPEN, _MOST_CLOSED)
    everything = [*opened, *closed]
    pages = max(1, -(-len(everything) // _PER_PAGE))
    page = min(max(page, 1), pages)
    shown = everything[(page - 1) * _PER_PAGE : page * _PER_PAGE]
    head = say.title(texts, count, late, due)
    first = len(opened) if count > len(opened) else 0
    left_out = say.left_out(texts, first, _MOST_CLOSED if len(closed) == _MOST_CLOSED else 0)
    head = Html("\n").join(part for part in (head, left_out) if part)
    lines = [say.line(texts, appeal, now) for appeal in everything]
    html, turning = paged(head, lines, page, _PER_PAGE, codes.PAGE, group, texts=texts)
    keys = [codes.SHOW.key(say.show_label(appeal), group, appeal.id) for appeal in shown]
    return html, (*column(keys, 4), *turning)


async def set_due(_update: Update, context: Context) -> None:
    """``/appeals due 48h``: set how long managers have."""
    texts, typed = context.texts, context.args_text
    if not typed:
        context.reply(say.due_now(texts, await service.due(context.tx, context.group.id)))
        return
    length = parse_duration(typed)
    if length is None or not SHORTEST_DUE <= length <= LONGEST_DUE or length % _HOUR:
        raise Declined(say.bad_due(texts, typed))
    by = Person(context.actor.user_id, context.actor.name)
    await service.set_due(context.tx, context.group.id, length // _HOUR, by, context.now)
    context.reply(say.due_set(texts, length))


async def digest(scope: Scope, group: Group, _since: datetime, _until: datetime, texts: Texts) -> Html | None:
    """Tell how many appeals wait."""
    count, late, _ = await service.waiting(scope.tx, group.id, scope.now)
    return say.digest(texts, count, late) if count else None


async def story(scope: Scope, case: Case, texts: Texts) -> list[Html]:
    """Tell of the appeals against a case with what was written, for those who may read all about it."""
    found = await service.of_case(scope.tx, case.id)
    return [say.told(texts, one, scope.now) for one in found if one.case_id == case.id]


async def note(scope: Scope, group: Group, case: Case, texts: Texts) -> Html | None:
    """Say on a case's card where the appeal against it stands, or which case it took the place of."""
    found = await service.of_case(scope.tx, case.id)
    against = [one for one in found if one.case_id == case.id]
    if against:
        hidden = (await ledger.settings(scope.tx, group.id)).hidden
        return words.line(texts, against[-1], scope.now, hidden=hidden)
    return words.result(texts, found[-1].number) if found else None
