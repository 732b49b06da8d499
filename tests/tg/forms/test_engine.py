from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot.i18n import N_, Html
from bot.kernel.ids import GroupId
from bot.tg import effects as fx
from bot.tg.access import Declined
from bot.tg.forms import Asking, Choice, Form, Question, Reply, parsers, store
from bot.tg.forms.questions import ask_one_of
from bot.tg.forms.questions import say as ask
from bot.tg.outbox.model import State
from tests.tg.forms.conftest import Finished, name_form
from tests.tg.forms.talk import ANN, ANONYMOUS, BEN, ELSEWHERE, GROUP, GROUP_CHAT, NOW, Talk

if TYPE_CHECKING:
    from bot.tg.context import Context

SATURDAY = datetime(2026, 11, 28, 6, 0, tzinfo=UTC)


async def fill_in(talk: Talk) -> None:
    """Answer everything but *Save*, in private."""
    await talk.start("event")
    await talk.say("Night hike")
    await talk.tap("Talk")
    await talk.say("Sat 14:00")
    await talk.tap("Skip")
    await talk.tap("Yes")


# From the first question to the last


async def test_a_form_is_answered_by_typing_and_tapping(talk: Talk, finished: Finished) -> None:
    await fill_in(talk)
    await talk.tap("✓ Save")

    assert finished.answers == [{"title": "Night hike", "kind": "talk", "at": SATURDAY, "seats": None, "guests": True}]
    assert finished.groups == [GROUP.id]
    assert talk.last().keyboard == ()


async def test_the_summary_says_the_answers_back(talk: Talk) -> None:
    await fill_in(talk)

    html = talk.last().html
    assert "<b>Title:</b> Night hike" in html
    assert "<b>Starts:</b> Sat, 28 Nov 2026, 14:00" in html
    assert "<b>Seats:</b> —" in html
    assert talk.last().labels == ["✓ Save", "✏️ Change", "« Back", "✕ Cancel"]


@pytest.mark.parametrize(("answer", "said"), [("tap", "Under my name"), ("Night owl", "Night owl"), ("skip", "—")])
async def test_an_answer_by_a_button_is_said_back_in_the_words_of_the_button(
    talk: Talk, finished: Finished, answer: str, said: str
) -> None:
    def offered(_asking: Asking) -> list[Choice]:
        return [Choice("Under my name", "own")]

    name = Question("name", N_("Name"), ask(N_("Whose name?")), parsers.text(30), choices=offered, optional=True)
    talk.forms["credit"] = Form("credit", N_("Credit"), (name,), finished, confirm=True)
    await talk.start("credit")
    if answer == "tap":
        await talk.tap("Under my name")
    elif answer == "skip":
        await talk.tap("Skip")
    else:
        await talk.say(answer)

    assert f"<b>Name:</b> {said}" in talk.last().html
    await talk.tap("✓ Save")
    assert finished.answers == [{"name": {"tap": "own", "skip": None}.get(answer, answer)}]


async def test_a_question_that_does_not_apply_is_left_out(talk: Talk) -> None:
    await talk.start("event")
    await talk.say("Night hike")
    assert "· 2/5" in talk.last().html
    await talk.tap("Hike")
    assert "How long is the way?" in talk.last().html
    assert "· 3/6" in talk.last().html


async def test_presets_are_not_asked(talk: Talk, finished: Finished) -> None:
    await talk.start("event", title="Night hike", kind="talk", at=SATURDAY, seats=3, source=12)
    assert "· 1/1" in talk.last().html
    assert "« Back" not in talk.last().labels
    await talk.say("no")
    await talk.tap("✓ Save")

    assert finished.answers == [
        {"title": "Night hike", "kind": "talk", "at": SATURDAY, "seats": 3, "source": 12, "guests": False}
    ]


async def test_any_answer_of_the_summary_can_be_given_anew(talk: Talk, finished: Finished) -> None:
    await talk.start("event", title="Night hike", kind="talk", at=SATURDAY, seats=3, guests=False, source=12)
    assert talk.last().labels == ["✓ Save", "✏️ Change", "✕ Cancel"]
    await talk.tap("✏️ Change")
    assert talk.last().labels == ["Title", "Kind", "Starts", "Seats", "Guests", "« Back"]
    await talk.tap("Seats")
    assert "How many seats?" in talk.last().html
    await talk.say("5")
    assert "<b>Seats:</b> 5" in talk.last().html
    await talk.tap("✓ Save")

    assert finished.answers == [
        {"title": "Night hike", "kind": "talk", "at": SATURDAY, "seats": 5, "guests": False, "source": 12}
    ]


