"""What detectors take hold of, with the disguises people use, and what must pass (R06, R07, R13, R20, R26, R27)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kernel.groups import QuietHours
from bot.kernel.roles import Role
from bot.policy.rules.detectors import DETECTORS, FAMILIES, MORE_THAN_WORDS, What, fields_of, value_of, with_value
from bot.policy.rules.fields import Line, Listed, Number, Switch, Value
from bot.policy.rules.findings import Past, Reason
from bot.policy.rules.floods import Duplicates, Flood, Pictures, are_alike, sketch, trace_of
from bot.policy.rules.message import Kind, Seen, link_of, visible_length
from bot.policy.rules.plain import plain
from bot.policy.rules.rule import (
    Clock,
    Reaction,
    Rule,
    State,
    When,
    acting,
    breaches,
    concerns,
    fault_of,
    read_words,
)
from bot.policy.rules.sources import Contacts, Invitations, Links, Mentions, ViaBots
from bot.policy.rules.speech import Advertising, Length, Solicitation, Words
from bot.policy.texts.detectors import SAID
from bot.policy.texts.findings import REASONS

NOTHING = Past()
LIST = Words(("赌博", "法轮", "free money", "viagra"))


@pytest.mark.parametrize(
    "text",
    [
        "赌博",
        "来賭博吧",
        "赌 博",
        "赌*博",
        "赌\u200b博",
        "赌😀博",
        "FREE MONEY",
        "ｆｒｅｅ　ｍｏｎｅｙ",
        "free, money!",
        "f r e e money",
        "frее mоnеу",
        "v.i.a.g.r.a",
        "V I A G R A now",
        "víagra",
    ],
)
def test_a_word_is_found_in_its_disguises(text: str) -> None:
    hit = LIST.find(Seen(0, text), NOTHING)
    assert hit is not None
    assert hit.reason is Reason.WORD


@pytest.mark.parametrize("text", ["赌一把天气", "博物馆", "free the money", "feel free", "viagrant", "", "🎉🎉"])
def test_what_only_resembles_a_word_passes(text: str) -> None:
    assert LIST.find(Seen(0, text), NOTHING) is None


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("see example.com", "example.com"),
        ("看这里：https://www.Example.com/a?b=c，快", "example.com"),
        ("example。com", "example.com"),
        ("ｅｘａｍｐｌｅ．ｃｏｍ", "example.com"),
        ("eхample.com", "example.com"),
        ("(http://user@evil.top:8080/x)", "evil.top"),
    ],
)
def test_a_link_is_found(text: str, host: str) -> None:
    assert [link.host for link in Seen(0, text).links] == [host]


@pytest.mark.parametrize(
    "text",
    ["价格3.5元", "version 1.2.3", "main.py", "等等...好", "me@example.com", "9.15开会", "e.g. this", "138.0013.8000"],
)
def test_what_is_no_link_passes(text: str) -> None:
    assert Seen(0, text).links == ()


def test_allowed_domains_pass_and_hidden_links_do_not() -> None:
    links = Links(allowed=("example.com",))
    assert links.find(Seen(0, "docs.example.com/x"), NOTHING) is None
    assert links.find(Seen(0, "notexample.com"), NOTHING) is not None
    hidden = links.find(Seen(0, "click", addresses=("https://bit.ly/x",)), NOTHING)
    assert hidden is not None
    assert hidden.reason is Reason.SHORTENED
    assert Links(blocked=("bad.top",)).find(Seen(0, "good.com"), NOTHING) is None
    assert Links(blocked=("bad.top",)).find(Seen(0, "a.bad.top"), NOTHING) is not None


@pytest.mark.parametrize(
    ("text", "invites"),
    [("t.me/+AbCdEf", True), ("https://t.me/joinchat/AAA", True), ("t.me/durov", False), ("chat.whatsapp.com/X", True)],
)
def test_an_invitation_is_told_from_a_profile(text: str, invites: bool) -> None:
    assert (Invitations().find(Seen(0, text), NOTHING) is not None) is invites


def test_where_a_message_comes_from() -> None:
    assert Contacts().find(Seen(0, kind=Kind.CONTACT), NOTHING) is not None
    assert Contacts(own=False).find(Seen(0, kind=Kind.CONTACT, own_contact=True), NOTHING) is None
    assert Contacts(own=False).find(Seen(0, kind=Kind.CONTACT), NOTHING) is not None
    assert ViaBots(("gif",)).find(Seen(0, via_bot="gif"), NOTHING) is None
    assert ViaBots().find(Seen(0, via_bot="gif"), NOTHING) is not None
    mentioned = Seen(0, "@mei @spy", mentions=("mei", "spy"))
    hit = Mentions().find(mentioned, Past(outsiders=frozenset({"spy"})))
    assert hit is not None
    assert hit.detail == "@spy"


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("abc", 3),
        (" 你好 ", 2),
        ("👨‍👩‍👧‍👦", 1),
        ("🇨🇳🇩🇪", 2),
        ("👍🏽", 1),
        ("e\u0301", 1),
        ("a\u200bb", 2),
        ("❤️", 1),
        ("a\nb", 3),
    ],
)
def test_characters_are_counted_as_people_do(text: str, length: int) -> None:
    assert visible_length(text) == length


@given(st.text(max_size=60))
def test_no_text_is_longer_than_its_code_points(text: str) -> None:
    assert visible_length(text) <= len(text)
    hit = Length(10).find(Seen(0, text), NOTHING)
    assert (hit is not None) is (visible_length(text) > 10)


@pytest.mark.parametrize(
    "text",
    [
        "帮我砍一刀，谢谢各位",
        "请大家帮忙投票，谢谢",
        "求 赞！",
        "幫忙集讚",
        "快来领外卖红包",
        "1分钱红包大家抢",
        "点击领取红包 https://hb.example.com/x",
        "Please vote for my daughter",
        "use my referral link",
        "h5.ele.me/hongbao",
    ],
)
def test_solicitation_is_found(text: str) -> None:
    assert Solicitation().find(Seen(0, text), NOTHING) is not None


@pytest.mark.parametrize(
    "text",
    [
        "过年的时候外婆给我包了一个红包，我很开心",
        "明天投票决定去哪里爬山",
        "这个价格砍不下来",
        "We will vote on the place tomorrow",
        "报名请看 https://example.com/events",
        "电话13800138000，地址人民路5号，价格35元",
    ],
)
def test_talk_about_such_things_passes(text: str) -> None:
    assert Solicitation().find(Seen(0, text), NOTHING) is None
    assert Advertising().find(Seen(0, text), Past(is_new=True)) is None


@pytest.mark.parametrize(
    ("text", "weight", "is_new", "held"),
    [
        ("群里有团购，报名找群主", 3, False, False),
        ("群里有团购，报名找群主", 4, True, True),
        ("群里有团购，报名找群主", 6, False, True),
        ("群里有團購，私聊我，加微信 abc12345", 3, False, True),
        ("私聊我", 3, False, False),
        ("群里有团购 https://shop.example/1", 5, False, True),
    ],
)
def test_a_pattern_of_the_group_counts_for_advertising_by_its_weight(
    text: str, weight: int, *, is_new: bool, held: bool
) -> None:
    rule = Advertising(patterns=(r"有团购", r"\bdeal #\d+"), weight=weight)
    assert (rule.find(Seen(0, text), Past(is_new=is_new)) is not None) is held


def test_patterns_that_can_be_left_out_may_be_none_but_not_wrong() -> None:
    rule = Rule(1, What.ADVERTISING, Advertising())
    assert fault_of(rule) is None
    wrong = fault_of(replace(rule, detector=Advertising(patterns=("ok", "a(b"))))
    assert wrong is not None
    assert wrong.flawed is not None
    assert wrong.flawed.pattern == "a(b"
    assert fault_of(replace(rule, detector=Advertising(weight=13))) is not None


def test_advertising_is_added_up_and_new_people_need_less() -> None:
    loud = Seen(0, "兼职刷单日赚500，加微信：abc12345 🔥🔥")
    assert Advertising().find(loud, NOTHING) is not None
    soft = Seen(0, "诚招代理，详询")
    assert Advertising().find(soft, NOTHING) is None
    assert Advertising().find(soft, Past(is_new=True)) is not None
    assert Advertising().find(Seen(0, "Earn money from home! crypto signals, DM me t.me/+abc"), NOTHING) is not None


def written(*ats: int, kind: Kind = Kind.TEXT, text: str = "", album: str = "") -> tuple[Seen, ...]:
    return tuple(Seen(at, text or f"message at {at}", kind, album=album) for at in ats)


def test_a_flood_is_more_than_so_many_in_so_many_seconds() -> None:
    flood = Flood(messages=3, seconds=10)
    earlier = [trace_of(seen) for seen in written(0, 4, 8)]
    assert flood.find(Seen(9, "x"), Past(earlier)) is not None
    assert flood.find(Seen(10, "x"), Past(earlier)) is None
    assert flood.find(Seen(9, "x", edited=True), Past(earlier)) is None


def test_the_same_text_and_stickers_are_counted_apart() -> None:
    same = [trace_of(seen) for seen in written(0, 50, 100, text="买 买 买")]
    hit = Flood().find(Seen(150, "买买买！"), Past(same))
    assert hit is not None
    assert hit.reason is Reason.REPEATED
    stickers = [trace_of(Seen(at, kind=Kind.STICKER)) for at in range(5)]
    hit = Flood().find(Seen(6, kind=Kind.STICKER), Past(stickers))
    assert hit is not None
    assert hit.reason is Reason.STICKERS
    assert Flood().find(Seen(6, "hello"), Past(stickers)) is None


def test_an_album_counts_as_one_picture() -> None:
    album = [trace_of(seen) for seen in written(0, 0, 0, 0, kind=Kind.PICTURE, album="a")]
    assert Pictures(most=2).find(Seen(1, kind=Kind.PICTURE), Past(album)) is None
    more = [*album, trace_of(Seen(1, kind=Kind.PICTURE))]
    assert Pictures(most=2).find(Seen(2, kind=Kind.PICTURE), Past(more)) is not None
    assert Pictures(most=2).find(Seen(700, kind=Kind.PICTURE), Past(more)) is None


ADVERT = "新店开张，全场八折，欢迎各位老朋友新朋友前来品尝，地址人民路五号"


@pytest.mark.parametrize(
    ("other", "alike"),
    [
        (ADVERT + "！！！🎉🎉", True),
        ("🔥 " + ADVERT.replace("，", " , ") + " 138", True),
        (ADVERT.replace("欢迎", "恭迎"), True),
        ("明天早上八点在人民路五号集合，一起去爬山，请带好水和午饭", False),
    ],
)
def test_nearly_the_same_is_known_again(other: str, alike: bool) -> None:
    one, two = sketch(plain(ADVERT)), sketch(plain(other))
    assert one is not None
    assert two is not None
    assert are_alike(one, two) is alike


def test_an_advertisement_may_come_once_in_its_hours() -> None:
    assert Duplicates(hours=1).find(Seen(3600, ADVERT), Past(alike=(0,))) is None
    assert Duplicates(hours=1).find(Seen(3599, ADVERT), Past(alike=(0,))) is not None
    assert Duplicates(hours=1, allowed=2).find(Seen(10, ADVERT), Past(alike=(0,))) is None


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    seen = Seen(0, text)
    past = Past(is_new=True)
    for what, kind in DETECTORS.items():
        detector = kind()
        assert detector.find(seen, past) == detector.find(Seen(0, text), past), what
        assert not (seen.is_bare and what in MORE_THAN_WORDS and detector.find(seen, past)), what


@given(st.text("赌博 *-\u200b", max_size=12))
def test_signs_in_between_hide_nothing(text: str) -> None:
    bare = "".join(char for char in text if char in "赌博")
    assert (Words(("赌博",)).find(Seen(0, text), NOTHING) is not None) is ("赌博" in bare)


def test_addresses_that_name_no_host() -> None:
    assert link_of("mailto:a@b.com") is None
    assert link_of("tel:+86138") is None
    assert link_of("localhost/x") is None
    assert link_of("..") is None


def local(day: int, hour: int, minute: int = 0) -> datetime:
    """Return a moment of March 2027 by the group's own clock."""
    return datetime.combine(date(2027, 3, day), time(hour, minute))


