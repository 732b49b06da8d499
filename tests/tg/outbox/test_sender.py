from __future__ import annotations

import asyncio
import random
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from structlog.testing import capture_logs

from bot.tg import effects as fx
from bot.tg.outbox import outbox_store as store
from bot.tg.outbox.limits import TELEGRAM, Rate, Rates
from bot.tg.outbox.moving import migrate_chat

if TYPE_CHECKING:
    from tests.tg.outbox.office import Office


def say(office: Office, text: str) -> fx.SendMessage:
    return fx.SendMessage(office.chat.id, text)


async def test_a_chat_reads_what_was_put_in_its_order(office: Office) -> None:
    await office.open()
    await office.put(*(say(office, f"{n}") for n in range(30)))
    await office.quiet()
    assert office.texts() == [f"{n}" for n in range(30)]
    assert set((await office.states()).values()) == {"sent"}


async def test_answers_go_before_broadcasts(office: Office) -> None:
    await office.put(say(office, "to everybody"), priority=fx.Priority.BROADCAST)
    await office.put(say(office, "to you"), priority=fx.Priority.ANSWER)
    await office.open()
    await office.quiet()
    assert office.texts() == ["to you", "to everybody"]


async def test_a_pin_waits_for_its_message_and_finds_its_id(office: Office) -> None:
    await office.open()
    async with office.turn() as desk:
        first = desk.effects.put(say(office, "read this"))
        desk.effects.put(fx.PinMessage(office.chat.id, fx.Ref(first)))
        desk.effects.put(fx.EditText(office.chat.id, fx.Ref(first), "read that"))
    await office.quiet()
    assert [message.text for message in office.telegram.pins(office.chat)] == ["read that"]


async def test_a_reference_is_found_in_the_table_after_a_restart(office: Office) -> None:
    await office.open()
    (first,) = await office.put(say(office, "read this"))
    await office.quiet()
    await office.crash()
    await office.put(fx.PinMessage(office.chat.id, fx.Ref(first)))
    await office.open()
    await office.quiet()
    assert len(office.telegram.pins(office.chat)) == 1


async def test_what_depends_on_a_refused_message_is_dropped_and_told(office: Office) -> None:
    await office.open()
    office.telegram.faults.add("sendMessage", "400", description="Bad Request: something new")
    async with office.turn() as desk:
        first = desk.effects.put(say(office, "no"), on_result=fx.OnResult("tests", "heard", "message"))
        on_result = fx.OnResult("tests", "heard", "pin")
        desk.effects.put(fx.PinMessage(office.chat.id, fx.Ref(first)), on_result=on_result)
        desk.effects.put(say(office, "goes on"), after=[first])
    await office.quiet()
    told = {result.key: result for result in office.results}
    assert isinstance(told["message"], fx.Refused)
    assert told["message"].refusal is fx.Refusal.OTHER
    assert isinstance(told["pin"], fx.Refused)
    assert told["pin"].refusal is fx.Refusal.DROPPED
    assert office.texts() == ["goes on"]
    assert office.calls("pinChatMessage") == []


async def test_a_result_is_told_once_with_the_message_id(office: Office) -> None:
    await office.open()
    (first,) = await office.put(say(office, "hello"), key="greeting")
    await office.quiet()
    message = office.chat.live()[-1]
    assert office.results == [fx.Delivered(first, "greeting", office.chat.id, message.message_id)]


async def test_a_handler_that_fails_loses_no_result_and_does_not_loop(office: Office) -> None:
    await office.open()
    office.spoilt.add("greeting")
    (first,) = await office.put(say(office, "hello"), key="greeting")
    await office.quiet()
    assert (await office.states())[first] == "sent"
    assert office.results == []
    await office.crash()
    office.spoilt.clear()
    await office.open()
    await office.quiet()
    assert [result.key for result in office.results] == ["greeting"]
    assert office.texts() == ["hello"]


async def test_a_message_whose_answer_is_lost_is_uncertain_and_not_repeated(office: Office) -> None:
    await office.open()
    office.telegram.faults.add("sendMessage", "timeout_after")
    (first,) = await office.put(say(office, "once"), key="it")
    await office.quiet()
    assert office.results == [fx.Uncertain(first, "it", office.chat.id)]
    assert office.listener.open == [first]
    assert office.texts() == ["once"]
    assert (await office.states())[first] == "uncertain"


