"""What managers and members read about rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import Html
from bot.policy.rules.fields import Field, Line, Listed, Number
from bot.policy.rules.findings import Hit
from bot.policy.rules.rule import MOST_RULES, TITLE_LIMIT, Fault, Reaction, State, Wrong
from bot.policy.rules.words import LONGEST_WORD
from bot.policy.texts import words
from bot.policy.texts.detectors import SAID
from bot.policy.texts.findings import reason
from bot.policy.texts.said import shortened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.i18n import Texts
    from bot.policy.rules.detectors import What
    from bot.policy.rules.record import Record, Standing, Tally
    from bot.policy.rules.rule import Breach, Rule

_MARKS = {State.OFF: "⚪", State.OBSERVE: "👀", State.ON: "🟢"}


# For everybody


def rules(texts: Texts, shown: list[Rule], more: Sequence[Html] = ()) -> Html:
    """Show the rules that are on, and what else holds in the group."""
    if not shown and not more:
        return texts.gettext("No rules of this group are written down here.")
    lines = [texts.gettext("<b>Rules of the group</b>")]
    lines += [Html("\n").join((words.head(texts, rule), texts.flow(*words.details(texts, rule)))) for rule in shown]
    return Html("\n\n").join((*lines, *more))


def no_arguments(texts: Texts) -> Html:
    """Say that the command takes nothing behind it."""
    return texts.gettext("<code>/rules</code> stands alone. Managers set rules with <code>/policy</code>.")


def hint(texts: Texts, name: Html, breach: Breach, *, deleted: bool) -> Html:
    """Tell somebody what is not allowed, and which rule says so."""
    rule, found = breach.rule, reason(texts, breach.hit)
    if deleted:
        first = texts.gettext("{name}, your message was deleted: {found}.", name=name, found=found)
    else:
        first = texts.gettext("{name}, please mind: {found}.", name=name, found=found)
    return texts.flow(first, texts.gettext("Rule {rule}:", rule=rule.code), words.sentence(texts, rule))


# For managers


def policy(texts: Texts, shown: list[Standing]) -> Html:
    """List a group's rules for managers."""
    if not shown:
        return texts.gettext(
            "This group has no rules yet. Add one: at first it only observes, so that you see what it would do before it does"
            " anything."
        )
    lines = [texts.gettext("<b>Rules of the group</b>")]
    return Html("\n").join((*lines, *(_line(texts, one) for one in shown)))


def _line(texts: Texts, one: Standing) -> Html:
    state = texts.gettext(words.STATES[one.rule.state])
    return Html("{} {} – {}").format(_MARKS[one.rule.state], words.head(texts, one.rule), state)


def whole(texts: Texts, one: Standing) -> Html:
    """Show one rule with all it is set to, and what it has seen."""
    rule = one.rule
    lines = [words.head(texts, rule), texts.flow(*words.details(texts, rule)), *words.own_lists(texts, rule)]
    lines.append(
        texts.gettext(
            "{mark} {state} · what happens: {reaction}",
            mark=_MARKS[rule.state],
            state=texts.gettext(words.STATES[rule.state]),
            reaction=texts.gettext(words.REACTIONS[rule.reaction]),
        )
    )
    lines += _seen(texts, one)
    return Html("\n").join(lines)


def _seen(texts: Texts, one: Standing) -> list[Html]:
    lines = []
    if one.observed.messages:
        lines.append(
            texts.gettext("In the last 7 days it would have taken hold of {tally}.", tally=_tally(texts, one.observed))
        )
    if one.acted.messages:
        lines.append(texts.gettext("In the last 7 days it took hold of {tally}.", tally=_tally(texts, one.acted)))
    return lines or [texts.gettext("It has seen nothing in the last 7 days.")]


def _tally(texts: Texts, tally: Tally) -> Html:
    messages = texts.ngettext("{n} message", "{n} messages", tally.messages)
    return texts.ngettext("{messages} from {n} member", "{messages} from {n} members", tally.people, messages=messages)


def samples(texts: Texts, rule: Rule, shown: list[Record]) -> Html:
    """Show samples of what a rule has seen."""
    if not shown:
        return texts.gettext("There are no samples of rule {rule}; they are kept for 7 days.", rule=rule.code)
    lines = [texts.gettext("<b>Samples of rule {rule}</b>, kept for 7 days", rule=rule.code)]
    return Html("\n").join((*lines, *(_sample(texts, one) for one in shown)))


def _sample(texts: Texts, one: Record) -> Html:
    found = reason(texts, Hit(one.reason, one.detail))
    return Html("{} · {} · {}\n<blockquote>{}</blockquote>").format(
        texts.when(one.at), one.user_name, found, one.sample
    )


