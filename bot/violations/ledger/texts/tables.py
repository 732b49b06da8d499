"""Cases as a table: gathered in the turn, written when the file is sent."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

import msgspec

from bot.i18n import N_, texts_for
from bot.sheets import Table, csv_file, workbook
from bot.violations.ledger.rules.typed import Kind
from bot.violations.rules.case import State, Why
from bot.violations.rules.ladder import Rung, Step
from bot.violations.texts import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.i18n import Texts
    from bot.sheets import Cell


class _Case(msgspec.Struct, array_like=True):
    """A case as the store gives it: times in milliseconds."""

    number: int
    issued_at: int
    user_id: int
    name: str
    department: str
    rule: str
    rule_title: str
    rung: Rung
    mute_seconds: int | None
    mute_until: int | None
    state: State
    why: Why | None
    reason: str
    points: int
    level: int
    further: int
    expires_at: int
    automatic: bool
    issuer: str
    decided_by: str | None
    undone_at: int | None
    undone_by: str | None
    evidence: _Evidence | None


class _Evidence(msgspec.Struct):
    kind: str
    text: str
    link: str | None = None


class _Table(msgspec.Struct):
    """All a table is made of."""

    locale: str
    zone: str
    now: dt.datetime
    kind: Kind
    cases: list[_Case]


_decode: Final = msgspec.json.Decoder(_Table).decode


def gather(texts: Texts, cases: Sequence[tuple[Any, ...]], now: dt.datetime, kind: Kind) -> bytes:
    """Return what a file is made of."""
    given = {"locale": texts.locale, "zone": texts.tz.key, "now": now, "kind": kind, "cases": cases}
    return msgspec.json.encode(given)


def table(made_of: bytes) -> bytes:
    """Write a workbook or a CSV file; 5,000 long cases take about three seconds."""
    given = _decode(made_of)
    texts = texts_for(given.locale, given.zone)
    made = Table(
        texts.label(_CASES), [texts.label(one) for one in _HEADINGS], [_row(texts, one) for one in given.cases]
    )
    if given.kind is Kind.CSV:
        return csv_file(made, texts.tz)
    return workbook([made], tz=texts.tz, now=given.now)


def _row(texts: Texts, one: _Case) -> list[Cell]:
    length = None if one.mute_seconds is None else dt.timedelta(seconds=one.mute_seconds)
    evidence = one.evidence
    return [
        one.number,
        _instant(one.issued_at),
        one.name,
        one.user_id,
        one.department or None,
        one.rule or None,
        one.rule_title or None,
        words.step(texts, Step(one.rung, length)).striptags(),
        _instant(one.mute_until),
        texts.label(words.PHRASES[f"case={one.state.value}"]),
        None if one.why is None else words.why(texts, one.why).striptags(),
        one.reason or None,
        one.points if one.level else 0,
        _instant(one.expires_at) if one.level else None,
        one.further,
        None if one.automatic else one.issuer,
        one.decided_by,
        _instant(one.undone_at),
        one.undone_by,
        None if evidence is None else words.evidence_name(texts, evidence.kind),
        None if evidence is None else evidence.text or None,
        None if evidence is None else evidence.link,
    ]


def _instant(millis: int | None) -> dt.datetime | None:
    return None if millis is None else dt.datetime.fromtimestamp(millis / 1000, dt.UTC)


# Words

_CASES: Final = N_("Cases")
_HEADINGS: Final = (
    N_("Number"),
    N_("Opened on"),
    N_("Person"),
    N_("Telegram ID"),
    N_("Department"),
    N_("Rule"),
    N_("Title of the rule"),
    N_("Step"),
    N_("Until"),
    N_("State"),
    N_("Why not"),
    N_("Reason"),
    N_("Points"),
    N_("Counts until"),
    N_("Further messages"),
    N_("Moderator"),
    N_("Decided by"),
    N_("Undone"),
    N_("Undone by"),
    N_("Evidence"),
    N_("What was written"),
    N_("Link"),
)
