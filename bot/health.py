"""``qunguan check``: whether token, webhook, privacy mode, clock, database and the rights in each group are in order."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import aiohttp
import msgspec

from bot.app import ROOT, Directory
from bot.chats.handlers import findings
from bot.chats.handlers.rights import standing_of
from bot.chats.rules.profile import BotStanding
from bot.chats.service import GroupBook
from bot.db.checkup import Condition, Unusable, look_at
from bot.db.engine import Database
from bot.db.migrate import folders
from bot.i18n import SOURCE_LOCALE, texts_for
from bot.kernel.clock import SystemClock
from bot.kernel.roles import Right
from bot.logs import Masker
from bot.members.roles.service import PeopleBook
from bot.tg import envelope as env

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.db.engine import Tx
    from bot.kernel.clock import Clock
    from bot.kernel.groups import Group

PATIENCE = 15.0
"""Seconds a call may take."""
SKEW = timedelta(seconds=30)
"""How far our clock may be from Telegram's: more, and reminders come late and mutes of half a minute become for ever."""
RECENT = timedelta(hours=1)
"""A failed delivery to the webhook that lies further back is past."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; ``text`` is a sentence for a terminal."""

    ok: bool
    text: str


@dataclass(slots=True)
class Report:
    """Everything that was looked at."""

    findings: list[Finding] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether all is in order."""
        return all(finding.ok for finding in self.findings)

    def say(self, text: str, *, ok: bool = True) -> None:
        """Add a finding."""
        self.findings.append(Finding(ok, text))


@dataclass(frozen=True, slots=True)
class _Answer:
    """What Telegram answered; ``date`` is the server's clock, ``reason`` why there is no result."""

    result: Any = None
    reason: str = ""
    code: int = 0
    date: datetime | None = None


class _Api:
    """Asks the Bot API. No error of it shows the address: the token is a part of it."""

    def __init__(self, session: aiohttp.ClientSession, settings: Settings) -> None:
        self._session = session
        self._base = f"{settings.api_base_url}/bot{settings.bot_token.get_secret_value()}"

    async def ask(self, method: str, **params: str) -> _Answer:
        """Call a method."""
        try:
            async with self._session.post(f"{self._base}/{method}", data=params) as response:
                body: Any = msgspec.json.decode(await response.read())
                date = _date(response.headers.get("Date"))
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            return _Answer(reason=f"no connection ({type(error).__name__})")
        except msgspec.MsgspecError:
            return _Answer(reason="the answer is not Telegram's: is the address right?")
        if not isinstance(body, dict):
            return _Answer(reason="the answer is not Telegram's: is the address right?")
        if body.get("ok") is True:
            return _Answer(body.get("result"), date=date)
        return _Answer(reason=str(body.get("description")), code=int(body.get("error_code", 0)), date=date)


def _date(header: str | None) -> datetime | None:
    try:
        return parsedate_to_datetime(header).astimezone(UTC) if header else None
    except ValueError:
        return None


async def examine(settings: Settings, clock: Clock | None = None) -> Report:
    """Look at everything that must be in order for the bot to work; nothing is changed."""
    report = Report()
    clock = clock or SystemClock()
    timeout = aiohttp.ClientTimeout(total=PATIENCE)
    async with aiohttp.ClientSession(timeout=timeout, cookie_jar=aiohttp.DummyCookieJar()) as session:
        api = _Api(session, settings)
        me = await _token(report, api, settings, clock)
        if me is not None:
            await _webhook(report, api, settings, clock.now())
        if await _database(report, settings):
            await _groups(report, api, settings, me)
    mask = Masker(settings.secrets)
    report.findings = [Finding(finding.ok, mask(finding.text)) for finding in report.findings]
    return report


# Telegram


async def _token(report: Report, api: _Api, settings: Settings, clock: Clock) -> dict[str, Any] | None:
    answer = await api.ask("getMe")
    if not isinstance(answer.result, dict):
        if answer.code in {401, 404}:
            report.say("The token is refused: ask @BotFather for the right one (QUNGUAN_BOT_TOKEN).", ok=False)
        else:
            report.say(f"{settings.api_base_url} cannot be used: {answer.reason}.", ok=False)
        return None
    report.say(f"The token is that of @{answer.result.get('username')}, and {settings.api_base_url} answers.")
    if answer.date is not None:
        _clock(report, clock.now() - answer.date)
    _privacy(report, bool(answer.result.get("can_read_all_group_messages")))
    return answer.result


def _clock(report: Report, ahead: timedelta) -> None:
    if abs(ahead) <= SKEW:
        report.say("The clock agrees with Telegram's.")
        return
    way = "ahead of" if ahead > timedelta(0) else "behind"
    seconds = abs(round(ahead.total_seconds()))
    report.say(
        f"The clock is {seconds} seconds {way} Telegram's: let the machine set it over the network (NTP).", ok=False
    )