@pytest.mark.parametrize("kind", ["500", "html502", "reset"])
async def test_a_message_that_ended_in_an_error_of_telegrams_is_uncertain(office: Office, kind: str) -> None:
    await office.open()
    office.telegram.faults.add("sendMessage", kind)
    (first,) = await office.put(say(office, "once"))
    await office.quiet()
    assert (await office.states())[first] == "uncertain"
    assert len(office.calls("sendMessage")) == 1


async def test_an_act_that_ended_in_an_error_of_telegrams_is_repeated(office: Office) -> None:
    await office.open()
    member = office.telegram.add_user("Mei")
    member.join(office.chat)
    office.telegram.faults.add("banChatMember", "500")
    (ban,) = await office.put(fx.Ban(office.chat.id, member.id))
    await office.quiet()
    assert (await office.states())[ban] == "sent"
    assert len(office.calls("banChatMember")) == 2


async def test_a_channel_is_kept_from_writing_and_let_write_again(office: Office) -> None:
    await office.open()
    channel = office.telegram.add_channel("Ads", office.telegram.add_user("Mei"))
    (ban,) = await office.put(fx.BanChannel(office.chat.id, channel.id))
    await office.quiet()
    assert office.chat.banned_senders == {channel.id}
    (unban,) = await office.put(fx.UnbanChannel(office.chat.id, channel.id))
    await office.quiet()
    assert office.chat.banned_senders == set()
    assert [(await office.states())[one] for one in (ban, unban)] == ["sent", "sent"]


async def test_an_unchanged_message_is_no_error(office: Office) -> None:
    await office.open()
    (first,) = await office.put(say(office, "same"))
    (edit,) = await office.put(fx.EditText(office.chat.id, fx.Ref(first), "same"), key="edit")
    await office.quiet()
    assert isinstance(office.results[0], fx.Delivered)
    assert (await office.states())[edit] == "sent"


async def test_retry_after_is_obeyed_and_nothing_overtakes(office: Office) -> None:
    await office.open()
    office.telegram.faults.add("sendMessage", "429", retry_after=1)
    loop = asyncio.get_running_loop()
    begin = loop.time()
    await office.put(say(office, "first"), say(office, "second"))
    await office.quiet()
    assert office.texts() == ["first", "second"]
    assert loop.time() - begin >= 1.0
    assert len(office.calls("sendMessage")) == 3


async def test_a_lost_chat_is_reported(office: Office) -> None:
    await office.open()
    office.telegram.set_bot_status(office.chat, office.account, "kicked")
    await office.put(say(office, "anybody?"), key="it")
    await office.quiet()
    assert [chat_id for chat_id, _ in office.listener.lost] == [office.chat.id]
    assert isinstance(office.results[0], fx.Refused)
    assert office.results[0].refusal is fx.Refusal.CHAT_GONE


async def test_who_blocked_the_bot_is_reported(office: Office) -> None:
    await office.open()
    office.owner.block(office.account)
    await office.put(fx.SendMessage(office.owner.id, "hello"), key="it")
    await office.quiet()
    assert [chat_id for chat_id, _ in office.listener.lost] == [office.owner.id]
    assert isinstance(office.results[0], fx.Refused)
    assert office.results[0].refusal is fx.Refusal.BLOCKED


async def test_a_lost_right_is_reported(office: Office) -> None:
    await office.open()
    member = office.telegram.add_user("Mei")
    member.join(office.chat)
    office.telegram.set_bot_status(office.chat, office.account, "administrator", {"can_restrict_members": False})
    await office.put(fx.Mute(office.chat.id, member.id), key="mute")
    await office.quiet()
    assert isinstance(office.results[0], fx.Refused)
    assert office.results[0].refusal is fx.Refusal.NO_RIGHT
    assert [chat_id for chat_id, _ in office.listener.rights] == [office.chat.id]


async def test_an_administrator_is_not_muted(office: Office) -> None:
    await office.open()
    await office.put(fx.Mute(office.chat.id, office.owner.id), key="mute")
    await office.quiet()
    assert isinstance(office.results[0], fx.Refused)
    assert office.results[0].refusal is fx.Refusal.TARGET_ADMIN