MONDAY, FRIDAY, SATURDAY, SUNDAY = (local(day, 12) for day in (8, 12, 13, 14))
WORKDAYS = QuietHours(time(), time(), frozenset(range(5)))
NIGHTS = QuietHours(time(22), time(7), frozenset(range(5)))
LENGTH = Rule(1, What.LENGTH, Length(10), state=State.ON)


@pytest.mark.parametrize(
    ("when", "hours", "clock", "held"),
    [
        (When.ALWAYS, None, Clock(SUNDAY), True),
        (When.QUIET, None, Clock(MONDAY), False),
        (When.QUIET, None, Clock(MONDAY, quiet=True), True),
        (When.HOURS, WORKDAYS, Clock(FRIDAY), True),
        (When.HOURS, WORKDAYS, Clock(SATURDAY), False),
        (When.HOURS, NIGHTS, Clock(local(12, 22)), True),
        (When.HOURS, NIGHTS, Clock(local(13, 6, 59)), True),
        (When.HOURS, NIGHTS, Clock(local(13, 7)), False),
        (When.HOURS, NIGHTS, Clock(local(13, 22)), False),
    ],
)
def test_a_rule_holds_when_it_is_set_to(when: When, hours: QuietHours | None, clock: Clock, held: bool) -> None:
    rule = Rule(1, What.LENGTH, Length(10), state=State.ON, when=when, hours=hours)
    assert bool(breaches((rule,), Seen(0, "x" * 11), NOTHING, clock)) is held


