"""What is said, drawn and written of the ledger, in both languages."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook
from PIL import Image

from bot.audit.rules import Entry
from bot.i18n import Html, texts_for
from bot.kernel.ids import UserId
from bot.tg.pages import MESSAGE_LIMIT, visible_length
from bot.violations.ledger import service
from bot.violations.ledger.handlers.fitting import fitted
from bot.violations.ledger.rules.amending import AboutOneself, Amended, NoReason, SameReason, TooLong
from bot.violations.ledger.rules.buckets import Unit
from bot.violations.ledger.rules.periods import Span
from bot.violations.ledger.rules.typed import Kind, NoSuchDepartment, NoSuchRule, NotUnderstood, Twice
from bot.violations.ledger.rules.wanted import By, Known, Page, Record, Share, Story, Summary, Wanted
from bot.violations.ledger.texts import cases, lists, pictures, tables
from bot.violations.ledger.texts import words as say
from bot.violations.rules.case import State, Why
from bot.violations.rules.ladder import Rung, Step
from bot.violations.rules.ledger import REASON_LIMIT
from bot.violations.texts import words
from tests.violations.ledger.build import BEN, DAY, GROUP, MEI, NOW, PHOTO, case, stored, undone
from tests.violations.test_texts import well_formed

if TYPE_CHECKING:
    from bot.db.engine import Database
    from bot.i18n import Texts
    from bot.violations.ledger.rules.amending import Refusal
    from bot.violations.ledger.rules.typed import Fault

EN, ZH = texts_for("en", "UTC"), texts_for("zh_Hans", "Asia/Shanghai")
BOTH = pytest.mark.parametrize("texts", [EN, ZH])
ONE = case(
    3,
    target=replace(MEI, name="<b>Mei & {x}</b>"),
    evidence=PHOTO,
    rule="A3",
    rule_title="No <ads>",
    points=2,
    department="市场部",
    further=2,
)
LONG = replace(ONE, reason="原" * REASON_LIMIT, evidence=replace(PHOTO, text="😀" * 1000))


@BOTH
@pytest.mark.parametrize("state", State)
def test_a_case_is_told_whole_in_every_state(texts: Texts, state: State) -> None:
    for one in (
        replace(ONE, state=state, why=Why.NO_RIGHT, decided_by=BEN),
        replace(ONE, state=state, step=Step(Rung.REMOVAL), decided_by=BEN),
        replace(ONE, state=state, step=Step(Rung.SERIOUS, DAY), mute_until=NOW + DAY),
        replace(ONE, state=state, step=Step(Rung.BAN), level=0),
        undone(replace(ONE, state=state, automatic=True)),
    ):
        whole = cases.whole(texts, one, NOW, quote=True, among_managers=True, named=True)
        well_formed(whole)
        assert all(part in whole for part in ("#3", "A3", "No &lt;ads&gt;", "buy this", "市场部"))
        own = cases.whole(texts, one, NOW, quote=False, among_managers=False, named=False)
        well_formed(own)
        assert not any(part in own for part in ("buy this", "市场部", "Anna", "Undone by"))


@BOTH
def test_the_longest_case_with_the_longest_story_fits_into_a_message(texts: Texts) -> None:
    entry = Entry(
        1,
        GROUP.id,
        NOW,
        UserId(1),
        "N" * 200,
        "case.amended",
        UserId(10),
        "M" * 200,
        "a" * 500,
        "b" * 500,
        {"number": 3},
    )
    story = Story(LONG, [entry] * service.ENTRIES)
    phrases = {**words.PHRASES, **say.AUDIT}
    whole = cases.whole(texts, LONG, NOW, quote=True, among_managers=True, named=True)
    html = fitted(whole, cases.happened(texts, story, phrases))
    well_formed(html)
    assert visible_length(html) <= MESSAGE_LIMIT
    assert html.count("NNN") >= service.ENTRIES
    assert visible_length(cases.evidence(texts, LONG)) <= MESSAGE_LIMIT


@BOTH
def test_the_longest_pages_fit_into_a_message(texts: Texts) -> None:
    listed = [LONG] * service.PER_PAGE
    found = Record(Page(listed, 1, 1, 8), 3, 4, 1)
    for html in (
        fitted(
            cases.title(texts, found, "Mei"), [cases.line(texts, one, NOW, quote=True, named=True) for one in listed]
        ),
        fitted(lists.head(texts, found.page, Html("x")), [lists.line(texts, one, NOW) for one in listed]),
    ):
        well_formed(html)
        assert visible_length(html) <= MESSAGE_LIMIT
        assert html.count("#3") == service.PER_PAGE


def test_a_record_is_counted_in_singular_and_plural() -> None:
    def title(counting: int, expired: int, gone: int, name: str | None = "Mei") -> str:
        total = counting + expired + gone
        return str(cases.title(EN, Record(Page((), 1, 1, total), counting, expired, gone), name))

    assert title(1, 1, 1) == "<b>Warnings of Mei</b>: 1 counts at present · 1 has expired · 1 was undone"
    assert title(2, 2, 2, None) == "<b>Your warnings</b>: 2 count at present · 2 have expired · 2 were undone"
    assert "none counts at present · 1 has expired" in title(0, 1, 0)
    assert "has no warnings" in title(0, 0, 0)


def test_a_line_tells_what_still_counts() -> None:
    assert "⚠️ <b>#3</b>" in cases.line(EN, ONE, NOW, quote=False, named=True)
    assert "Counted until" in cases.line(EN, ONE, NOW + 31 * DAY, quote=False, named=True)
    assert "Undone by Ben." in cases.line(EN, undone(ONE), NOW, quote=False, named=True)
    assert "Undone." in cases.line(EN, undone(ONE), NOW, quote=False, named=False)
    assert "buy this" in cases.line(EN, ONE, NOW, quote=True, named=True)


@BOTH
@pytest.mark.parametrize(
    "refusal", [SameReason(ONE), NoReason(ONE), TooLong(501), AboutOneself(ONE), Amended(ONE, "old")]
)
def test_what_comes_of_amending_is_a_sentence(texts: Texts, refusal: Amended | Refusal) -> None:
    said = say.amended(texts, refusal)
    well_formed(said)
    assert said.rstrip()[-1] in ".。”"


@BOTH
@pytest.mark.parametrize(
    "fault", [NotUnderstood("<x>"), NoSuchRule("Z<9>"), NoSuchDepartment("<Moon>"), Twice("<b>by</b> @ben")]
)
def test_what_is_wrong_with_a_line_is_a_sentence(texts: Texts, fault: Fault) -> None:
    for known in (Known(), Known({"A3": "Ads"}, ["<Office>"])):
        said = say.fault(texts, fault, known)
        well_formed(said)
        assert "&lt;" in said


@BOTH
def test_a_filter_is_told_in_words(texts: Texts) -> None:
    wanted = Wanted("A3", UserId(10), "", UserId(11), Span(date(2027, 3, 1), date(2027, 3, 31)))
    said = lists.filter_of(texts, wanted, {UserId(10): "<Mei>"}, {"A3": "Ads"})
    well_formed(said)
    assert all(part in said for part in ("A3 Ads", "&lt;Mei&gt;", "#11", "2027"))
    assert lists.filter_of(texts, Wanted(), {}, {}) == ""
    for span in (Span(first=date(2027, 3, 1)), Span(last=date(2027, 3, 1)), Span(date(2027, 3, 1), date(2027, 3, 1))):
        assert "2027" in lists.filter_of(texts, Wanted(span=span), {}, {})


SUMMARIES = [
    Summary(By.RULE, [Share("A3", 3, "Ads"), Share("", 1)], 4, 1),
    Summary(By.MEMBER, [Share(n, 9, "<Name>" * 20) for n in range(29)], 300, 0, 39, 12),
    Summary(By.DEPARTMENT, [Share("市场部", 3), Share("", 1)], 4),
    Summary(By.MODERATOR, [Share(30, 3, "")], 3, 2),
    *(Summary(By.PERIOD, [Share(date(2027, 3, 8), 3), Share(date(2027, 4, 8), 0)], 3, unit=unit) for unit in Unit),
    Summary(By.RULE, [], 0),
]


@BOTH
@pytest.mark.parametrize("summary", SUMMARIES)
def test_a_summary_is_told_and_drawn(texts: Texts, summary: Summary) -> None:
    wanted = Html.escape("Department: Office <" + "x" * 500)
    said = lists.caption(texts, summary, wanted, {})
    well_formed(said)
    assert visible_length(said) <= 1024
    drawn = pictures.picture(pictures.gather(texts, summary, wanted, {}, "Hikers"))
    assert Image.open(io.BytesIO(drawn)).size[0] == 1280


@pytest.mark.parametrize("kind", Kind)
async def test_cases_as_a_table_have_all_that_is_stored(database: Database, kind: Kind) -> None:
    await stored(
        database,
        replace(ONE, number=1, reason="=SUM(A1)"),
        undone(
            replace(ONE, number=2, evidence=None, state=State.REFUSED, why=Why.NO_RIGHT, step=Step(Rung.SERIOUS, DAY))
        ),
        replace(ONE, number=3, level=0, step=Step(Rung.BAN), automatic=True, decided_by=BEN, department="", rule=""),
    )
    async with database.read() as tx:
        rows, _, _ = await service.filed(tx, service.selection(GROUP, Wanted()), 1)
    made = tables.table(tables.gather(EN, rows, NOW, kind))
    found = _rows(made, kind)
    assert [int(row["Number"]) for row in found] == [1, 2, 3]
    assert found[0]["Evidence"] == "a photo"
    assert found[0]["What was written"] == "buy this"
    assert found[0]["Reason"].endswith("=SUM(A1)")
    assert found[1]["Undone by"] == "Ben"
    assert found[1]["Step"] == "a serious warning and a mute of 1 day"
    assert found[1]["Why not"] == "I lack the administrator right to ban users."
    assert found[2]["Decided by"] == "Ben"
    assert not found[2]["Moderator"]
    assert not found[2]["Counts until"]


def _rows(made: bytes, kind: Kind) -> list[dict[str, Any]]:
    """Return the rows of a file by their headings."""
    if kind is Kind.CSV:
        return list(csv.DictReader(io.StringIO(made.decode("utf-8-sig"))))
    sheet = load_workbook(io.BytesIO(made)).active
    assert sheet is not None
    headings, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, headings), row, strict=True)) for row in rows]
