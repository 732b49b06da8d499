"""Who owes what, for the organiser and for each member."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, assert_never

from bot.events.door.rules.money import Marked, NobodyThere, Price, SameMark, Share, Unsaid
from bot.events.door.texts.answers import names
from bot.events.texts.card import name_of, person
from bot.i18n import N_, Html

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.events.door.rules.money import MarkOutcome, Row, SayOutcome
    from bot.events.rules.event import Event
    from bot.events.rules.signup import SignUp
    from bot.i18n import Texts

MONEY: Final = N_("💰 Money")
HELP_MONEY: Final = N_("Who owes and who paid; for yourself: say that you paid")
PAID, UNPAID = N_("💰 I have paid"), N_("I have not paid after all")
FREE: Final = N_("Free")
REMIND: Final = N_("🔔 Remind who owes")
UNSETTLED, EVERYBODY = N_("Only what is open"), N_("Show everybody")
AUDIT: Final = {
    "event.money": N_("{actor}: {who} and the price of event {target}: {before} → {after}"),
    "event.money_asked": N_("{actor} reminded those who owe for event {target}: {people}"),
    "event=owes": N_("owes"),
    "event=said": N_("says that they paid"),
    "event=paid": N_("paid"),
    "event=free": N_("free of charge"),
    "event=back": N_("to be paid back"),
}
_MARKS: Final = {Share.OWES: "▫️", Share.SAID: "💬", Share.PAID: "✅", Share.FREE: "🆓", Share.BACK: "↩️"}
_WORDS: Final = {share: AUDIT[f"event={share.value}"] for share in Share}
_NAME_SHOWN = 24


def heading(texts: Texts, event: Event, price: Price | None, sums: Mapping[Share, int]) -> Html:
    """Write what stands above the table: the price, and how many stand how, with sums where the price is a number."""
    lines = [Html("💰 ") + texts.gettext("Money: {event}", event=name_of(event))]
    if event.plan.price:
        lines.append(texts.gettext("Price: {price}", price=event.plan.price))
    else:
        lines.append(
            texts.gettext(
                "This event has no price. <code>/event edit {number} price 50 yuan</code> gives it one.",
                number=event.number,
            )
        )
    lines += [_sum(texts, share, sums[share], price) for share in Share if share in sums]
    if not sums:
        lines.append(texts.gettext("Nobody is on the list yet."))
    return Html("\n").join(lines)


def _sum(texts: Texts, share: Share, persons: int, price: Price | None) -> Html:
    said = texts.gettext(
        "{mark} {word}: {count}",
        mark=_MARKS[share],
        word=texts.gettext(_WORDS[share]),
        count=texts.number(persons),
    )
    if price is None or share is Share.FREE:
        return said
    return Html("{} · {} × {} = {}").format(said, texts.number(persons), price.said, amount(texts, price.of(persons)))


def amount(texts: Texts, value: Decimal) -> str:
    """Write an amount: with cents only where there are any."""
    whole = value == value.to_integral_value()
    return texts.number(int(value)) if whole else texts.number(float(value))


def line(texts: Texts, place: int, row: Row) -> Html:
    """Write a line of the table."""
    said = Html("{}. {} {} · {}").format(
        place, _MARKS[row.share], person(texts, row.one), texts.gettext(_WORDS[row.share])
    )
    if row.open == 0 or row.share is Share.OWES:
        return said
    paid_for = texts.ngettext("paid for {n} person", "paid for {n} people", row.paid_for)
    return Html("{} ({})").format(said, paid_for)


def mark_label(texts: Texts, place: int, row: Row) -> str:
    """Label the button that marks a person: what is there, and what a tap makes of it."""
    name = row.one.name if len(row.one.name) <= _NAME_SHOWN else f"{row.one.name[: _NAME_SHOWN - 1]}…"
    if row.share is Share.BACK:
        return texts.label("{place}. {name}: paid back", place=place, name=name)
    if row.is_settled:
        return texts.label("{place}. {name}: owes", place=place, name=name)
    return texts.label("{place}. {name}: paid", place=place, name=name)


def marked(texts: Texts, outcome: MarkOutcome) -> str:
    """Answer a tap on a mark."""
    match outcome:
        case Marked(one, share):
            if share is None:
                return texts.label("{name}: settled.", name=one.name)
            return texts.label("{name}: {word}", name=one.name, word=texts.label(_WORDS[share]))
        case SameMark(one):
            return texts.label("{name} is marked so already.", name=one.name)
        case NobodyThere():
            return texts.label("This person is no longer on the list.")
        case _:
            assert_never(outcome)


# Reminding


def reminder(texts: Texts, event: Event, group: str, one: SignUp, price: Price | None) -> Html:
    """Remind a person that they owe."""
    said = texts.gettext(
        "💰 {event} in {group} costs {price}. You are on its list, and the organiser has not noted your money yet.",
        event=name_of(event),
        group=group,
        price=event.plan.price,
    )
    if price is None or one.size == 1:
        return said
    return texts.flow(
        said,
        texts.ngettext(
            "For {n} person that is {sum} {unit}.",
            "For {n} people that is {sum} {unit}.",
            one.size,
            sum=amount(texts, price.of(one.size)),
            unit=price.unit,
        ),
    )


def reminded(texts: Texts, owing: int, unreached: Sequence[SignUp]) -> Html:
    """Tell the organiser who was reminded."""
    reached = owing - len(unreached)
    return texts.flow(
        texts.ngettext("{n} person is reminded.", "{n} people are reminded.", reached) if reached else "",
        texts.gettext("I cannot write to these in private: {names}", names=names(texts, unreached))
        if unreached
        else "",
    )


def reminded_before(texts: Texts, again_at: str) -> str:
    """Say that one reminder a day is enough."""
    return texts.label("They were reminded less than a day ago. The next time is {when}.", when=again_at)


def nobody_owes(texts: Texts) -> str:
    """Say that there is nobody to remind."""
    return texts.label("Nobody owes anything.")


# To a member


def mine(texts: Texts, event: Event, share: Share | None, price: Price | None, size: int) -> Html:
    """Show a member the price and where they stand."""
    lines = [_priced(texts, event)]
    if price is not None and size > 1 and share is not None:
        lines.append(
            texts.ngettext(
                "For {n} person that is {sum} {unit}.",
                "For {n} people that is {sum} {unit}.",
                size,
                sum=amount(texts, price.of(size)),
                unit=price.unit,
            )
        )
    lines.append(_standing(texts, share))
    return Html("\n").join(lines)


def _priced(texts: Texts, event: Event) -> Html:
    if not event.plan.price:
        return texts.gettext("{event} has no price.", event=name_of(event))
    return texts.gettext("💰 {event}: {price}", event=name_of(event), price=event.plan.price)


def _standing(texts: Texts, share: Share | None) -> Html:
    match share:
        case None:
            return texts.gettext("You are not going, so you owe nothing.")
        case Share.OWES:
            return texts.gettext("The organiser has not noted your money yet. If you have paid, say so.")
        case Share.SAID:
            return texts.gettext("You said that you paid. The organiser has still to confirm it.")
        case Share.PAID:
            return texts.gettext("You have paid; the organiser confirmed it.")
        case Share.FREE:
            return texts.gettext("It is free for you.")
        case Share.BACK:
            return texts.gettext("You paid and are not going. The organiser is to pay you back.")
        case _:
            assert_never(share)


def in_group(texts: Texts, event: Event) -> Html:
    """Show the price in the group, where everybody reads."""
    said = texts.gettext("If you are on the list and have paid, tap the button: only the organiser sees it.")
    return Html("\n").join([_priced(texts, event), said]) if event.plan.price else _priced(texts, event)


def said(texts: Texts, outcome: SayOutcome) -> str:
    """Answer a member who says that they paid, or did not."""
    match outcome:
        case Unsaid.NOT_GOING:
            return texts.label("You are not on the list of this event, so you owe nothing.")
        case Unsaid.SAID_ALREADY:
            return texts.label("You said so already. The organiser has still to confirm it.")
        case Unsaid.NOT_SAID:
            return texts.label("You did not say that you paid.")
        case Unsaid.CONFIRMED:
            return texts.label("The organiser has confirmed already that you paid.")
        case Unsaid.FREE:
            return texts.label("It is free for you.")
        case _:
            pass
    if outcome.paid:
        return texts.label("Noted: you say that you paid. The organiser will confirm it.")
    return texts.label("Noted: you have not paid yet.")


def after_joining(texts: Texts, event: Event) -> str:
    """Add to the answer of who signed up what it costs, and how they say that they paid."""
    return texts.label(
        "Price: {price}. Once you have paid, tap “{button}”.",
        price=(event.plan.price or "")[:40],
        button=texts.label(PAID),
    )
