"""What follows ``/ledger``, in any order: ``A3 @mei by @ben this month xlsx``, 按规则 本月, 部门 市场部."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from bot.kernel.numerals import fold
from bot.violations.ledger.rules.periods import Span, read_span
from bot.violations.ledger.rules.statuses import STATUS_OF, Status
from bot.violations.ledger.rules.wanted import By, Known

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

_LONGEST: Final = 300
"""No filter is written in more characters; a bound on the work an over-long text can cause."""
_MOST_WORDS: Final = 8
"""Words that belong together at most: "from 1 March 2027 to 15 March 2027"."""


class Kind(StrEnum):
    """A kind of file."""

    XLSX = "xlsx"
    CSV = "csv"


_KIND_OF: Final = {
    **dict.fromkeys(("xlsx", ".xlsx", "excel", "xls", "表格", "电子表格"), Kind.XLSX),
    **dict.fromkeys(("csv", ".csv"), Kind.CSV),
}


def kind_of(word: str) -> Kind | None:
    """Return the kind of file a word means."""
    return _KIND_OF.get(fold(word))


_BY_OF: Final = {
    **dict.fromkeys(("rule", "rules", "规则", "规定"), By.RULE),
    **dict.fromkeys(("member", "members", "person", "people", "成员", "人", "个人"), By.MEMBER),
    **dict.fromkeys(("department", "departments", "dept", "tag", "部门", "标签"), By.DEPARTMENT),
    **dict.fromkeys(("moderator", "moderators", "manager", "风纪员", "管理员", "管理人员", "经手人"), By.MODERATOR),
    **dict.fromkeys(
        ("period", "time", "day", "week", "month", "year", "时间", "日", "天", "周", "月", "年"), By.PERIOD
    ),
}
_SUMMARY: Final = re.compile(r"(?:(?:summary|sum|count|counts|chart|统计|汇总)\s*)?(?:(?:by|per|按|分)\s*)(.+)")
_BARE_SUMMARY: Final = frozenset({"summary", "chart", "统计", "汇总", "图表"})
_RULE: Final = re.compile(r"(?:rule|rules|规则|第?)\s*([a-z]{1,3}[0-9]{1,4})(?:条)?")
_NO_RULE: Final = frozenset({"no rule", "without rule", "without a rule", "rule none", "无规则", "没有规则"})
_NO_DEPARTMENT: Final = frozenset(
    {"no department", "without department", "without a department", "department none", "无部门", "没有部门"}
)
_DEPARTMENT: Final = re.compile(r"(?:departments?|dept\.?|tag|部门|标签)\s*[:=]?\s*(.+)", re.DOTALL)
_AUTOMATIC: Final = frozenset({"automatic", "by bot", "by the bot", "bot", "自动", "机器人"})
_PERSON: Final = r"(@[^\s@]{1,64}|-?[0-9]{5,19})"
_MODERATOR: Final = re.compile(rf"(?:by|moderator|issued by|given by|风纪员|管理员|经手人?|由)\s*:?\s*{_PERSON}")
_MEMBER: Final = re.compile(rf"(?:(?:of|member|person|for|against|成员)\s*:?\s*)?{_PERSON}")
_STATUS: Final = re.compile(
    r"(?:(?:state|status|stands?|状态|情况)\s*[:=]?\s*)?(?:is |为|是)?(?:cases? )?(.+?)(?: cases?|的记录|记录|的)?"
)
_QUOTES: Final = "\"'“”‘’「」"


@dataclass(frozen=True, slots=True)
class Asked:
    """A line as it was read. People are still as they were named; ``bot`` means what the bot itself has seen."""

    rule: str | None = None
    member: str | None = None
    department: str | None = None
    moderator: str | None = None
    bot: bool = False
    span: Span | None = None
    by: By | None = None
    kind: Kind | None = None
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """Words that name nothing by which cases could be looked for."""

    typed: str


@dataclass(frozen=True, slots=True)
class NoSuchRule:
    """A code that no rule has, and no case."""

    code: str


@dataclass(frozen=True, slots=True)
class NoSuchDepartment:
    """A department that no case names."""

    name: str


@dataclass(frozen=True, slots=True)
class Twice:
    """Two of a kind were named: two rules, two members."""

    typed: str


Fault = NotUnderstood | NoSuchRule | NoSuchDepartment | Twice


def read_line(text: str, today: date, known: Known) -> Asked | Fault:
    """Read a whole line, always the longest run of words that means something."""
    if len(text) > _LONGEST:
        return NotUnderstood(text[:_LONGEST])
    words, asked = text.replace("，", " ").replace(",", " ").split(), Asked()
    while words:
        count, found = _longest(words, today, known)
        if found is None:
            return _fault(words)
        if any(getattr(asked, field) not in _UNSET for field in found) or (
            found.keys() & _ISSUER and _has_issuer(asked)
        ):
            return Twice(" ".join(words[:count]))
        asked, words = replace(asked, **found), words[count:]
    return asked


def _longest(words: list[str], today: date, known: Known) -> tuple[int, dict[str, Any] | None]:
    """Return how many words at the beginning belong together, and the fields they set."""
    for count in range(min(len(words), _MOST_WORDS), 0, -1):
        found = _read(" ".join(words[:count]), today, known)
        if found is not None:
            return count, found
    return 0, None


_UNSET: Final = (None, False)
_ISSUER: Final = frozenset({"moderator", "bot"})


def _has_issuer(asked: Asked) -> bool:
    return asked.moderator is not None or asked.bot


def _read(chunk: str, today: date, known: Known) -> dict[str, Any] | None:
    """Read words that belong together, as the fields they set; None where they mean nothing."""
    folded = " ".join(fold(chunk).split()).strip(_QUOTES)
    for reader in _READERS:
        if (found := reader(folded, chunk, known)) is not None:
            return found
    span = read_span(folded, today)
    return None if span is None else {"span": span}


def _file(folded: str, _chunk: str, _known: Known) -> dict[str, Any] | None:
    return {"kind": _KIND_OF[folded]} if folded in _KIND_OF else None


def _by(folded: str, _chunk: str, _known: Known) -> dict[str, Any] | None:
    if folded in _BARE_SUMMARY:
        return {"by": By.RULE}
    found = _SUMMARY.fullmatch(folded)
    return {"by": _BY_OF[found[1]]} if found is not None and found[1] in _BY_OF else None


def _rule(folded: str, _chunk: str, known: Known) -> dict[str, Any] | None:
    if folded in _NO_RULE:
        return {"rule": ""}
    found = _RULE.fullmatch(folded)
    codes = {fold(code): code for code in known.rules}
    return {"rule": codes[found[1]]} if found is not None and found[1] in codes else None


def _status(folded: str, _chunk: str, _known: Known) -> dict[str, Any] | None:
    found = _STATUS.fullmatch(folded)
    return {"status": STATUS_OF[found[1]]} if found is not None and found[1] in STATUS_OF else None


def _issuer(folded: str, _chunk: str, _known: Known) -> dict[str, Any] | None:
    if folded in _AUTOMATIC:
        return {"bot": True}
    found = _MODERATOR.fullmatch(folded)
    return None if found is None else {"moderator": found[1]}


def _member(folded: str, _chunk: str, _known: Known) -> dict[str, Any] | None:
    found = _MEMBER.fullmatch(folded)
    return None if found is None else {"member": found[1]}


def _department(folded: str, chunk: str, known: Known) -> dict[str, Any] | None:
    if folded in _NO_DEPARTMENT:
        return {"department": ""}
    names = {" ".join(name.casefold().split()): name for name in known.departments if name}
    plain = " ".join(chunk.casefold().split())
    found = _DEPARTMENT.fullmatch(plain)
    for name in (plain, *((found[1],) if found is not None else ())):
        if name.strip(_QUOTES + " ") in names:
            return {"department": names[name.strip(_QUOTES + " ")]}
    return None


_READERS: Final[tuple[Callable[[str, str, Known], dict[str, Any] | None], ...]] = (
    _file,
    _by,
    _rule,
    _issuer,
    _member,
    _department,
    _status,
)


def _fault(words: list[str]) -> Fault:
    """Say what is wrong with words that mean nothing."""
    first, rest = fold(words[0]), " ".join(words)
    if (found := _RULE.fullmatch(" ".join(map(fold, words[:2])))) is not None or (found := _RULE.fullmatch(first)):
        return NoSuchRule(found[1].upper())
    if (named := _DEPARTMENT.fullmatch(fold(rest))) is not None:
        return NoSuchDepartment(rest[len(rest) - len(named[1]) :])
    return NotUnderstood(rest)
