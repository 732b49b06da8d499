"""Setting a group's ladder: questions, and what is wrong with what was typed (R22)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import N_, Html
from bot.violations.rules.ladder import LONGEST_MUTE, MOST_STEPS, SHORTEST_MUTE, BadLadder
from bot.violations.rules.typed import NoLength, NotAStep
from bot.violations.texts import words

if TYPE_CHECKING:
    from datetime import timedelta

    from bot.i18n import Texts
    from bot.violations.rules.ladder import Step

_FAULTS = {
    BadLadder.EMPTY: N_("A ladder needs at least one step."),
    BadLadder.TOO_MANY: N_("These are too many steps: at most {most} fit."),
    BadLadder.MUTE_TOO_SHORT: N_("A mute lasts at least {shortest}."),
    BadLadder.MUTE_TOO_LONG: N_("A mute lasts at most {longest}."),
    BadLadder.MUTED_REMOVAL: N_("A removal comes without a mute."),
    BadLadder.MUTED_NOTICE: N_("A notice comes without a mute; a warning can have one."),
    BadLadder.NO_LENGTH: N_("A mute needs a length, for example <code>mute 24h</code>."),
    BadLadder.AFTER_REMOVAL: N_("Nothing comes after a removal: please put it at the end."),
}


def how_to(texts: Texts) -> Html:
    """Say how a ladder is written."""
    # Translators: must be understood as it is written, the words of the steps may be Chinese: 警告, 严重警告 禁言1小时
    example = texts.label("/ladder set warning, serious 1h, mute 24h, removal")
    return texts.gettext(
        "Write the steps one after another, for example <code>{example}</code>. A step is a notice, a warning, a serious"
        " warning, a mute, a request to leave or a removal; a length behind it mutes for so long.",
        example=example,
    )


def wrong(texts: Texts, problem: NotAStep | NoLength | BadLadder) -> Html:
    """Say what is wrong with what was typed, and what would be right."""
    return texts.flow(what_is_wrong(texts, problem), how_to(texts))


def what_is_wrong(texts: Texts, problem: NotAStep | NoLength | BadLadder) -> Html:
    """Say what is wrong with what was typed."""
    match problem:
        case NotAStep(text):
            line = " ".join(text.split())
            return texts.gettext("“{typed}” is no step I know.", typed=line if len(line) <= 40 else f"{line[:39]}…")
        case NoLength():
            return texts.gettext(_FAULTS[BadLadder.NO_LENGTH])
        case _:
            return texts.gettext(
                _FAULTS[problem],
                most=texts.number(MOST_STEPS),
                shortest=texts.duration(SHORTEST_MUTE),
                longest=texts.duration(LONGEST_MUTE),
            )


def ask_step(texts: Texts, place: int) -> Html:
    """Ask for one step."""
    if place == 1:
        return texts.gettext(
            "What shall the first warning bring? Tap it, or write it: <code>serious 1h</code>, <code>mute 3 days</code>."
        )
    return texts.gettext(
        "What shall warning number {place} bring, while the earlier ones count? The last step is repeated after that.",
        place=texts.number(place),
    )


def ask_length(texts: Texts) -> Html:
    """Ask how long a mute lasts."""
    return texts.gettext("How long shall the mute last? For example <code>90 min</code>, <code>12 hours</code>.")


def step_label(texts: Texts, step: Step) -> str:
    """Label a step as a choice."""
    return words.step(texts, step).striptags()


def mute_label(texts: Texts) -> str:
    """Label the choice of a mute whose length is asked for next."""
    return texts.label("🔇 Mute…")


def length_label(texts: Texts, length: timedelta) -> str:
    """Label a length as a choice."""
    return texts.duration(length)


def enough_label(texts: Texts) -> str:
    """Label the end of the ladder."""
    return texts.label("✓ That is all")


def no_step(texts: Texts) -> Html:
    """Show that there is no further step."""
    return texts.gettext("no further step")


def saved(texts: Texts) -> Html:
    """Confirm a ladder that is shown below."""
    return texts.gettext("Saved. It holds from the next warning on.")


def set_label(texts: Texts) -> str:
    """Label the button that sets the ladder."""
    return texts.label("✏️ Change")


def default_label(texts: Texts) -> str:
    """Label the button that goes back to the default."""
    return texts.label("↺ Default steps")