async def test_mute_and_lift_are_done_in_their_order(office: Office) -> None:
    await office.open()
    member = office.telegram.add_user("Mei")
    member.join(office.chat)
    office.telegram.faults.add("restrictChatMember", "429", retry_after=1)
    await office.put(fx.Mute(office.chat.id, member.id))
    await office.put(fx.Lift(office.chat.id, member.id), priority=fx.Priority.ANSWER)
    await office.quiet()
    member.send(office.chat, "I may speak")
    assert '"can_send_messages": true' in str(office.calls("restrictChatMember")[-1]).replace("'", '"').replace(
        "T", "t"
    )


async def test_an_answer_to_a_tap_that_comes_too_late_is_dropped_silently(office: Office) -> None:
    (answer,) = await office.put(fx.AnswerCallback("123", "Done"))
    office.clock.advance(timedelta(seconds=16))
    await office.open()
    await office.quiet()
    assert office.calls("answerCallbackQuery") == []
    assert (await office.states())[answer] == "dropped"


async def test_what_sleeps_is_sent_when_its_time_comes(office: Office) -> None:
    await office.open()
    await office.put(say(office, "later"), not_before=office.clock.now() + timedelta(hours=1))
    await office.quiet()
    assert office.texts() == []
    office.clock.advance(timedelta(hours=1))
    await office.until(lambda: office.texts() == ["later"])


async def test_what_sleeps_over_a_restart_wakes(office: Office) -> None:
    await office.put(say(office, "later"), not_before=office.clock.now() + timedelta(hours=1))
    await office.open()
    await asyncio.sleep(0.05)
    office.clock.advance(timedelta(hours=2))
    await office.until(lambda: office.texts() == ["later"])


async def test_a_crash_before_the_claim_loses_nothing(office: Office) -> None:
    await office.put(say(office, "a"), say(office, "b"))
    await office.open()
    await office.crash()
    await office.open()
    await office.until(lambda: len(office.texts()) + len(office.listener.open) >= 2)
    await office.quiet()
    assert len(office.calls("sendMessage")) <= 2


async def test_a_crash_during_calls_repeats_acts_and_asks_about_messages(office: Office) -> None:
    await office.open()
    member = office.telegram.add_user("Mei")
    member.join(office.chat)
    for method in ("sendMessage", "banChatMember"):
        office.telegram.faults.add(method, "timeout_after")
    message, ban = await office.put(say(office, "once"), fx.Ban(office.chat.id, member.id), key="it")
    await office.until(lambda: bool(office.calls("sendMessage") and office.calls("banChatMember")))
    await office.crash()
    assert await office.states() == {message: "claimed", ban: "claimed"}
    await office.open()
    await office.until(lambda: len(office.results) == 2)
    await office.quiet()
    assert await office.states() == {message: "uncertain", ban: "sent"}
    assert office.texts() == ["once"]
    assert {type(result) for result in office.results} == {fx.Uncertain, fx.Delivered}


async def test_a_clean_stop_records_what_is_under_way(office: Office) -> None:
    sender = await office.open()
    (first,) = await office.put(say(office, "hello"), key="it")
    await office.until(lambda: bool(office.calls("sendMessage")))
    await sender.stop()
    assert (await office.states())[first] == "sent"
    assert [result.key for result in office.results] == ["it"]


async def test_no_connection_means_waiting_not_doubt(office: Office) -> None:
    port = office.telegram.port
    await office.telegram.close()
    await office.open()
    (first,) = await office.put(say(office, "hello"))
    await asyncio.sleep(0.2)
    assert (await office.states())[first] == "waiting"
    office.telegram.port = port
    await office.telegram.serve()
    await office.until(lambda: office.texts() == ["hello"], 15.0)


