"""What managers read when they put a regulation in the place of another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import N_, Html
from bot.policy.regulation.rules.file import MOST_BYTES, MOST_COMPLAINTS, Complaint, Unread, hours_typed, typed
from bot.policy.regulation.rules.presets import PRESETS
from bot.policy.regulation.texts import presets
from bot.policy.rules.rule import MOST_RULES, State
from bot.policy.rules.typed import keys_of
from bot.policy.texts import faults, parts, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.i18n import Texts
    from bot.kernel.groups import QuietHours
    from bot.policy.regulation.rules.regulation import Change, Difference
    from bot.policy.rules.rule import Rule

HELP_USE = N_("Apply a ready-made regulation: company, town office, trade association, media team or club")
HELP_EXPORT = N_("Send all rules as a file")
HELP_IMPORT = N_("Take all rules from a file")
HELP_UNDO = N_("Take the last regulation back")
IMPORT_TITLE, FILE = N_("Rules from a file"), N_("File")
_OBSERVE, _ON, _APPLY = N_("👀 Apply, observing first"), N_("🟢 Apply and switch on"), N_("✓ Apply")
_OTHERS, _UNDO = N_("« Ready-made regulations"), N_("↩️ Take it back")
AUDIT: dict[str, str] = {
    "policy.applied": N_(
        "{actor} applied the regulation {target}: {added} rules added, {changed} changed, {removed} removed"
    )
}
_MODES: dict[str, str] = {
    "off": N_("only the bot is quiet"),
    "restrict": N_("nobody can write"),
    "remind": N_("whoever writes is reminded"),
    "record": N_("it is counted who writes"),
}
_STATES: dict[State, str] = words.STATES


# Ready-made ones


def choice(texts: Texts) -> Html:
    """Offer the ready-made regulations."""
    head = texts.gettext(
        "<b>Ready-made regulations</b>\nOne of them sets rules, the ladder of steps and quiet hours at once. You see what would"
        " change before anything does, and <code>/policy undo</code> takes it back."
    )
    lines = [
        Html("<b>{}</b>\n{}").format(presets.name(texts, one.name), presets.about(texts, one.name)) for one in PRESETS
    ]
    return Html("\n\n").join((head, *lines))


def no_such_preset(texts: Texts, said: str) -> Html:
    """Say which there are."""
    known = texts.join(Html("<code>{}</code>").format(one.name) for one in PRESETS)
    return texts.gettext(
        "“{word}” is no regulation I know. These are ready: {known}; <code>/policy use</code> shows what each is for.",
        word=said[:60],
        known=known,
    )


# The difference


def difference(texts: Texts, name: str, found: Difference, ladder: Callable[[str], Html]) -> list[Html]:
    """Show what would change, a line each; ``ladder`` writes a ladder as people read it."""
    lines = [texts.gettext("<b>{name}</b>: this would change", name=name)]
    lines += [_added(texts, article.rule, ladder, article.ladder) for article in found.added]
    lines += [_changed(texts, change) for change in found.changed]
    lines += [texts.gettext("➖ {rule} is removed", rule=words.head(texts, one.rule)) for one in found.removed]
    if found.ladder is not None:
        lines.append(
            texts.gettext(
                "🪜 Steps of the group: {before} → {after}",
                before=ladder(found.ladder[0]),
                after=ladder(found.ladder[1]),
            )
        )
    if found.quiet is not None:
        before, after = (_hours(texts, hours) for hours in found.quiet)
        lines.append(texts.gettext("🌙 Quiet hours: {before} → {after}", before=before, after=after))
    if found.mode is not None:
        before, after = (_mode(texts, mode) for mode in found.mode)
        lines.append(texts.gettext("🌙 In quiet hours: {before} → {after}", before=before, after=after))
    if found.kept:
        lines.append(
            texts.ngettext("{n} other rule stays as it is.", "{n} other rules stay as they are.", len(found.kept))
        )
    return lines


def _added(texts: Texts, rule: Rule, ladder: Callable[[str], Html], own: str | None) -> Html:
    line = texts.gettext("➕ {rule} ({state})", rule=words.title(texts, rule), state=texts.gettext(_STATES[rule.state]))
    return line if own is None else texts.gettext("{rule}: {ladder}", rule=line, ladder=ladder(own))


def _changed(texts: Texts, change: Change) -> Html:
    before, after = change.before, change.after
    named = [
        parts.label(texts, after.rule, key) for key in keys_of(after.rule) if typed(before, key) != typed(after, key)
    ]
    if before.rule.state is not after.rule.state:
        named.insert(0, texts.label(_STATES[after.rule.state]))
    return texts.gettext("✏️ {rule}: {parts}", rule=words.head(texts, before.rule), parts=texts.join(named))


def usual_ladder(texts: Texts) -> Html:
    """Name the ladder of a group that has set none."""
    return texts.gettext("the usual steps")


def _hours(texts: Texts, hours: tuple[QuietHours, ...]) -> Html:
    return texts.join(hours_typed(one) for one in hours) if hours else texts.gettext("none")


def _mode(texts: Texts, mode: str) -> Html:
    return texts.gettext(_MODES[mode]) if mode in _MODES else Html.escape(mode)


def nothing(texts: Texts, name: str) -> Html:
    """Say that all of it is so already."""
    return texts.gettext("All of “{name}” is so already: nothing would change.", name=name)


def too_much(texts: Texts, name: str) -> Html:
    """Say that the group would have too many rules."""
    return texts.gettext(
        "With “{name}” the group would have more than {most} rules. Please remove some with <code>/policy</code> first.",
        name=name,
        most=texts.number(MOST_RULES),
    )


def meanwhile(texts: Texts) -> str:
    """Say that something has changed since the difference was shown."""
    return texts.label("The rules have changed since. This is the difference now.")


def applied(texts: Texts, name: str) -> Html:
    """Confirm it."""
    return texts.gettext(
        "“{name}” holds now. <code>/policy</code> shows its rules; <code>/policy undo</code> takes it back.", name=name
    )


def undone(texts: Texts) -> Html:
    """Confirm that it was taken back."""
    return texts.gettext(
        "All is as it was before. <code>/policy undo</code> would put the regulation into force again."
    )


def nothing_to_undo(texts: Texts) -> Html:
    """Say that no regulation was applied."""
    return texts.gettext("No regulation has been applied here yet, so there is nothing to take back.")


def before_name(texts: Texts) -> str:
    """Name what held before."""
    return texts.label("What held before")


# Files


def exported(texts: Texts, count: int) -> Html:
    """Say what the file is."""
    return texts.ngettext(
        "All of it in one file: {n} rule, the ladder and quiet hours. Change it in any editor and send it with <code>/policy"
        " import</code>, here or in another group.",
        "All of it in one file: {n} rules, the ladder and quiet hours. Change it in any editor and send it with <code>/policy"
        " import</code>, here or in another group.",
        count,
    )


def heading(texts: Texts, title: str, when: str) -> str:
    """Write the comment above a file."""
    return texts.label(
        "Rules of the group {title}, {when}. Rules that are missing here are taken away by an import.",
        title=title,
        when=when,
    )


def ask_file(texts: Texts) -> Html:
    """Ask for a file."""
    return texts.gettext(
        "Send me the file: a text file (.yaml) as <code>/policy export</code> makes it. You see what would change before anything"
        " does."
    )


def no_file(texts: Texts) -> Html:
    """Say that there was no text file."""
    return texts.gettext(
        "That is no text file I can read. Please send a .yaml file of at most {most} KB.",
        most=texts.number(MOST_BYTES // 1000),
    )


def file_name(texts: Texts) -> str:
    """Name what comes from a file."""
    return texts.label("The rules of the file")


def unread(texts: Texts, complaints: tuple[Complaint, ...]) -> Html:
    """Name everything in a file that does not read, with its lines."""
    lines = [texts.gettext("Line {line}: {what}", line=one.line, what=_complaint(texts, one)) for one in complaints]
    head = texts.gettext("The file does not read, so nothing has changed.")
    more = (
        [texts.gettext("There may be more; these are the first {n}.", n=MOST_COMPLAINTS)]
        if len(complaints) == MOST_COMPLAINTS
        else []
    )
    return Html("\n").join((head, *lines, *more))


def _complaint(texts: Texts, one: Complaint) -> Html:
    if one.wrong is not None:
        said = faults.wrong(texts, one.wrong)
        return texts.gettext("“{word}”: {what}", word=one.word, what=said) if one.word else said
    return texts.gettext(
        _UNREAD[one.why],
        word=one.word[:60],
        known=texts.join(Html("<code>{}</code>").format(name) for name in one.known),
    )


_UNREAD: dict[Unread, str] = {
    Unread.NO_YAML: N_("this is no YAML (<code>{word}</code>)."),
    Unread.NOT_A_POLICY: N_("the file does not begin with <code>policy: 1</code>, as one made by /policy export does."),
    Unread.VERSION: N_("version {word} is not known; {known} is."),
    Unread.UNKNOWN_KEY: N_("“{word}” is nothing that can be set here. These can: {known}."),
    Unread.TWICE: N_("“{word}” stands here twice."),
    Unread.NOT_A_LIST: N_("a list is wanted here, each entry behind a “-”."),
    Unread.NOT_TEXT: N_("a single value is wanted here."),
    Unread.ANCHOR: N_("anchors (& and *) are not understood; please write it out."),
    Unread.NO_KIND: N_("the rule does not say what it <code>looks for</code>. It can be one of {known}."),
    Unread.UNKNOWN_KIND: N_("“{word}” is nothing a rule can look for. It can be one of {known}."),
    Unread.STATE: N_("“{word}” is no state. It can be one of {known}."),
    Unread.CODE: N_("“{word}” is no code of a rule, such as A1; leave it out for a new rule."),
    Unread.MODE: N_("“{word}” is no way to keep quiet hours. It can be one of {known}."),
    Unread.QUIET: N_("“{word}” are no quiet hours, such as <code>22:00-07:30</code> or <code>off</code>."),
    Unread.LADDER: N_("“{word}” is no ladder, such as <code>warning, serious 1h, mute 24h, removal</code>."),
    Unread.TOO_MANY: N_("a group has at most {known} rules, not {word}."),
}


# Buttons


def apply_label(texts: Texts, state: State | None) -> str:
    """Name the button that applies a regulation; a ready-made one in a state."""
    return texts.label(_APPLY if state is None else _OBSERVE if state is State.OBSERVE else _ON)


def others_label(texts: Texts) -> str:
    """Name the button that leads back to the ready-made ones."""
    return texts.label(_OTHERS)


def undo_label(texts: Texts) -> str:
    """Name the button that takes a regulation back."""
    return texts.label(_UNDO)


def use_label(texts: Texts) -> str:
    """Name the button below the list of rules."""
    return texts.label("📚 Ready-made regulations")
