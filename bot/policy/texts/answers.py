"""What managers read about rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import Html
from bot.policy.rules.detectors import What
from bot.policy.rules.findings import Hit
from bot.policy.rules.rule import Reaction, Sanction, State
from bot.policy.rules.typed import FIELD, Part, keys_of
from bot.policy.texts import members, parts, words
from bot.policy.texts.detectors import SAID
from bot.policy.texts.findings import reason
from bot.policy.texts.said import shortened

if TYPE_CHECKING:
    from datetime import datetime

    from bot.i18n import Texts
    from bot.policy.rules.fields import Field
    from bot.policy.rules.record import Day, Keeping, Record, Standing, Tally
    from bot.policy.rules.rule import Rule

MARKS = {State.OFF: "⚪", State.OBSERVE: "👀", State.ON: "🟢"}


# For managers


def policy_title(texts: Texts, shown: list[Standing], keeping: Keeping, since: datetime | None) -> Html:
    """Head the list of a group's rules for managers."""
    if not shown:
        lines = [
            texts.gettext(
                "This group has no rules yet. Add one: at first it only observes, so that you see what it would do before it"
                " does anything."
            )
        ]
    else:
        counted = texts.gettext("Counted are the last 7 days.")
        lines = [members.heading(texts), texts.flow(counted, members.kept(texts, keeping))]
    lines += [] if since is None else [blocked(texts, since)]
    return Html("\n").join((*lines, Html("")))


def policy_line(texts: Texts, one: Standing) -> Html:
    """Show a rule in the list, with what it has seen in the last seven days."""
    state = texts.gettext(words.STATES[one.rule.state])
    seen = one.acted.messages if one.rule.state is State.ON else one.observed.messages
    line = Html("{} {} – {}").format(MARKS[one.rule.state], words.head(texts, one.rule), state)
    return Html("{} · {}").format(line, texts.ngettext("{n} message", "{n} messages", seen)) if seen else line


def whole(texts: Texts, one: Standing, ladder: Html | None = None, *, reads_codes: bool) -> list[Html]:
    """Show one rule with all it is set to, and what it has seen.

    ``ladder`` is its own in words; ``reads_codes`` says whether codes in pictures can be read here.
    """
    rule = one.rule
    lines = [words.head(texts, rule), texts.flow(*words.details(texts, rule))]
    lines += [] if rule.what is What.MANUAL else _lists(texts, rule)
    if rule.what is What.MANUAL:
        lines.append(Html("{} {}").format(MARKS[rule.state], texts.gettext(words.STATES[rule.state])))
        lines.append(
            texts.gettext("People see to it, and warn by its code: <code>/warn @name {rule} …</code>", rule=rule.code)
        )
        return lines
    lines.append(
        texts.gettext(
            "{mark} {state} · what happens: {reaction}",
            mark=MARKS[rule.state],
            state=texts.gettext(words.STATES[rule.state]),
            reaction=parts.shown(texts, rule, Part.REACTION),
        )
    )
    lines += _ladder(texts, rule, ladder)
    if rule.what in (What.LINKS, What.INVITATIONS):
        lines.append(_codes(texts, read=reads_codes))
    if not rule.spares_approved:
        lines.append(texts.gettext("Approved members are not spared."))
    if rule.hint:
        lines.append(texts.gettext("Text of the hint: “{text}”", text=rule.hint))
    return [*lines, *_seen(texts, one)]


def _codes(texts: Texts, *, read: bool) -> Html:
    if read:
        return texts.gettext("QR codes in pictures count as well: what they say is judged as if it were written.")
    return texts.gettext(
        "QR codes in pictures are not read: this bot has no decoder. Whoever runs it can install one: <code>qunguan[qr]</code>."
    )


def _lists(texts: Texts, rule: Rule) -> list[Html]:
    """Show the beginning of a rule's lists, and what else its detector is set to."""
    return [
        texts.gettext("{name}: {value}", name=parts.label(texts, rule, key), value=parts.shown(texts, rule, key))
        for key in keys_of(rule)
        if key.startswith(FIELD)
    ]


