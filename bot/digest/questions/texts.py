"""The digest's part about questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.digest.questions.rules import OpenQuestion, link
from bot.i18n import Html

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from bot.i18n import Texts
    from bot.kernel.ids import UserId

SHOWN = 12
_QUOTE = 90


def unanswered(texts: Texts, found: Sequence[OpenQuestion], names: Mapping[UserId, str], now: datetime) -> Html:
    """List the questions nobody answered, with links to them (R01)."""
    head = texts.ngettext("❓ <b>{n} question got no reply</b>", "❓ <b>{n} questions got no reply</b>", len(found))
    lines = [_line(texts, one, names.get(one.user_id, ""), now) for one in found[:SHOWN]]
    rest = len(found) - SHOWN
    if rest > 0:
        lines.append(texts.ngettext("… and {n} more", "… and {n} more", rest))
    return Html("\n").join((head, *lines))


def _line(texts: Texts, question: OpenQuestion, name: str, now: datetime) -> Html:
    return texts.gettext(
        "• {name}, {ago}: {question}", name=name, ago=texts.ago(now - question.at), question=_quoted(question)
    )


def _quoted(question: OpenQuestion) -> Html:
    words = " ".join(question.text.split())
    if len(words) > _QUOTE:
        words = f"{words[: _QUOTE - 1]}…"
    url = link(question)
    return Html.escape(words) if url is None else Html('<a href="{}">{}</a>').format(url, words)