def added(texts: Texts, rule: Rule) -> Html:
    """Confirm a new rule."""
    return texts.gettext(
        "Rule {rule} is there. For now it only observes; look in with <code>/policy</code> what it would have done, then switch"
        " it on.",
        rule=rule.code,
    )


def changed(texts: Texts, rule: Rule) -> Html:
    """Confirm a changed rule."""
    return texts.gettext("Rule {rule} is changed.", rule=rule.code)


def removed(texts: Texts, rule: Rule) -> Html:
    """Confirm that a rule is gone."""
    return texts.gettext("Rule {rule} is removed.", rule=rule.code)


def gone(texts: Texts) -> Html:
    """Say that there is no such rule."""
    return texts.gettext("There is no such rule any more. <code>/policy</code> shows those there are.")


def no_such(texts: Texts, typed: str) -> Html:
    """Say that what stands behind the command is no rule's code."""
    return texts.gettext(
        "“{typed}” is no rule of this group. <code>/policy</code> lists them, <code>/policy A1</code> shows one.",
        typed=typed[:40],
    )


def wrong(texts: Texts, found: Wrong) -> Html:
    """Say why a rule cannot be."""
    match found.fault, found.field:
        case Fault.TOO_MANY_RULES, _:
            return texts.gettext(
                "A group has at most {most} rules; please remove one first.", most=texts.number(MOST_RULES)
            )
        case Fault.NO_WORDS, _:
            return texts.gettext("Please write at least one word, for example <code>gambling</code>.")
        case Fault.TOO_MANY_WORDS, Listed(most=most):
            return texts.gettext("A list has at most {most} words.", most=texts.number(most))
        case Fault.WORD_TOO_LONG, _:
            return texts.gettext("A word of a list has at most {most} characters.", most=texts.number(LONGEST_WORD))
        case Fault.TITLE_TOO_LONG, _:
            return texts.gettext("A title has at most {most} characters.", most=texts.number(TITLE_LIMIT))
        case Fault.NUMBER, Number(least=least, most=most):
            return texts.gettext(
                "Please choose a number from {least} to {most}.", least=texts.number(least), most=texts.number(most)
            )
        case Fault.TEXT_TOO_LONG, Line(longest=longest):
            return texts.gettext("Please write at most {most} characters.", most=texts.number(longest))
        case _:
            return texts.gettext("Please write one sentence.")


# Questions


def ask_what(texts: Texts) -> Html:
    """Ask what a rule shall look for."""
    return texts.gettext("What shall the rule look for?")


def ask_field(texts: Texts, what: What, field: Field) -> Html:
    """Ask for a field of a detector."""
    return texts.gettext(SAID[what].fields[field.name].question)


def ask_reaction(texts: Texts) -> Html:
    """Ask what follows."""
    return texts.gettext("What shall happen to such a message, once the rule is on?")


def ask_when(texts: Texts) -> Html:
    """Ask when it holds."""
    return texts.gettext("When shall the rule hold?")


def ask_whom(texts: Texts) -> Html:
    """Ask at whom it looks."""
    return texts.gettext("For whom shall the rule be? Administrators are spared in any case.")


def ask_title(texts: Texts) -> Html:
    """Ask for a title."""
    return texts.gettext("What shall the rule be called?")


def words_shown(texts: Texts, listed: tuple[str, ...]) -> Html:
    """Show a list in the summary."""
    return shortened(texts, listed) if listed else texts.gettext("none")


# Buttons


def add_label(texts: Texts) -> str:
    """Label the button that adds a rule."""
    return texts.label("➕ Add a rule")


def rule_label(texts: Texts, rule: Rule) -> str:
    """Label the button that shows a rule."""
    return f"{_MARKS[rule.state]} {rule.code} {words.title(texts, rule).striptags()}"[:60]


def state_label(texts: Texts, state: State) -> str:
    """Label the button that switches a rule."""
    match state:
        case State.OFF:
            return texts.label("⚪ Off")
        case State.OBSERVE:
            return texts.label("👀 Observe")
        case State.ON:
            return texts.label("🟢 On")


def reaction_label(texts: Texts, reaction: Reaction) -> str:
    """Label a reaction."""
    return texts.label(words.REACTIONS[reaction])


def edit_label(texts: Texts) -> str:
    """Label the button that changes a rule."""
    return texts.label("✏️ Change")


def samples_label(texts: Texts) -> str:
    """Label the button that shows samples."""
    return texts.label("🔎 Samples")


def remove_label(texts: Texts) -> str:
    """Label the button that removes a rule."""
    return texts.label("🗑 Remove")


def back_label(texts: Texts) -> str:
    """Label the way back to the list."""
    return texts.label("← All rules")
