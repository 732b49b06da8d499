"""What every handler of this capability has in its hands."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

from bot.chats.rules.profile import By, PlaceKind
from bot.chats.rules.zones import likely_zones
from bot.chats.texts import settings as say_settings
from bot.chats.texts import setup as say_setup
from bot.chats.texts import words
from bot.i18n import Html, available_locales
from bot.kernel.roles import Right
from bot.tg.buttons import column, rows
from bot.tg.capability import Access, Places
from bot.tg.effects import Key
from bot.timers import service as timers

if TYPE_CHECKING:
    from datetime import datetime

    from bot.chats.rules.profile import Place
    from bot.chats.service import GroupBook
    from bot.i18n import Texts
    from bot.kernel.groups import Group
    from bot.tg.buttons import ButtonCode
    from bot.tg.context import Context, Scope
    from bot.tg.effects import Keyboard

NAME, REDRAW = "chats", "redraw"
Rezoned = Callable[["Scope", "Group", "Texts"], Awaitable["Html | None"]]
"""Says what a group's new zone means for what another capability has planned; None if it means nothing."""
MoreKeys = Callable[["Texts", "Group"], "Sequence[Key]"]
"""Another capability's buttons for one of the pages here."""
SETTERS = Access(right=Right.SETTINGS)
SETTERS_IN_PLACE = Access(right=Right.SETTINGS, needs_group=False)
"""In a group its setters, in private everybody: what is set there is the person's own."""
SETTERS_IN_GROUP = Access(right=Right.SETTINGS, places=Places.GROUP)
FRESH_SETTERS = Access(right=Right.SETTINGS, fresh=True)


def by(context: Context) -> By:
    """Return who changes something, and when."""
    return By(context.actor.user_id, context.now, context.actor.name)


async def cards_follow(context: Context, after: Group) -> None:
    """Have the group's live cards drawn anew, if its language or zone is another now than before this command.

    A timer does it, in a turn of its own: only after the commit does everybody read the new profile.
    """
    before = context.group
    if (before.locale, before.zone) != (after.locale, after.zone):
        await timers.set_timer(context.tx, NAME, REDRAW, str(after.id), context.now, after.id)


async def zone_changed(context: Context, after: Group, rezoned: Sequence[Rezoned]) -> Html:
    """Have what the new zone means take effect, and confirm it where the person reads."""
    scope = context.scope
    await cards_follow(context, after)
    if context.private:
        texts = await scope.texts_of(context.actor.user_id, after, context.actor.language_code)
    else:
        texts = scope.texts(after)
    said = [say_settings.zone_set(texts, after, context.now)]
    if context.group.zone != after.zone:
        said += [more for tell in rezoned if (more := await tell(scope, after, texts)) is not None]
    return Html("\n\n").join(said)


def language_keys(group: Group, code: ButtonCode) -> list[Key]:
    """Offer the languages, the present one marked."""
    return [
        code.key(f"✓ {name}" if locale == group.locale else name, group, locale)
        for locale, name in available_locales().items()
    ]


def zone_keys(texts: Texts, group: Group, code: ButtonCode, now: datetime, names: tuple[str, ...] = ()) -> list[Key]:
    """Offer zones, the present one marked."""
    return [
        code.key(f"✓ {label}" if name == group.zone else label, group, name)
        for name in names or likely_zones(group.locale)
        for label in (words.zone_label(texts, name, now),)
    ]


def private_link(texts: Texts, scope: Scope, group: Group) -> Key:
    """Link to the private chat, which then means this group."""
    return Key(say_setup.private_label(texts), url=f"https://t.me/{scope.bot_username}?start=g-{group.id}")


def grid(*blocks: tuple[list[Key], int]) -> Keyboard:
    """Put blocks of buttons, each so many a row, under one another."""
    return rows(*(row for keys, width in blocks for row in column(keys, width)))


async def tell_managers(
    book: GroupBook, scope: Scope, group: Group, say: Saying, keys: Callable[[Texts], Keyboard] | None = None
) -> Place:
    """Tell those who run a group something; where everybody reads it, with the reason why."""
    place = await book.place_to_tell(scope.tx, group)
    texts = await book.texts_at(scope.tx, place, group, scope.ports.people)
    html = say(texts)
    if place.kind is PlaceKind.GROUP:
        html = Html("\n\n").join((html, say_setup.openly(texts, scope.bot_username)))
    scope.send(place.chat_id, html, None if keys is None else keys(texts), thread_id=place.thread_id)
    return place


if TYPE_CHECKING:
    Saying = Callable[[Texts], Html]
