"""The organiser's list at the door: a live message, one for each chat in which it is open."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from bot.events.door.handlers import codes
from bot.events.door.handlers.finding import at_door
from bot.events.door.rules.checkin import Hours, Shut, hours
from bot.events.door.rules.panel import SEARCH_LIMIT, Look, View
from bot.events.door.service import checkin, panels
from bot.events.door.service.checkin import Done
from bot.events.door.texts import answers as answer_texts
from bot.events.door.texts import panel as say
from bot.events.handlers import board, finding
from bot.events.handlers.codes import ORGANISERS
from bot.events.rules.event import NoSuchEvent
from bot.events.rules.signup import SignUpState
from bot.events.texts import card as card_texts
from bot.kernel.ids import UserId
from bot.tg import effects as fx
from bot.tg.access import Declined
from bot.tg.aside import step_aside
from bot.tg.buttons import rows
from bot.tg.capability import CardView
from bot.tg.forms import Form
from bot.tg.forms.questions import ask_text
from bot.tg.forms.questions import say as ask
from bot.tg.pages import turning

if TYPE_CHECKING:
    from collections.abc import Iterable

    from telegram import Update

    from bot.events.door.rules.checkin import Guest
    from bot.events.door.rules.panel import Panel
    from bot.events.handlers.finding import Meant
    from bot.i18n import Html, Texts
    from bot.kernel.groups import Group
    from bot.tg.context import Context, Scope
    from bot.tg.effects import Key

DOOR: Final = "event_door"
"""The kind of a panel; its key is the panel's id."""
FIND_FORM: Final = "event_find"


# Opening


async def command(_update: Update, context: Context) -> None:
    """``/event door 3``: the list at the door."""
    meant = await at_door(context, "/event door", codes.OPEN)
    if meant is not None:
        await _open(context, meant)


async def picked(_update: Update, context: Context, event_id: int) -> None:
    """Open the list of an event that was chosen by a button."""
    meant = await finding.picked(context, event_id)
    if meant is not None:
        await _open(context, meant)


async def _open(context: Context, meant: Meant) -> None:
    event, now_is = meant.event, hours(meant.event, context.now)
    if now_is not in {Hours.OPEN, Hours.PAST}:
        texts = context.texts
        keys = (
            rows((codes.WAYS.key(texts.label(say.WAYS), context.group, event.id),)) if now_is is Hours.NOT_YET else None
        )
        context.reply(answer_texts.shut(texts, event, Shut(now_is)), keys)
        return
    await step_aside(context)
    spoken = context.spoken
    panel, old = await panels.open_panel(context.tx, context.group.id, event.id, spoken.chat_id)
    for number in old:
        context.scope.cards.changed(DOOR, str(number))
    await context.scope.cards.post(
        DOOR,
        str(panel.id),
        context.group,
        spoken.chat_id,
        thread_id=spoken.thread_id,
        priority=fx.Priority.ANSWER,
        on_result=spoken.take_unreached(),
    )


# How it looks


async def render(scope: Scope, group: Group, key: str, texts: Texts) -> CardView | None:
    """Draw a panel as it is now."""
    view = await panels.view(scope.tx, group.id, int(key))
    return None if view is None else CardView(say.panel(texts, view), rows(*_keys(texts, group, int(key), view)))


def _keys(texts: Texts, group: Group, panel_id: int, view: View) -> Iterable[Iterable[Key | None]]:
    event_id, look = view.event.id, view.look
    for guest in view.lines:
        yield _person_keys(texts, group, event_id, guest)
    yield from turning(view.page, view.pages, codes.PAGE, group, panel_id, texts=texts)
    if look.search is not None:
        yield (codes.VIEW.key(texts.label(say.END_SEARCH), group, panel_id, 0),)
    other = say.others_label(texts) if not look.others else texts.label(say.TO_LIST)
    yield (
        codes.FIND.key(texts.label(say.FIND), group, panel_id),
        codes.VIEW.key(other, group, panel_id, int(not look.others)) if look.search is None else None,
    )
    yield (
        codes.WALK_IN.key(texts.label(say.WALK_IN), group, event_id),
        codes.WAYS.key(texts.label(say.WAYS), group, event_id),
    )
    if view.door.closed_at is None:
        yield (codes.CLOSE.key(texts.label(say.CLOSE), group, event_id, -1),)


