"""What is said before a period ends: to managers, and in private to those who are behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.announcements.quotas.rules.quota import Kind
from bot.announcements.quotas.texts import words
from bot.i18n import Html, Texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.announcements.quotas.rules.periods import Span
    from bot.announcements.quotas.rules.quota import Share, Table
    from bot.kernel.groups import Group
    from bot.kernel.ids import UserId

_MISSED = 10
"""So many are named whom the bot cannot write to."""


def debtor(found: Table, who: UserId, shares: Sequence[Share]) -> str:
    """Name somebody who is to be reminded: by their own share, else as who answers for a department."""
    own = next((one.name for one in shares if one.user_id == who), "")
    return own or next((one.keeper for one in found.quotas if one.keeper_id == who), "")


def for_managers(
    texts: Texts, group: Group, one: Span, behind: Sequence[Share], shown: int, reminded: int, missed: Sequence[str]
) -> Html:
    """Name those who are behind before a period ends (R09), and say whom else to tell: ``missed`` cannot be written to."""
    head = texts.gettext(
        "⏳ <b>{group}</b>: the period {span} ends soon. Still to be delivered:",
        group=group.label or group.title,
        span=words.span(texts, one),
    )
    lines = [head, *(words.share(texts, each) for each in behind[:shown])]
    if len(behind) > shown:
        lines.append(texts.ngettext("and {n} more", "and {n} more", len(behind) - shown))
    if reminded:
        lines.append(
            texts.ngettext(
                "I remind {n} of those who owe it in private.", "I remind {n} of those who owe it in private.", reminded
            )
        )
    if missed:
        lines.append(_missed(texts, missed))
    return Html("\n").join(lines)


def _missed(texts: Texts, missed: Sequence[str]) -> Html:
    names = texts.join(list(missed[:_MISSED]))
    rest = len(missed) - _MISSED
    if rest > 0:
        return texts.ngettext(
            "I cannot write to {names} and {n} other; please tell them.",
            "I cannot write to {names} and {n} others; please tell them.",
            rest,
            names=names,
        )
    return texts.gettext("I cannot write to {names}; please tell them.", names=names)


def in_private(texts: Texts, group: Group, one: Span, shares: Sequence[Share]) -> Html:
    """Remind somebody of what they owe, and of what the departments do for which they answer."""
    head = texts.gettext(
        "⏳ <b>{group}</b>: the period {span} ends soon. Still to be delivered by you:",
        group=group.label or group.title,
        span=words.span(texts, one),
    )
    foot = texts.gettext("What you hand in counts when it is published.")
    return Html("\n").join([head, *(_own(texts, each) for each in shares), foot])


def _own(texts: Texts, one: Share) -> Html:
    values = {"delivered": texts.number(one.delivered), "owed": texts.number(one.owed)}
    if one.kind is Kind.DEPARTMENT:
        return texts.gettext(
            "▫️ {department}, for which you answer: {delivered} of {owed}", department=one.name, **values
        )
    return texts.gettext("▫️ you yourself: {delivered} of {owed}", **values)


def not_reached(texts: Texts, group: Group, name: str) -> Html:
    """Tell the managers that somebody could not be reminded."""
    return texts.gettext(
        "⏳ {group}: I could not remind {name} of what is still to be delivered, since I cannot write to them. Please tell them.",
        group=group.label or group.title,
        name=name,
    )
