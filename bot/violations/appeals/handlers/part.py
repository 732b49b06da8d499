"""Appeals as a part of the ledger: its tables, and what it adds to the card of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import N_
from bot.tg.capability import Button, Capability, CardKind, Command, ResultKind, TimerKind
from bot.violations.appeals import service
from bot.violations.appeals.handlers import codes, listing
from bot.violations.appeals.handlers.court import Court
from bot.violations.appeals.handlers.deciding import Deciding
from bot.violations.appeals.handlers.making import Making, card_key
from bot.violations.appeals.handlers.telling import Telling
from bot.violations.appeals.texts import words
from bot.violations.handlers.face import Face

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.chats.handlers.private import StartHandler
    from bot.chats.service import GroupBook
    from bot.members.roles.service import PeopleBook
    from bot.violations.handlers.removal import Removals


def face(book: GroupBook) -> Face:
    """Return what appeals add to the card of a case, and what they hear of it."""
    return Face((listing.note,), (card_key,), (Telling(book).moved,), (listing.digest,), (listing.story,))


def links(book: GroupBook, people: PeopleBook) -> Mapping[str, StartHandler]:
    """Return what ``/start appeal-…`` does."""
    return {codes.LINK: Making(Court(book, people)).by_link}


def part(book: GroupBook, people: PeopleBook, removals: Removals) -> Capability:
    """Return the part."""
    court, telling = Court(book, people), Telling(book)
    making, deciding = Making(court), Deciding(court, telling, removals)
    return Capability(
        name=service.NAME,
        title=words.TITLE,
        commands=_commands(making),
        buttons=(
            Button(codes.MAKE, making.button, codes.ANYBODY),
            Button(codes.DECIDE, deciding.tap, codes.DECIDERS),
            Button(codes.LET_IN, telling.again, codes.DECIDERS),
            Button(codes.SHOW, listing.show, codes.VIEWERS),
            Button(codes.PAGE, listing.turn, codes.VIEWERS),
        ),
        forms=(making.form(), deciding.form()),
        timers=(
            TimerKind(service.REMIND, court.remind, rests=True),
            TimerKind(service.OVERDUE, court.overdue, rests=True),
        ),
        results=(
            ResultKind(codes.LINK_MADE, telling.link_made, shows_refused=True),
            ResultKind(codes.TOLD, telling.told),
            ResultKind(codes.LINK_TOLD, telling.link_told),
        ),
        cards=(CardKind(codes.CARD, court.render),),
        audit=words.PHRASES,
        settings=(
            Command(
                "appeals",
                listing.set_due,
                words.HELP_DUE,
                ("/appeals due 48h",),
                sub="due",
                sub_aliases=("期限",),
                access=codes.SETTERS,
            ),
        ),
    )


def _commands(making: Making) -> tuple[Command, ...]:
    return (
        Command(
            "appeal",
            making.command,
            words.HELP_APPEAL,
            ("/appeal", "/appeal 12", N_("/appeal 12 I had asked before")),
            access=codes.ANYBODY,
            title=words.APPEAL_TITLE,
        ),
        Command(
            "appeals",
            listing.command,
            words.HELP_APPEALS,
            ("/appeals", "/appeals 12"),
            access=codes.VIEWERS,
            title=words.TITLE,
        ),
    )