async def test_a_change_that_is_not_wanted_leads_back_to_the_summary(talk: Talk, finished: Finished) -> None:
    await fill_in(talk)
    before = talk.last().html
    await talk.tap("✏️ Change")
    await talk.tap("« Back")
    assert talk.last().html == before
    await talk.tap("✏️ Change")
    await talk.tap("Kind")
    await talk.tap("Hike")
    assert "How long is the way?" in talk.last().html
    await talk.say("2 hours")
    await talk.tap("✓ Save")
    assert finished.answers[0]["title"] == "Night hike"
    assert finished.answers[0]["length"] is not None


async def test_a_summary_may_be_wanted_for_some_answers_only(
    talk: Talk, finished: Finished, forms: dict[str, Form[Any]]
) -> None:
    forms["name"] = replace(forms["name"], confirm=lambda asking: asking.answers.get("name") == "Ann")
    await talk.start("name", name="Ben")
    assert finished.answers == [{"name": "Ben"}]
    await talk.start("name", name="Ann")
    assert len(finished.answers) == 1
    await talk.tap("✓ Save")
    assert finished.answers[1] == {"name": "Ann"}


async def test_without_a_summary_the_last_answer_finishes(talk: Talk, finished: Finished) -> None:
    await talk.start("name")
    await talk.say("Ann <3")

    assert finished.answers == [{"name": "Ann <3"}]
    assert not await talk.say("and now?")


async def test_a_form_whose_answers_are_all_known_finishes_at_once(talk: Talk, finished: Finished) -> None:
    await talk.start("name", name="Ann")

    assert finished.answers == [{"name": "Ann"}]
    assert not talk.screen


async def test_a_restart_loses_nothing(talk: Talk, finished: Finished) -> None:
    await talk.start("event")
    await talk.say("Night hike")
    await talk.tap("Talk")
    talk.restart()
    await talk.say("Sat 14:00")
    talk.restart()
    await talk.say("12")
    await talk.tap("No")
    talk.restart()
    await talk.tap("✓ Save")

    assert finished.answers[0]["at"] == SATURDAY
    assert finished.answers[0]["seats"] == 12


async def test_an_answer_that_overtakes_the_id_of_the_question_is_taken(talk: Talk, finished: Finished) -> None:
    talk.delivering = False
    await talk.start("name", chat=GROUP_CHAT)
    await talk.reply("Ann", to=900)
    await talk.deliver()

    assert finished.answers == [{"name": "Ann"}]
    assert talk.count(GROUP_CHAT) == 1
    assert talk.last(GROUP_CHAT).keyboard == ()


async def test_no_step_takes_many_statements(talk: Talk) -> None:
    await talk.start("event", chat=GROUP_CHAT)
    assert talk.statements <= 5
    await talk.reply("Night hike", to=talk.last_id(GROUP_CHAT))
    assert talk.statements <= 4
    await talk.tap("Talk", chat=GROUP_CHAT)
    assert talk.statements <= 4


# Problems


async def test_a_problem_repeats_the_question(talk: Talk) -> None:
    await talk.start("event", title="Night hike", kind="talk")
    before = talk.last_id()
    await talk.say("soonish")

    assert talk.screen[ANN, before].keyboard == ()
    assert "“soonish” is not a time I understand" in talk.last().html
    assert "When does it start?" in talk.last().html
    assert talk.last_id() != before


async def test_an_ambiguous_time_comes_back_as_buttons(talk: Talk, finished: Finished) -> None:
    await talk.start("event", title="Night hike", kind="talk", seats=3, guests=True)
    await talk.say("01/02/2027 9:30")
    assert talk.last().labels[:2] == ["Sat, 2 Jan 2027, 09:30", "Mon, 1 Feb 2027, 09:30"]
    await talk.tap("Mon, 1 Feb 2027, 09:30")
    await talk.tap("✓ Save")

    assert finished.answers[0]["at"] == datetime(2027, 2, 1, 1, 30, tzinfo=UTC)


