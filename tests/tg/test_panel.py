"""The way back from what stands in the panel's place."""

from __future__ import annotations

import pytest

from bot.i18n import texts_for
from bot.tg.effects import Key
from bot.tg.panel import PANEL, RUN, with_way_back

EN = texts_for("en", "UTC")
ENTRY, BACK = RUN.data(5, "event.list"), PANEL.data(5)
MENU = Key("‹ Menu", BACK)
OWN = ((Key("»", "e.page:5:2"),),)


def test_what_replaces_the_panel_leads_back_to_it() -> None:
    assert with_way_back(EN, ENTRY, [ENTRY, "m.run:5:warn"], None) == ((MENU,),)
    assert with_way_back(EN, ENTRY, [ENTRY], OWN) == (*OWN, (MENU,))


def test_what_replaces_such_an_answer_leads_back_as_well() -> None:
    assert with_way_back(EN, "e.page:5:2", ["e.page:5:2", BACK], OWN) == (*OWN, (MENU,))


@pytest.mark.parametrize(
    ("tapped", "shown"),
    [(BACK, ["e.page:5:2", BACK]), ("e.page:5:2", ["e.page:5:2"]), ("odd", ["odd", ""]), ("m.run:x:warn", [])],
    ids=["the panel itself", "an answer to a command", "no data of ours", "no group"],
)
def test_nothing_else_does(tapped: str, shown: list[str]) -> None:
    assert with_way_back(EN, tapped, shown, OWN) == OWN
    assert with_way_back(EN, tapped, shown, None) is None