async def test_what_waits_for_a_group_follows_it_into_its_supergroup(office: Office) -> None:
    basic = office.telegram.add_group("Walkers", office.owner, [], supergroup=False)
    office.telegram.add_bot_to(basic, office.account, office.owner)
    await office.open()
    (first,) = await office.put(fx.SendMessage(basic.id, "before"))
    await office.quiet()
    new = office.telegram.migrate(basic)
    message_id = basic.live()[-1].message_id
    await office.put(fx.EditText(basic.id, message_id, "changed"), key="edit")
    await office.put(fx.SendMessage(basic.id, "after", reply_to=fx.Ref(first)), key="reply")
    await office.put(fx.SendMessage(basic.id, "at last"))
    await office.until(lambda: office.texts(new)[-1:] == ["at last"])
    await office.quiet()
    told = {result.key: result for result in office.results}
    assert isinstance(told["edit"], fx.Refused)
    assert told["edit"].refusal is fx.Refusal.MESSAGE_GONE
    assert set(office.listener.moves) == {(basic.id, new.id)}


async def test_the_migration_observer_moves_what_waits(office: Office) -> None:
    (first,) = await office.put(fx.SendMessage(-5, "hello", reply_to=3))
    async with office.turn() as desk:
        await migrate_chat(desk.tx, -5, office.chat.id, desk.now)
        assert await store.recall(desk.tx, first) == say(office, "hello")
    await office.open()
    await office.quiet()
    assert office.texts() == ["hello"]


async def test_more_than_fits_into_memory_is_sent_in_order(office: Office) -> None:
    await office.put(*(say(office, f"{n}") for n in range(60)), priority=fx.Priority.BROADCAST)
    await office.open(capacity=10)
    await office.put(say(office, "now"), priority=fx.Priority.ANSWER)
    await office.put(*(say(office, f"{n}") for n in range(60, 80)), priority=fx.Priority.BROADCAST)
    await office.until(lambda: len(office.texts()) == 81, 30.0)
    texts = office.texts()
    assert texts.index("now") < 30
    texts.remove("now")
    assert texts == [f"{n}" for n in range(80)]


async def test_a_later_turn_replaces_what_waits_under_the_same_key(office: Office) -> None:
    await office.put(say(office, "one of three"), coalesce="count")
    await office.put(say(office, "other"))
    await office.put(say(office, "three of three"), coalesce="count")
    await office.open()
    await office.quiet()
    assert office.texts() == ["three of three", "other"]


async def test_a_file_we_made_arrives(office: Office) -> None:
    await office.open()
    async with office.turn() as desk:
        blob = desk.effects.blob(b"a,b\n1,2\n", "table.csv")
        desk.effects.put(fx.SendMedia(office.chat.id, "document", blob, "<b>The</b> table"))
    await office.quiet()
    message = office.chat.live()[-1]
    assert message.body["document"]["file_name"] == "table.csv"
    assert message.body["caption"] == "The table"


async def test_an_album_arrives_as_one_and_all_its_messages_are_known(office: Office) -> None:
    await office.open()
    async with office.turn() as desk:
        for name in ("1.png", "2.png"):
            blob = desk.effects.blob(name.encode(), name)
            desk.effects.put(fx.SendMedia(office.chat.id, "photo", blob))
    await office.quiet()
    items = tuple(fx.AlbumItem("photo", message.body["photo"][-1]["file_id"]) for message in office.chat.live()[-2:])
    async with office.turn() as desk:
        told = fx.OnResult("tests", "heard", "album")
        album = desk.effects.put(fx.SendAlbum(office.chat.id, items, "<b>Two</b> pictures"), on_result=told)
    await office.quiet()
    first, second = office.chat.live()[-2:]
    ids = f"{first.message_id} {second.message_id}"
    assert office.results == [fx.Delivered(album, "album", office.chat.id, first.message_id, ids)]
    assert first.body["media_group_id"] == second.body["media_group_id"]
    assert (first.body["caption"], second.body.get("caption")) == ("Two pictures", None)


async def test_a_file_is_made_when_it_is_sent_and_another_takes_its_place(office: Office) -> None:
    await office.open()
    async with office.turn() as desk:
        recipe = desk.effects.recipe("upper", b"first", "first.txt")
        first = desk.effects.put(fx.SendMedia(office.chat.id, "document", recipe, "one"))
    await office.quiet()
    message = office.chat.live()[-1]
    file_id = message.body["document"]["file_id"]
    assert office.telegram.world.state.files[file_id].data == b"FIRST"
    async with office.turn() as desk:
        recipe = desk.effects.recipe("upper", b"second", "second.txt")
        desk.effects.put(fx.EditMedia(office.chat.id, fx.Ref(first), "document", recipe, "<b>two</b>"))
    await office.quiet()
    assert message.body["document"]["file_name"] == "second.txt"
    assert message.body["caption"] == "two"