def test_the_strictest_rule_that_is_on_acts() -> None:
    rules = (
        Rule(1, What.LENGTH, Length(10), state=State.ON, reaction=Reaction.HINT),
        Rule(2, What.LENGTH, Length(10), state=State.OBSERVE, reaction=Reaction.DELETE),
        Rule(3, What.LENGTH, Length(10), state=State.ON, reaction=Reaction.DELETE),
        Rule(4, What.LENGTH, Length(10), state=State.OFF, reaction=Reaction.DELETE),
        Rule(5, What.LENGTH, Length(10), state=State.ON, new_days=7),
    )
    found = breaches(rules, Seen(0, "x" * 11), NOTHING, Clock(MONDAY))
    assert [breach.rule.number for breach in found] == [3, 1, 2]
    act = acting(found)
    assert act is not None
    assert act.rule.number == 3
    assert acting(found[2:]) is None


def test_a_rule_that_cannot_be_is_refused() -> None:
    assert fault_of(Rule(1, What.WORDS, Words())) is not None
    assert fault_of(Rule(1, What.WORDS, Words(("x" * 61,)))) is not None
    assert fault_of(Rule(1, What.LENGTH, Length(9))) is not None
    assert fault_of(Rule(1, What.LENGTH, Length(10), "t" * 61)) is not None
    for what, kind in DETECTORS.items():
        if not any(getattr(field, "needed", False) for field in kind.FIELDS):
            assert fault_of(Rule(1, what, kind())) is None, what


