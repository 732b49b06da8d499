"""What is said to a word at the door: to the organiser, and to whoever checks in by code or link."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from bot.events.door.rules.checkin import (
    AlreadyHere,
    CheckedIn,
    ClosedBefore,
    GuestsCounted,
    Hours,
    ListClosed,
    Namesake,
    NotBegun,
    NotHere,
    NotOnList,
    Shut,
    TakenBack,
    WalkedIn,
    WouldMark,
    opens_at,
    shuts_at,
)
from bot.events.door.rules.line import NAME_LIMIT
from bot.events.door.rules.ways import AtDoor, Locked, NoDoor, NoSuchLink, Stranger, WrongCode
from bot.events.rules.plan import MOST_GUESTS
from bot.events.rules.signup import Presence, SignUpState
from bot.events.texts.card import name_of, short
from bot.i18n import N_, Html

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.events.door.rules.checkin import CloseOutcome, DoorOutcome
    from bot.events.door.rules.ways import CodeOutcome, LinkOutcome
    from bot.events.rules.event import Event
    from bot.events.rules.signup import SignUp
    from bot.i18n import Texts

NAMED: Final = 30
"""How many names one message lists."""
KEEP_OPEN: Final = N_("Not yet")
AUDIT: Final = {
    "event.came": N_("{actor}: {who} is here at event {target}, guests: {guests}"),
    "event.walked_in": N_("{actor}: {who} walked in at event {target}, guests: {guests}"),
    "event.not_here": N_("{actor}: {who} is not here at event {target} after all"),
    "event.door_closed": N_("{actor} closed the list of event {target} “{title}”. Absent: {people}"),
    "event.new_code": N_("{actor} made a new check-in code for event {target} “{title}”"),
    "event.walk_ins_allowed": N_("{actor} lets walk-ins use the check-in code of event {target}"),
    "event.walk_ins_refused": N_("{actor} lets walk-ins no longer use the check-in code of event {target}"),
}


# To the organiser


def tapped(texts: Texts, event: Event, outcome: DoorOutcome | Shut) -> str:
    """Answer an organiser's tap or line, in plain text."""
    match outcome:
        case CheckedIn(one, guests):
            return _came(texts, one, guests)
        case AlreadyHere(one):
            return texts.label("{name} is checked in already.", name=short(one.name))
        case WalkedIn(one, beyond):
            return _walked_in(texts, one, beyond)
        case TakenBack(one, off):
            if off:
                return texts.label("{name} is not here, and off the list again.", name=short(one.name))
            return texts.label("{name} is not here after all.", name=short(one.name))
        case NotHere(name):
            return texts.label("{name} is not checked in.", name=short(name)) if name else gone(texts)
        case NotOnList():
            return gone(texts)
        case GuestsCounted(one, here):
            return texts.nlabel(
                "{name}: {n} of {all} here.", "{name}: {n} of {all} here.", here, name=short(one.name), all=one.size
            )
        case Namesake(one):
            return texts.label(
                "{name} is on the list and not here yet. If it is them, tap their name on the list; if not, write the name"
                " in another way, such as with a family name.",
                name=short(one.name),
            )
        case Shut():
            return str(shut(texts, event, outcome).striptags())
        case _:
            assert_never(outcome)


def _came(texts: Texts, one: SignUp, guests: int) -> str:
    said = texts.label("{name} is here.", name=short(one.name))
    if guests:
        said = texts.nlabel(
            "{name} is here, with {n} guest.", "{name} is here, with {n} guests.", guests, name=short(one.name)
        )
    late = texts.label("By the clock that is late.") if one.presence is Presence.LATE else ""
    return str(texts.flow(said, late))


def _walked_in(texts: Texts, one: SignUp, beyond: int) -> str:
    name = short(one.name) if not one.guests else f"{short(one.name)} +{one.guests}"
    said = texts.label("{name} walked in and is on the list.", name=name)
    if not beyond:
        return said
    more = texts.nlabel(
        "The list has {n} person more than there are seats.",
        "The list has {n} people more than there are seats.",
        beyond,
    )
    return str(texts.flow(said, more))


def gone(texts: Texts) -> str:
    """Answer a tap on somebody who is not on the list any more."""
    return texts.label("This person is no longer on the list.")


def stale(texts: Texts) -> str:
    """Answer a tap on a panel that is closed."""
    return texts.label("This list is out of date. /event door opens it anew.")


