"""Managers' regular expressions: what they find, what is wrong with those that cannot be used, and that none takes its time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n import texts_for
from bot.policy.rules.detectors import What
from bot.policy.rules.fields import Holds
from bot.policy.rules.findings import Past, Reason
from bot.policy.rules.message import Seen
from bot.policy.rules.patterns import LONGEST_PATTERN, MOST_PATTERNS, Flaw, Flawed, Patterns, flaw_of
from bot.policy.rules.rule import Fault, Rule, fault_of, read_words
from bot.policy.texts.patterns import flawed

RULE = Patterns((r"bit\.ly/\w+", "招(聘|募).{0,5}元", r"(?i)^urgent\b", "vx[0-9]{5,}"))


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("see BIT.LY/abc now", "BIT.LY/abc"),
        ("招聘日薪300元", "招聘日薪300元"),
        ("Urgent: read", "Urgent"),
        ("ｖｘ１２３４５", "vx12345"),
        ("vх12345", "vx12345"),
        ("招\u200b募 5元", "招募 5元"),
    ],
)
def test_a_pattern_is_looked_for_as_written_and_without_disguises(text: str, detail: str) -> None:
    hit = RULE.find(Seen(0, text), Past())
    assert hit is not None
    assert (hit.reason, hit.detail) == (Reason.PATTERN, detail)


@pytest.mark.parametrize("text", ["", "bitly/x", "not urgent", "招人", "vx12"])
def test_what_fits_no_pattern_passes(text: str) -> None:
    assert RULE.find(Seen(0, text), Past()) is None


@pytest.mark.parametrize(
    ("pattern", "flaw", "place", "part"),
    [
        ("ab(c", Flaw.OPEN, 3, "("),
        (r"\(a(b[)]", Flaw.OPEN, 4, "("),
        ("x[abc", Flaw.OPEN, 2, "[abc"),
        ("好)a", Flaw.CLOSE, 2, ")"),
        ("a|*b", Flaw.REPEAT, 3, "*"),
        ("ab**", Flaw.REPEAT, 3, "**"),
        ("a{2,1}", Flaw.TIMES, 2, "{2,1}"),
        ("(?:a{900}){9}", Flaw.TIMES, 11, "{9}"),
        (r"a(b)\1", Flaw.ESCAPE, 5, r"\1"),
        ("abc\\", Flaw.ESCAPE, 4, "\\"),
        ("好[z-a]", Flaw.RANGE, 3, "z-a"),
        ("a(?=b)", Flaw.LOOK, 2, "(?="),
        ("(?<!b)a", Flaw.LOOK, 1, "(?<!"),
        ("(?P<n b)", Flaw.NAME, 1, "(?P<n b)"),
        (r"(?:\pL{100}){10}", Flaw.LARGE, 0, ""),
        ("a*", Flaw.EVERYTHING, 0, ""),
        (".", Flaw.EVERYTHING, 0, ""),
        (r"[^\n]{2}|.", Flaw.EVERYTHING, 0, ""),
        ("", Flaw.EVERYTHING, 0, ""),
        ("x" * (LONGEST_PATTERN + 1), Flaw.LONG, 0, ""),
    ],
)
def test_a_pattern_that_cannot_be_used_is_told_with_its_place(pattern: str, flaw: Flaw, place: int, part: str) -> None:
    found = Flawed(flaw, pattern, place, part)
    assert flaw_of(("fine", pattern)) == found
    wrong = fault_of(Rule(1, What.PATTERNS, Patterns((pattern,))))
    assert wrong is not None
    assert (wrong.fault, wrong.flawed) == (Fault.PATTERN, found)
    for locale in ("en", "zh_Hans"):
        said = flawed(texts_for(locale, "UTC"), found)
        assert f"<code>{part}</code>" in said.unescape() or not part
        assert str(place) in said or not place


def test_all_patterns_of_a_rule_are_bounded_together() -> None:
    large = tuple(rf"{number}x\pL{{12}}" for number in range(MOST_PATTERNS))
    assert flaw_of(large[:1]) is None
    assert flaw_of(large) == Flawed(Flaw.TOGETHER)
    assert flaw_of(()) == Flawed(Flaw.NONE)
    assert flaw_of(("a",) * (MOST_PATTERNS + 1)) == Flawed(Flaw.MANY)


@pytest.mark.parametrize(
    "pattern", ["(a+)+$", "(a|aa)+$", "(a*)*b$", "(x+x+)+y", "([a-z]+)*!$", "(.*a){20}b", "^(a?){50}a{50}b"]
)
def test_no_pattern_takes_its_time(pattern: str) -> None:
    """With an engine that tries every way, each of these would take longer than the world has been there."""
    evil = Patterns((pattern,))
    assert flaw_of(evil.patterns) is None
    assert evil.find(Seen(0, "a" * 100_000 + "c"), Past()) is None
    assert evil.find(Seen(0, "好" + "a" * 50_000 + "x" * 50_000), Past()) is None


@given(st.text(max_size=40))
def test_any_pattern_is_taken_or_refused(pattern: str) -> None:
    if flaw_of((pattern,)) is None:
        rule = Patterns((pattern, "never there"))
        assert rule.find(Seen(0, pattern), Past()) == rule.find(Seen(0, pattern), Past())


def test_patterns_are_read_a_line_each() -> None:
    assert read_words(" a{1,2} , B \n\n招；聘\na{1,2} , B", Holds.PATTERNS) == ("a{1,2} , B", "招；聘")
