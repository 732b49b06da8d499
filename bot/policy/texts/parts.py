"""The parts of a rule that can be set: what each is called, the question for it, the usual answers, and how it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING

from babel.dates import get_day_names

from bot.i18n import N_, Html, available_locales, texts_for
from bot.kernel.numerals import fold
from bot.members.roles.rules import GRANTABLE
from bot.members.roles.texts import role_name
from bot.policy.rules.detectors import value_of
from bot.policy.rules.fields import Line, Listed, Number, Switch
from bot.policy.rules.rule import EVERY_ROLE, HINT_LIMIT, Reaction, Rule, Sanction, When
from bot.policy.rules.typed import FIELD, Part, field_at, is_yes_or_no, keys_of
from bot.policy.texts.detectors import SAID
from bot.policy.texts.said import shortened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.i18n import Texts
    from bot.kernel.groups import QuietHours

REACTIONS: dict[Reaction, str] = {
    Reaction.RECORD: N_("It is only recorded"),
    Reaction.HINT: N_("A hint"),
    Reaction.DELETE: N_("Deleted, with a hint"),
}
_EVERY_DAY = frozenset(range(7))


@dataclass(frozen=True, slots=True)
class _Said:
    """A part: its label, other words by which it is named on one line, its question, and usual answers (label, as typed)."""

    label: str
    words: tuple[str, ...]
    question: str
    usual: tuple[tuple[str, str], ...] = ()


_SPARES = ("spares", "spare", "免管", "豁免")
"""Before yes or no this is about approved members, before anything else about roles."""
_YES_NO = ((N_("Yes"), "yes"), (N_("No"), "no"))
_PARTS: dict[Part, _Said] = {
    Part.TITLE: _Said(
        N_("Title"),
        ("title", "name", "标题", "名称"),
        N_("What shall the rule be called?"),
        ((N_("After what it looks for"), "none"),),
    ),
    Part.REACTION: _Said(
        N_("What happens"),
        ("reaction", "does", "what", "处理", "反应"),
        N_("What shall happen to such a message, once the rule is on?"),
        tuple((label, reaction.value) for reaction, label in REACTIONS.items()),
    ),
    Part.WHEN: _Said(
        N_("Holds"),
        ("when", "hours", "time", "时间", "时段"),
        N_(
            "When shall the rule hold? For example <code>always</code>, <code>quiet hours</code>, <code>Mon–Fri</code> or"
            " <code>Mon–Fri 22:00–07:00</code>."
        ),
        (
            (N_("Always"), "always"),
            (N_("In quiet hours"), "quiet"),
            (N_("From Monday to Friday"), "weekdays"),
            (N_("At weekends"), "weekends"),
        ),
    ),
    Part.WHOM: _Said(
        N_("For whom"),
        ("whom", "who", "for", "对象", "适用"),
        N_(
            "For whom shall the rule be: everybody, or only those who came a short while ago? For example <code>14 days</code>:"
            " whoever is here longer is spared. Administrators are spared in any case."
        ),
        ((N_("Everybody"), "everybody"), (N_("New for 7 days"), "7 days"), (N_("New for 30 days"), "30 days")),
    ),
    Part.APPROVED: _Said(
        N_("Spares approved members"),
        ("approved", *_SPARES),
        N_("Shall the rule spare approved members? <code>/approve</code> shows them."),
        _YES_NO,
    ),
    Part.ROLES: _Said(
        N_("Spared for a role"),
        ("roles", "role", "spared roles", "角色", "豁免角色"),
        N_(
            "Whom shall the rule spare for a role in the bot? For example <code>editors, organisers</code>, <code>everybody with"
            " a role</code> or <code>nobody</code>; <code>+ editor</code> adds, <code>- editor</code> takes away. Administrators"
            " are spared in any case."
        ),
        ((N_("Everybody with a role"), "everybody with a role"), (N_("Nobody for a role"), "nobody")),
    ),
    Part.LADDER: _Said(
        N_("Ladder"),
        ("ladder", "sanction", "阶梯", "处罚", "处理阶梯"),
        N_(
            "Which ladder shall follow? <code>none</code>, <code>group</code> for the group’s, or one of the rule’s own, for"
            " example <code>warning, mute 1h, ban</code>."
        ),
        ((N_("None"), "none"), (N_("The group’s ladder"), "group")),
    ),
    Part.FIRST: _Said(
        N_("The ladder begins"),
        ("first", "begins", "起步"),
        N_("When shall the ladder begin: after a hint, or at once, with the first message?"),
        ((N_("After a hint"), "hint"), (N_("At once"), "at once")),
    ),
    Part.POINTS: _Said(
        N_("Points"),
        ("points", "point", "分值", "计分"),
        N_("How many points shall a case count, where the ladder counts points? 1 is usual."),
        tuple((str(n), str(n)) for n in range(1, 6)),
    ),
    Part.HINT: _Said(
        N_("Text of the hint"),
        ("hint", "text", "提醒", "提示语"),
        N_(
            "What shall the hint say, in the language of the group? Whom it is for and the rule’s code are put before it."
        ),
        ((N_("The rule’s own sentence"), "none"),),
    ),
}


# What a part is called


def label(texts: Texts, rule: Rule, key: str) -> str:
    """Name a part of a rule."""
    if key.startswith(FIELD):
        return texts.label(SAID[rule.what].fields[key.removeprefix(FIELD)].label)
    return texts.label(_PARTS[Part(key)].label)


def named(rule: Rule, typed: str) -> tuple[str, str] | None:
    """Find the part that a line begins with, in any language, the longest name first; with the rest of the line."""
    line = fold(typed.strip())
    best: tuple[int, str] | None = None
    for key in keys_of(rule):
        for word in _names(rule, key):
            if _begins(line, word) and (best is None or len(word) > best[0]):
                best = (len(word), key)
    if best is None:
        return None
    rest = typed.strip()[best[0] :].lstrip(" \t:：=")
    if best[1] == Part.APPROVED and line[: best[0]] in _SPARES and rest and not is_yes_or_no(rest):
        return Part.ROLES, rest
    return best[1], rest


def _names(rule: Rule, key: str) -> list[str]:
    labels = [fold(label(texts_for(locale, "UTC"), rule, key)) for locale in ("en", *available_locales())]
    if key.startswith(FIELD):
        return [*labels, key.removeprefix(FIELD), key.removeprefix(FIELD).replace("_", " ")]
    return [*labels, *_PARTS[Part(key)].words]


def _begins(line: str, word: str) -> bool:
    """Say whether a line begins with a word; a Latin one must end there."""
    rest = line[len(word) :]
    return line.startswith(word) and not (word.isascii() and rest[:1].isascii() and rest[:1].isalnum())


# Asking for it


def ask(texts: Texts, rule: Rule, key: str) -> Html:
    """Ask for a part of a rule; ``rule`` need not be set yet."""
    if key.startswith(FIELD):
        question = texts.gettext(SAID[rule.what].fields[key.removeprefix(FIELD)].question)
        return texts.flow(question, how_to_change(texts)) if isinstance(field_at(rule, key), Listed) else question
    if key == Part.HINT:
        most = texts.gettext("At most {most} characters.", most=texts.number(HINT_LIMIT))
        return texts.flow(texts.gettext(_PARTS[Part.HINT].question), most)
    return texts.gettext(_PARTS[Part(key)].question)


def how_to_change(texts: Texts) -> Html:
    """Say how a list is changed by a part of it, or by a file."""
    return texts.gettext(
        "<code>+ one, two</code> adds, <code>- one</code> takes away, <code>none</code> empties the list; a .txt file with one a"
        " line takes its place."
    )


def usual(texts: Texts, rule: Rule, key: str) -> Sequence[tuple[str, str]]:
    """Return usual answers: what stands on the button, and what it types."""
    field = field_at(rule, key)
    match field:
        case None:
            each = [(role_name(texts, role), role.value) for role in GRANTABLE] if key == Part.ROLES else []
            return [*((texts.label(name), typed) for name, typed in _PARTS[Part(key)].usual), *each]
        case Switch():
            return [(texts.label(name), typed) for name, typed in _YES_NO]
        case Number():
            number = value_of(rule.detector, field)
            return [(texts.number(number), str(number))]
        case Line(needed=False) | Listed(needed=False):
            return [(texts.label("None"), "none")]
        case _:
            return []


# Showing it


def shown(texts: Texts, rule: Rule, key: str, ladder: Html | None = None) -> Html:
    """Show what a part is set to; ``ladder`` is the rule's own in words."""
    field = field_at(rule, key)
    if field is not None:
        return _value(texts, value_of(rule.detector, field))
    match Part(key):
        case Part.TITLE:
            return Html.escape(rule.title) if rule.title else texts.gettext(SAID[rule.what].name)
        case Part.REACTION:
            return texts.gettext(REACTIONS[rule.reaction])
        case Part.WHEN:
            return when(texts, rule)
        case Part.WHOM:
            return whom(texts, rule)
        case Part.APPROVED:
            return _yes_no(texts, is_so=rule.spares_approved)
        case Part.ROLES:
            return roles(texts, rule)
        case Part.LADDER:
            return sanction(texts, rule, ladder)
        case Part.FIRST:
            return texts.gettext("At once") if rule.at_once else texts.gettext("After a hint")
        case Part.POINTS:
            return Html(texts.number(rule.points))
        case Part.HINT:
            return Html.escape(rule.hint) if rule.hint else texts.gettext("The rule’s own sentence")


