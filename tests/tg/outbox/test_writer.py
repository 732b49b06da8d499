from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.kernel.ids import GroupId, IdSource
from bot.tg import effects as fx
from bot.tg.outbox import outbox_store as store
from bot.tg.outbox.model import Lane, Waiting, failed, sent, uncertain
from bot.tg.outbox.writer import Effects
from tests.tg.outbox.conftest import NOW

if TYPE_CHECKING:
    from bot.db.engine import Database, Tx

IDS = IdSource()


def hello(text: str = "hello", chat_id: int = -1) -> fx.SendMessage:
    return fx.SendMessage(chat_id, text)


class Outbox:
    """One turn after the other, and what they hand over to the sender."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.added: list[Waiting] = []

    def effects(self) -> Effects:
        return Effects(IDS, NOW, self.added.extend)

    async def flush(self, effects: Effects) -> None:
        async with self.database.write() as tx:
            await effects.flush(tx)
            assert tx.statements <= 4

    async def bodies(self) -> list[fx.AnyEffect]:
        async with self.database.write() as tx:
            return [row.effect for row in await store.lock_waiting(tx, [w.id for w in self.added])]


@pytest.fixture
def out(database: Database) -> Outbox:
    return Outbox(database)


async def test_the_sender_hears_of_effects_after_the_commit_in_their_order(out: Outbox) -> None:
    effects = out.effects()
    first = effects.put(hello(), priority=fx.Priority.BROADCAST, group_id=GroupId(3))
    second = effects.put(fx.PinMessage(-1, fx.Ref(first)), priority=fx.Priority.BROADCAST)
    answer = effects.put(fx.AnswerCallback("1"))
    async with out.database.write() as tx:
        await effects.flush(tx)
        assert out.added == []
    assert out.added == [
        Waiting(first, -1, Lane.SAY, fx.Priority.BROADCAST),
        Waiting(second, -1, Lane.ACT, fx.Priority.NORMAL, (first,)),
        Waiting(answer, None, Lane.FREE, fx.Priority.ANSWER, expires=NOW + timedelta(seconds=15)),
    ]


async def test_a_turn_that_is_rolled_back_leaves_nothing(out: Outbox) -> None:
    effects = out.effects()
    effects.put(hello())

    async def fail() -> None:
        async with out.database.write() as tx:
            await effects.flush(tx)
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    assert out.added == []


async def test_rollback_takes_back_what_was_put_since_the_mark(out: Outbox) -> None:
    effects = out.effects()
    effects.put(hello("kept"), coalesce="k")
    mark = effects.mark()
    effects.put(hello("gone"), coalesce="k")
    effects.put(hello("gone too"), coalesce="l")
    effects.blob(b"x", "x.txt")
    effects.rollback(mark)
    effects.put(hello("after"), coalesce="l")
    await out.flush(effects)
    assert await out.bodies() == [hello("kept"), hello("after")]


async def test_the_last_of_those_with_one_key_takes_the_place_of_the_first(out: Outbox) -> None:
    effects = out.effects()
    first = effects.put(hello("1"), coalesce="k")
    effects.put(hello("between"))
    assert effects.put(hello("2"), coalesce="k") == first
    await out.flush(effects)
    later = out.effects()
    later.put(hello("3"), coalesce="k")
    await out.flush(later)
    assert await out.bodies() == [hello("3"), hello("between")]


async def test_one_that_was_claimed_is_not_replaced(out: Outbox) -> None:
    effects = out.effects()
    first = effects.put(hello("1"), coalesce="k")
    await out.flush(effects)
    async with out.database.write() as tx:
        await store.claim(tx, [first])
    later = out.effects()
    later.put(hello("2"), coalesce="k")
    await out.flush(later)
    assert await out.bodies() == [hello("2")]


async def test_who_refers_to_a_replacement_finds_the_one_it_replaced(out: Outbox) -> None:
    effects = out.effects()
    first = effects.put(hello("1"), coalesce="k")
    await out.flush(effects)
    later = out.effects()
    again = later.put(hello("2"), coalesce="k")
    later.put(fx.PinMessage(-1, fx.Ref(again)))
    await out.flush(later)
    assert await out.bodies() == [hello("2"), fx.PinMessage(-1, fx.Ref(first))]
    assert out.added[-1].after == (first,)


async def test_a_replacement_that_waits_for_something_later_takes_no_earlier_place(out: Outbox) -> None:
    effects = out.effects()
    first = effects.put(hello("1"), coalesce="k")
    pin = effects.put(fx.PinMessage(-1, fx.Ref(first)))
    effects.put(hello("2"), coalesce="k", after=[pin])
    await out.flush(effects)
    assert [hello("1"), hello("2")] == [e for e in await out.bodies() if isinstance(e, fx.SendMessage)]


@pytest.mark.parametrize(
    "effect",
    [
        hello(""),
        hello("x" * 4097),
        fx.EditText(-1, 1, "<b>" + "x" * 4097 + "</b>"),
        fx.SendMedia(-1, "photo", fx.FileId("f"), "x" * 1025),
        fx.SendMedia(-1, "photo", "/etc/passwd"),  # type: ignore[arg-type]
        fx.EditCaption(-1, 1, "x" * 1025),
        fx.SendAlbum(-1, (fx.AlbumItem("photo", "f"),)),
        fx.SendAlbum(-1, (fx.AlbumItem("photo", "f"),) * 11),
        fx.SendAlbum(-1, (fx.AlbumItem("photo", "f"), fx.AlbumItem("document", "g"))),
        fx.SendAlbum(-1, (fx.AlbumItem("photo", "f"), fx.AlbumItem("video", "g")), "x" * 1025),
        fx.EditMedia(-1, 1, "photo", fx.FileId("f"), "x" * 1025),
        fx.AnswerCallback("1", "x" * 201),
        fx.SetMemberTag(-1, 1, "x" * 17),
        fx.SendMessage(-1, "x", ((fx.Key("Yes", "x" * 65),),)),
        fx.SendMessage(-1, "x", ((fx.Key("Yes", "时" * 22),),)),
        fx.SendMessage(-1, "x", ((fx.Key("", "y"),),)),
        fx.SendMessage(-1, "x", ((fx.Key("Yes"),),)),
        fx.SendMessage(-1, "x", ((fx.Key("Yes", "y"),),), force_reply=True),
        fx.SetCommands("default", "", (fx.CommandHelp("Upper", "x"),)),
        fx.SetCommands("chat_admins", "", ()),
    ],
    ids=lambda effect: type(effect).__name__,
)
def test_what_telegram_would_refuse_anyway_is_refused_here(effect: fx.AnyEffect) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Effects(IDS, NOW, lambda _: None).put(effect)


def test_markup_does_not_count() -> None:
    text = "<b>" + "&amp;" * 4096 + "</b>"
    assert Effects(IDS, NOW, lambda _: None).put(hello(text))


async def stored(out: Outbox, *effects: fx.AnyEffect, told: bool = False) -> list[int]:
    writer = out.effects()
    on_result = fx.OnResult("a", "b", "c") if told else None
    ids: list[int] = [writer.put(effect, on_result=on_result) for effect in effects]
    await out.flush(writer)
    return ids


async def left(tx: Tx, ids: list[int]) -> list[int]:
    return [effect_id for effect_id in ids if await store.recall(tx, effect_id) is not None]


async def test_what_was_sent_is_purged_after_two_days(out: Outbox) -> None:
    ids = await stored(out, hello("sent"), hello("waits"))
    async with out.database.write() as tx:
        await store.finish(tx, [(ids[0], sent(5))], NOW)
        await store.purge(tx, NOW + timedelta(hours=47))
        assert await left(tx, ids) == ids
        await store.purge(tx, NOW + timedelta(hours=49))
        assert await left(tx, ids) == ids[1:]


async def test_what_a_manager_should_see_is_kept_until_it_is_dismissed(out: Outbox) -> None:
    ids = await stored(out, hello("perhaps"), hello("refused"), fx.DeleteMessage(-1, 3))
    (heard,) = await stored(out, hello("somebody knows"), told=True)
    refused = failed(fx.Refusal.OTHER, "no")
    async with out.database.write() as tx:
        ends = [(ids[0], uncertain("?")), (ids[1], refused), (ids[2], refused), (heard, refused)]
        await store.finish(tx, ends, NOW)
        await store.purge(tx, NOW + timedelta(days=30))
        assert await left(tx, [*ids, heard]) == ids[:2]
        assert await store.dismiss(tx, ids[0], NOW + timedelta(days=30))
        assert not await store.dismiss(tx, ids[0], NOW + timedelta(days=30))
        await store.purge(tx, NOW + timedelta(days=33))
        assert await left(tx, ids) == [ids[1]]


async def test_a_file_goes_with_the_last_effect_that_names_it(out: Outbox) -> None:
    writer = out.effects()
    blob = writer.blob(b"bytes", "list.csv")
    effect_id = writer.put(fx.SendMedia(-1, "document", blob))
    await out.flush(writer)
    async with out.database.write() as tx:
        await store.purge(tx, NOW + timedelta(days=3))
        assert await store.blob(tx, blob.blob) == b"bytes"
        await store.finish(tx, [(effect_id, sent(5))], NOW)
        await store.purge(tx, NOW + timedelta(days=3))
        assert await store.blob(tx, blob.blob) is None


async def test_what_still_waits_can_be_withdrawn(out: Outbox) -> None:
    ids = await stored(out, hello("a"), hello("b"))
    async with out.database.write() as tx:
        await store.claim(tx, ids[:1])
        assert await store.withdraw(tx, ids, NOW) == ids[1:]
        assert await store.still_open(tx, ids) == {ids[0]}


async def test_numbers_go_on_after_the_highest_stored(out: Outbox) -> None:
    ids = await stored(out, hello("a"), hello("b"))
    async with out.database.read() as tx:
        assert await store.highest_id(tx) == ids[-1]
