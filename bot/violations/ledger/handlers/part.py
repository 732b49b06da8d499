"""What the ledger adds to violations: commands, buttons, forms, makers of files, and the button on the card of a case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bot.i18n import N_
from bot.tg.capability import Button, Capability, Command, ResultKind
from bot.violations.handlers import codes as core_codes
from bot.violations.ledger.handlers import case, codes, files
from bot.violations.ledger.handlers.browsing import Browsing
from bot.violations.ledger.handlers.case import Cases
from bot.violations.ledger.handlers.files import Files
from bot.violations.ledger.handlers.people import People
from bot.violations.ledger.texts import words as say
from bot.violations.texts import words

if TYPE_CHECKING:
    from bot.violations.handlers.face import Story
    from bot.violations.ledger.handlers.titles import Titles
    from bot.violations.ledger.service import Court


def part(titles: Titles, phrases: Mapping[str, str], court: Court, more: Story | None = None) -> Capability:
    """Return the part; ``titles`` tells what rules are called, ``phrases`` say what entries of the audit log mean.

    ``court`` tells which cases are appealed against, ``more`` what other parts know of a case.
    """
    cases = Cases(phrases, more)
    people, counting = People(cases), Files(titles, court)
    browsing = Browsing(titles, counting)
    return Capability(
        name=core_codes.NAME,
        title=words.TITLE,
        commands=_commands(cases, people, browsing),
        buttons=(
            Button(codes.CASE, cases.show, core_codes.VIEWERS),
            Button(codes.STORY, cases.story, core_codes.VIEWERS),
            Button(codes.EVIDENCE, case.evidence, core_codes.VIEWERS),
            Button(codes.AMEND, cases.ask_reason, core_codes.MODERATORS),
            Button(core_codes.PAGE, people.page, core_codes.EVERYBODY),
            Button(core_codes.OF_OTHERS, people.of_others, core_codes.VIEWERS),
            Button(codes.LIST, browsing.page, core_codes.VIEWERS),
            Button(codes.SIDE, browsing.side, core_codes.VIEWERS),
            Button(codes.SET, browsing.set_side, core_codes.VIEWERS),
            Button(codes.ASK, browsing.ask, core_codes.VIEWERS),
            Button(codes.SUMMARY, counting.tap_count, core_codes.VIEWERS),
            Button(codes.FILE, counting.tap_write, core_codes.VIEWERS),
        ),
        forms=(cases.form(), people.form(), *browsing.forms()),
        results=(ResultKind(codes.FILE_RESULT, case.file_sent),),
        makers=(files.PICTURE, files.TABLE),
        audit=say.AUDIT,
    )


def _commands(cases: Cases, people: People, browsing: Browsing) -> tuple[Command, ...]:
    return (
        Command(
            "case",
            cases.command,
            say.HELP_CASE,
            ("/case 12", N_("/case 12 reason spam in three topics")),
            access=core_codes.EVERYBODY,
        ),
        Command(
            "cases",
            people.command,
            say.HELP_CASES,
            ("/cases", N_("/cases @name"), "/cases 12"),
            access=core_codes.EVERYBODY,
            title=say.CASES_TITLE,
        ),
        Command(
            "warns",
            people.command,
            say.HELP_WARNS,
            ("/warns", N_("/warns @name"), "/warns 12"),
            access=core_codes.EVERYBODY,
        ),
        Command(
            "ledger",
            browsing.command,
            say.HELP_LEDGER,
            (
                "/ledger",
                N_("/ledger A3 this month"),
                N_("/ledger under appeal"),
                N_("/ledger by rule"),
                N_("/ledger @name xlsx"),
            ),
            access=core_codes.VIEWERS,
            title=say.LEDGER_TITLE,
        ),
    )