async def test_an_ambiguous_day_leads_to_its_hour(talk: Talk, finished: Finished) -> None:
    await talk.start("event", title="Night hike", kind="talk", seats=3, guests=True)
    await talk.say("01/02/2027")
    await talk.tap("Sat, 2 Jan 2027")
    assert "At what time on Sat, 2 Jan 2027?" in talk.last().html
    await talk.say("7pm")
    await talk.tap("✓ Save")

    assert finished.answers[0]["at"] == datetime(2027, 1, 2, 11, 0, tzinfo=UTC)


async def test_the_part_of_a_day_holds_for_its_hour(talk: Talk, finished: Finished) -> None:
    await talk.start("event", title="Night hike", kind="talk", seats=3, guests=True)
    await talk.say("tonight")
    assert talk.last().labels[:3] == ["19:00", "20:00", "21:00"]
    await talk.say("8")
    await talk.tap("✓ Save")

    assert finished.answers[0]["at"] == datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


async def test_a_choice_of_a_time_is_checked_when_it_is_tapped(talk: Talk) -> None:
    talk.now = NOW + timedelta(hours=1, minutes=45)
    await talk.start("event", title="Night hike", kind="talk", seats=3, guests=True)
    await talk.say("today")
    talk.wait(minutes=20)
    await talk.tap("20:00")

    assert "is already past" in talk.last().html


async def test_a_label_that_is_typed_means_its_button(talk: Talk) -> None:
    await talk.start("event", title="Night hike")
    await talk.say("HIKE")

    assert "How long is the way?" in talk.last().html


async def test_typing_where_only_buttons_are_taken_repeats_them(talk: Talk) -> None:
    await talk.start("event", title="Night hike")
    await talk.say("swim")

    assert "Please choose one of the buttons." in talk.last().html
    assert talk.last().labels[:2] == ["Hike", "Talk"]


async def test_typing_under_the_summary_asks_for_a_tap(talk: Talk, finished: Finished) -> None:
    await fill_in(talk)
    await talk.say("yes!")

    assert "Please tap Save, Back or Cancel." in talk.last().html
    assert finished.answers == []


@pytest.mark.parametrize("text", ["", " ", "x" * 31, "\0"])
async def test_a_bad_text_changes_nothing(talk: Talk, text: str) -> None:
    await talk.start("event")
    await talk.say(text)

    assert "· 1/" in talk.last().html


# Back, skip, cancel


async def test_back_asks_the_question_before_again(talk: Talk, finished: Finished) -> None:
    await fill_in(talk)
    for _ in range(4):
        await talk.tap("« Back")
    assert "What kind?" in talk.last().html
    await talk.tap("Hike")
    await talk.say("2 hours")
    await talk.say("Sat 14:00")
    await talk.say("7")
    await talk.say("yes")
    await talk.tap("✓ Save")

    assert finished.answers[0]["length"] == timedelta(hours=2)
    assert finished.answers[0]["kind"] == "hike"


async def test_only_an_optional_question_can_be_skipped(talk: Talk) -> None:
    await talk.start("event")
    assert "Skip" not in talk.last().labels
    forged = next(key.data for line in talk.last().keyboard for key in line if key.data).replace("f.x", "f.s")
    await talk.tap_data(forged, ANN, ANN, talk.last_id())

    assert talk.toasts == ["That question is answered already."]
    assert "· 1/" in talk.last().html


async def test_cancel_closes_the_form(talk: Talk, finished: Finished) -> None:
    await talk.start("event")
    await talk.tap("✕ Cancel")

    assert talk.last().html == "“New event” is cancelled; nothing was saved."
    assert not await talk.say("Night hike")


async def test_the_cancel_command_closes_the_form_of_this_chat(talk: Talk) -> None:
    await talk.start("event", chat=GROUP_CHAT)
    await talk.cancel()
    assert talk.last().html == "There is nothing to cancel here."
    await talk.cancel(chat=GROUP_CHAT)
    assert talk.last(GROUP_CHAT).html == "“New event” is cancelled; nothing was saved."


# Somebody else's, stale and forged taps


async def test_only_the_person_asked_can_tap(talk: Talk) -> None:
    await talk.start("event", chat=GROUP_CHAT)
    await talk.tap("✕ Cancel", who=BEN, chat=GROUP_CHAT)

    assert talk.toasts == ["Only the person who was asked can answer here."]
    assert "What is it called?" in talk.last(GROUP_CHAT).html


