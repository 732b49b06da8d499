"""Where a form stands: pure steps over its questions and the answers so far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.tg.forms import texts as say
from bot.tg.forms.model import Asking, Choice, Form, Problem, Question, Reply, Told
from bot.tg.forms.store import Offer, OpenForm
from bot.tg.forms.values import Unreadable, pack, plain, unpack

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from bot.i18n import Texts
    from bot.kernel.groups import Group

CHANGING = " changing"
"""The key under which an answer is kept while it is given anew: its question's key, itself, and its place in the trail or -1."""
MAX_OFFERS = 90
"""Telegram takes 100 buttons under a message; Back, Skip and Cancel need room too."""


@dataclass(frozen=True, slots=True)
class Walk:
    """A form, its row and its circumstances. Steps change the row; take a new walk to see what is next."""

    form: Form[Any]
    row: OpenForm
    asking: Asking

    @property
    def question(self) -> Question[Any] | None:
        """The question to be asked now, or None when all are answered."""
        return next((q for q in self.asked if q.key not in self.row.answers), None)

    @property
    def asked(self) -> list[Question[Any]]:
        """The questions that belong to the form as it has been answered so far."""
        return [q for q in self.form.questions if q.when(self.asking)]

    @property
    def shown(self) -> list[Question[Any]]:
        """The answered questions that the summary shows: a rare one only where its answer is not the default."""
        answers = self.asking.answers
        return [q for q in self.asked if q.key in answers and not (q.rare and answers[q.key] == q.default)]

    @property
    def open_to_change(self) -> list[Question[Any]]:
        """The questions whose answers may be given anew at the end: those that can be answered at all."""
        return [q for q in self.asked if q.typed or q.choices(self.asking)]

    @property
    def is_changing(self) -> bool:
        """Whether an answer that was shown is being given anew."""
        return CHANGING in self.row.answers

    @property
    def ends_at_once(self) -> bool:
        """Whether nothing is left to be asked, nor to be shown and agreed to."""
        return self.question is None and not self.is_confirmed

    @property
    def is_confirmed(self) -> bool:
        """Whether all answers are shown and agreed to at the end."""
        wanted = self.form.confirm
        return wanted(self.asking) if callable(wanted) else wanted

    @property
    def place(self) -> tuple[int, int]:
        """Which question this is, from 1, and how many there are to be asked, presets left out."""
        to_ask = [q for q in self.asked if q.key in self.row.trail or q.key not in self.row.answers]
        return min(len(self.row.trail) + 1, len(to_ask)), len(to_ask)

    def answers(self) -> dict[str, Any]:
        """Return what ``finish`` gets: the answers that count, typed, and presets that belong to no question as they are."""
        left_out = {q.key for q in self.form.questions} - {q.key for q in self.asked}
        dropped = left_out & set(self.row.trail) | {CHANGING}
        return {key: value for key, value in self.asking.answers.items() if key not in dropped}


