from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.events.signing.rules.names import MOST, Named, NoName, Plain, TooMany, on_list, read_people
from bot.kernel.ids import UserId
from bot.members.identity.rules import ById, ByName, ByPerson, Mention
from bot.members.rules import Person
from tests.events.build import signup

MEI, CARL = Named(ByName("mei")), Named(ByName("carl"))


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("@mei", (MEI,)),
        ("@mei @carl", (MEI, CARL)),
        ("@mei, @carl", (MEI, CARL)),
        ("@mei、@carl；@mei", (MEI, CARL)),
        ("123456789 +1", (Named(ById(123456789), 1),)),
        ("Grandma Wang +1", (Named(Plain("Grandma Wang"), 1),)),
        ("王奶奶+1、李叔", (Named(Plain("王奶奶"), 1), Named(Plain("李叔")))),
        ("王奶奶带两人", (Named(Plain("王奶奶"), 2),)),
        ("Anna  Li with a friend\n@mei", (Named(Plain("Anna Li"), 1), MEI)),
        ("Wang, O'Neill; Jean-Luc", (Named(Plain("Wang")), Named(Plain("O'Neill")), Named(Plain("Jean-Luc")))),
        ("+1", (Named(None, 1),)),
        ("", ()),
        (" , ; ", ()),
    ],
)
def test_several_people_are_read_from_one_line(line: str, named: tuple[Named, ...]) -> None:
    assert read_people(line) == named


@pytest.mark.parametrize("text", ["@", "3", "🙂", "mei@example.org", "@mei spam", "x" * 65, "12 34"])
def test_what_is_no_name_is_named_in_the_answer(text: str) -> None:
    assert read_people(f"Uncle Li, {text}") == NoName(text)


def test_one_line_has_its_limit() -> None:
    assert read_people(",".join(f"P{chr(97 + n)}" for n in range(MOST + 1))) == TooMany(MOST + 1)


def test_a_mention_is_the_person_it_means_wherever_it_stands() -> None:
    carl = Person(UserId(7), "Carl the Great")
    line = "Uncle Li, Carl +1; @mei"
    found = read_people(line, [Mention(carl, 10, 14)])
    assert found == (Named(Plain("Uncle Li")), Named(ByPerson(carl), 1), MEI)


@given(st.text(max_size=120))
def test_whatever_is_written_is_read_or_refused(line: str) -> None:
    found = read_people(line)
    if isinstance(found, tuple):
        assert len(found) <= MOST
        assert all(one.guests >= 0 for one in found)
    else:
        assert isinstance(found, TooMany | NoName)


def test_a_name_on_a_list_is_found_whatever_its_case_width_and_spaces() -> None:
    people = [signup(1), signup(2), signup(11)]
    assert on_list(people, "p1") == (people[0],)
    assert on_list(people, " Ｐ 2 ") == (people[1],)
    assert on_list(people, "P") == ()