@pytest.mark.parametrize("what", DETECTORS)
def test_every_field_can_be_set_and_is_said(what: What) -> None:
    detector = DETECTORS[what]()
    for field in fields_of(what):
        values: dict[type, Value] = {
            Number: getattr(field, "least", 0),
            Listed: ("word",),
            Switch: True,
            Line: "a line",
        }
        value = values[type(field)]
        changed = with_value(detector, field, value)
        assert value_of(changed, field) == value
        assert value_of(with_value(changed, field, value_of(detector, field)), field) == value_of(detector, field)
    assert set(SAID[what].fields) == {field.name for field in fields_of(what)}
    assert len(what.value) <= 16
    for kind in (Number, Listed, Line):
        assert sum(isinstance(field, kind) and field.asked for field in fields_of(what)) <= 1


def test_every_detector_is_of_one_family_and_every_reason_is_said() -> None:
    assert sorted(what for family in FAMILIES.values() for what in family) == sorted(What)
    assert {*REASONS, Reason.LENGTH} == set(Reason)


def test_a_list_is_read_from_lines_and_commas() -> None:
    assert read_words("a b,  c、d\ne；a b\n\n") == ("a b", "c", "d", "e")


@pytest.mark.parametrize(
    ("rule", "past", "concerned"),
    [
        (LENGTH, Past(), True),
        (LENGTH, Past(approved=True), False),
        (replace(LENGTH, spares_approved=False), Past(approved=True), True),
        (LENGTH, Past(roles=frozenset({Role.VIEWER})), False),
        (
            replace(LENGTH, spared_roles=frozenset({Role.EDITOR})),
            Past(roles=frozenset({Role.EDITOR, Role.VIEWER})),
            False,
        ),
        (replace(LENGTH, spared_roles=frozenset({Role.EDITOR})), Past(roles=frozenset({Role.VIEWER})), True),
        (replace(LENGTH, spared_roles=frozenset()), Past(roles=frozenset({Role.MANAGER})), True),
        (replace(LENGTH, new_days=7), Past(days=6), True),
        (replace(LENGTH, new_days=7), Past(days=7), False),
        (replace(LENGTH, new_days=7), Past(days=None), False),
    ],
)
def test_whom_a_rule_spares(rule: Rule, past: Past, concerned: bool) -> None:
    assert concerns(rule, past) is concerned
