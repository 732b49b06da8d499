"""What ``qunguan check`` finds, against the emulated Telegram."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from bot.app import ROOT, App
from bot.config import Settings
from bot.db.checkup import Unusable, look_at
from bot.db.engine import Database
from bot.db.migrate import folders, upgrade
from bot.db.schema import metadata
from bot.health import Report, examine
from bot.kernel.clock import MovableClock, SystemClock
from bot.sandbox.telegram import Actor, Telegram
from bot.sandbox.telegram.model import BotAccount, Chat, Webhook


class Place:
    """Olga's Hikers with the bot in it, and a database that has seen them."""

    def __init__(self, folder: Path, telegram: Telegram) -> None:
        self.folder = folder
        self.telegram = telegram
        self.bot: BotAccount = telegram.add_bot("qunguan_bot", "Qunguan")
        self.olga: Actor = telegram.add_user("Olga")
        self.group: Chat = telegram.add_group("Hikers [1]", self.olga)
        telegram.add_bot_to(self.group, self.bot, self.olga, administrator=True)

    @property
    def file(self) -> Path:
        return self.folder / "bot.db"

    def settings(self, **other: object) -> Settings:
        given: dict[str, object] = {
            "bot_token": SecretStr(self.bot.token),
            "api_base_url": self.telegram.url,
            "database_url": SecretStr(f"sqlite:///{self.file}"),
        }
        return Settings(**(given | other))  # type: ignore[arg-type]

    async def run_once(self) -> None:
        app = App(self.settings(), SystemClock())
        await app.start()
        await self.telegram.until(lambda: self.telegram.messages(self.group)[1:])
        await app.stop()


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    async with Telegram(SystemClock()) as telegram:
        yield Place(tmp_path, telegram)


def wrong(report: Report) -> list[str]:
    return [finding.text for finding in report.findings if not finding.ok]


def said(report: Report, *parts: str) -> bool:
    return any(all(part in finding.text for part in parts) for finding in report.findings)


async def test_all_is_in_order_where_the_bot_has_run(place: Place) -> None:
    await place.run_once()

    report = await examine(place.settings())

    assert wrong(report) == []
    assert report.ok
    for part in ("@qunguan_bot", "No webhook is set", "clock agrees", "up to date", "Privacy mode is on"):
        assert said(report, part), part
    assert said(report, "Hikers [1]", "every right")


async def test_before_the_first_start_the_database_is_still_to_be_made(place: Place) -> None:
    report = await examine(place.settings())

    assert report.ok
    assert said(report, "no database yet", "bot.db")
    assert not place.file.exists()


async def test_a_place_where_no_database_can_be_made_is_said(place: Place) -> None:
    (place.folder / "file").touch()

    report = await examine(place.settings(database_url=SecretStr(f"sqlite:///{place.folder}/file/bot.db")))

    assert any("cannot be made" in line for line in wrong(report))


async def test_a_refused_token_is_said_and_never_shown(place: Place) -> None:
    secret = "1:AAEwrong"

    report = await examine(place.settings(bot_token=SecretStr(secret)))

    assert any("token is refused" in line for line in wrong(report))
    assert not said(report, secret)


async def test_an_api_out_of_reach_is_said(place: Place) -> None:
    report = await examine(place.settings(api_base_url="http://127.0.0.1:9"))

    assert wrong(report) == ["http://127.0.0.1:9 cannot be used: no connection (ClientConnectorError)."]
    assert not said(report, place.bot.token)


async def test_what_is_no_bot_api_is_said(place: Place) -> None:
    place.telegram.faults.add("getMe", "html502")

    report = await examine(place.settings())

    assert any("not Telegram's" in line for line in wrong(report))


async def test_a_webhook_of_somebody_else_is_said(place: Place) -> None:
    place.bot.webhook = Webhook("https://other.example.org/secret-path")

    report = await examine(place.settings())

    assert any("other.example.org" in line for line in wrong(report))
    assert not said(report, "secret-path")


