from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from bot.audit import texts
from bot.audit.rules import Entry, Filter, Page
from bot.i18n import texts_for
from bot.kernel.ids import GroupId, UserId

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
EN = texts_for("en", "UTC")
ENTRY = Entry(1, GroupId(1), NOW, UserId(10), "Anna <b>", "role.granted", UserId(20), "Ben", None, ["editor"], {"n": 3})


def test_an_action_reads_as_the_phrase_its_capability_brought() -> None:
    phrases = {"role.granted": "{actor} made {target} {after} ({n})"}
    assert texts.sentence(EN, ENTRY, phrases) == "<b>Anna &lt;b&gt;</b> made <b>Ben</b> editor (3)"


def test_an_action_without_a_phrase_shows_its_name_and_the_change() -> None:
    shown = texts.sentence(EN, ENTRY, {})
    assert shown == "<b>Anna &lt;b&gt;</b>: <code>role.granted</code> <b>Ben</b> (– → editor)"


def test_an_entry_that_lacks_what_its_phrase_names_is_shown_all_the_same() -> None:
    assert "role.granted" in texts.sentence(EN, ENTRY, {"role.granted": "{actor} {missing}"})


def test_values_read_as_the_words_their_capability_brought() -> None:
    phrases = {"role.granted": "{before} → {after}", "role=editor": "Editor", "role=at": "Time", "event=editor": "no"}
    entry = replace(ENTRY, before={"at": "2026-11-22T09:30:00+00:00"}, after=["editor", "viewer"])
    assert texts.sentence(EN, entry, phrases) == "Time: Sun, 22 Nov 2026, 09:30 → Editor, viewer"


def test_a_length_of_time_reads_as_one() -> None:
    entry = replace(ENTRY, before=None, after=["warning", {"serious": "PT3600S"}])
    assert texts.sentence(EN, entry, {"role.granted": "{after}"}) == "warning, serious: 1 hour"


def test_what_is_no_filter_is_answered_with_what_would_be_one() -> None:
    said = texts.not_a_filter(EN, "<x>", ("case", "event"))
    assert "“&lt;x&gt;” is neither a person nor an action." in said
    assert "These are recorded: <code>case</code> and <code>event</code>." in said


def test_the_bot_itself_has_no_name() -> None:
    entry = Entry(1, GroupId(1), NOW, None, "", "event.closed", target_text="#12")
    assert texts.sentence(EN, entry, {}) == "the bot: <code>event.closed</code> <b>#12</b>"


def test_an_empty_page_says_so() -> None:
    shown = texts.page(EN, Page((), Filter(action="x"), None, is_first=True), {}, "x")
    assert "Nothing is recorded" in shown
