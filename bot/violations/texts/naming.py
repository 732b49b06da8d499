"""Rules that a warning names by their codes (R23)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import Html

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.i18n import Texts


def unknown(texts: Texts, code: str, titles: Mapping[str, str]) -> Html:
    """Refuse a code that no rule has, and name those there are."""
    known = texts.join(Html("<code>{}</code> {}").format(one, title) for one, title in titles.items())
    return texts.flow(
        texts.gettext("This group has no rule {code}.", code=code), texts.gettext("There are: {known}.", known=known)
    )


def ask(texts: Texts) -> Html:
    """Ask which rule was breached."""
    return texts.gettext("Which rule was breached? Tap it, or write its code.")


def rule_label(code: str, title: str) -> str:
    """Label a rule as a choice."""
    label = f"{code} · {title}" if title else code
    return label if len(label) <= 60 else f"{label[:59]}…"


def none_label(texts: Texts) -> str:
    """Label the choice of no rule."""
    return texts.label("None of them")


def chosen(texts: Texts, code: str, titles: Mapping[str, str]) -> Html:
    """Show the rule that was chosen."""
    return Html.escape(rule_label(code, titles.get(code, ""))) if code else texts.gettext("none")