async def test_a_second_tap_on_the_same_button_changes_nothing(talk: Talk) -> None:
    await talk.start("event", title="Night hike")
    data = next(key.data for line in talk.last().keyboard for key in line if key.text == "Talk") or ""
    await talk.tap_data(data, ANN, ANN, talk.last_id())
    await talk.tap_data(data, ANN, ANN, talk.last_id())

    assert talk.toasts == ["That question is answered already."]
    assert "When does it start?" in talk.last().html


async def test_a_tap_from_another_chat_changes_nothing(talk: Talk) -> None:
    await talk.start("event", chat=GROUP_CHAT)
    data = talk.last(GROUP_CHAT).keyboard[-1][-1].data or ""
    await talk.tap_data(data, ANN, ANN, 900)

    assert talk.toasts == ["This form is closed."]
    assert "What is it called?" in talk.last(GROUP_CHAT).html


async def test_a_tap_on_a_form_that_is_gone_says_so(talk: Talk) -> None:
    await talk.tap_data("f.ok:0:77:0", ANN, ANN, 900)

    assert talk.toasts == ["This form is closed."]


async def test_save_before_the_end_is_refused(talk: Talk, finished: Finished) -> None:
    await talk.start("event")
    data = (talk.last().keyboard[-1][-1].data or "").replace("f.x", "f.ok")
    await talk.tap_data(data, ANN, ANN, talk.last_id())

    assert talk.toasts == ["That question is answered already."]
    assert finished.answers == []


async def test_a_choice_that_was_never_offered_is_refused(talk: Talk) -> None:
    await talk.start("event", title="Night hike")
    data = next(key.data for line in talk.last().keyboard for key in line if key.text == "Talk") or ""
    await talk.tap_data(f"{data.rpartition(':')[0]}:9", ANN, ANN, talk.last_id())

    assert talk.toasts == ["That question is answered already."]


# Groups


async def test_in_a_group_the_form_edits_its_one_message(talk: Talk, finished: Finished) -> None:
    await talk.start("event", chat=GROUP_CHAT)
    prompt = talk.last_id(GROUP_CHAT)
    assert talk.last(GROUP_CHAT).reply_to is not None
    assert "Ann, please reply to this message" in talk.last(GROUP_CHAT).html
    await talk.reply("Night hike", to=prompt)
    assert "Ann, please choose one of the buttons." in talk.last(GROUP_CHAT).html
    await talk.tap("Talk", chat=GROUP_CHAT)
    await talk.reply("never", to=prompt)
    assert "“never” is not a time" in talk.last(GROUP_CHAT).html
    await talk.reply("Sat 14:00", to=prompt)
    await talk.reply("5", to=prompt)
    await talk.tap("Yes", chat=GROUP_CHAT)
    await talk.tap("✓ Save", chat=GROUP_CHAT)

    assert finished.answers[0]["seats"] == 5
    assert talk.count(GROUP_CHAT) == 1
    assert "✓ Saved." in talk.last(GROUP_CHAT).html


async def test_in_a_group_only_replies_of_the_person_asked_are_answers(talk: Talk) -> None:
    await talk.start("event", chat=GROUP_CHAT)
    prompt = talk.last_id(GROUP_CHAT)

    assert not await talk.say("Night hike", chat=GROUP_CHAT)
    assert not await talk.reply("Night hike", to=prompt, who=BEN)
    assert not await talk.reply("Night hike", to=prompt + 70)
    assert await talk.reply("Night hike", to=prompt)


async def test_it_is_known_who_is_in_the_middle_of_a_form(talk: Talk) -> None:
    await talk.start("event", chat=GROUP_CHAT)
    async with talk.database.read() as tx:
        row = await store.of_person(tx, ANN, GROUP_CHAT)
        assert row is not None
        now, end = row.created_at, row.expires_at
        assert await talk.engine.is_open(tx, ANN, GROUP_CHAT, now)
        assert not await talk.engine.is_open(tx, ANN, GROUP_CHAT, end)
        assert not await talk.engine.is_open(tx, ANN, ANN, now)
        assert not await talk.engine.is_open(tx, BEN, GROUP_CHAT, now)


async def test_the_prompt_is_known_as_one(talk: Talk) -> None:
    await talk.start("event", chat=GROUP_CHAT)
    prompt = talk.last_id(GROUP_CHAT)

    async with talk.database.read() as tx:
        assert await talk.engine.is_prompt(tx, GROUP_CHAT, prompt)
        assert not await talk.engine.is_prompt(tx, GROUP_CHAT, prompt + 1)
        assert not await talk.engine.is_prompt(tx, ANN, prompt)


