from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.events.rules.house import House, Order
from bot.events.settings.rules import CHOICES, SETTINGS, Setting, Unfit, carried, changed, read_value, setting_named


@pytest.mark.parametrize("setting", SETTINGS)
def test_every_button_sets_what_it_then_marks(setting: Setting) -> None:
    for choice in CHOICES[setting]:
        value = read_value(setting, choice)
        assert not isinstance(value, Unfit)
        assert carried(changed(House(), setting, value), setting) == choice


@pytest.mark.parametrize("setting", SETTINGS)
def test_every_setting_of_a_house_has_its_place(setting: Setting) -> None:
    assert set(SETTINGS) == set(House.__slots__)
    assert carried(House(), setting) in CHOICES[setting]


@pytest.mark.parametrize(
    ("setting", "typed", "value"),
    [
        ("words", "ON", True),
        ("words", "关", False),
        ("order", "公平", Order.FAIR),
        ("offer", "2 hours", 120),
        ("offer", "两小时", 120),
        ("offer", "45", 45),
        ("reminders", "1 day, 2 hours", (1440, 120)),
        ("reminders", "2小时、3天", (4320, 120)),
        ("reminders", "1 day and 30 min", (1440, 30)),
        ("reminders", "off", ()),
        ("suspend_after", "三", 3),
        ("suspend_after", "off", None),
        ("most_ahead", "不限", None),
        ("words", "perhaps", Unfit.SWITCH),
        ("order", "alphabet", Unfit.ORDER),
        ("offer", "9 minutes", Unfit.OFFER),
        ("offer", "8 days", Unfit.OFFER),
        ("offer", "off", Unfit.OFFER),
        ("reminders", "soon", Unfit.REMINDERS),
        ("reminders", "1h,2h,3h,4h,5h,6h", Unfit.REMINDERS),
        ("reminders", "4 minutes", Unfit.REMINDERS),
        ("reminders", ",", Unfit.REMINDERS),
        ("suspend_after", "51", Unfit.NUMBER),
        ("most_ahead", "-1", Unfit.NUMBER),
        ("most_ahead", "²", Unfit.NUMBER),
    ],
)
def test_a_typed_value_is_read_or_refused(setting: Setting, typed: str, value: Any) -> None:
    assert read_value(setting, typed) == value


@given(st.sampled_from(SETTINGS), st.text(max_size=40))
def test_whatever_is_typed_is_read_or_refused(setting: Setting, typed: str) -> None:
    value = read_value(setting, typed)
    if not isinstance(value, Unfit):
        house = changed(House(), setting, value)
        assert read_value(setting, carried(house, setting)) == value


def test_settings_have_names_in_both_languages() -> None:
    for words, setting in (
        (("words", "文字报名"), "words"),
        (("suspend", "停报"), "suspend_after"),
        (("Most", "上限"), "most_ahead"),
    ):
        assert {setting_named(word) for word in words} == {setting}
    assert setting_named("dance") is None
