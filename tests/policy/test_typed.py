"""What managers type about rules, in English and Chinese."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kernel.groups import QuietHours
from bot.kernel.roles import Role
from bot.policy.rules.detectors import DETECTORS, What
from bot.policy.rules.fields import Holds
from bot.policy.rules.record import Keeping
from bot.policy.rules.rule import Reaction, Rule, Sanction, When, Wrong
from bot.policy.rules.speech import Length, Solicitation, Words
from bot.policy.rules.typed import changed, changed_list, keys_of, read_keeping, read_sanction, read_when, read_whom
from bot.policy.texts import parts

EVERY_DAY = frozenset(range(7))
SOME = frozenset({Role.EDITOR, Role.ORGANISER})
LENGTH = Rule(3, What.LENGTH, Length(10))
WORDS = Rule(4, What.WORDS, Words(("casino", "lottery")))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("always", (When.ALWAYS, None)),
        ("总是", (When.ALWAYS, None)),
        ("Quiet hours", (When.QUIET, None)),
        ("安静时段", (When.QUIET, None)),
        ("Mon–Fri", (When.HOURS, QuietHours(time(), time(), frozenset(range(5))))),
        ("周末", (When.HOURS, QuietHours(time(), time(), frozenset({5, 6})))),
        ("22:00-7:00", (When.HOURS, QuietHours(time(22), time(7), EVERY_DAY))),
        ("周一到周五 晚上10点到早上7点", (When.HOURS, QuietHours(time(22), time(7), frozenset(range(5))))),
        ("weekends 9-18", (When.HOURS, QuietHours(time(9), time(18), frozenset({5, 6})))),
        ("sometimes", None),
        ("9:00-9:00", None),
        ("25:00-26:00", None),
        ("", None),
    ],
)
def test_when_a_rule_holds(typed: str, read: object) -> None:
    assert read_when(typed) == read


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("everybody", 0),
        ("所有人", 0),
        ("new", 7),
        ("new 14 days", 14),
        ("14", 14),
        ("新人3天", 3),
        ("2 hours", None),
        ("x", None),
    ],
)
def test_for_whom_a_rule_is(typed: str, days: int | None) -> None:
    assert read_whom(typed) == days


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("20 for 7 days", Keeping(20, 7)),
        ("每条100个，保留30天", Keeping(100, 30)),
        ("none", Keeping(0, 7)),
        ("不保留", Keeping(0, 7)),
        ("20", None),
        ("many", None),
    ],
)
def test_how_much_is_kept(typed: str, kept: Keeping | None) -> None:
    assert read_keeping(typed) == kept


@pytest.mark.parametrize(
    ("typed", "listed"),
    [
        ("+ bingo", ("casino", "lottery", "bingo")),
        ("＋ 赌场、bingo", ("casino", "lottery", "赌场", "bingo")),
        ("- Casino", ("lottery",)),
        ("bingo, poker", ("bingo", "poker")),
        ("bingo\npoker\nbingo", ("bingo", "poker")),
    ],
)
def test_a_list_is_changed_by_a_part_or_as_a_whole(typed: str, listed: tuple[str, ...]) -> None:
    assert changed_list(typed, ("casino", "lottery"), Holds.WORDS) == listed
    after = changed(WORDS, "f.words", typed)
    assert isinstance(after, Rule)
    assert after.detector == Words(listed)


@pytest.mark.parametrize(
    ("rule", "line", "after"),
    [
        (LENGTH, "title No novels", replace(LENGTH, title="No novels")),
        (LENGTH, "标题 不写小说", replace(LENGTH, title="不写小说")),
        (LENGTH, "limit 300", replace(LENGTH, detector=Length(300))),
        (LENGTH, "most: 三百", replace(LENGTH, detector=Length(300))),
        (LENGTH, "reaction delete", replace(LENGTH, reaction=Reaction.DELETE)),
        (LENGTH, "处理 只记录", replace(LENGTH, reaction=Reaction.RECORD)),
        (LENGTH, "for whom new 14 days", replace(LENGTH, new_days=14)),
        (LENGTH, "ladder group", replace(LENGTH, sanction=Sanction.GROUP)),
        (LENGTH, "处理阶梯 警告, 禁言 1小时", replace(LENGTH, sanction=Sanction.OWN)),
        (LENGTH, "first at once", replace(LENGTH, at_once=True)),
        (LENGTH, "points 3", replace(LENGTH, points=3)),
        (LENGTH, "hint Please be brief.", replace(LENGTH, hint="Please be brief.")),
        (LENGTH, "spares approved members no", replace(LENGTH, spares_approved=False)),
        (LENGTH, "spares no", replace(LENGTH, spares_approved=False)),
        (LENGTH, "spare editors, organisers", replace(LENGTH, spared_roles=SOME)),
        (LENGTH, "豁免 组织者和编辑", replace(LENGTH, spared_roles=SOME)),
        (LENGTH, "spare nobody", replace(LENGTH, spared_roles=frozenset())),
        (LENGTH, "免管：没有人", replace(LENGTH, spared_roles=frozenset())),
        (replace(LENGTH, spared_roles=SOME), "spare everybody with a role", LENGTH),
        (replace(LENGTH, spared_roles=SOME), "豁免 所有角色", LENGTH),
        (
            replace(LENGTH, spared_roles=SOME),
            "roles + moderator",
            replace(LENGTH, spared_roles=SOME | {Role.MODERATOR}),
        ),
        (
            replace(LENGTH, spared_roles=SOME),
            "spared for a role: - editor and viewer",
            replace(LENGTH, spared_roles=SOME - {Role.EDITOR}),
        ),
        (
            Rule(1, What.SOLICITATION, Solicitation()),
            "hosts vote.example.com",
            Rule(1, What.SOLICITATION, Solicitation(hosts=("vote.example.com",))),
        ),
    ],
)
def test_a_part_is_set_on_one_line(rule: Rule, line: str, after: Rule) -> None:
    found = parts.named(rule, line)
    assert found is not None
    assert changed(rule, *found) == after


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("f.most", "9"),
        ("f.most", "many"),
        ("title", "t" * 61),
        ("reaction", "explode"),
        ("when", "soon"),
        ("whom", "400 days"),
        ("approved", "perhaps"),
        ("roles", "perhaps"),
        ("roles", "editors and owners"),
        ("roles", "+"),
        ("first", "never"),
        ("points", "6"),
        ("points", "0"),
        ("hint", "h" * 301),
    ],
)
def test_what_cannot_be_set_is_refused(key: str, typed: str) -> None:
    assert isinstance(changed(LENGTH, key, typed), Wrong)


@given(st.sampled_from(list(What)), st.text(max_size=80), st.data())
def test_any_text_can_be_typed(what: What, typed: str, data: st.DataObject) -> None:
    rule = Rule(1, what, DETECTORS[what]())
    after = changed(rule, data.draw(st.sampled_from(keys_of(rule))), typed)
    assert isinstance(after, Rule | Wrong)
    found = parts.named(rule, typed)
    assert found is None or found[0] in keys_of(rule)
    assert read_sanction(typed) in set(Sanction)