def usual(form: Form[Any], preset: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a form begins with: the presets, and the defaults of the rare questions."""
    return {
        key: pack(value) for key, value in ({q.key: q.default for q in form.questions if q.rare} | dict(preset)).items()
    }


def walk(form: Form[Any], row: OpenForm, texts: Texts, now: datetime, group: Group | None) -> Walk:
    """Look at a stored form.

    :raises bot.tg.forms.values.Unreadable: if an answer is not of its question's type: the form has changed since.
    """
    kinds = {q.key: q.type for q in form.questions}
    typed = {key: unpack(raw, kinds.get(key, Any)) for key, raw in row.answers.items()}
    in_public = row.chat_id < 0 and (group is None or row.chat_id != group.managers_chat_id)
    return Walk(form, row, Asking(texts, now, group, typed, row.partial, in_public))


def again(before: Walk) -> Walk:
    """Look at the same form after a step."""
    asking = before.asking
    return walk(before.form, before.row, asking.texts, asking.now, asking.group)


def is_offered(row: OpenForm, reply: Reply) -> bool:
    """Say whether a typed answer repeats the label of a button."""
    said = reply.text.strip().casefold()
    return reply.media is None and any(said == offer.label.strip().casefold() for offer in row.offers)


def read(here: Walk, question: Question[Any], reply: Reply) -> Any | Problem:
    """Read a typed answer; one that repeats the label of a button means that button."""
    said = reply.text.strip().casefold()
    for offer in here.row.offers:
        if said and said == offer.label.strip().casefold():
            return take_offer(here, question, offer)
    if not question.typed:
        return Problem(say.choose_a_button(here.asking.texts), as_choices(here.row.offers))
    return question.parse(here.asking, reply)


def read_or_none(here: Walk, reply: Reply) -> Any | Problem:
    """Read a typed answer to the present question; None when all are answered."""
    question = here.question
    return None if question is None else read(here, question, reply)


def take_offer(here: Walk, question: Question[Any], offer: Offer) -> Any | Problem:
    """Read a button: its value, or its text as if it had been typed."""
    if offer.text is not None:
        found = question.parse(here.asking, Reply(offer.text, offer.text))
        return found if isinstance(found, Problem) or not offer.others else _told(found, offer.others)
    try:
        value = unpack(offer.value, question.type)
        return Told(value, offer.others) if offer.others else value
    except Unreadable:
        return Problem(say.choice_is_old(here.asking.texts))


def _told(value: Any, others: Mapping[str, Any]) -> Told[Any]:
    known = value if isinstance(value, Told) else Told(value, {})
    return Told(known.value, {**others, **known.others})


def accept(here: Walk, question: Question[Any], value: Any) -> None:
    """Note an answer."""
    row = here.row
    others = value.others if isinstance(value, Told) else {}
    answer = value.value if isinstance(value, Told) else value
    known = {key: value for key, value in row.answers.items() if key != CHANGING}
    row.answers = {**known, question.key: pack(answer), **{key: pack(other) for key, other in others.items()}}
    row.trail = (*row.trail, question.key)
    row.partial = ""


def step_back(here: Walk) -> None:
    """Take the last answer back, so that its question is asked again; one that was being given anew stays as it was."""
    row = here.row
    if here.is_changing:
        key, before, place = row.answers[CHANGING]
        row.answers = {name: value for name, value in row.answers.items() if name != CHANGING} | {key: before}
        if place >= 0:
            row.trail = (*row.trail[:place], key, *row.trail[place:])
    elif row.trail:
        row.answers = {key: value for key, value in row.answers.items() if key != row.trail[-1]}
        row.trail = row.trail[:-1]
    row.partial = ""


def ask_again(here: Walk, number: int) -> None:
    """Take one answer back, counted from 1 among those open to change; any other number takes back none."""
    row = here.row
    for key in [q.key for q in here.open_to_change][number - 1 : number] if number > 0 else ():
        kept = [key, row.answers.get(key), row.trail.index(key) if key in row.trail else -1]
        row.answers = {name: value for name, value in row.answers.items() if name != key} | {CHANGING: kept}
        row.trail = tuple(name for name in row.trail if name != key)


def set_offers(here: Walk, problem: Problem | None) -> None:
    """Note what the buttons now to be shown stand for: a problem's own choices, else the question's."""
    question = here.question
    choices: Iterable[Choice] = problem.choices if problem is not None else ()
    if not choices and question is not None:
        choices = question.choices(here.asking)
    here.row.offers = tuple(Offer(plain(c.label), pack(c.value), c.text, c.others) for c in list(choices)[:MAX_OFFERS])
    here.row.partial = problem.partial if problem is not None else ""


def as_choices(offers: Iterable[Offer]) -> tuple[Choice, ...]:
    """Return choices that offer the same again."""
    return tuple(Choice(offer.label, offer.value, offer.text, offer.others) for offer in offers)


def confirming(here: Walk, question: Question[Any], value: Any) -> Problem:
    """Ask for a tap on an answer whose author Telegram does not tell us."""
    texts = here.asking.texts
    answer = value.value if isinstance(value, Told) else value
    shown = question.said(here.asking, answer)
    label = plain(shown) or "✓"
    others = {key: pack(other) for key, other in value.others.items()} if isinstance(value, Told) else None
    return Problem(say.is_it_you(texts, shown), (Choice(label[:60], pack(answer), others=others),))
