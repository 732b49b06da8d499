"""The ladders of a group: showing and setting them, and what is wrong with what was typed (R22)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import N_, Html
from bot.violations.rules.ladder import LONGEST_MUTE, MOST_STEPS, SHORTEST_MUTE, BadLadder, Rung
from bot.violations.rules.typed import NoLength, NotAStep
from bot.violations.texts import words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import timedelta

    from bot.i18n import Texts
    from bot.violations.rules.ladder import Ladder, Step
    from bot.violations.rules.settings import Settings

_FAULTS = {
    BadLadder.EMPTY: N_("A ladder needs at least one step."),
    BadLadder.TOO_MANY: N_("These are too many steps: at most {most} fit."),
    BadLadder.MUTE_TOO_SHORT: N_("A mute, a restriction or a ban lasts at least {shortest}."),
    BadLadder.MUTE_TOO_LONG: N_("A mute, a restriction or a ban lasts at most {longest}."),
    BadLadder.MUTED_REMOVAL: N_("A removal comes without a mute."),
    BadLadder.MUTED_NOTICE: N_("A notice comes without a mute; a warning can have one."),
    BadLadder.NO_LENGTH: N_("A mute needs a length, for example <code>mute 24h</code>."),
    BadLadder.MUTED_KICK: N_("A kick comes without a length; a ban can have one."),
    BadLadder.NO_RESTRICTION: N_("A restriction to text needs a length, for example <code>no media 24h</code>."),
    BadLadder.NOT_ON_LADDERS: N_("The end of a mute or a ban is no step of a ladder."),
    BadLadder.AFTER_REMOVAL: N_("Nothing comes after a removal or a ban for good: please put it at the end."),
}


# Showing


def page(texts: Texts, steps: Ladder, settings: Settings) -> Html:
    """Show what each warning brings in the group."""
    counts = texts.ngettext(
        "A warning counts for {n} day and then stays on record only. After the last step, that step is repeated.",
        "A warning counts for {n} days and then stays on record only. After the last step, that step is repeated.",
        settings.expiry.days,
    )
    notes = [counts]
    if settings.clean is not None:
        notes.append(
            texts.ngettext(
                "After {n} day without another case, everything earlier stops counting.",
                "After {n} days without another case, everything earlier stops counting.",
                settings.clean.days,
            )
        )
    if settings.leave_within is not None and any(step.rung is Rung.LEAVE for step in steps):
        length = texts.duration(settings.leave_within)
        notes.append(
            texts.gettext(
                "Who does not leave within {length} of being asked to is proposed for removal.", length=length
            )
        )
    if settings.points:
        notes.append(texts.gettext("A breach goes up as many steps as its rule weighs points."))
    head = texts.gettext("<b>What happens after a warning in this group</b>")
    return Html("\n").join((head, *_lines(texts, steps), *notes))


def page_of(texts: Texts, code: str, title: str, steps: Ladder, *, own: bool) -> Html:
    """Show what a breach of one rule brings."""
    name = Html(" ").join((code, Html.escape(title))) if title else Html(code)
    head = texts.gettext("<b>What happens after a breach of {rule}</b>", rule=name)
    if own:
        note = texts.gettext(
            "These are steps of its own: breaches of other rules do not count here, nor this one elsewhere."
        )
    else:
        note = texts.gettext("These are the steps of the group: all rules without steps of their own count together.")
    return Html("\n").join((head, *_lines(texts, steps), note))


def own_ladders(texts: Texts, ladders: Mapping[str, Ladder], titles: Mapping[str, str]) -> list[Html]:
    """Tell which rules have steps of their own."""
    if not ladders:
        return []
    lines = [
        texts.gettext("• {code} {title}: {steps}", code=code, title=titles.get(code, ""), steps=in_words(texts, steps))
        for code, steps in ladders.items()
    ]
    return [texts.gettext("<b>Rules with steps of their own</b>"), *lines]


def in_words(texts: Texts, steps: Ladder) -> Html:
    """Write a ladder inside a line."""
    return Html(" → ").join(words.step(texts, step) for step in steps)


def _lines(texts: Texts, steps: Ladder) -> list[Html]:
    return [
        texts.gettext("{place}. {step}", place=texts.number(place), step=words.step(texts, step))
        for place, step in enumerate(steps, start=1)
    ]


def follows_group(texts: Texts, code: str) -> Html:
    """Confirm that a rule has no ladder of its own any more."""
    return texts.gettext(
        "Rule {code} follows the steps of the group again, and its cases count with the others.", code=code
    )


def no_such_rule(texts: Texts) -> str:
    """Answer a button of a rule that is gone."""
    return texts.label("The group has this rule no more. Please send /ladder again.")


def group_label(texts: Texts) -> str:
    """Label the button that takes a rule's own ladder away."""
    return texts.label("↺ Steps of the group")


def choices_label(texts: Texts) -> str:
    """Label the button that leads to the settings."""
    return texts.label("⚙️ Settings")


# Setting


def how_to(texts: Texts) -> Html:
    """Say how a ladder is written."""
    # Translators: must be understood as it is written, the words of the steps may be Chinese: 警告, 严重警告 禁言1小时
    example = texts.label("/ladder set warning, serious 1h, mute 24h, removal")
    return texts.gettext(
        "Write the steps one after another, for example <code>{example}</code>. A step is a notice, a warning, a serious"
        " warning, a mute, no media, a request to leave, a kick, a ban or a removal that a second manager decides about; a"
        " length behind it says for how long.",
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
        case NoLength(rung):
            restriction = rung is Rung.RESTRICT
            return texts.gettext(_FAULTS[BadLadder.NO_RESTRICTION if restriction else BadLadder.NO_LENGTH])
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


def ask_length(texts: Texts, rung: Rung) -> Html:
    """Ask how long a mute, or a restriction to text, lasts."""
    if rung is Rung.RESTRICT:
        return texts.gettext(
            "How long shall only text be allowed? For example <code>12 hours</code>, <code>3 days</code>."
        )
    return texts.gettext("How long shall the mute last? For example <code>90 min</code>, <code>12 hours</code>.")


def step_label(texts: Texts, step: Step) -> str:
    """Label a step as a choice."""
    return words.step(texts, step).striptags()


def length_wanted(texts: Texts, rung: Rung) -> str:
    """Label the choice of a step whose length is asked for next."""
    return texts.label("🚫 Nothing but text…") if rung is Rung.RESTRICT else texts.label("🔇 Mute…")


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
