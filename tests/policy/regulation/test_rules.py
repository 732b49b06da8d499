"""Regulations as files and as differences (R32)."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n import texts_for
from bot.kernel.groups import QuietHours
from bot.members.roles.rules import GRANTABLE
from bot.policy.regulation.rules.file import MOST_COMPLAINTS, Complaint, Unread, read, write
from bot.policy.regulation.rules.presets import PRESETS, Preset, named, regulation_of
from bot.policy.regulation.rules.regulation import DEFAULT, Article, Change, Difference, Regulation, difference
from bot.policy.regulation.texts import presets
from bot.policy.rules.detectors import DETECTORS, What, with_value
from bot.policy.rules.fields import Holds, Line, Listed, Number, Switch
from bot.policy.rules.rule import MOST_RULES, Fault, Reaction, Rule, Sanction, State, When, fault_of
from bot.policy.rules.speech import Length, Words
from bot.violations.rules.typed import read_ladder

MODES = ("off", "restrict", "remind", "record")
LADDERS = ("warning, removal", "serious 1h, mute 24h, removal", "警告，严重警告 1小时，移出")


def ladder_reads(typed: str) -> bool:
    return isinstance(read_ladder(typed), tuple)


def reread(regulation: Regulation) -> Regulation:
    found = read(write(regulation, "Rules of the group\nof today"), MODES, ladder_reads)
    assert isinstance(found, Regulation), found
    return found


def complaints(text: str) -> list[tuple[int, Unread]]:
    found = read(text, MODES, ladder_reads)
    assert not isinstance(found, Regulation)
    return [(one.line, one.why) for one in found]


# Files

lines = st.text(st.characters(blacklist_categories=("C", "Z")) | st.just(" "), min_size=1, max_size=40).map(
    lambda text: " ".join(text.split())
)
hours = st.builds(
    QuietHours,
    st.builds(time, st.integers(0, 11), st.sampled_from([0, 30])),
    st.builds(time, st.integers(12, 23), st.sampled_from([0, 30])),
    st.frozensets(st.integers(0, 6), min_size=1),
)


ENTRIES = {
    Holds.WORDS: ("赌博", "casino", "on", "yes: no", "a #b", "“x”", "3", "null", "+1", "- no"),
    Holds.DOMAINS: ("example.com", "bit.ly"),
    Holds.BOTS: ("gif", "vote_bot"),
    Holds.ENDINGS: ("exe", "apk"),
    Holds.PATTERNS: ("a{1,3}b", "(?:foo|bar)+ baz", "\\d{4}: x"),
}


@st.composite
def rules(draw: st.DrawFn) -> Article:
    """A rule of any kind with any of its parts set."""
    what = draw(st.sampled_from(What))
    detector = DETECTORS[what]()
    for field in detector.FIELDS:
        if isinstance(field, Number):
            detector = with_value(detector, field, draw(st.integers(field.least, field.most)))
        elif isinstance(field, Switch):
            detector = with_value(detector, field, draw(st.booleans()))
        elif isinstance(field, Listed):
            words = draw(st.lists(st.sampled_from(ENTRIES[field.holds]), min_size=1))
            detector = with_value(detector, field, tuple(dict.fromkeys(words)))
        elif isinstance(field, Line):
            said = (
                ["https://t.me/c/7/12", "https://t.me/ours"]
                if field.is_link
                else ["Be kind: always", "the other group"]
            )
            detector = with_value(detector, field, draw(st.sampled_from(said)))
    sanction = draw(st.sampled_from(Sanction))
    rule = Rule(0, what, detector, draw(st.sampled_from(["", "No links", "不发广告", "a: b # c", "“none”"])))
    if what is not What.MANUAL:
        rule = replace(
            rule,
            reaction=draw(st.sampled_from(Reaction)),
            new_days=draw(st.integers(0, 365)),
            spares_approved=draw(st.booleans()),
            spared_roles=draw(st.frozensets(st.sampled_from(GRANTABLE))),
            at_once=draw(st.booleans()),
            hint=draw(st.sampled_from(["", "Please ask first.", "请先问：管理员"])),
        )
        if draw(st.booleans()):
            rule = replace(rule, when=When.HOURS, hours=draw(hours))
    rule = replace(rule, state=draw(st.sampled_from(State)), sanction=sanction, points=draw(st.integers(1, 5)))
    return Article(rule, draw(st.sampled_from(LADDERS)) if sanction is Sanction.OWN else None)


@given(st.lists(rules(), max_size=6), st.sampled_from(LADDERS) | st.none(), st.lists(hours, max_size=3))
def test_what_was_written_reads_back_the_same(
    articles: list[Article], ladder: str | None, quiet: list[QuietHours]
) -> None:
    numbered = tuple(replace(one, rule=replace(one.rule, number=n)) for n, one in enumerate(articles, start=1))
    for one in numbered:
        assert fault_of(one.rule) is None
    regulation = Regulation(numbered, ladder, tuple(quiet), "remind")

    assert reread(regulation) == regulation


@given(st.text(max_size=300))
def test_whatever_is_in_a_file_it_is_read_or_complained_about(text: str) -> None:
    found = read(text, MODES, ladder_reads)

    assert isinstance(found, Regulation) or (found and all(isinstance(one, Complaint) for one in found))


def test_a_long_list_stands_below_its_name_and_reads_back() -> None:
    words = tuple(f"word {n}" for n in range(2000))
    regulation = Regulation((Article(Rule(1, What.WORDS, Words(words))),), None, (), "off")

    assert "\n    - word 1999\n" in write(regulation)
    assert reread(regulation) == regulation


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [(1, Unread.NOT_A_POLICY)]),
        ("hello", [(1, Unread.NOT_A_POLICY)]),
        ("rules: []", [(1, Unread.NOT_A_POLICY)]),
        ("policy: 1\nrules: [", [(3, Unread.NO_YAML)]),
        ("policy: 2", [(1, Unread.VERSION)]),
        ("policy: 1\nfoo: bar", [(2, Unread.UNKNOWN_KEY)]),
        ("policy: 1\npolicy: 1", [(2, Unread.TWICE)]),
        ("policy: 1\nquiet: sometimes", [(2, Unread.QUIET)]),
        ("policy: 1\nquiet mode: loud", [(2, Unread.MODE)]),
        ("policy: 1\nladder: dance", [(2, Unread.LADDER)]),
        ("policy: 1\nladder: [warning]", [(2, Unread.NOT_TEXT)]),
        ("policy: 1\nrules: all", [(2, Unread.NOT_A_LIST)]),
        ("policy: 1\nrules:\n- all", [(3, Unread.NOT_A_LIST)]),
        ("policy: 1\nrules:\n- state: on", [(3, Unread.NO_KIND)]),
        ("policy: 1\nrules:\n- looks for: cats", [(3, Unread.UNKNOWN_KIND)]),
        ("policy: 1\nrules:\n- looks for: length\n  state: perhaps", [(4, Unread.STATE)]),
        ("policy: 1\nrules:\n- looks for: length\n  code: B7", [(4, Unread.CODE)]),
        ("policy: 1\nrules:\n- looks for: length\n  code: A0", [(4, Unread.CODE)]),
        ("policy: 1\nrules:\n- looks for: length\n  colour: red", [(4, Unread.UNKNOWN_KEY)]),
        ("policy: 1\nrules:\n- looks for: length\n  most: many", [(4, Unread.SETTING)]),
        ("policy: 1\nrules:\n- looks for: length\n  most: 9999999", [(4, Unread.SETTING)]),
        ("policy: 1\nrules:\n- looks for: words", [(3, Unread.SETTING)]),
        ("policy: 1\nrules:\n- looks for: words\n  words: {a: b}", [(4, Unread.NOT_A_LIST)]),
        ("policy: 1\nrules:\n- looks for: length\n  ladder: dance", [(4, Unread.LADDER)]),
        (
            "policy: 1\nrules:\n- {code: A1, looks for: length}\n- {code: A1, looks for: flood}",
            [(4, Unread.TWICE)],
        ),
        ("policy: 1\nrules:\n- &a\n  looks for: length\n- *a", [(3, Unread.ANCHOR)]),
        (
            "policy: 1\nrules:\n- looks for: cats\n- looks for: length\n  when: now and then\n  first: never",
            [(3, Unread.UNKNOWN_KIND), (5, Unread.SETTING), (6, Unread.SETTING)],
        ),
    ],
)
def test_every_fault_is_named_with_its_line(text: str, found: list[tuple[int, Unread]]) -> None:
    assert complaints(text) == found


def test_a_file_full_of_faults_is_complained_about_so_long() -> None:
    text = "policy: 1\nrules:\n" + "- looks for: cats\n" * MOST_RULES

    assert len(complaints(text)) == MOST_COMPLAINTS
    assert complaints(text + "- looks for: cats\n") == [(3, Unread.TOO_MANY)]


def test_a_file_that_would_grow_without_end_is_refused_at_once() -> None:
    bomb = "policy: 1\na: &a [x,x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)},*{chr(97 + n)},*{chr(97 + n)}]\n" for n in range(20)
    )

    assert Unread.UNKNOWN_KEY in {why for _line, why in complaints(bomb)}


# Differences


def article(number: int, most: int = 200, title: str = "", ladder: str | None = None) -> Article:
    sanction = Sanction.OWN if ladder else Sanction.NONE
    return Article(Rule(number, What.LENGTH, Length(most), title, sanction=sanction), ladder)


WORDS = Article(Rule(2, What.WORDS, Words(("赌",))))


def test_a_rule_is_known_by_its_code_its_title_or_by_what_it_finds() -> None:
    present = Regulation((article(1, title="Short"), WORDS))

    assert difference(present, Regulation((article(1, 100),)), whole=False).changed == (
        Change(article(1, title="Short"), article(1, 100)),
    )
    titled = difference(present, Regulation((article(0, 100, "Short"),)), whole=False)
    assert titled.changed == (Change(article(1, title="Short"), article(1, 100, "Short")),)
    other = difference(present, Regulation((article(0, 100, "Brief"),)), whole=False)
    assert other.added == (article(0, 100, "Brief"),)
    assert difference(Regulation((article(1),)), Regulation((article(0, 100),)), whole=False).changed


def test_what_is_not_named_stays_or_is_taken_away() -> None:
    present = Regulation((article(1), WORDS))

    assert difference(present, Regulation((article(1),)), whole=False) == Difference(kept=(article(1), WORDS))
    assert difference(present, Regulation((article(1),)), whole=True) == Difference(
        removed=(WORDS,), kept=(article(1),)
    )


def test_a_code_of_another_kind_of_rule_makes_a_new_one_and_a_former_code_comes_back() -> None:
    present = Regulation((WORDS,))

    assert difference(present, Regulation((article(2),)), whole=False).added == (article(0),)
    assert difference(present, Regulation((article(7),)), whole=False, known=[2, 7]).added == (article(7),)
    assert difference(present, Regulation((article(7),)), whole=False, known=[2]).added == (article(0),)


def test_only_another_ladder_is_a_change_too() -> None:
    present = Regulation((article(1, ladder="warning, removal"),))

    assert difference(present, present, whole=True).is_nothing
    assert difference(present, Regulation((article(1, ladder="notice, removal"),)), whole=True).changed


def test_what_is_not_part_of_a_regulation_stays() -> None:
    present = Regulation((), "warning, removal", (QuietHours(time(22), time(7)),), "off")

    assert difference(present, Regulation(), whole=True).is_nothing
    found = difference(present, Regulation((), "notice, removal", (), "remind"), whole=True)
    assert found.ladder == ("warning, removal", "notice, removal")
    assert found.quiet == ((QuietHours(time(22), time(7)),), ())
    assert found.mode == ("off", "remind")


@given(st.lists(rules(), max_size=5), st.lists(rules(), max_size=5))
def test_a_whole_regulation_leaves_nothing_else(mine: list[Article], theirs: list[Article]) -> None:
    present = Regulation(tuple(replace(one, rule=replace(one.rule, number=n)) for n, one in enumerate(mine, start=1)))
    found = difference(present, Regulation(tuple(theirs)), whole=True)
    after = [*(change.after for change in found.changed), *found.kept, *found.added]

    assert len(after) == len(theirs)
    assert sorted(str(replace(one.rule, number=0)) for one in after) == sorted(
        str(replace(one.rule, number=0)) for one in theirs
    )
    assert len(found.changed) + len(found.kept) + len(found.removed) == len(mine)


def test_more_rules_than_a_group_can_have_are_too_much() -> None:
    present = Regulation(tuple(article(n, 10 + n, f"t{n}") for n in range(1, MOST_RULES + 1)))

    assert difference(present, Regulation((WORDS,)), whole=False).is_too_much
    assert not difference(present, Regulation((WORDS,)), whole=True).is_too_much


# Ready-made ones


@pytest.mark.parametrize("locale", ["en", "zh_Hans"])
@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_every_ready_made_regulation_can_be_applied_and_written(preset: Preset, locale: str) -> None:
    texts = texts_for(locale, "UTC")
    made = regulation_of(
        preset, lambda name: presets.title(texts, name), lambda name: presets.says(texts, name), State.ON
    )

    assert len({article.rule.title for article in made.articles}) == len(preset.clauses)
    assert all(fault_of(article.rule) is None for article in made.articles)
    for typed in (made.ladder, *(article.ladder for article in made.articles)):
        assert typed in {None, DEFAULT} or ladder_reads(str(typed)), typed
    assert made.mode in MODES
    assert made.quiet
    assert reread(made) == made


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("company", "company"),
        ("Town Office", "town-office"),
        ("商会", "trade-association"),
        ("兴趣群", "club"),
        ("x", None),
    ],
)
def test_a_ready_made_regulation_is_named(word: str, name: str | None) -> None:
    found = named(word)

    assert (found and found.name) == name


def test_a_fault_of_a_setting_says_what_is_wrong() -> None:
    found = read("policy: 1\nrules:\n- looks for: words", MODES, ladder_reads)

    assert not isinstance(found, Regulation)
    assert found[0].wrong is not None
    assert found[0].wrong.fault is Fault.NO_WORDS