async def test_an_anonymous_answer_is_confirmed_by_a_tap(talk: Talk, finished: Finished) -> None:
    await talk.start("name", chat=GROUP_CHAT)
    prompt = talk.last_id(GROUP_CHAT)
    sender: dict[str, Any] = {
        "from": ANONYMOUS,
        "sender_chat": {"id": GROUP_CHAT, "type": "supergroup", "title": "Hikers"},
    }
    await talk.reply("Boss", to=prompt, **sender)
    assert "If your answer is “Boss”, tap it below." in talk.last(GROUP_CHAT).html
    assert "Ann, please reply" in talk.last(GROUP_CHAT).html
    assert finished.answers == []
    await talk.tap("Boss", chat=GROUP_CHAT)

    assert finished.answers == [{"name": "Boss"}]


async def test_two_people_fill_in_forms_side_by_side(talk: Talk, finished: Finished) -> None:
    await talk.start("name", chat=GROUP_CHAT)
    first = talk.last_id(GROUP_CHAT)
    await talk.start("name", who=BEN, chat=GROUP_CHAT)
    second = talk.last_id(GROUP_CHAT)
    await talk.reply("Ben", to=second, who=BEN)
    await talk.reply("Ann", to=first)

    assert finished.answers == [{"name": "Ben"}, {"name": "Ann"}]


# Ends that nobody wished for


async def test_an_expired_form_says_how_to_start_again(talk: Talk) -> None:
    await talk.start("event")
    talk.wait(minutes=30)

    assert await talk.say("Night hike")
    assert talk.last().html == (
        "“New event” was closed, because no answer came for 30 minutes. Nothing was saved. "
        "To start again: /event create"
    )
    assert not await talk.say("Night hike")


async def test_every_answer_gives_another_half_hour(talk: Talk) -> None:
    await talk.start("event")
    for answer in ("Night hike", "Talk", "Sat 14:00", "x", "7"):
        talk.wait(minutes=29)
        await talk.say(answer)

    assert "May guests come along?" in talk.last().html


async def test_a_tap_on_an_expired_form_says_so(talk: Talk) -> None:
    await talk.start("event", title="Night hike")
    talk.wait(hours=2)
    await talk.tap("Talk")

    assert "no answer came for 30 minutes" in talk.last().html
    assert talk.last().keyboard == ()


async def test_a_form_that_expired_long_ago_does_not_catch_words(talk: Talk) -> None:
    await talk.start("event")
    talk.wait(hours=25)

    assert not await talk.say("Good morning")


async def test_another_form_takes_the_place_of_the_first(talk: Talk, finished: Finished) -> None:
    await talk.start("event")
    first = talk.last_id()
    await talk.start("name")

    assert "“New event”, which was still open here, is closed" in talk.last().html
    assert talk.screen[ANN, first].keyboard == ()
    await talk.say("Ann")
    assert finished.answers == [{"name": "Ann"}]


async def test_who_lost_the_right_is_refused_at_the_end(talk: Talk, finished: Finished) -> None:
    await fill_in(talk)
    talk.allowed = False
    await talk.tap("✓ Save")

    assert talk.toasts == ["You may not."]
    assert finished.answers == []
    assert talk.last().html == "“New event” is closed; nothing was saved."


async def test_a_finish_that_declines_leaves_the_form_open(talk: Talk, finished: Finished) -> None:
    await fill_in(talk)
    finished.error = Declined("No seats left.")
    with pytest.raises(Declined):
        await talk.tap("✓ Save")
    finished.error = None
    await talk.tap("✓ Save")

    assert len(finished.answers) == 1


async def test_a_question_that_never_arrived_closes_the_form(talk: Talk) -> None:
    talk.delivering = False
    await talk.start("event")
    await talk.deliver(State.FAILED)

    assert not await talk.say("Night hike")


async def test_a_question_that_may_have_arrived_can_be_answered_by_its_buttons(talk: Talk) -> None:
    talk.delivering = False
    await talk.start("event", title="Night hike")
    await talk.deliver(State.UNCERTAIN)
    sent = talk.sent[-1]
    assert isinstance(sent, fx.SendMessage)
    assert sent.keyboard is not None
    await talk.tap_data(sent.keyboard[0][1].data or "", ANN, ANN, 4321)
    await talk.deliver(State.FAILED)

    edit = talk.sent[-1]
    assert isinstance(edit, fx.EditText)
    assert edit.message == 4321
    assert "When does it start?" in edit.html