def shut(texts: Texts, event: Event, outcome: Shut) -> Html:
    """Say why nobody can be checked in."""
    match outcome.hours:
        case Hours.HIDDEN:
            return texts.gettext("{event} is a draft: nobody can check in.", event=name_of(event))
        case Hours.CANCELLED:
            return texts.gettext("{event} is cancelled: nobody can check in.", event=name_of(event))
        case Hours.NOT_YET:
            return texts.gettext(
                "Check-in for {event} opens on {when}, an hour before the start.",
                event=name_of(event),
                when=texts.when(opens_at(event.plan)),
            )
        case Hours.OPEN:
            return texts.gettext(
                "The list of {event} is closed. The organiser can still check you in.", event=name_of(event)
            )
        case Hours.PAST:
            return texts.gettext(
                "Check-in for {event} ended on {when}.", event=name_of(event), when=texts.when(shuts_at(event.plan))
            )
        case _:
            assert_never(outcome.hours)


def which_door(texts: Texts) -> Html:
    """Ask at which event people are to be checked in."""
    return texts.gettext("At which event?")


def found(texts: Texts, search: str, count: int) -> Html:
    """Say how many a search found; the list shows them."""
    if not count:
        return texts.gettext(
            "Nobody on the list is called “{search}”. Who came all the same is a walk-in: <code>/event walkin</code>.",
            search=search,
        )
    return texts.ngettext(
        "“{search}”: {n} found. The list above shows them.",
        "“{search}”: {n} found. The list above shows them.",
        count,
        search=search,
    )


# Walk-ins


def how_to_walk_in(texts: Texts, number: int) -> Html:
    """Say how a walk-in is named."""
    return texts.gettext(
        "Say who came: <code>/event walkin {number} Grandma Wang +1</code>, or <code>@name</code> for somebody on Telegram.",
        number=number,
    )


def name_unfit(texts: Texts) -> Html:
    """Refuse a name that is none."""
    return texts.gettext("A name has at least one letter, and at most {limit} characters.", limit=NAME_LIMIT)


def too_many_guests(texts: Texts, guests: int) -> Html:
    """Refuse more guests than one person may bring."""
    return texts.ngettext(
        "+{guests} is too many: one person brings at most {n} guest. Let the others in by their own names.",
        "+{guests} is too many: one person brings at most {n} guests. Let the others in by their own names.",
        MOST_GUESTS,
        guests=guests,
    )


def not_understood(texts: Texts, words: str, number: int) -> Html:
    """Say which words after a person are too many."""
    return texts.flow(
        texts.gettext("I do not understand “{words}” after the name.", words=words), how_to_walk_in(texts, number)
    )


# Closing


def closing(texts: Texts, outcome: CloseOutcome) -> Html:
    """Say what comes of closing the list."""
    match outcome:
        case WouldMark(event, missing):
            return texts.ngettext(
                "Close the list of {event}? {n} person did not come and will be marked absent: {names}",
                "Close the list of {event}? {n} people did not come and will be marked absent: {names}",
                len(missing),
                event=name_of(event),
                names=names(texts, missing),
            )
        case ListClosed(event, missing):
            return _closed(texts, event, missing)
        case ClosedBefore(event, at):
            return texts.gettext(
                "The list of {event} was closed on {when}. You can still correct it: <code>/event door {number}</code>.",
                event=name_of(event),
                when=texts.when(at),
                number=event.number,
            )
        case NotBegun(event):
            return texts.gettext(
                "{event} begins on {when}. The list can be closed after that; before, nobody is absent.",
                event=name_of(event),
                when=texts.when(event.plan.starts_at),
            )
        case Shut():
            raise TypeError("said with its event")
        case _:
            assert_never(outcome)


def _closed(texts: Texts, event: Event, missing: Sequence[SignUp]) -> Html:
    if not missing:
        return texts.gettext("The list of {event} is closed. Everybody on it came.", event=name_of(event))
    return texts.ngettext(
        "The list of {event} is closed. {n} person is marked absent: {names}",
        "The list of {event} is closed. {n} people are marked absent: {names}",
        len(missing),
        event=name_of(event),
        names=names(texts, missing),
    )