def _ladder(texts: Texts, rule: Rule, ladder: Html | None) -> list[Html]:
    if rule.sanction is Sanction.NONE:
        return []
    if rule.reaction is Reaction.RECORD:
        return [texts.gettext("No ladder follows while it is only recorded.")]
    shown = parts.sanction(texts, rule, ladder)
    begins = parts.shown(texts, rule, Part.FIRST)
    return [
        texts.ngettext(
            "Ladder: {ladder} · begins: {begins} · {n} point",
            "Ladder: {ladder} · begins: {begins} · {n} points",
            rule.points,
            ladder=shown,
            begins=begins,
        )
    ]


def blocked(texts: Texts, since: datetime) -> Html:
    """Say that the bot may not delete messages."""
    return texts.gettext(
        "⚠️ Since {when} Telegram does not let me delete messages here: please make me an administrator who may delete"
        " messages. Until then what should be deleted stays.",
        when=texts.when(since),
    )


def blocked_here(texts: Texts, title: str, since: datetime) -> Html:
    """Say the same with the name of the group, where managers read."""
    return texts.flow(Html("<b>{}</b>:").format(title), blocked(texts, since))


def _seen(texts: Texts, one: Standing) -> list[Html]:
    lines = []
    if one.observed.messages:
        lines.append(
            texts.gettext("In the last 7 days it would have taken hold of {tally}.", tally=_tally(texts, one.observed))
        )
    if one.acted.messages:
        lines.append(texts.gettext("In the last 7 days it took hold of {tally}.", tally=_tally(texts, one.acted)))
    return lines or [texts.gettext("It has seen nothing in the last 7 days.")]


def _tally(texts: Texts, tally: Tally | Day) -> Html:
    messages = texts.ngettext("{n} message", "{n} messages", tally.messages)
    return texts.ngettext("{messages} from {n} member", "{messages} from {n} members", tally.people, messages=messages)


def preview(texts: Texts, one: Standing, days: list[Day]) -> Html:
    """Show what a rule would have done, before it is switched on."""
    lines = [words.head(texts, one.rule), texts.gettext("Shall it be switched on?")]
    if not days:
        lines.append(
            texts.gettext(
                "While it observed in the last 7 days, it has taken hold of nothing; nobody has seen it work yet."
            )
        )
        return Html("\n").join(lines)
    lines.append(
        texts.gettext("In the last 7 days it would have taken hold of {tally}.", tally=_tally(texts, one.observed))
    )
    lines += [_day(texts, day) for day in days]
    lines.append(
        texts.gettext(
            "What happens to such messages from then on: {reaction}",
            reaction=parts.shown(texts, one.rule, Part.REACTION),
        )
    )
    return Html("\n").join(lines)


def _day(texts: Texts, day: Day) -> Html:
    tally = _tally(texts, day)
    return Html("{}: {}").format(texts.date(day.day), tally)


def samples_title(texts: Texts, rule: Rule, keeping: Keeping) -> Html:
    """Head the samples of what a rule has seen."""
    days = texts.ngettext("{n} day", "{n} days", keeping.days)
    return texts.gettext("<b>Samples of rule {rule}</b>, kept for {days}", rule=rule.code, days=days)


def no_samples(texts: Texts, rule: Rule, keeping: Keeping) -> Html:
    """Say that there are no samples."""
    days = texts.ngettext("{n} day", "{n} days", keeping.days)
    return texts.gettext("There are no samples of rule {rule}; they are kept for {days}.", rule=rule.code, days=days)


def sample(texts: Texts, one: Record) -> Html:
    """Show one sample."""
    found = reason(texts, Hit(one.reason, one.detail))
    return Html("{} · {} · {}\n<blockquote>{}</blockquote>").format(
        texts.when(one.at), one.user_name, found, one.sample
    )


def added(texts: Texts, rule: Rule) -> Html:
    """Confirm a new rule."""
    if rule.what is What.MANUAL:
        return texts.gettext(
            "Rule {rule} is there. <code>/rules</code> shows it, and <code>/warn @name {rule} …</code> warns by its code.",
            rule=rule.code,
        )
    return texts.gettext(
        "Rule {rule} is there. For now it only observes; look in with <code>/policy</code> what it would have done, then switch"
        " it on.",
        rule=rule.code,
    )


def removed(texts: Texts, rule: Rule) -> Html:
    """Confirm that a rule is gone."""
    return texts.gettext("Rule {rule} is removed.", rule=rule.code)


def changed(texts: Texts, rule: Rule, name: str, value: Html) -> Html:
    """Confirm what was changed of a rule."""
    return texts.gettext("Rule {rule} is changed. {name}: {value}", rule=rule.code, name=name, value=value)


