"""The message a form is seen in: posted, edited where it stands, and rid of its buttons when it is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.tg import effects as fx
from bot.tg.capability import CardView
from bot.tg.forms import view, walk
from bot.tg.pages import MESSAGE_LIMIT, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.i18n import Html
    from bot.tg.context import Scope
    from bot.tg.forms.model import Problem
    from bot.tg.forms.store import OpenForm
    from bot.tg.forms.walk import Walk
    from bot.tg.outbox.writer import Effects

NAME = "forms"
PROMPT = "prompt"
"""The kind of result by which a form learns what became of its question."""


def draw(here: Walk, notes: Iterable[Html], problem: Problem | None = None) -> CardView:
    """Return how the form looks now; what its buttons stand for is noted in its row."""
    walk.set_offers(here, problem)
    shown = view.summary_view if here.question is None else view.question_view
    drawn = shown(here, asked_of(here.row), notes)
    return CardView(shorten(drawn.html, MESSAGE_LIMIT), drawn.keyboard)


def asked_of(row: OpenForm) -> str | None:
    """Return whom a form asks where others read along."""
    return None if row.chat_id > 0 else row.asked


def post(scope: Scope, row: OpenForm, card: CardView, elsewhere: str = "") -> None:
    """Post the form in a message of its own; ``elsewhere`` says where to tell that it could not be delivered."""
    message = fx.SendMessage(
        row.chat_id,
        str(card.html),
        card.keyboard,
        reply_to=row.origin_message_id,
        thread_id=row.thread_id,
        silent=scope.is_quiet(row.chat_id),
    )
    told = fx.OnResult(NAME, PROMPT, f"{row.id} {elsewhere}".rstrip())
    row.prompt_effect = scope.effects.put(message, on_result=told, priority=fx.Priority.ANSWER)
    row.prompt_message_id = None


def edit(effects: Effects, row: OpenForm, card: CardView) -> None:
    """Put something else into the form's message."""
    change = fx.EditText(row.chat_id, _target(row), str(card.html), card.keyboard)
    effects.put(change, priority=fx.Priority.ANSWER, coalesce=f"form:{row.id}:{row.prompt_effect}")


def drop_buttons(effects: Effects, row: OpenForm) -> None:
    """Take the buttons from the form's message."""
    effects.put(fx.EditButtons(row.chat_id, _target(row)), priority=fx.Priority.NORMAL)


def _target(row: OpenForm) -> fx.Target:
    return row.prompt_message_id if row.prompt_message_id is not None else fx.Ref(row.prompt_effect)