def expired(texts: Texts, event: Event, missing: Sequence[SignUp]) -> Html:
    """Tell the organiser that the list closed by itself."""
    return Html("\n").join([_closed(texts, event, missing), texts.gettext("If that is wrong, correct it at the door.")])


def close_label(texts: Texts, count: int) -> str:
    """Label the button that marks so many absent."""
    return texts.nlabel("Close, {n} absent", "Close, {n} absent", count)


def kept_open(texts: Texts, event: Event) -> Html:
    """Say that the list stays open."""
    return texts.gettext("The list of {event} stays open.", event=name_of(event))


def names(texts: Texts, people: Sequence[SignUp]) -> Html:
    """Name people, as many as fit."""
    listed = texts.join(Html.escape(one.name[:64]) for one in people[:NAMED])
    rest = len(people) - NAMED
    if rest <= 0:
        return listed
    return texts.flow(listed, texts.ngettext("and {n} more", "and {n} more", rest))


# To whoever comes


def by_code(texts: Texts, outcome: CodeOutcome) -> Html:
    """Answer somebody who typed a code."""
    match outcome:
        case AtDoor():
            return arrived(texts, outcome)
        case WrongCode(left):
            return texts.ngettext(
                "No event that is open for check-in has this code. Type the one that is shown at the place now; you have {n}"
                " try left.",
                "No event that is open for check-in has this code. Type the one that is shown at the place now; you have {n}"
                " tries left.",
                left,
            )
        case Locked(until):
            return texts.gettext(
                "Those were too many wrong codes. Try again at {time}, or ask the organiser to check you in.",
                time=texts.clock(until),
            )
        case NoDoor():
            return texts.gettext(
                "No event of your groups is open for check-in by code now. It opens an hour before the start."
            )
        case _:
            assert_never(outcome)


def by_link(texts: Texts, outcome: LinkOutcome) -> Html:
    """Answer somebody who came by a QR code."""
    match outcome:
        case AtDoor():
            return arrived(texts, outcome)
        case NoSuchLink():
            return texts.gettext(
                "This QR code is not valid, or not any more. Scan the one that is shown at the place now, or ask the"
                " organiser to check you in."
            )
        case Stranger():
            return texts.gettext(
                "I do not know you in the group of this event. Write something in the group first, or ask the organiser to"
                " check you in."
            )
        case _:
            assert_never(outcome)


def arrived(texts: Texts, found: AtDoor) -> Html:
    """Answer somebody who came by a right code or link."""
    event, outcome = found.event, found.outcome
    match outcome:
        case CheckedIn(one, guests):
            return _you_are_here(texts, event, one, guests)
        case AlreadyHere():
            return texts.gettext("You are checked in at {event} already.", event=name_of(event))
        case WalkedIn(one):
            return texts.gettext(
                "🚶 Welcome to {event}, {name}! You are on the list now.", event=name_of(event), name=one.name
            )
        case NotOnList(state):
            said = (
                texts.gettext("You are on the waiting list of {event}, without a seat.", event=name_of(event))
                if state is SignUpState.WAITING
                else texts.gettext("You are not on the list of {event}.", event=name_of(event))
            )
            return texts.flow(said, texts.gettext("Please ask the organiser at the door."))
        case Shut():
            return shut(texts, event, outcome)
        case _:
            assert_never(outcome)


def _you_are_here(texts: Texts, event: Event, one: SignUp, guests: int) -> Html:
    said = texts.gettext("✅ Welcome to {event}, {name}! You are checked in.", event=name_of(event), name=one.name)
    if not guests:
        return said
    more = texts.ngettext(
        "Your {n} guest is counted too; if they did not come, tell the organiser.",
        "Your {n} guests are counted too; if fewer came, tell the organiser.",
        guests,
    )
    return texts.flow(said, more)


def how_to_check_in(texts: Texts) -> Html:
    """Say how one checks in by code."""
    return texts.gettext("Write the code that is shown at the place after it: <code>/checkin 4821</code>.")


def not_a_code(texts: Texts, typed: str) -> Html:
    """Refuse what cannot be a code."""
    return texts.gettext(
        "“{typed}” is not a check-in code. A code has 4 to 6 digits: <code>/checkin 4821</code>.", typed=typed[:64]
    )


def own_name(texts: Texts) -> Html:
    """Ask an anonymous administrator to speak for themselves."""
    return texts.gettext(
        "You write in the group’s name: I cannot see who you are. Check in in the private chat with me."
    )
