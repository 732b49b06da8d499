"""The door and the money of an event, as a part of events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.events.door.handlers import closing, codes, money, panel, walkins, ways
from bot.events.door.texts import answers
from bot.events.door.texts import money as money_texts
from bot.events.door.texts import panel as panel_texts
from bot.events.door.texts import ways as ways_texts
from bot.events.handlers.codes import ORGANISERS
from bot.events.handlers.panel import LIVE, PAST, Entry
from bot.events.handlers.part import Part
from bot.events.rules.event import Phase
from bot.i18n import N_
from bot.tg.capability import EVERYONE, NO_GROUP_NEEDED, Button, CardKind, Command
from bot.tg.sections import Section

if TYPE_CHECKING:
    from bot.events.handlers.telling import Teller

LINKS: Final = {ways.LINK: ways.by_link}
keys_below = ways.keys_below
_HELD: Final = (LIVE | PAST) - {Phase.CANCELLED}


def part(teller: Teller) -> Part:
    """Return the part."""
    return Part(
        commands=_COMMANDS,
        buttons=(*_BUTTONS, Button(codes.REMIND, money.Reminders(teller).remind, ORGANISERS)),
        forms=(panel.FIND, walkins.FORM, ways.FORM),
        cards=(CardKind(panel.DOOR, panel.render, panel.answered),),
        makers=(ways.MAKER,),
        heard=(ways.by_digits,),
        occasions=closing.Closings(teller).occasions(),
        audit={**answers.AUDIT, **money_texts.AUDIT},
        panel=(
            Entry(panel_texts.DOOR, codes.OPEN, _HELD),
            Entry(money_texts.MONEY, codes.MONEY, LIVE | PAST),
        ),
        keys=(ways.card_key, money.card_key),
        after=money.after_joining,
    )


_COMMANDS: Final = (
    Command(
        "event",
        panel.command,
        panel_texts.HELP_DOOR,
        ("/event door 3",),
        sub="door",
        sub_aliases=("签到",),
        access=ORGANISERS,
        title=panel_texts.DOOR,
    ),
    Command(
        "event",
        walkins.command,
        panel_texts.HELP_WALK_IN,
        (N_("/event walkin 3 Grandma Wang +1"),),
        sub="walkin",
        sub_aliases=("walk-in", "现场"),
        access=ORGANISERS,
    ),
    Command(
        "event",
        ways.command,
        ways_texts.HELP_CODE,
        ("/event code 3",),
        sub="code",
        sub_aliases=("qr", "签到码"),
        access=ORGANISERS,
    ),
    Command(
        "event",
        money.command,
        money_texts.HELP_MONEY,
        ("/event money 3",),
        sub="money",
        sub_aliases=("费用", "收费"),
        title=money_texts.MONEY,
        section=Section.EVENTS,
    ),
    Command(
        "checkin",
        ways.by_line,
        ways_texts.HELP_CHECK_IN,
        ("/checkin 4821",),
        access=NO_GROUP_NEEDED,
        title=ways_texts.TITLE_CHECK_IN,
        section=Section.EVENTS,
    ),
)
_BUTTONS: Final = (
    Button(codes.OPEN, panel.picked, ORGANISERS),
    Button(codes.HERE, panel.here, ORGANISERS),
    Button(codes.PARTY, panel.party, ORGANISERS),
    Button(codes.PAGE, panel.turn, ORGANISERS),
    Button(codes.VIEW, panel.view, ORGANISERS),
    Button(codes.FIND, panel.find, ORGANISERS),
    Button(codes.WALK_IN, walkins.ask_who, ORGANISERS),
    Button(codes.I_AM_HERE, ways.ask_code, EVERYONE),
    Button(codes.WAYS, ways.show, ORGANISERS),
    Button(codes.RENEW, ways.renew, ORGANISERS),
    Button(codes.ALLOW, ways.allow, ORGANISERS),
    Button(codes.QR, ways.picture, ORGANISERS),
    Button(codes.CLOSE, closing.close, ORGANISERS),
    Button(codes.KEEP, closing.keep, ORGANISERS),
    Button(codes.MONEY, money.opened, EVERYONE),
    Button(codes.TABLE, money.turn, ORGANISERS),
    Button(codes.MARK, money.mark, ORGANISERS),
    Button(codes.PAID, money.said_on_card, EVERYONE),
    Button(codes.SAY, money.said, EVERYONE),
)
