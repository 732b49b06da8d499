"""How a form looks: the text of the question or the summary, and the buttons under it."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from bot.i18n import Html
from bot.tg.buttons import NO_GROUP, ButtonCode, column, rows
from bot.tg.capability import CardView
from bot.tg.forms import texts as say
from bot.tg.pages import shorten, visible_length

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.tg.effects import Key
    from bot.tg.forms.store import OpenForm
    from bot.tg.forms.walk import Walk

CHOOSE = ButtonCode("f.c", (int, int, int))
"""Carries the form's id, its step and the choice's index."""
BACK = ButtonCode("f.b", (int, int))
SKIP = ButtonCode("f.s", (int, int))
CANCEL = ButtonCode("f.x", (int, int))
SAVE = ButtonCode("f.ok", (int, int))
BESIDE = ButtonCode("f.bs", (int, int))
CHANGE = ButtonCode("f.ch", (int, int))
MORE = ButtonCode("f.mo", (int, int))
AGAIN = ButtonCode("f.ag", (int, int, int))
"""Carries the form's id, its step, and which answer is to be given anew, from 1; 0 leaves all as they are."""

_ROOM = 3600
"""What the text of a form may take, in UTF-16 units; heading and footer fit beside it."""
_ROW_WIDTH = 30
"""How many narrow letters fit on one row of buttons on a phone."""
_ROW_KEYS = 4


def question_view(here: Walk, asked: str | None, notes: Iterable[Html]) -> CardView:
    """Show the present question; ``asked`` is the person's name where others read along, ``notes`` come first."""
    question, texts, row = here.question, here.asking.texts, here.row
    if question is None:
        raise ValueError("no question is left")
    title = texts.gettext(here.form.title)
    head = say.title_only(title) if here.is_changing else say.heading(title, *here.place)
    parts = [head, *notes, question.prompt(here.asking)]
    if asked is not None:
        parts.append(say.please_reply(texts, asked) if question.typed else say.please_choose(texts, asked))
    last = (
        BACK.key(say.back_label(texts), NO_GROUP, row.id, row.step) if row.trail or here.is_changing else None,
        SKIP.key(say.skip_label(texts), NO_GROUP, row.id, row.step) if question.optional else None,
        CANCEL.key(say.cancel_label(texts), NO_GROUP, row.id, row.step),
    )
    beside = here.form.keys if not row.trail and not here.is_changing else None
    more = beside(here.asking) if beside is not None else ()
    return CardView(Html("\n\n").join(parts), rows(*_offer_rows(row), *more, last))


def summary_view(here: Walk, asked: str | None, notes: Iterable[Html]) -> CardView:
    """Show every answer with *Save*, *Change*, *Back* and *Cancel*."""
    texts, row = here.asking.texts, here.row
    parts = [say.title_only(texts.gettext(here.form.title)), answers_html(here), *notes, say.please_check(texts)]
    if asked is not None:
        parts.append(say.please_choose(texts, asked))
    save = SAVE.key(say.save_label(texts), NO_GROUP, row.id, row.step)
    beside = here.form.beside
    other = BESIDE.key(texts.label(beside[1]), NO_GROUP, row.id, row.step) if beside is not None else None
    back = BACK.key(say.back_label(texts), NO_GROUP, row.id, row.step) if row.trail else None
    cancel = CANCEL.key(say.cancel_label(texts), NO_GROUP, row.id, row.step)
    change = CHANGE.key(say.change_label(texts), NO_GROUP, row.id, row.step)
    return CardView(Html("\n\n").join(parts), rows((save, other), (change, back, cancel)))


def change_view(here: Walk, asked: str | None, *, rare: bool = False) -> CardView:
    """Show every answer, and a button for each that may be given anew; ``rare`` offers those that are not shown instead."""
    texts, row = here.asking.texts, here.row
    parts = [say.title_only(texts.gettext(here.form.title)), answers_html(here), say.which_answer(texts)]
    if asked is not None:
        parts.append(say.please_choose(texts, asked))
    shown = {question.key for question in here.shown}
    numbered = list(enumerate(here.open_to_change, start=1))
    keys = [
        AGAIN.key(texts.label(question.label), NO_GROUP, row.id, row.step, number)
        for number, question in numbered
        if rare is (question.key not in shown)
    ]
    hidden = not rare and len(keys) < len(numbered)
    more = MORE.key(say.more_label(texts), NO_GROUP, row.id, row.step) if hidden else None
    back = AGAIN.key(say.back_label(texts), NO_GROUP, row.id, row.step, 0)
    return CardView(Html("\n\n").join(parts), rows(*column(keys, 2), (more, back)))


def done_view(here: Walk, *, brief: bool = False) -> CardView:
    """Show the answers of a form that is finished, without buttons; ``brief`` only says that it is."""
    texts = here.asking.texts
    answers = () if brief else (answers_html(here),)
    end = say.saved(texts) if here.is_confirmed else say.done(texts)
    parts = [say.title_only(texts.gettext(here.form.title)), *answers, end]
    return CardView(Html("\n\n").join(parts))


def answers_html(here: Walk) -> Html:
    """Write out all answers, cut where they would not fit into one message."""
    texts, answers = here.asking.texts, here.asking.answers
    shown = [(q, q.said(here.asking, answers[q.key]) or Html("—")) for q in here.shown]

    def lines(limit: int) -> Html:
        return Html("\n").join(say.line(texts, texts.gettext(q.label), shorten(value, limit)) for q, value in shown)

    fitting = (whole for limit in (_ROOM, 600, 200) if visible_length(whole := lines(limit)) <= _ROOM)
    return next(fitting, shorten(lines(60), _ROOM))


def _offer_rows(row: OpenForm) -> list[list[Key]]:
    """Set the choices side by side where they are short enough."""
    lines: list[list[Key]] = []
    used = _ROW_WIDTH
    for index, offer in enumerate(row.offers):
        width = _width(offer.label) + 2
        if used + width > _ROW_WIDTH or len(lines[-1]) == _ROW_KEYS:
            lines.append([])
            used = 0
        lines[-1].append(CHOOSE.key(offer.label, NO_GROUP, row.id, row.step, index))
        used += width
    return lines


def _width(label: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in label)