def _privacy(report: Report, reads_all: bool) -> None:
    if reads_all:
        report.say("Privacy mode is off: the bot sees every message in its groups.")
        return
    report.say("Privacy mode is on: the bot sees every message only in groups where it is an administrator.")


async def _webhook(report: Report, api: _Api, settings: Settings, now: datetime) -> None:
    answer = await api.ask("getWebhookInfo")
    if not isinstance(answer.result, dict):
        report.say(f"Telegram does not say whether a webhook is set: {answer.reason}.", ok=False)
        return
    info = answer.result
    url = str(info.get("url") or "")
    waiting = int(info.get("pending_update_count") or 0)
    tail = f" {waiting} updates wait to be taken in." if waiting else ""
    if not url and settings.webhook_url is None:
        report.say(f"No webhook is set, as it should be for long polling.{tail}")
    elif url == settings.webhook_url:
        _deliveries(report, info, now, tail)
    elif not url:
        report.say(f"The webhook is not set yet: starting the bot sets it.{tail}")
    else:
        host = urlsplit(url).hostname or "another address"
        report.say(
            f"A webhook is set at {host}, which is not ours: if another program uses this token, stop it; starting the bot"
            f" takes its webhook away.{tail}",
            ok=False,
        )


def _deliveries(report: Report, info: dict[str, Any], now: datetime, tail: str) -> None:
    at = info.get("last_error_date")
    if isinstance(at, int) and now - datetime.fromtimestamp(at, UTC) < RECENT:
        reason = info.get("last_error_message")
        report.say(f"The webhook is set, but Telegram could not deliver to it lately: {reason}.{tail}", ok=False)
        return
    report.say(f"The webhook is set.{tail}")


# The database


async def _database(report: Report, settings: Settings) -> bool:
    """Look at the database; say whether the groups in it can be read."""
    path = settings.sqlite_path
    if path is not None and not path.exists():
        _place_for(report, path)
        return False
    database = Database.open(settings.sqlalchemy_url)
    try:
        found = await look_at(database, folders(ROOT))
    except Unusable as error:
        report.say(f"The database cannot be used: {error} (QUNGUAN_DATABASE_URL).", ok=False)
        return False
    finally:
        await database.close()
    return _condition(report, found)


def _place_for(report: Report, path: Path) -> None:
    folder = next(place for place in path.absolute().parents if place.exists())
    if folder.is_dir() and os.access(folder, os.W_OK):
        report.say(f"There is no database yet: the first start makes it in {path}.")
    else:
        report.say(f"The database cannot be made in {path}: {folder} cannot be written to.", ok=False)


def _condition(report: Report, found: Condition) -> bool:
    size = f"{found.size / 1_000_000:.1f} MB"
    if found.foreign:
        report.say(f"The database ({size}) was used by a newer version of the bot: install that again.", ok=False)
        return False
    if found.behind:
        report.say(f"The database ({size}) can be written to; the next start brings it up to date.")
        return False
    report.say(f"The database is up to date and can be written to ({size}).")
    return True


# The groups


async def _groups(report: Report, api: _Api, settings: Settings, me: dict[str, Any] | None) -> None:
    book = GroupBook(default_locale=settings.default_locale, default_zone=settings.default_timezone)
    book.directory = Directory(PeopleBook(settings.default_locale))
    database = Database.open(settings.sqlalchemy_url)
    try:
        async with database.read() as tx:
            await book.load(tx)
            active = sorted((group for group in book.all() if group.active), key=lambda group: group.title.casefold())
            for group in active:
                await _owner(report, book, tx, group)
    finally:
        await database.close()
    if not active:
        report.say("The bot is in no group yet.")
    for group in active if me is not None else ():
        await _rights(report, api, group, me or {})


async def _owner(report: Report, book: GroupBook, tx: Tx, group: Group) -> None:
    managers = await book.directory.managers_of(tx, group, Right.SETTINGS)
    if not managers:
        report.say(
            f"{group.title}: nobody is known who runs it; what managers are to read is said in the group.", ok=False
        )


async def _rights(report: Report, api: _Api, group: Group, me: dict[str, Any]) -> None:
    answer = await api.ask("getChatMember", chat_id=str(group.chat_id), user_id=str(me.get("id")))
    try:
        member = msgspec.convert(answer.result, env.ChatMember)
    except msgspec.ValidationError:
        report.say(f"{group.title}: Telegram does not let the bot see it: {answer.reason}.", ok=False)
        return
    texts = texts_for(SOURCE_LOCALE, "UTC")
    standing: BotStanding = standing_of(member, answer.date or datetime.fromtimestamp(0, UTC))
    for found in findings(group, standing, texts, reads_all=bool(me.get("can_read_all_group_messages"))):
        report.say(f"{group.title}: {found.html.striptags()}", ok=found.ok)