async def test_a_form_of_an_older_version_says_that_it_is_closed(talk: Talk, finished: Finished) -> None:
    await talk.start("event", title="Night hike")
    talk.forms["event"] = name_form(finished)
    talk.forms.pop("event")
    await talk.say("Talk")

    assert talk.last().html == "This form is closed. To start again: /event create"


# The group that is meant


async def test_the_form_keeps_its_group_when_the_conversation_turns_to_another(talk: Talk, finished: Finished) -> None:
    await talk.start("event", title="Night hike", kind="talk", seats=3, guests=True)
    talk.groups.focused = GroupId(ELSEWHERE.id)
    await talk.say("Sat 14:00")
    await talk.tap("✓ Save")

    assert finished.groups == [GROUP.id]
    assert finished.answers[0]["at"] == SATURDAY


async def test_a_form_of_a_group_that_is_gone_is_closed(talk: Talk) -> None:
    await talk.start("event")
    talk.groups.known.remove(GROUP)
    talk.groups.focused = None
    await talk.say("Night hike")

    assert "This form is closed." in talk.last().html


# What counts as an answer


async def test_an_album_answers_one_question(talk: Talk) -> None:
    await talk.start("event")
    await talk.say("Night hike", media_group_id="m")
    await talk.say("Second picture", media_group_id="m")

    assert "What kind?" in talk.last().html


def gathering(taken: list[str], finished: Finished) -> Form[Any]:
    async def gather(_context: Context, answers: Mapping[str, Any], reply: Reply) -> Html:
        taken.append(f"{answers['about']}: {reply.media[1] if reply.media is not None else reply.text}")
        return Html("Taken: {}").format(len(taken))

    question = ask_one_of("done", N_("Photos"), ask(N_("Send your photos.")), ((True, N_("Done")),), bool)
    return Form("photos", N_("Your photos"), (question,), finished, gather=gather)


async def test_a_form_that_gathers_takes_each_answer_at_once_until_a_button_ends_it(
    talk: Talk, finished: Finished
) -> None:
    taken: list[str] = []
    talk.forms["photos"] = gathering(taken, finished)
    await talk.start("photos", about="hike")
    await talk.say("A note")
    assert "Taken: 1" in talk.last().html
    posted = talk.count(ANN)
    for number in (1, 2, 3):
        photo = [{"file_id": f"f{number}", "file_unique_id": "u", "width": 1, "height": 1}]
        await talk.turn(talk.message(ANN, None, photo=photo, media_group_id="m"), talk.engine.answer)

    assert taken == ["hike: A note", "hike: f1", "hike: f2", "hike: f3"]
    assert "Taken: 4" in talk.last().html
    assert talk.count(ANN) == posted + 1, "an album is answered in one message"
    assert not finished.answers
    await talk.say("done")
    assert finished.answers[0]["done"] is True
    assert len(taken) == 4


async def test_in_a_group_nobody_else_is_taken_for_who_was_asked_to_hand_in(talk: Talk, finished: Finished) -> None:
    taken: list[str] = []
    talk.forms["photos"] = gathering(taken, finished)
    await talk.start("photos", ANN, GROUP_CHAT, about="hike")
    sender: dict[str, Any] = {"from": ANONYMOUS, "sender_chat": {"id": GROUP_CHAT, "type": "supergroup", "title": "H"}}
    await talk.reply("From another", talk.last_id(GROUP_CHAT), **sender)
    assert not taken
    await talk.reply("Mine", talk.last_id(GROUP_CHAT))
    assert taken == ["hike: Mine"]


async def test_commands_and_service_messages_are_no_answers(talk: Talk) -> None:
    await talk.start("event")

    assert not await talk.say("/help")
    update = talk.message(ANN, None, pinned_message=talk.bot_message(3, ANN))
    assert not await talk.turn(update, talk.engine.answer)


async def test_a_picture_where_a_text_is_wanted_is_refused(talk: Talk) -> None:
    await talk.start("event")
    photo = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
    await talk.turn(talk.message(ANN, None, photo=photo), talk.engine.answer)

    assert "Please write it as a text." in talk.last().html