def _value(texts: Texts, value: object) -> Html:
    match value:
        case bool():
            return _yes_no(texts, is_so=value)
        case int():
            return Html(texts.number(value))
        case tuple():
            return shortened(texts, value) if value else texts.gettext("None")
        case _:
            return Html.escape(str(value)) if value else texts.gettext("None")


def _yes_no(texts: Texts, *, is_so: bool) -> Html:
    return texts.gettext("Yes") if is_so else texts.gettext("No")


def when(texts: Texts, rule: Rule) -> Html:
    """Say when a rule holds."""
    match rule.when:
        case When.ALWAYS:
            return texts.gettext("always")
        case When.QUIET:
            return texts.gettext("in quiet hours")
        case When.HOURS:
            return texts.gettext("always") if rule.hours is None else _hours(texts, rule.hours)


def _hours(texts: Texts, hours: QuietHours) -> Html:
    days = _weekdays(texts, hours.weekdays)
    if hours.start == hours.end == time():
        return Html.escape(days)
    span = Html(f"{hours.start:%H:%M}–{hours.end:%H:%M}")
    return span if hours.weekdays == _EVERY_DAY else Html("{} {}").format(days, span)


def _weekdays(texts: Texts, days: frozenset[int]) -> str:
    """Write weekdays, three and more neighbours drawn together."""
    if days == _EVERY_DAY:
        return texts.label("every day")
    names = get_day_names("abbreviated", locale=texts.locale)
    runs: list[list[int]] = []
    for day in sorted(days):
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    written: list[str] = []
    for run in runs:
        ends = texts.label("{first}–{last}", first=names[run[0]], last=names[run[-1]])
        written += [ends] if len(run) > 2 else [names[day] for day in run]
    return texts.join(written).unescape()


def whom(texts: Texts, rule: Rule) -> Html:
    """Say for whom a rule is."""
    if not rule.new_days:
        return texts.gettext("everybody")
    return texts.ngettext("those who came in the last {n} day", "those who came in the last {n} days", rule.new_days)


def roles(texts: Texts, rule: Rule) -> Html:
    """Say whom a rule spares for a role."""
    if rule.spared_roles == EVERY_ROLE:
        return texts.gettext("everybody with a role")
    named = [role_name(texts, role) for role in GRANTABLE if role in rule.spared_roles]
    return texts.join(named) if named else texts.gettext("nobody")


def sanction(texts: Texts, rule: Rule, ladder: Html | None) -> Html:
    """Say which ladder follows."""
    match rule.sanction:
        case Sanction.NONE:
            return texts.gettext("None")
        case Sanction.GROUP:
            return texts.gettext("The group’s ladder")
        case Sanction.OWN:
            return ladder if ladder is not None else texts.gettext("One of its own")
