"""Why a rule cannot be so, and what would be right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import N_
from bot.policy.rules.fields import Line, Listed, Number
from bot.policy.rules.record import MOST_APPROVED, MOST_DAYS_KEPT, MOST_SAMPLES
from bot.policy.rules.rule import HINT_LIMIT, MOST_DAYS, MOST_POINTS, MOST_RULES, TITLE_LIMIT, Fault
from bot.policy.rules.words import LONGEST_WORD
from bot.policy.texts.patterns import flawed

if TYPE_CHECKING:
    from bot.i18n import Html, Texts
    from bot.policy.rules.rule import Wrong

_FIXED: dict[Fault, str] = {
    Fault.NO_WORDS: N_("Please write at least one word, for example <code>gambling</code>."),
    Fault.NO_TEXT: N_("Please write one sentence."),
    Fault.NO_LINK: N_(
        "Please send the link to a group or topic, for example <code>https://t.me/hikers_market</code> or"
        " <code>@hikers_market</code>."
    ),
    Fault.REACTION: N_("Please write <code>record</code>, <code>hint</code> or <code>delete</code>."),
    Fault.WHEN: N_(
        "That is no time I understand. For example: <code>always</code>, <code>quiet hours</code>, <code>weekends</code>,"
        " <code>Mon–Fri 22:00–07:00</code>."
    ),
    Fault.YES_OR_NO: N_("Please write <code>yes</code> or <code>no</code>."),
    Fault.ROLES: N_(
        "Please write the roles that are spared, for example <code>editors, organisers</code>, or <code>everybody with a"
        " role</code>, or <code>nobody</code>. There are manager, moderator, organiser, editor, reviewer and viewer."
    ),
    Fault.FIRST: N_("Please write <code>hint</code> (the ladder begins after a hint) or <code>at once</code>."),
}
_LIMITS: dict[Fault, tuple[str, int]] = {
    Fault.TOO_MANY_RULES: (N_("A group has at most {most} rules; please remove one first."), MOST_RULES),
    Fault.WORD_TOO_LONG: (N_("A word of a list has at most {most} characters."), LONGEST_WORD),
    Fault.TITLE_TOO_LONG: (N_("A title has at most {most} characters."), TITLE_LIMIT),
    Fault.HINT_TOO_LONG: (N_("A hint has at most {most} characters."), HINT_LIMIT),
    Fault.POINTS: (N_("Please choose a number of points from 1 to {most}."), MOST_POINTS),
    Fault.DAYS: (
        N_("Please write <code>everybody</code>, or for new members a number of days from 1 to {most}."),
        MOST_DAYS,
    ),
}


def wrong(texts: Texts, found: Wrong) -> Html:
    """Say why a rule cannot be."""
    if found.flawed is not None:
        return flawed(texts, found.flawed)
    if found.fault in _FIXED:
        return texts.gettext(_FIXED[found.fault])
    if found.fault in _LIMITS:
        message, most = _LIMITS[found.fault]
        return texts.gettext(message, most=texts.number(most))
    match found.field:
        case Number(least=least, most=most):
            return texts.gettext(
                "Please choose a number from {least} to {most}.", least=texts.number(least), most=texts.number(most)
            )
        case Listed(most=most):
            return texts.gettext("A list has at most {most} words.", most=texts.number(most))
        case Line(longest=longest):
            return texts.gettext("Please write at most {most} characters.", most=texts.number(longest))
        case _:
            raise AssertionError(found)


def no_such(texts: Texts, typed: str) -> Html:
    """Say that what stands behind the command is no rule's code."""
    return texts.gettext(
        "“{typed}” is no rule of this group. <code>/policy</code> lists them, <code>/policy A1</code> shows one.",
        typed=typed[:40],
    )


def gone(texts: Texts) -> Html:
    """Say that there is no such rule."""
    return texts.gettext("There is no such rule any more. <code>/policy</code> shows those there are.")


def no_such_part(texts: Texts, code: str, typed: str, known: list[str]) -> Html:
    """Say that a rule has no such part, and which it has."""
    return texts.gettext(
        "“{typed}” is nothing that can be set of rule {rule}. It can be: {known}; and <code>on</code>, <code>observe</code>,"
        " <code>off</code>.",
        typed=typed[:40],
        rule=code,
        known=texts.join(known),
    )


def no_such_kind(texts: Texts, typed: str, known: list[str]) -> Html:
    """Say that there is no such detector, and which there are."""
    return texts.gettext(
        "“{typed}” is nothing that a rule can look for. There are: {known}. <code>/policy add</code> asks for it.",
        typed=typed[:40],
        known=texts.join(known),
    )


def no_own_ladders(texts: Texts) -> Html:
    """Say that a rule cannot have a ladder of its own."""
    return texts.gettext("Please choose <code>none</code> or <code>group</code>.")


def no_text_file(texts: Texts) -> Html:
    """Say that a file cannot be read as a list."""
    return texts.gettext(
        "Please send a text file (.txt, UTF-8) of at most 1 MB, with one word a line; or write the words."
    )


def keeping(texts: Texts) -> Html:
    """Say how much may be kept."""
    return texts.gettext(
        "Please write how many samples (0 to {most}) and for how many days (1 to {days}), for example"
        " <code>/policy keep 20 for 7 days</code>.",
        most=texts.number(MOST_SAMPLES),
        days=texts.number(MOST_DAYS_KEPT),
    )


def too_many_approved(texts: Texts) -> Html:
    """Say that nobody more can be approved."""
    return texts.gettext("At most {most} members can be approved.", most=texts.number(MOST_APPROVED))
