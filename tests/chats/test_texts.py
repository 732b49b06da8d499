"""Every sentence, in every language, with values that would break the markup were they not escaped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType
from zoneinfo import available_timezones

import pytest

from bot.chats.rules.profile import PURPOSES, BotRight
from bot.chats.rules.typed import Unclear
from bot.chats.rules.zones import is_zone
from bot.chats.texts import private, settings, setup, words
from bot.i18n import Html, Texts, available_locales, texts_for
from bot.kernel.groups import Group, QuietHours
from bot.kernel.ids import ChatId, GroupId, ThreadId

NOW = datetime(2026, 11, 28, 6, tzinfo=UTC)
EVIL = "<b>&{title}"
GROUP = Group(
    GroupId(1),
    ChatId(-1001),
    EVIL,
    "en",
    "Asia/Shanghai",
    is_forum=True,
    label=EVIL,
    managers_chat_id=ChatId(-5),
    topics=MappingProxyType({"events": ThreadId(5)}),
    quiet=(QuietHours(time(22), time(7, 30), frozenset({0, 1, 2, 5})),),
    holidays=frozenset(date(2026, 12, day) for day in (1, 3, 5, 7, 25, 26)),
)
BARE = Group(GroupId(2), ChatId(-2), "Small", "en", "UTC", kind="group")
RIGHTS = tuple(BotRight)

LOCALES = pytest.mark.parametrize("locale", sorted(available_locales()))


def all_html(texts: Texts) -> Iterable[Html]:
    for group in (GROUP, BARE):
        for missing in (RIGHTS, (), None):
            yield setup.welcome(texts, group, missing, NOW)
            yield setup.finished(texts, group, missing, NOW)
            yield setup.back_again(texts, group, missing)
            yield setup.rights_gained(texts, group, missing)
            yield settings.page(texts, group, missing, GROUP, NOW)
        yield setup.rights_lost(texts, group, RIGHTS)
        yield setup.removed(texts, group)
        yield settings.page(texts, group, (), None, NOW)
        yield settings.quiet_page(texts, group, NOW)
        yield settings.quiet_page(texts, replace(group, open_until=NOW + timedelta(hours=1)), NOW)
        yield settings.holidays_page(texts, group)
        yield settings.topics_page(texts, group, 5)
        yield settings.label_set(texts, group)
        yield settings.zone_set(texts, group, NOW)
        yield settings.ask_zone(texts, group, NOW)
        yield settings.ask_language(texts, group)
        yield settings.managers_page(texts, group, GROUP)
        yield settings.link_here(texts, [group])
        yield settings.linked(texts, group, on=True)
        yield private.greeting(texts, [group], group)
        yield private.profile(texts, group, EVIL, NOW)
    yield from (settings.unclear(texts, problem) for problem in Unclear)
    yield settings.unknown_language(texts, EVIL)
    yield settings.which_zone(texts, EVIL, offers=False)
    yield settings.which_zone(texts, EVIL, offers=True)
    yield from (settings.topic_set(texts, purpose, here=here) for purpose in PURPOSES for here in (True, False))
    yield setup.openly(texts, "qunguan_bot")
    yield setup.privacy_mode(texts)
    yield private.greeting(texts, [], None)


@LOCALES
def test_every_sentence_is_escaped_and_fits_a_message(locale: str) -> None:
    for html in all_html(texts_for(locale, "Asia/Shanghai")):
        assert isinstance(html, Html)
        assert "<b>&{" not in html
        assert len(html) < 4096
        assert html.count("<b>") == html.count("</b>")


@LOCALES
def test_every_answer_to_a_tap_is_short_enough(locale: str) -> None:
    texts = texts_for(locale, "UTC")
    answers = [setup.checked(texts, RIGHTS), setup.not_checked(texts), settings.may_not(texts), settings.stale(texts)]
    assert max(map(len, answers)) <= 200


@LOCALES
def test_every_zone_has_a_name_for_its_button(locale: str) -> None:
    texts = texts_for(locale, "UTC")
    assert all(words.zone_label(texts, zone, NOW) for zone in available_timezones() if is_zone(zone))


def test_weekdays_in_a_row_are_drawn_together() -> None:
    texts = texts_for("en", "UTC")
    assert words.weekdays(texts, [4, 3, 2, 1, 0]) == "Mon–Fri"
    assert words.weekdays(texts, [0, 5, 6]) == "Mon, Sat, and Sun"
    assert words.weekdays(texts, range(7)) == "every day"


def test_an_offset_is_written_short() -> None:
    assert words.offset("Asia/Kolkata", NOW) == "UTC+5:30"
    assert words.offset("America/New_York", NOW) == "UTC-5"


def test_the_page_names_what_is_missing() -> None:
    html = settings.page(texts_for("en", "UTC"), replace(GROUP, title="Hikers"), (BotRight.PIN,), None, NOW)
    assert "Settings of Hikers" in html
    assert "Pin messages" in html
    assert "Delete messages" not in html
