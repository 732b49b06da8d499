"""The settings of a ledger: the page, the questions, and what is wrong with what was typed (R22)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import N_, Html
from bot.violations.rules.choosing import BadValue, Choice, NoChoice
from bot.violations.rules.settings import MOST_A_DAY

if TYPE_CHECKING:
    from datetime import timedelta

    from bot.i18n import Texts
    from bot.violations.rules.settings import Settings

LABELS = {
    Choice.EXPIRY: N_("A case counts for"),
    Choice.CLEAN: N_("Everything is forgotten after a time without a case"),
    Choice.CAP: N_("Steps I take by myself a day and person"),
    Choice.LEAVE: N_("Time to leave when asked to"),
    Choice.POINTS: N_("Rules weigh points"),
    Choice.SECOND: N_("Kicks and bans need a second manager"),
    Choice.HIDDEN: N_("Cards do not name the moderator"),
}
_BUTTONS = {
    Choice.EXPIRY: N_("📅 How long a case counts"),
    Choice.CLEAN: N_("🧹 Clean period"),
    Choice.CAP: N_("🔢 Steps a day"),
    Choice.LEAVE: N_("⏳ Time to leave"),
    Choice.POINTS: N_("⚖️ Points"),
    Choice.SECOND: N_("👥 Second manager"),
    Choice.HIDDEN: N_("🙈 Moderator not named"),
}
_QUESTIONS = {
    Choice.EXPIRY: N_(
        "For how many days shall a case count? For example <code>30</code>. It stays on record for good."
    ),
    Choice.CLEAN: N_(
        "After how many days without a case shall everything earlier stop counting? For example <code>90</code>, or"
        " <code>off</code>."
    ),
    Choice.CAP: N_(
        "How many steps may I take by myself against one person in one day? What comes on top is counted with the last"
        " case. For example <code>1</code>, or <code>off</code> for any number."
    ),
    Choice.LEAVE: N_(
        "How long has somebody who is asked to leave, before removal is proposed? For example <code>24h</code>, or"
        " <code>off</code> for never."
    ),
}
_WRONG = {
    Choice.EXPIRY: N_("“{typed}” will not do: a case counts for 1 to 3650 whole days, for example <code>30</code>."),
    Choice.CLEAN: N_(
        "“{typed}” will not do: write 1 to 3650 whole days, for example <code>90</code>, or <code>off</code>."
    ),
    Choice.CAP: N_("“{typed}” will not do: write a number from 1 to {most}, or <code>off</code>."),
    Choice.LEAVE: N_(
        "“{typed}” will not do: write whole hours up to 14 days, for example <code>24h</code>, or <code>off</code>."
    ),
}


def page(texts: Texts, settings: Settings) -> Html:
    """Show the settings."""
    lines = [
        texts.gettext(
            "• {what}: <b>{value}</b>", what=texts.gettext(LABELS[choice]), value=value(texts, settings, choice)
        )
        for choice in Choice
    ]
    head = texts.gettext("<b>Settings of the ledger</b>")
    return Html("\n").join((head, *lines, texts.gettext("How long a case counts holds from the next case on.")))


def value(texts: Texts, settings: Settings, choice: Choice) -> str:
    """Show what is chosen."""
    match choice:
        case Choice.EXPIRY:
            return texts.duration(settings.expiry)
        case Choice.CLEAN:
            return _length(texts, settings.clean)
        case Choice.LEAVE:
            return _length(texts, settings.leave_within)
        case Choice.CAP:
            return texts.label("any number") if settings.daily_cap is None else texts.number(settings.daily_cap)
        case _:
            return texts.label("on") if is_on(settings, choice) else texts.label("off")


def is_on(settings: Settings, choice: Choice) -> bool:
    """Say whether a switch is on."""
    return {Choice.POINTS: settings.points, Choice.SECOND: settings.second, Choice.HIDDEN: settings.hidden}[choice]


def _length(texts: Texts, length: timedelta | None) -> str:
    return texts.label("off") if length is None else texts.duration(length)


def button(texts: Texts, choice: Choice) -> str:
    """Label the button that sets it."""
    return texts.label(_BUTTONS[choice])


def ask(texts: Texts, choice: Choice) -> Html:
    """Ask for a value."""
    return texts.gettext(_QUESTIONS[choice])


def wrong(texts: Texts, problem: NoChoice | BadValue) -> Html:
    """Say what is wrong with what was typed, and what would be right."""
    line = " ".join(problem.typed.split())
    typed = line if len(line) <= 40 else f"{line[:39]}…"
    if isinstance(problem, NoChoice):
        return texts.gettext(
            "“{typed}” is nothing that can be set here. For example: <code>/ladder settings expiry 60</code>; likewise"
            " <code>clean</code>, <code>cap</code>, <code>leave</code>, <code>points</code>, <code>second</code>,"
            " <code>hidden</code>.",
            typed=typed,
        )
    sentence = _WRONG.get(problem.choice, N_("“{typed}” will not do: write <code>on</code> or <code>off</code>."))
    return texts.gettext(sentence, typed=typed or "–", most=texts.number(MOST_A_DAY))


def off_label(texts: Texts) -> str:
    """Label the choice of none."""
    return texts.label("Off")


def saved(texts: Texts) -> str:
    """Confirm a tap."""
    return texts.label("Saved.")


def stale(texts: Texts) -> str:
    """Answer a button that does not read."""
    return texts.label("This button is out of date. Please send /ladder settings again.")
