"""What managers type about a rule, in English and Chinese: its state, when it holds, for whom, lists, and every other part."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from bot.kernel.durations import parse_duration
from bot.kernel.groups import QuietHours
from bot.kernel.numerals import fold, whole_number
from bot.kernel.roles import Role
from bot.kernel.times import parse_range, parse_weekdays, scan_weekdays
from bot.members.roles.rules import role_named
from bot.policy.rules.detectors import What, fields_of, value_of, with_value
from bot.policy.rules.fields import Field, Line, Listed, Number, Switch
from bot.policy.rules.message import address_of
from bot.policy.rules.record import NEW_FOR, Keeping
from bot.policy.rules.rule import EVERY_ROLE, Fault, Reaction, Rule, Sanction, State, When, Wrong, fault_of, read_words

if TYPE_CHECKING:
    from bot.policy.rules.fields import Holds, Value

LONGEST: Final = 400
"""No setting but a list is written in more characters."""


class Part(StrEnum):
    """What every rule has besides the fields of its detector."""

    TITLE = "title"
    REACTION = "reaction"
    WHEN = "when"
    WHOM = "whom"
    APPROVED = "approved"
    ROLES = "roles"
    LADDER = "ladder"
    FIRST = "first"
    POINTS = "points"
    HINT = "hint"


FIELD: Final = "f."
"""The beginning of a part that is a field of the detector."""
STATES: Final = {
    **dict.fromkeys(("off", "stop", "disable", "关", "关闭", "停用"), State.OFF),
    **dict.fromkeys(("observe", "watch", "test", "观察", "试运行"), State.OBSERVE),
    **dict.fromkeys(("on", "enable", "开", "开启", "启用"), State.ON),
}
REACTIONS: Final = {
    **dict.fromkeys(("record", "record only", "log", "记录", "只记录"), Reaction.RECORD),
    **dict.fromkeys(("hint", "remind", "提醒"), Reaction.HINT),
    **dict.fromkeys(("delete", "remove", "删除", "删"), Reaction.DELETE),
}
NOTHING: Final = frozenset({"none", "no", "nothing", "clear", "off", "-", "无", "没有", "不要", "清空", "默认"})
_ALWAYS: Final = frozenset({"always", "any time", "all the time", "一直", "总是", "随时", "全天"})
_QUIET: Final = frozenset(
    {"quiet", "quiet hours", "in quiet hours", "at night", "安静时段", "免打扰", "免打扰时段", "静默时段"}
)
_EVERYBODY: Final = frozenset({"everybody", "everyone", "all", "所有人", "全部", "大家", "每个人"})
_NEW: Final = re.compile(
    r"(?:only )?(?:new(?: members?)?|newcomers|新人|新成员|新群友)[ :,]*(?:of|in the last|for)?\s*"
)
_EVERY_ROLE: Final = _EVERYBODY | {
    *("everybody with a role", "everyone with a role", "all with a role", "all roles", "every role", "any role"),
    *("有角色的人", "所有有角色的人", "所有有角色者", "有角色者", "所有角色", "全部角色", "任何角色"),
}
_NO_ROLE: Final = NOTHING | {
    *("nobody", "no one", "nobody with a role", "no role", "no roles"),
    *("没有人", "无人", "不免任何人", "任何角色都不免", "任何人都不免"),
}
_BETWEEN: Final = re.compile(r"[\s,，、;；/&+和与及]+|\band\b")
_GROUPS: Final = frozenset({"group", "the group's", "group's", "群", "本群", "群的", "按群的"})
_YES: Final = frozenset({"yes", "y", "on", "true", "是", "好", "要", "对", "开"})
_NO: Final = frozenset({"no", "n", "off", "false", "不", "否", "不要", "不是", "关"})
_FIRST: Final = {
    **dict.fromkeys(("hint", "hint first", "after a hint", "先提醒", "提醒"), False),
    **dict.fromkeys(("at once", "once", "immediately", "ladder", "立即", "马上", "直接"), True),
}
_DAY: Final = timedelta(days=1)
_DASHES: Final = str.maketrans("–—～−：", "--~-:")


def keys_of(rule: Rule) -> list[str]:
    """Return every part of a rule that can be set, the fields of its detector first."""
    own = [FIELD + field.name for field in fields_of(rule.what)]
    if rule.what is What.MANUAL:
        return [*own, Part.TITLE, Part.LADDER, Part.POINTS]
    return [*own, *Part]


def field_at(rule: Rule, key: str) -> Field | None:
    """Return the field of the detector that a part is."""
    return next((field for field in fields_of(rule.what) if FIELD + field.name == key), None)


def changed(rule: Rule, key: str, typed: str, *, checked: bool = True) -> Rule | Wrong:
    """Return a rule with one part set to what was typed; of a ladder only whether there is one.

    Where it is not ``checked``, the rule need not be right yet: its other parts may still be to come.
    """
    field = field_at(rule, key)
    if field is not None:
        value = read_value(field, typed, value_of(rule.detector, field))
        made = value if isinstance(value, Wrong) else replace(rule, detector=with_value(rule.detector, field, value))
    else:
        made = _READ[Part(key)](rule, " ".join(typed.split()))
    if isinstance(made, Wrong) or not checked:
        return made
    return fault_of(made) or made


def read_value(field: Field, typed: str, present: Value) -> Value | Wrong:
    """Read what a field of a detector shall be."""
    line = " ".join(typed.split())
    match field:
        case Listed(holds=holds):
            return changed_list(typed, present if isinstance(present, tuple) else (), holds)
        case Number():
            number = whole_number(fold(line).strip()) if len(line) <= 12 else None
            return Wrong(Fault.NUMBER, field) if number is None else number
        case Switch():
            answer = _yes_or_no(line)
            return Wrong(Fault.YES_OR_NO, field) if answer is None else answer
        case Line(is_link=is_link):
            if fold(line) in NOTHING:
                return ""
            return (address_of(line) or Wrong(Fault.NO_LINK, field)) if is_link else line


def changed_list(typed: str, present: tuple[str, ...], holds: Holds) -> tuple[str, ...]:
    """Read a list: ``+ a, b`` adds, ``- a`` takes away, ``none`` empties; anything else is the new list."""
    stripped = typed.strip()
    if fold(stripped) in NOTHING:
        return ()
    sign = fold(stripped[:1])
    if sign in {"+", "-"}:
        words = read_words(stripped[1:], holds)
        if sign == "+":
            return tuple(dict.fromkeys((*present, *words)))
        gone = {word.casefold() for word in words}
        return tuple(word for word in present if word.casefold() not in gone)
    return read_words(typed, holds)


def read_when(typed: str) -> tuple[When, QuietHours | None] | None:
    """Read when a rule holds: ``always``, ``quiet``, ``Mon-Fri``, ``22:00-7:00``, ``weekends 9-18``, 周末, 工作日晚上10点到早上7点."""
    line = fold(typed.translate(_DASHES)).strip()
    if line in _ALWAYS:
        return When.ALWAYS, None
    if line in _QUIET:
        return When.QUIET, None
    days = parse_weekdays(line)
    if days is not None:
        return When.HOURS, QuietHours(time(), time(), days)
    scanned = scan_weekdays(line, 0)
    rest = line if scanned is None else line[scanned[1] :].strip(" ,，的")
    hours = parse_range(rest) if rest else None
    if hours is None or hours[0] == hours[1]:
        return None
    start, end = (at.replace(second=0) for at in hours)
    return When.HOURS, QuietHours(start, end, frozenset(range(7)) if scanned is None else scanned[0])


def read_whom(typed: str) -> int | None:
    """Read for whom a rule is: ``everybody`` (0), ``new`` members, or those of the last ``14 days``, 新人14天."""
    line = fold(typed).strip()
    if line in _EVERYBODY:
        return 0
    rest = _NEW.sub("", line, count=1)
    if not rest:
        return NEW_FOR.days
    length = parse_duration(rest, default_unit=_DAY)
    return None if length is None or length < _DAY else length.days


def _yes_or_no(line: str) -> bool | None:
    word = fold(line)
    return True if word in _YES else False if word in _NO else None


def _title(rule: Rule, line: str) -> Rule | Wrong:
    return replace(rule, title="" if fold(line) in NOTHING else line)


def _reaction(rule: Rule, line: str) -> Rule | Wrong:
    found = REACTIONS.get(fold(line))
    return Wrong(Fault.REACTION) if found is None else replace(rule, reaction=found)


def _when(rule: Rule, line: str) -> Rule | Wrong:
    found = read_when(line)
    return Wrong(Fault.WHEN) if found is None else replace(rule, when=found[0], hours=found[1])


def _whom(rule: Rule, line: str) -> Rule | Wrong:
    found = read_whom(line)
    return Wrong(Fault.DAYS) if found is None else replace(rule, new_days=found)


def _approved(rule: Rule, line: str) -> Rule | Wrong:
    answer = _yes_or_no(line)
    return Wrong(Fault.YES_OR_NO) if answer is None else replace(rule, spares_approved=answer)


def _roles(rule: Rule, line: str) -> Rule | Wrong:
    found = read_roles(line, rule.spared_roles)
    return Wrong(Fault.ROLES) if found is None else replace(rule, spared_roles=found)


def read_roles(typed: str, present: frozenset[Role]) -> frozenset[Role] | None:
    """Read which roles are spared: ``everybody with a role``, ``nobody``, ``editors and organisers``; ``+ editor``, ``- editor``."""
    line = fold(" ".join(typed.split()))
    if line in _EVERY_ROLE:
        return EVERY_ROLE
    if line in _NO_ROLE:
        return frozenset()
    sign = line[:1]
    named = {_role(word) for word in _BETWEEN.split(line.removeprefix("-")) if word}
    found = frozenset(role for role in named if role in EVERY_ROLE)
    if not found or len(found) < len(named):
        return None
    return present | found if sign == "+" else present - found if sign == "-" else found


def _role(word: str) -> Role | None:
    return role_named(word) or role_named(word.removesuffix("s"))


def is_yes_or_no(typed: str) -> bool:
    """Say whether what was typed says yes or no."""
    return _yes_or_no(" ".join(typed.split())) is not None


def _ladder(rule: Rule, line: str) -> Rule | Wrong:
    return replace(rule, sanction=read_sanction(line))


def read_sanction(typed: str) -> Sanction:
    """Say which ladder is meant: none, the group's, or else one of the rule's own, as it was typed."""
    word = fold(" ".join(typed.split()))
    return Sanction.NONE if word in NOTHING else Sanction.GROUP if word in _GROUPS else Sanction.OWN


def _first(rule: Rule, line: str) -> Rule | Wrong:
    found = _FIRST.get(fold(line))
    return Wrong(Fault.FIRST) if found is None else replace(rule, at_once=found)


def _points(rule: Rule, line: str) -> Rule | Wrong:
    number = whole_number(fold(line)) if len(line) <= 12 else None
    return Wrong(Fault.POINTS) if number is None else replace(rule, points=number)


def _hint(rule: Rule, line: str) -> Rule | Wrong:
    return replace(rule, hint="" if fold(line) in NOTHING else line)


_READ: Final = {
    Part.TITLE: _title,
    Part.REACTION: _reaction,
    Part.WHEN: _when,
    Part.WHOM: _whom,
    Part.APPROVED: _approved,
    Part.ROLES: _roles,
    Part.LADDER: _ladder,
    Part.FIRST: _first,
    Part.POINTS: _points,
    Part.HINT: _hint,
}


def read_keeping(typed: str) -> Keeping | None:
    """Read how much is kept: ``20 for 7 days``, 每条20个保留7天, ``none``."""
    line = fold(" ".join(typed.split()))
    if line in NOTHING or line in {"不保留", "nothing at all"}:
        return Keeping(samples=0)
    found = re.fullmatch(r"\D*([0-9]{1,4})\D+([0-9]{1,4})\D*", line)
    return None if found is None else Keeping(int(found[1]), int(found[2]))
