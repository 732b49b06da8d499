"""Tables of messages: for each, every rule that takes hold of it, and no other (R06, R07, R13, R20, R26, R27, R33–R37).

``messages/`` are messages by themselves, ``talks/`` what one person writes one after the other.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from bot.policy.rules import harms, insults, lists
from bot.policy.rules.conduct import Abuse, Conduct, WrongPlace
from bot.policy.rules.detectors import DETECTORS, What, with_value
from bot.policy.rules.fields import Switch
from bot.policy.rules.findings import Detector, Past
from bot.policy.rules.floods import Duplicates, Flood, Pictures, are_alike, sketch, trace_of
from bot.policy.rules.harm import Harmful
from bot.policy.rules.message import Kind, Origin, Seen
from bot.policy.rules.patterns import Patterns
from bot.policy.rules.private import PrivateData
from bot.policy.rules.sources import Buttons, Contacts, Forwards, Invitations, Links, Mentions, ViaBots
from bot.policy.rules.speech import Advertising, Length, Manual, Solicitation, Words

FOLDER = Path(__file__).parent / "messages"
RULES: dict[What, Detector] = {
    What.LINKS: Links(("example.com", "gov.cn", "wikipedia.org")),
    What.INVITATIONS: Invitations(),
    What.FORWARDS: Forwards(),
    What.CONTACTS: Contacts(own=False),
    What.MENTIONS: Mentions(),
    What.BUTTONS: Buttons(),
    What.VIA_BOTS: ViaBots(("gif",)),
    What.WORDS: Words(("蓝鲸计划", "内部价格表", "project falcon")),
    What.PATTERNS: Patterns((r"工单\d{6}", r"\binv-\d{5}\b")),
    What.LENGTH: Length(),
    What.SOLICITATION: Solicitation(hosts=("toupiao.example.org",)),
    What.ADVERTISING: Advertising(),
    What.FLOOD: Flood(),
    What.PICTURES: Pictures(),
    What.DUPLICATES: Duplicates(),
    What.ABUSE: Abuse(),
    What.HARMFUL: Harmful(),
    What.PRIVATE: PrivateData(("幸福里小区3栋502", "桂花路18号")),
    What.CONDUCT: Conduct(("跑路", "倒闭", "欠薪", "going bankrupt")),
    What.WRONG_PLACE: WrongPlace(("二手", "出租", "转让", "second hand"), "https://t.me/hikers/45"),
    What.MANUAL: Manual("Be kind."),
}
"""A group with every rule at once."""


def rows() -> list[Any]:
    """Return every message of the table with what it is and the rules that must take hold of it."""
    found = []
    for path in sorted(FOLDER.glob("*.toml")):
        for block in tomllib.loads(path.read_text("utf-8"))["messages"]:
            facts = {name: value for name, value in block.items() if name not in {"texts", "hits", "about"}}
            hits = set(block["hits"]) if "hits" in block else set()
            found += [pytest.param(text, facts, hits, id=f"{path.stem}: {text[:30]}") for text in block["texts"]]
    return found


def seen_and_past(text: str, facts: dict[str, Any]) -> tuple[Seen, Past]:
    """Make a message of a row."""
    facts = dict(facts)
    past = Past(
        is_new=facts.pop("new", False),
        outsiders=frozenset(facts.pop("outsiders", ())),
        origin_known=facts.pop("known", None),
    )
    kind, origin = Kind(facts.pop("kind", "text")), Origin(facts.pop("origin", "none"))
    addresses, mentions = tuple(facts.pop("addresses", ())), tuple(facts.pop("mentions", ()))
    words = text * facts.pop("times", 1)
    return Seen(0, words, kind, addresses, mentions, origin=origin, **facts), past


@pytest.mark.parametrize(("text", "facts", "hits"), rows())
def test_every_rule_gives_its_verdict(text: str, facts: dict[str, Any], hits: set[str]) -> None:
    seen, past = seen_and_past(text, facts)
    found = {what.value: hit for what, rule in RULES.items() if (hit := rule.find(seen, past)) is not None}
    assert set(found) == hits, found


def test_the_table_is_large_and_every_rule_is_tried_both_ways() -> None:
    table = [(param.values[0], set(param.values[2])) for param in rows()]
    innocent = [text for text, hits in table if not hits]
    assert len(table) >= 300
    assert len(innocent) >= 120
    without_history = set(DETECTORS) - {What.FLOOD, What.PICTURES, What.DUPLICATES, What.MANUAL}
    assert {what.value for what in without_history} == set().union(*(hits for _, hits in table))
    assert set(RULES) == set(DETECTORS)


# Talks


def talks() -> list[Any]:
    """Return every talk with the rules that must take hold of its last line."""
    table = tomllib.loads((FOLDER.parent / "talks" / "talks.toml").read_text("utf-8"))["talks"]
    return [
        pytest.param(talk["lines"], talk.get("night", False), set(talk["hits"]), id=talk["about"]) for talk in table
    ]


def said(line: str) -> Seen:
    """Read a line of a talk."""
    at, _, text = line.partition(" ")
    thing = re.fullmatch(r"\[(\w+) ?(\w*)\]", text)
    if thing is None:
        return Seen(int(at), text)
    return Seen(int(at), kind=Kind(thing[1]), album=thing[2])


@pytest.mark.parametrize(("lines", "night", "hits"), talks())
def test_every_rule_gives_its_verdict_on_a_talk(lines: list[str], night: bool, hits: set[str]) -> None:
    *before, last = map(said, lines)
    drawn = sketch(last.plain)
    known = [(seen.at, sketch(seen.plain)) for seen in before]
    alike = [at for at, other in known if drawn is not None and other is not None and are_alike(drawn, other)]
    past = Past([trace_of(seen) for seen in before], alike=alike, night=night)
    found = {what.value: hit for what, rule in RULES.items() if (hit := rule.find(last, past)) is not None}
    assert set(found) == hits, found


def test_floods_pictures_and_duplicates_are_tried_both_ways() -> None:
    assert {"flood", "pictures", "duplicates"} == set().union(*(param.values[2] for param in talks()))
    assert sum(not param.values[2] for param in talks()) >= 8


# What can be switched

SWITCHED = {
    (What.LINKS, "invites"): None,
    (What.LINKS, "shortened"): None,
    (What.FORWARDS, "channels"): Seen(0, "x", origin=Origin.CHANNEL),
    (What.FORWARDS, "groups"): Seen(0, "x", origin=Origin.GROUP),
    (What.FORWARDS, "outsiders"): Seen(0, "x", origin=Origin.PERSON),
    (What.FORWARDS, "hidden"): Seen(0, "x", origin=Origin.HIDDEN),
    (What.FORWARDS, "stories"): Seen(0, kind=Kind.STORY),
    (What.CONTACTS, "own"): Seen(0, kind=Kind.CONTACT, own_contact=True),
    (What.ABUSE, "mild"): Seen(0, "你这个笨蛋"),
    (What.HARMFUL, "porn"): Seen(0, "裸聊"),
    (What.HARMFUL, "gambling"): Seen(0, "真人荷官"),
    (What.HARMFUL, "drugs"): Seen(0, "冰毒有货"),
    (What.HARMFUL, "violence"): Seen(0, "弄死你"),
    (What.HARMFUL, "viruses"): Seen(0, kind=Kind.FILE, file="a.exe"),
    (What.PRIVATE, "mobiles"): Seen(0, "13800138000 13900139000"),
    (What.PRIVATE, "identities"): Seen(0, "11010519491231002X"),
    (What.PRIVATE, "cards"): Seen(0, "4111 1111 1111 1111"),
    (What.PRIVATE, "passports"): Seen(0, "护照 E12345678"),
}
"""What passes once a switch is off; None where other fields of the rule take hold as well."""


@pytest.mark.parametrize(("what", "name"), [key for key, seen in SWITCHED.items() if seen is not None])
def test_a_switch_lets_pass_what_it_names(what: What, name: str) -> None:
    seen, past = SWITCHED[what, name], Past(origin_known=False)
    assert seen is not None
    detector = DETECTORS[what]()
    switch = next(field for field in detector.FIELDS if field.name == name)
    assert detector.find(seen, past) is not None
    assert with_value(detector, switch, False).find(seen, past) is None


def test_every_switch_is_tried() -> None:
    switches = {
        (what, field.name) for what, kind in DETECTORS.items() for field in kind.FIELDS if isinstance(field, Switch)
    }
    assert switches - {(What.FORWARDS, "members")} == set(SWITCHED)


def test_what_members_wrote_is_held_only_where_a_group_wants_that() -> None:
    seen, past = Seen(0, "x", origin=Origin.PERSON), Past(origin_known=True)
    assert Forwards().find(seen, past) is None
    assert Forwards(members=True).find(seen, past) is not None


def test_invitations_and_short_links_are_held_whatever_is_allowed_unless_a_group_says_otherwise() -> None:
    invitation, short, good = Seen(0, "t.me/+AbCdEf"), Seen(0, "bit.ly/x"), Seen(0, "good.net")
    strict, lenient = Links(blocked=("bad.top",)), Links(blocked=("bad.top",), invites=False, shortened=False)
    assert [strict.find(seen, Past()) is not None for seen in (invitation, short, good)] == [True, True, False]
    assert [lenient.find(seen, Past()) is not None for seen in (invitation, short, good)] == [False, False, False]
    assert lenient.find(Seen(0, "https://a.bad.top"), Past()) is not None


@pytest.mark.parametrize(
    "text", ["13800138000 13900139000", "11010519491231002X", "4111 1111 1111 1111", "护照 E12345678", "桂花路18号"]
)
def test_private_data_is_not_said_again(text: str) -> None:
    hit = PrivateData(("桂花路18号",)).find(Seen(0, text), Past())
    assert hit is not None
    assert sum(char.isdigit() for char in hit.detail) <= 5


def test_no_message_stands_in_a_list_as_it_is() -> None:
    known = {
        *lists.REQUESTS,
        *lists.OFFERS,
        *lists.REACH,
        *insults.STRONG,
        *(word for words in harms.PHRASES.values() for word in words),
    }
    assert [param.values[0] for param in rows() if param.values[0] in known] == []
