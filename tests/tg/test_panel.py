"""The way back from what stands in the panel's place."""

from __future__ import annotations

import pytest

from bot.i18n import texts_for
from bot.kernel.groups import Group
from bot.kernel.ids import ChatId, GroupId
from bot.tg.effects import Key
from bot.tg.panel import PANEL, RUN, RUN_IN, SECTION, with_way_back, with_way_to
from bot.tg.sections import Section

EN = texts_for("en", "UTC")
ENTRY, BACK = RUN.data(5, "event.list"), PANEL.data(5)
MENU = Key("‹ Menu", BACK)
INSIDE, PAGE = RUN_IN.data(5, "events", "event.list"), SECTION.data(5, "events")
EVENTS = Key("‹ 🗓 Events", PAGE)
OWN = ((Key("»", "e.page:5:2"),),)


def test_what_replaces_the_panel_leads_back_to_it() -> None:
    assert with_way_back(EN, ENTRY, [ENTRY, "m.run:5:warn"], None) == ((MENU,),)
    assert with_way_back(EN, ENTRY, [ENTRY], OWN) == (*OWN, (MENU,))


def test_what_replaces_such_an_answer_leads_back_as_well() -> None:
    assert with_way_back(EN, "e.page:5:2", ["e.page:5:2", BACK], OWN) == (*OWN, (MENU,))


def test_what_was_opened_in_a_section_leads_back_to_it() -> None:
    assert with_way_back(EN, INSIDE, [INSIDE, BACK], OWN) == (*OWN, (EVENTS,))
    assert with_way_back(EN, "e.page:5:2", ["e.page:5:2", PAGE], OWN) == (*OWN, (EVENTS,))
    assert with_way_back(EN, RUN.data(5, "members"), [RUN.data(5, "members"), PAGE], None) == ((EVENTS,),)
    assert with_way_back(EN, RUN.data(5, "members"), ["m.s:5:rules", PAGE], None) == ((MENU,),)
    assert with_way_back(EN, "m.in:5:dance:warn", ["m.in:5:dance:warn", BACK], None) == ((MENU,),)


def test_what_is_opened_from_a_form_leads_to_its_page_of_the_panel() -> None:
    group = Group(GroupId(5), ChatId(-1005), "Hikers", "en", "UTC")
    assert with_way_to(EN, group, Section.EVENTS, OWN) == (*OWN, (EVENTS,))
    assert with_way_to(EN, group, Section.EVENTS, None) == ((EVENTS,),)
    assert with_way_to(EN, group, None, OWN) == OWN
    assert with_way_to(EN, None, Section.EVENTS, None) is None


@pytest.mark.parametrize(
    ("tapped", "shown"),
    [
        (PAGE, [INSIDE, PAGE]),
        (BACK, ["e.page:5:2", BACK]),
        ("e.page:5:2", ["e.page:5:2"]),
        ("odd", ["odd", ""]),
        ("m.run:x:warn", []),
    ],
    ids=["a section itself", "the panel itself", "an answer to a command", "no data of ours", "no group"],
)
def test_nothing_else_does(tapped: str, shown: list[str]) -> None:
    assert with_way_back(EN, tapped, shown, OWN) == OWN
    assert with_way_back(EN, tapped, shown, None) is None