def list_changed(texts: Texts, rule: Rule, name: str, before: tuple[str, ...], after: tuple[str, ...]) -> Html:
    """Confirm a changed list, with what came and what went."""
    added, removed = (
        [word for word in after if word not in set(before)],
        [word for word in before if word not in set(after)],
    )
    lines = [texts.gettext("Rule {rule} is changed.", rule=rule.code)]
    if added:
        lines.append(
            texts.ngettext(
                "{n} added: {words}.", "{n} added: {words}.", len(added), words=shortened(texts, tuple(added))
            )
        )
    if removed:
        words_ = shortened(texts, tuple(removed))
        lines.append(texts.ngettext("{n} removed: {words}.", "{n} removed: {words}.", len(removed), words=words_))
    if not added and not removed:
        lines.append(texts.gettext("Nothing is different."))
    lines.append(texts.ngettext("“{name}” has {n} entry now.", "“{name}” has {n} entries now.", len(after), name=name))
    return texts.flow(*lines)


def list_file(texts: Texts, rule: Rule, name: str, count: int) -> Html:
    """Caption the file with a list."""
    return texts.ngettext(
        "Rule {rule}, “{name}”: {n} entry. Send the file back changed, and it takes the place of the list.",
        "Rule {rule}, “{name}”: {n} entries. Send the file back changed, and it takes the place of the list.",
        count,
        rule=rule.code,
        name=name,
    )


def edit_title(texts: Texts, rule: Rule) -> Html:
    """Head the page on which a rule is changed."""
    return texts.gettext("What of rule {rule} shall be changed?", rule=words.head(texts, rule))


def edit_line(texts: Texts, rule: Rule, key: str, ladder: Html | None) -> Html:
    """Show one part of a rule."""
    return texts.gettext(
        "{name}: {value}", name=parts.label(texts, rule, key), value=parts.shown(texts, rule, key, ladder)
    )


def digest(texts: Texts, broken: list[tuple[Rule, Tally]]) -> Html:
    """Tell of the rules that were broken on the day the digest is about."""
    named = [
        texts.gettext(
            "{rule} {title} ({n})", rule=rule.code, title=words.title(texts, rule), n=texts.number(tally.messages)
        )
        for rule, tally in broken
    ]
    total = sum(tally.messages for _, tally in broken)
    return texts.ngettext(
        "📏 {n} message broke a rule: {rules}", "📏 {n} messages broke a rule: {rules}", total, rules=texts.join(named)
    )


# Questions


def ask_family(texts: Texts) -> Html:
    """Ask what kind of thing a rule shall look for."""
    return texts.gettext("What shall the rule be about?")


def ask_what(texts: Texts) -> Html:
    """Ask what a rule shall look for."""
    return texts.gettext("What shall the rule look for?")


def ask_field(texts: Texts, what: What, field: Field) -> Html:
    """Ask for a field of a detector."""
    return texts.gettext(SAID[what].fields[field.name].question)


def ask_reaction(texts: Texts) -> Html:
    """Ask what follows."""
    return texts.gettext("What shall happen to such a message, once the rule is on?")


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
    return f"{MARKS[rule.state]} {rule.code} {words.title(texts, rule).striptags()}"[:60]


def state_label(texts: Texts, state: State) -> str:
    """Label the button that switches a rule."""
    match state:
        case State.OFF:
            return texts.label("⚪ Off")
        case State.OBSERVE:
            return texts.label("👀 Observe")
        case State.ON:
            return texts.label("🟢 On")


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


def switch_label(texts: Texts) -> str:
    """Label the button that switches a rule on for good."""
    return texts.label("✓ Switch it on")


def file_label(texts: Texts, name: str) -> str:
    """Label the button that sends a list as a file."""
    return texts.label("📄 {name} as a file", name=name)


def back_to_label(texts: Texts, rule: Rule) -> str:
    """Label the way back to a rule."""
    return texts.label("← Rule {rule}", rule=rule.code)


def approved_label(texts: Texts) -> str:
    """Label the button that shows whom rules spare."""
    return texts.label("🤝 Approved members")


def keep_label(texts: Texts) -> str:
    """Label the button that sets how much is kept."""
    return texts.label("🗂 Samples kept")