def _person_keys(texts: Texts, group: Group, event_id: int, guest: Guest) -> Iterable[Key | None]:
    one = guest.one
    party = one.state is SignUpState.GOING and guest.is_here and one.guests > 0
    fewer = guest.here - 2 if guest.here > 1 else one.guests
    return (
        codes.HERE.key(say.person_label(texts, guest), group, event_id, one.user_id, int(not guest.is_here)),
        codes.PARTY.key(say.party_label(texts, guest), group, event_id, one.user_id, fewer) if party else None,
    )


async def refresh(scope: Scope, event_id: int, *, listed: bool) -> None:
    """Bring every panel of an event up to date; its card too, where the list of who is going is another now."""
    for number in await panels.of_event(scope.tx, event_id):
        scope.cards.changed(DOOR, str(number))
    if listed:
        scope.cards.changed(board.CARD, str(event_id))


async def tell(context: Context, done: Done | NoSuchEvent) -> None:
    """Answer a word at the door, and bring the panels up to date."""
    if isinstance(done, NoSuchEvent):
        context.toast(card_texts.stale(context.texts))
        return
    if done.changed:
        await refresh(context.scope, done.event.id, listed=done.listed)
    context.toast(answer_texts.tapped(context.texts, done.event, done.outcome))


# Taps


async def here(_update: Update, context: Context, event_id: int, user_id: int, wanted: int) -> None:
    """Check somebody in, or take it back."""
    act = checkin.come if wanted else checkin.back
    by = board.person_of(context)
    await tell(context, await act(context.tx, context.group, event_id, UserId(user_id), by, context.now))


async def party(_update: Update, context: Context, event_id: int, user_id: int, guests: int) -> None:
    """Note how many of a party are here."""
    by, who = board.person_of(context), UserId(user_id)
    await tell(context, await checkin.count_guests(context.tx, context.group, event_id, who, guests, by, context.now))


async def turn(_update: Update, context: Context, panel_id: int, page: int) -> None:
    """Turn to another page."""
    found = await _panel(context, panel_id)
    if found is not None:
        await _look(context, found, replace(found.look, page=page))


async def view(_update: Update, context: Context, panel_id: int, others: int) -> None:
    """Show those on the list, or those without a seat; a search ends."""
    found = await _panel(context, panel_id)
    if found is not None:
        await _look(context, found, Look(others=bool(others)))


async def _panel(context: Context, panel_id: int) -> Panel | None:
    found = await panels.get(context.tx, context.group.id, panel_id)
    if found is None:
        context.toast(answer_texts.stale(context.texts))
    return found


async def _look(context: Context, panel: Panel, look: Look) -> None:
    await panels.look_at(context.tx, panel, look)
    context.scope.cards.changed(DOOR, str(panel.id))


# Finding somebody


async def find(_update: Update, context: Context, panel_id: int) -> None:
    """Ask for a part of a name."""
    found = await _panel(context, panel_id)
    if found is not None:
        await context.start_form(FIND_FORM, {"panel": panel_id})


async def finish_find(_update: Update, context: Context, answers: dict[str, Any]) -> None:
    """Show whom the panel finds."""
    found = await panels.get(context.tx, context.group.id, answers["panel"])
    if found is None:
        raise Declined(answer_texts.stale(context.texts))
    context.reply(await _search(context, found, answers["name"]))


async def answered(update: Update, context: Context, key: str) -> bool:
    """Take what an organiser writes as an answer to the panel for a part of a name."""
    words = " ".join((update.message.text or "").split()) if update.message is not None else ""
    found = await panels.get(context.tx, context.group.id, int(key))
    if found is None or not words or not finding.may_organise(context):
        return False
    context.reply(await _search(context, found, words[:SEARCH_LIMIT]))
    return True


async def _search(context: Context, panel: Panel, words: str) -> Html:
    count = await panels.found_by(context.tx, panel.event_id, words)
    if count:
        await _look(context, panel, Look(search=words))
    return answer_texts.found(context.texts, words, count)


FIND: Final[Form[Any]] = Form(
    FIND_FORM,
    say.FIND_TITLE,
    (ask_text("name", say.NAME, ask(say.ASK_FIND), SEARCH_LIMIT),),
    finish_find,
    ORGANISERS,
)
