"""``/event add`` and ``/event remove``: organisers sign others up, also people without Telegram (R05)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bot.events import service
from bot.events.handlers import codes as core
from bot.events.handlers import finding, panel
from bot.events.handlers.board import person_of
from bot.events.handlers.offers import after_word
from bot.events.rules.event import NoSuchEvent
from bot.events.rules.signup import Person
from bot.events.signing.handlers import codes, naming
from bot.events.signing.handlers.naming import Unclear
from bot.events.signing.rules.names import NoName, TooMany
from bot.events.signing.rules.rolls import entry_of
from bot.events.signing.texts import others as say
from bot.events.signing.texts.asking import heading
from bot.events.texts import card as card_texts
from bot.events.texts import panel as panel_texts
from bot.i18n import Html
from bot.kernel.ids import UserId
from bot.members import service as members
from bot.tg.access import Declined
from bot.tg.buttons import column, rows
from bot.tg.pages import turning

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from bot.events.handlers.finding import Meant
    from bot.events.rules.event import Event
    from bot.events.rules.signup import SignUp
    from bot.events.signing.handlers.asking import Questions
    from bot.events.signing.rules.names import Named
    from bot.events.signing.rules.rolls import Entry
    from bot.tg.context import Context
    from bot.tg.effects import Keyboard

_PER_PAGE: Final = 10


# Putting people on


class Adding:
    """Puts people on lists, and has them asked what the event asks of everybody."""

    def __init__(self, questions: Questions) -> None:
        self._questions = questions

    async def add(self, _update: Update, context: Context) -> None:
        """``/event add 3 @mei, Grandma Wang +1``, or as an answer to what somebody wrote."""
        meant = _open(context, await finding.named(context, "/event add", codes.ADD))
        if meant is None:
            return
        if not meant.rest and not naming.answered(context):
            await self._ask(context, meant.event)
            return
        people = naming.read_named(context, meant.rest)
        if isinstance(people, TooMany | NoName):
            raise Declined(say.bad_names(context.texts, people, meant.event.number))
        await self._add(context, meant.event, people)

    async def add_picked(self, _update: Update, context: Context, event_id: int) -> None:
        """Ask whom to put on the list of an event."""
        meant = _open(context, await finding.picked(context, event_id))
        if meant is not None:
            await self._ask(context, meant.event)

    async def _ask(self, context: Context, event: Event) -> None:
        await context.start_form(naming.ADD_FORM, {"event": event.id, "about": heading(event)})

    async def finish_add(self, _update: Update, context: Context, answers: dict[str, Any]) -> None:
        """Put those on the list whom the form asked for."""
        meant = _open(context, await finding.picked(context, int(answers["event"])))
        if meant is None:
            return
        people = naming.read_named(context, str(answers["people"]))
        if people == ():
            raise Declined(say.nobody_named(context.texts, meant.event.number))
        if isinstance(people, TooMany | NoName):
            raise Declined(say.bad_names(context.texts, people, meant.event.number))
        await self._add(context, meant.event, people)

    async def _add(self, context: Context, event: Event, people: Sequence[Named]) -> None:
        """Put on the list who is clear, say what is wrong with the others, and ask back about names that fit several."""
        entries: list[Entry] = []
        notes: list[Html] = []
        unclear: list[Unclear] = []
        for named in people:
            found = await naming.newcomer(context, named)
            if isinstance(found, Unclear):
                unclear.append(found)
            elif isinstance(found, Html):
                notes.append(found)
            else:
                entries.append(await self._put_on(context, event, found, named.guests))
        if entries:
            notes.insert(0, say.added(context.texts, event, entries))
        if notes:
            context.reply(Html("\n\n").join(notes))
        await _ask_back(context, event, "add", naming.pending_of(unclear))

    async def _put_on(self, context: Context, event: Event, who: Person | str, guests: int) -> Entry:
        by = person_of(context)
        done = await service.add_for(context.tx, context.group, event.id, who, guests, by, context.now)
        if isinstance(done, NoSuchEvent):
            raise Declined(card_texts.stale(context.texts))
        if done.changed:
            after_word(context.scope, done)
            await self._questions.invite(context, event, done.mine)
        name = who if isinstance(who, str) else who.name
        user_id = done.mine.user_id if done.mine is not None else UserId(0)
        return entry_of(user_id, name, done.outcome)

    async def finish_who(self, _update: Update, context: Context, answers: dict[str, Any]) -> None:
        """Go on with the person who is meant, and then with the next name."""
        meant = _open(context, await finding.picked(context, int(answers["event"])))
        if meant is None:
            return
        event, chosen = meant.event, int(answers["who"])
        first, *others = answers["pending"]
        if answers["verb"] == "remove":
            names = await _take_off(context, event, UserId(chosen))
            context.reply(
                say.removed(context.texts, event, [names]) if names else _not_there(context, event, first["name"])
            )
        elif chosen != naming.NONE_OF_THEM:
            who: Person | str = str(first["name"])
            if chosen != naming.NO_TELEGRAM:
                member = await members.member(context.tx, context.group.id, UserId(chosen))
                who = Person(UserId(chosen), member.name if member is not None else str(first["name"]))
            entry = await self._put_on(context, event, who, int(first["guests"]))
            context.reply(say.added(context.texts, event, [entry]))
        await _ask_back(context, event, str(answers["verb"]), others)


async def _ask_back(context: Context, event: Event, verb: str, pending: list[dict[str, Any]]) -> None:
    if pending:
        preset = {"verb": verb, "event": event.id, "pending": pending}
        await context.start_form(naming.WHO_FORM, preset)


# Taking people off


async def remove(_update: Update, context: Context) -> None:
    """``/event remove 3 @mei``; without a name, all who are on it as buttons."""
    meant = _open(context, await finding.named(context, "/event remove", codes.REMOVE))
    if meant is None:
        return
    event = meant.event
    if not meant.rest and not naming.answered(context):
        context.reply(*await _list(context, event, 1))
        return
    named = naming.read_named(context, meant.rest)
    if isinstance(named, TooMany | NoName):
        raise Declined(say.bad_names(context.texts, named, event.number))
    await _remove(context, event, named)


async def _remove(context: Context, event: Event, named: Sequence[Named]) -> None:
    people = await service.everybody(context.tx, event.id)
    names: list[str] = []
    notes: list[Html] = []
    unclear: list[Unclear] = []
    for one in named:
        found = await naming.listed(context, people, one)
        if len(found) == 1:
            names.append(await _take_off(context, event, found[0].user_id) or found[0].name)
        elif found:
            offers = [
                (int(each.user_id), say.person_label(context.texts, each, people.index(each) + 1)) for each in found
            ]
            offers.append((naming.NONE_OF_THEM, context.texts.label(say.NOBODY)))
            unclear.append(Unclear(naming.name_of(one), 0, tuple(offers)))
        else:
            notes.append(_not_there(context, event, naming.name_of(one)))
    if names:
        notes.insert(0, say.removed(context.texts, event, names))
    if notes:
        context.reply(Html("\n\n").join(notes))
    await _ask_back(context, event, "remove", naming.pending_of(unclear))


def _not_there(context: Context, event: Event, name: str) -> Html:
    return say.not_on_list(context.texts, event, name)


async def _take_off(context: Context, event: Event, user_id: UserId) -> str:
    """Take somebody off, and return their name; nothing if they are not on it."""
    by = person_of(context)
    done = await service.take_off(context.tx, context.group, event.id, user_id, by, context.now)
    if isinstance(done, NoSuchEvent) or not done.changed or done.mine is None:
        return ""
    after_word(context.scope, done)
    return done.mine.name


async def remove_picked(_update: Update, context: Context, event_id: int) -> None:
    """Show who can be taken off."""
    await remove_page(_update, context, event_id, 1)


async def remove_page(_update: Update, context: Context, event_id: int, page: int) -> None:
    """Turn to another page of those who can be taken off."""
    meant = _open(context, await finding.picked(context, event_id))
    if meant is not None:
        context.edit(*await _list(context, meant.event, page))


async def _list(context: Context, event: Event, page: int, note: Html | None = None) -> tuple[Html, Keyboard]:
    texts, group = context.texts, context.group
    people = await service.everybody(context.tx, event.id)
    count = max(1, -(-len(people) // _PER_PAGE))
    page = min(max(page, 1), count)
    start = (page - 1) * _PER_PAGE
    keys = [
        codes.OFF.key(say.person_label(texts, one, place), group, event.id, int(one.user_id))
        for place, one in enumerate(people[start : start + _PER_PAGE], start=start + 1)
    ]
    html = say.whom(texts, event) if people else say.nobody_on_it(texts, event)
    back = core.PANEL.key(texts.label(panel_texts.BACK), group, event.id)
    turn = turning(page, count, codes.REMOVE_PAGE, group, event.id, texts=texts)
    return Html("\n\n").join([note, html] if note is not None else [html]), (*column(keys), *turn, (back,))


async def ask_off(_update: Update, context: Context, event_id: int, user_id: int) -> None:
    """Ask whether somebody shall really be taken off."""
    found = await _listed(context, event_id, user_id)
    if found is None:
        return
    texts, group, (event, one) = context.texts, context.group, found
    yes = codes.OFF_YES.key(texts.label(say.YES), group, event.id, user_id)
    no = codes.REMOVE.key(texts.label(say.NO), group, event.id)
    context.edit(say.sure(texts, event, one), rows((yes, no)))


async def off(_update: Update, context: Context, event_id: int, user_id: int) -> None:
    """Take somebody off."""
    found = await _listed(context, event_id, user_id)
    if found is None:
        return
    event, one = found
    name = await _take_off(context, event, one.user_id)
    context.edit(*await _list(context, event, 1, say.removed(context.texts, event, [name or one.name])))


async def _listed(context: Context, event_id: int, user_id: int) -> tuple[Event, SignUp] | None:
    meant = _open(context, await finding.picked(context, event_id))
    if meant is None:
        return None
    one = await service.standing_of(context.tx, event_id, UserId(user_id))
    if one is not None and one.state.is_on_it:
        return meant.event, one
    context.edit(*await _list(context, meant.event, 1))
    return None


def _open(context: Context, meant: Meant | None) -> Meant | None:
    """Let an event pass that members know of and that is still to come."""
    found = finding.live(context, meant)
    if found is not None and not found.event.phase(context.now).is_public:
        context.reply(say.draft(context.texts, found.event))
        return None
    return found


PANEL: Final = (
    panel.Entry(say.ADD, codes.ADD, panel.LIVE),
    panel.Entry(say.REMOVE, codes.REMOVE, panel.LIVE),
)