async def test_our_own_webhook_may_not_be_set_yet(place: Place) -> None:
    hook = {"webhook_url": "http://127.0.0.1:1/hook", "webhook_secret": SecretStr("word")}

    assert said(await examine(place.settings(**hook)), "starting the bot sets it")


async def test_our_own_webhook_is_fine_unless_it_failed_lately(place: Place) -> None:
    hook = {"webhook_url": "http://127.0.0.1:1/hook", "webhook_secret": SecretStr("word")}
    place.bot.webhook = webhook = Webhook("http://127.0.0.1:1/hook")
    assert said(await examine(place.settings(**hook)), "The webhook is set.")

    webhook.last_error_date = place.telegram.world.now
    webhook.last_error_message = "Connection refused"

    assert any("Connection refused" in line for line in wrong(await examine(place.settings(**hook))))


async def test_updates_that_wait_are_counted(place: Place) -> None:
    place.olga.send(place.group, "/menu")

    assert said(await examine(place.settings()), "3 updates wait")


@pytest.mark.parametrize(("minutes", "way"), [(5, "ahead of"), (0, "")])
async def test_a_clock_that_is_off_is_said(place: Place, minutes: int, way: str) -> None:
    clock = MovableClock()
    clock.advance(timedelta(minutes=minutes))

    report = await examine(place.settings(), clock)

    assert any(f"{way} Telegram's" in line for line in wrong(report)) == bool(way)


async def test_rights_that_lack_are_said_per_group(place: Place) -> None:
    await place.run_once()
    place.telegram.set_bot_status(place.group, place.bot, "member")

    report = await examine(place.settings())

    assert any("Hikers [1]" in line and "Pin messages" in line for line in wrong(report))
    assert any("Hikers [1]" in line and "Privacy mode" in line for line in wrong(report))


async def test_a_group_the_bot_no_longer_sees_is_said(place: Place) -> None:
    await place.run_once()
    place.telegram.faults.add("getChatMember", "403", description="Forbidden: bot was kicked from the supergroup chat")

    assert any("does not let the bot see" in line for line in wrong(await examine(place.settings())))


async def test_an_owner_who_is_not_known_is_said(place: Place) -> None:
    await place.run_once()
    database = Database.open(place.settings().sqlalchemy_url)
    async with database.write() as tx:
        await tx.execute(text("DELETE FROM members_roles"))
        await tx.execute(text("UPDATE members_members SET is_admin = false, is_creator = false"))
    await database.close()

    assert any("nobody is known who runs it" in line for line in wrong(await examine(place.settings())))


async def test_a_file_that_is_no_database_is_said(place: Place) -> None:
    place.file.write_bytes(b"not a database, not at all" * 100)

    report = await examine(place.settings())

    assert any("cannot be used: file is not a database" in line for line in wrong(report))


async def test_a_database_is_told_apart_by_its_migrations(database_url: str) -> None:
    """Empty: behind in every branch; brought up to date: behind in none; touched by a newer program: foreign."""
    url = database_url.replace("sqlite:", "sqlite+aiosqlite:").replace("postgresql:", "postgresql+asyncpg:")
    database = Database.open(url)
    try:
        before = await look_at(database, folders(ROOT))
        await upgrade(database, folders(ROOT), metadata)
        after = await look_at(database, folders(ROOT))
        async with database.write() as tx:
            await tx.execute(text("INSERT INTO alembic_version (version_num) VALUES ('from_the_future')"))
        later = await look_at(database, folders(ROOT))
    finally:
        await database.close()

    assert (before.behind > 3, before.foreign) == (True, False)
    assert (after.behind, after.foreign) == (0, False)
    assert later.foreign
    assert after.size > 10_000


async def test_a_server_that_is_not_there_is_said_without_the_password() -> None:
    database = Database.open("postgresql+asyncpg://me:hush@127.0.0.1:9/bot")
    try:
        with pytest.raises(Unusable) as caught:
            await look_at(database, folders(ROOT))
    finally:
        await database.close()
    assert "hush" not in str(caught.value)
