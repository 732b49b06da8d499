"""The fields of a plan in words: their names, their values, and what can be wrong with them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.events.rules.plan import (
    ABOUT_LIMIT,
    CHOICE_LIMIT,
    LINK_LIMIT,
    MOST_CHOICES,
    MOST_GUESTS,
    MOST_QUESTIONS,
    MOST_REMINDERS,
    MOST_SEATS,
    MOST_TAGS,
    PLACE_LIMIT,
    PRICE_LIMIT,
    QUESTION_LIMIT,
    TAG_LIMIT,
    TITLE_LIMIT,
    Field,
    Flaw,
    Kind,
    PlanFlaw,
    SeatsOutOfRange,
    site_of,
)
from bot.i18n import N_, Html

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.events.rules.plan import Asked, Plan
    from bot.i18n import Texts

FIELDS: dict[Field, str] = {
    "title": N_("Title"),
    "kind": N_("Kind"),
    "starts_at": N_("Time"),
    "minutes": N_("Length"),
    "place": N_("Place"),
    "spot": N_("Point on the map"),
    "link": N_("Link"),
    "seats": N_("Seats"),
    "guests": N_("Guests per person"),
    "named": N_("Names of guests"),
    "deadline": N_("Sign-up until"),
    "price": N_("Price"),
    "about": N_("Description"),
    "picture": N_("Picture"),
    "questions": N_("Questions on sign-up"),
    "tags": N_("Only for member tags"),
    "minimum": N_("Least number of people"),
    "closes": N_("No waiting list"),
    "strict": N_("Strict waiting order"),
    "automatic": N_("Freed seats"),
    "offer": N_("Time to accept a seat"),
    "reminders": N_("Reminders"),
    "reconfirm": N_("Ask again a day ahead"),
    "promote": N_("Promotion posts"),
    "call": N_("Start notice"),
}
KINDS: dict[Kind, str] = {Kind.OFFLINE: N_("Meeting in person"), Kind.ONLINE: N_("Online talk")}
NO_LIMIT = N_("No limit")
NO_GUESTS = N_("No guests")
UNTIL_START = N_("Until the start")
NO_PLACE = N_("No place")
NONE = N_("None")
YES, NO = N_("Yes"), N_("No")
BY_ITSELF, BY_OFFER = N_("Given to the next in line at once"), N_("Offered to the next in line")


def value(texts: Texts, plan: Plan, field: Field) -> Html:
    """Write the value of a field."""
    return _VALUES[field](texts, plan)


def private_link(texts: Texts, link: str) -> Html:
    """Say that there is a link, where people read who must not have it."""
    return texts.gettext("{site} (kept private)", site=site_of(link))


def span(texts: Texts, plan: Plan) -> Html:
    """Say when an event begins, and when it ends if that was said: on the same day only the hour."""
    begins = texts.when(plan.starts_at)
    if plan.minutes is None:
        return Html.escape(begins)
    same_day = texts.date(plan.starts_at) == texts.date(plan.ends_at)
    ends = texts.clock(plan.ends_at) if same_day else texts.when(plan.ends_at)
    return Html("{} – {}").format(begins, ends)


def spans(texts: Texts, minutes: Sequence[int]) -> Html:
    """Write lengths of time, the longest first."""
    if not minutes:
        return texts.gettext(NONE)
    return texts.join(texts.duration(timedelta(minutes=one)) for one in sorted(minutes, reverse=True))


def question(asked: Asked) -> Html:
    """Write a question that is put to those who sign up, with its choices."""
    if not asked.choices:
        return Html.escape(asked.text)
    return Html("{} ({})").format(asked.text, " / ".join(asked.choices))


def _yes_no(texts: Texts, on: bool) -> Html:
    return texts.gettext(YES if on else NO)


def _or(texts: Texts, shown: object, otherwise: str = NONE) -> Html:
    return texts.gettext(otherwise) if shown is None or shown == "" else Html.escape(str(shown))


def _minutes(texts: Texts, minutes: int | None) -> str | None:
    return None if minutes is None else texts.duration(timedelta(minutes=minutes))


def _spot(texts: Texts, plan: Plan) -> Html:
    if plan.spot is None:
        return texts.gettext(NONE)
    return Html.escape(f"{plan.spot[0]:.5f}, {plan.spot[1]:.5f}")


_VALUES: dict[Field, Callable[[Texts, Plan], Html]] = {
    "title": lambda _, plan: Html.escape(plan.title),
    "kind": lambda texts, plan: texts.gettext(KINDS[plan.kind]),
    "starts_at": span,
    "minutes": lambda texts, plan: _or(texts, _minutes(texts, plan.minutes)),
    "place": lambda texts, plan: _or(texts, plan.place, NO_PLACE),
    "spot": _spot,
    "link": lambda texts, plan: texts.gettext(NONE) if plan.link is None else private_link(texts, plan.link),
    "seats": lambda texts, plan: _or(texts, None if plan.seats is None else texts.number(plan.seats), NO_LIMIT),
    "guests": lambda texts, plan: _or(texts, texts.number(plan.guests) if plan.guests else None, NO_GUESTS),
    "named": lambda texts, plan: _yes_no(texts, plan.named),
    "deadline": lambda texts, plan: _or(
        texts, None if plan.deadline is None else texts.when(plan.deadline), UNTIL_START
    ),
    "price": lambda texts, plan: _or(texts, plan.price),
    "about": lambda texts, plan: _or(texts, plan.about),
    "picture": lambda texts, plan: _yes_no(texts, plan.picture is not None),
    "questions": lambda texts, plan: (
        Html("; ").join(question(one) for one in plan.questions) if plan.questions else texts.gettext(NONE)
    ),
    "tags": lambda texts, plan: texts.join(plan.tags) if plan.tags else texts.gettext(NONE),
    "minimum": lambda texts, plan: _or(texts, None if plan.minimum is None else texts.number(plan.minimum)),
    "closes": lambda texts, plan: _yes_no(texts, plan.closes),
    "strict": lambda texts, plan: _yes_no(texts, plan.strict),
    "automatic": lambda texts, plan: texts.gettext(BY_ITSELF if plan.automatic else BY_OFFER),
    "offer": lambda texts, plan: _or(texts, _minutes(texts, plan.offer)),
    "reminders": lambda texts, plan: spans(texts, plan.reminders),
    "reconfirm": lambda texts, plan: _yes_no(texts, plan.reconfirm),
    "promote": lambda texts, plan: spans(texts, plan.promote),
    "call": lambda texts, plan: spans(texts, (plan.call,)),
}


# What is wrong


def flaw(texts: Texts, flaw_: PlanFlaw) -> Html:
    """Say what is wrong with a plan, and what would be right."""
    if isinstance(flaw_, SeatsOutOfRange):
        return _seats_out_of_range(texts, flaw_)
    return texts.gettext(_FLAWS[flaw_], **{name: texts.number(limit) for name, limit in _LIMITS.items()})


def unfit(texts: Texts, field: Field) -> Html:
    """Say what would be right for a field where what was given is nothing of its kind."""
    if field in _UNFIT:
        return flaw(texts, _UNFIT[field])
    return texts.gettext(_OTHERWISE[field])


_LIMITS = {
    "title": TITLE_LIMIT,
    "place": PLACE_LIMIT,
    "price": PRICE_LIMIT,
    "about": ABOUT_LIMIT,
    "link": LINK_LIMIT,
    "guests": MOST_GUESTS,
    "questions": MOST_QUESTIONS,
    "question": QUESTION_LIMIT,
    "choices": MOST_CHOICES,
    "choice": CHOICE_LIMIT,
    "tags": MOST_TAGS,
    "tag": TAG_LIMIT,
    "times": MOST_REMINDERS,
}
_FLAWS: dict[Flaw, str] = {
    Flaw.NO_TITLE: N_("An event needs a title, for example <i>Saturday hike</i>."),
    Flaw.TITLE_TOO_LONG: N_("The title is too long: at most {title} characters, please."),
    Flaw.PLACE_TOO_LONG: N_("The place is too long: at most {place} characters, please."),
    Flaw.STARTS_IN_PAST: N_("That time is already past. Please name one in the future, such as <code>Sat 9:00</code>."),
    Flaw.DEADLINE_IN_PAST: N_(
        "The end of the sign-up is already past. Please name a time in the future, such as <code>until Fri 20:00</code>."
    ),
    Flaw.DEADLINE_AFTER_START: N_(
        "The sign-up would end after the event has begun. Please let it end before the start,"
        " such as <code>until Fri 20:00</code>, or leave it out."
    ),
    Flaw.GUESTS_OUT_OF_RANGE: N_("Each person may bring at most {guests} guests. Write for example <code>+1</code>."),
    Flaw.LENGTH_OUT_OF_RANGE: N_(
        "An event lasts from 5 minutes to 31 days. Write for example <code>2 hours</code> or <code>90 minutes</code>."
    ),
    Flaw.NOT_A_LINK: N_(
        "That is not a link I can show: it begins with https:// and has at most {link} characters, for example"
        " <code>https://meet.example.org/hike</code>."
    ),
    Flaw.PRICE_TOO_LONG: N_("The note about the price is too long: at most {price} characters, please."),
    Flaw.ABOUT_TOO_LONG: N_("The description is too long: at most {about} characters, please."),
    Flaw.QUESTIONS_UNFIT: N_(
        "At most {questions} questions with {question} characters each, please, and at most {choices} choices with"
        " {choice} characters. Write each on a line of its own, for example <code>Diet? all / vegetarian</code>."
    ),
    Flaw.OFFER_OUT_OF_RANGE: N_(
        "The time to accept a seat is from 10 minutes to 7 days. Write for example <code>2 hours</code>."
    ),
    Flaw.TAGS_UNFIT: N_(
        "At most {tags} member tags with at most {tag} characters each, please, for example <code>Sales, IT</code>."
    ),
    Flaw.MINIMUM_OUT_OF_RANGE: N_(
        "The least number of people is at least 1, and not more than there are seats. Write for example <code>6</code>."
    ),
    Flaw.REMINDERS_UNFIT: N_(
        "At most {times} reminders, please, from 5 minutes to 31 days ahead. Write for example"
        " <code>1 day, 2 hours</code>."
    ),
    Flaw.PROMOTION_UNFIT: N_(
        "At most {times} promotion posts, please, from 5 minutes to 31 days before the sign-up ends. Write for example"
        " <code>3 days, 1 day</code>."
    ),
    Flaw.CALL_OUT_OF_RANGE: N_(
        "People are called from 1 minute to 1 day before the start. Write for example <code>15 minutes</code>."
    ),
}


_UNFIT: dict[Field, PlanFlaw] = {
    "seats": SeatsOutOfRange(1, MOST_SEATS, 0),
    "guests": Flaw.GUESTS_OUT_OF_RANGE,
    "minutes": Flaw.LENGTH_OUT_OF_RANGE,
    "link": Flaw.NOT_A_LINK,
    "price": Flaw.PRICE_TOO_LONG,
    "about": Flaw.ABOUT_TOO_LONG,
    "questions": Flaw.QUESTIONS_UNFIT,
    "tags": Flaw.TAGS_UNFIT,
    "minimum": Flaw.MINIMUM_OUT_OF_RANGE,
    "offer": Flaw.OFFER_OUT_OF_RANGE,
    "reminders": Flaw.REMINDERS_UNFIT,
    "promote": Flaw.PROMOTION_UNFIT,
    "call": Flaw.CALL_OUT_OF_RANGE,
}
_YES_OR_NO = N_("Please answer <code>yes</code> or <code>no</code>.")
_OTHERWISE: dict[Field, str] = {
    "kind": N_("Please choose: <code>offline</code> (people meet in person) or <code>online</code>."),
    "spot": N_(
        "Please send a point on the map (📎 → Location), or write latitude and longitude: <code>31.2304, 121.4737</code>."
    ),
    "picture": N_("Please send a picture, as a photo."),
    **dict.fromkeys(("named", "closes", "strict", "automatic", "reconfirm"), _YES_OR_NO),
}
"""What to say where a field is not one of those whose limits say it."""


def _seats_out_of_range(texts: Texts, flaw_: SeatsOutOfRange) -> Html:
    if flaw_.least <= 1:
        return texts.gettext(
            "The number of seats must be from 1 to {most}. Write for example <code>20 seats</code>.",
            most=texts.number(flaw_.most),
        )
    return texts.gettext(
        "There must be at least {least} seats, so that a person fits in with all their guests, and at most {most}."
        " Write for example <code>20 seats</code>.",
        least=texts.number(flaw_.least),
        most=texts.number(flaw_.most),
    )
