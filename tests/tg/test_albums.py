"""What comes of albums is kept for a while, and an album counts as one thing said."""

from __future__ import annotations

from datetime import timedelta

from bot.tg import albums
from bot.tg.albums_store import AlbumPart
from tests.tg.bench import Bench, texts


async def parts(bench: Bench, chat_id: int, album: str) -> list[AlbumPart]:
    async with bench.app.database.read() as tx:
        return await albums.of_album(tx, chat_id, album)


async def test_the_files_of_an_album_are_known_in_their_order_over_batches(either_bench: Bench) -> None:
    bench = either_bench
    caption = "Bold & <plain>"
    first = bench.mei.send_file(
        bench.hikers,
        "photo",
        caption=caption,
        media_group_id="7",
        caption_entities=[{"type": "bold", "offset": 0, "length": 4}],
    )
    bench.mei.send(bench.hikers, "In between")
    await bench.take()
    for kind in ("video", "document", "audio"):
        bench.mei.send_file(bench.hikers, kind, media_group_id="7")
    bench.mei.send_file(bench.hikers, "photo", media_group_id="8")
    await bench.take()
    await bench.restart()
    found = await parts(bench, bench.hikers.id, "7")
    assert [part.kind for part in found] == ["photo", "video", "document", "audio"]
    assert (found[0].message_id, found[0].html) == (first.message_id, "<b>Bold</b> &amp; &lt;plain&gt;")
    assert [part.html for part in found[1:]] == ["", "", ""]
    assert len({part.file_id for part in found}) == 4
    assert await parts(bench, bench.olga.id, "7") == []


async def test_they_are_forgotten_after_a_week(bench: Bench) -> None:
    bench.mei.send_album(bench.hikers, 3)
    await bench.take()
    bench.clock.advance(albums.KEPT - timedelta(minutes=1))
    await bench.app.turns.tidy()
    assert len(await bench.column("SELECT message_id FROM tg_albums")) == 3
    bench.clock.advance(timedelta(minutes=2))
    await bench.app.turns.tidy()
    assert await bench.column("SELECT message_id FROM tg_albums") == []


async def test_what_follows_the_command_of_an_album_says_nothing_more(bench: Bench) -> None:
    bench.olga.start(bench.bot)
    await bench.take()
    bench.olga.send_file(bench.bot, "photo", caption="/note Two pictures", media_group_id="9")
    assert texts(await bench.take()) == ["Noted: Two pictures"]
    bench.olga.send_file(bench.bot, "photo", media_group_id="9")
    assert await bench.take() == []
    bench.olga.send_file(bench.bot, "photo", media_group_id="10")
    assert len(await bench.take()) == 1, "another album is something new"


async def test_a_batch_without_an_album_costs_no_statement(bench: Bench) -> None:
    await bench.statements(bench.olga, "Hello")
    plain = await bench.statements(bench.olga, "Hello")
    bench.olga.send_album(bench.hikers, 4)
    await bench.app.turns.updates(bench.queued())
    assert bench.scratch.counter.counts[-1] - 1 <= plain + 2
    assert await bench.statements(bench.olga, "Hello again") == plain