async def test_a_file_that_cannot_be_made_is_refused_and_not_uncertain(office: Office) -> None:
    await office.open()
    async with office.turn() as desk:
        for number, maker in enumerate(("broken", "unknown")):
            recipe = desk.effects.recipe(maker, b"x", "x.txt")
            told = fx.OnResult("tests", "heard", str(number))
            desk.effects.put(fx.SendMedia(office.chat.id, "document", recipe), on_result=told)
    with capture_logs() as logs:
        await office.quiet()
    assert [type(result) for result in office.results] == [fx.Refused, fx.Refused]
    assert [line["event"] for line in logs] == ["file not made"] * 2
    assert office.calls("sendDocument") == []


@pytest.mark.parametrize("kind", ["window", "bucket"])
async def test_telegram_never_has_to_say_too_many_requests(office: Office, kind: str) -> None:
    chats = [office.telegram.add_user(f"P{n}") for n in range(40)]
    for person in chats:
        person.start(office.account)
    office.telegram.limits.enable(kind)
    await office.put(*(fx.SendMessage(person.id, f"{n}") for person in chats for n in range(2)))
    await office.open(rates=TELEGRAM)
    loop = asyncio.get_running_loop()
    begin = loop.time()
    await office.quiet(20.0)
    assert {entry.error_code for entry in office.telegram.journal.of("sendMessage")} == {None}
    assert 1.5 < loop.time() - begin < 4.5


async def test_one_slow_chat_holds_up_no_other(office: Office) -> None:
    await office.open(rates=Rates(None, Rate(1, 60.0), None))
    await office.put(say(office, "a"), say(office, "b"), fx.SendMessage(office.owner.id, "c"))
    private = office.telegram.private(office.owner)
    await office.until(lambda: "c" in office.texts(private) and office.texts() == ["a"])


async def test_memory_full_of_pins_reaches_the_broadcasts_they_wait_for(office: Office) -> None:
    async with office.turn() as desk:
        for n in range(30):
            message = desk.effects.put(say(office, f"{n}"), priority=fx.Priority.BROADCAST)
            desk.effects.put(fx.PinMessage(office.chat.id, fx.Ref(message)))
    await office.open(capacity=8)
    await office.until(lambda: len(office.telegram.pins(office.chat)) == 30, 20.0)
    assert office.texts() == [f"{n}" for n in range(30)]


@pytest.mark.parametrize("seed", range(4))
async def test_however_often_it_crashes_nothing_is_said_twice_or_lost_unnoticed(office: Office, seed: int) -> None:
    dice = random.Random(seed)
    chats = [office.chat.id, office.owner.id]
    ids: dict[str, int] = {}
    for n in range(60):
        text = f"m{n}"
        (ids[text],) = await office.put(fx.SendMessage(dice.choice(chats), text), key=text)
    for kind in ("timeout_after", "500", "reset", "429"):
        office.telegram.faults.add("sendMessage", kind, retry_after=1)
    for _ in range(6):
        await office.open()
        await asyncio.sleep(dice.random() * 0.15)
        await office.crash()
    await office.open()
    await office.quiet(20.0)
    states = await office.states()
    said = office.texts() + office.texts(office.telegram.private(office.owner))
    assert len(said) == len(set(said))
    for text, effect_id in ids.items():
        assert states[effect_id] in {"sent", "uncertain"}
        assert text in said or states[effect_id] == "uncertain"
    assert sorted(await office.told()) == sorted(ids)


async def test_an_outage_is_logged_once_and_so_is_its_end(office: Office) -> None:
    await office.open()
    office.telegram.faults.add("sendMessage", "html502", 3)
    with capture_logs() as logged:
        for n in range(5):
            await office.put(say(office, f"{n}"))
            await office.quiet()

    said = [(entry["log_level"], entry["event"]) for entry in logged if str(entry["event"]).startswith("sending")]
    assert said == [("warning", "sending does not work"), ("info", "sending works again")]
    assert "HTTP 502" in next(entry["reason"] for entry in logged if entry["event"] == "sending does not work")
    assert office.texts() == ["3", "4"]
