"""The composition root: the only module that knows every capability, and the order in which everything starts and stops."""

from __future__ import annotations

import asyncio
import gc
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import structlog
from aiohttp import web
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.announcements import capability as announcements
from bot.approvals import handlers as approvals
from bot.audit import handlers as audit
from bot.chats import handlers as chats
from bot.chats.handlers import Moves
from bot.chats.service import GroupBook
from bot.db.checkup import Unusable, look_at
from bot.db.engine import Database
from bot.db.migrate import folders, upgrade
from bot.db.outages import is_outage
from bot.db.schema import metadata
from bot.deliveries import handlers as deliveries
from bot.deliveries.handlers import Deliveries
from bot.digest import handlers as digest
from bot.events import capability as events
from bot.i18n import available_locales
from bot.kernel.ids import IdSource
from bot.members import handlers as members
from bot.members import service as members_service
from bot.members.identity.service import find_person
from bot.members.roles.service import PeopleBook
from bot.policy import capability as policy
from bot.tg import menus
from bot.tg.application import TurnApplication, make_application, make_bot
from bot.tg.aside import aside_capability
from bot.tg.asker import Asker
from bot.tg.dispatch import Dispatcher
from bot.tg.forms import FormEngine, forms_capability, starts_of
from bot.tg.intake.polling import Polling, Unauthorised
from bot.tg.intake.webhook import Webhook
from bot.tg.jobs import Job
from bot.tg.outbox import outbox_store
from bot.tg.outbox.limits import TELEGRAM, Rates
from bot.tg.outbox.moving import migrate_chat
from bot.tg.outbox.sender import Sender
from bot.tg.ports import Ports
from bot.tg.request import AiohttpRequest
from bot.tg.tables import Tables
from bot.tg.turn import Turns
from bot.tg.upkeep import Upkeep
from bot.tg.whole_albums import WholeAlbums
from bot.tg.workers import Bench, run
from bot.timers import service as timers
from bot.timers.alarm import Alarm
from bot.violations import capability as violations

if TYPE_CHECKING:
    from datetime import datetime

    from bot.config import Settings
    from bot.kernel.clock import Clock
    from bot.kernel.groups import Group
    from bot.kernel.ids import ChatId
    from bot.policy.rules.model import Model
    from bot.tg.capability import Capability
    from bot.tg.context import Scope

ROOT = Path(__file__).parent
_log = structlog.get_logger(__name__)


def capabilities(
    groups: GroupBook, people: PeopleBook, outbox: Deliveries, tables: Tables, moves: Moves, model: Model | None = None
) -> list[Capability]:
    """Make every capability, and hand each what it needs of the others; in the order of ``/help``."""
    rules, steps = policy.PolicyBook(), violations.sanctions(groups, people)
    parts = policy.parts(rules, groups, steps)
    offered = [
        announcements.capability(groups, people, steps),
        events.capability(groups.reachable_of),
        violations.capability(groups, people, policy.RuleNames(rules)),
        policy.capability(rules, groups, parts, steps, model),
        digest.capability(groups, people, tables.sections),
        members.capability(people, groups),
        chats.capability(
            groups,
            extra_settings=tables.settings,
            migrated=moves.hooks,
            more_quiet=policy.keys_on_page,
            rezoned=(events.new_zone, announcements.new_zone),
            start_payloads={
                **announcements.links(),
                **events.LINKS,
                **violations.links(groups, people),
                **policy.links(rules, parts),
            },
        ),
        approvals.capability(violations.decision_kinds(groups, people), people),
        deliveries.capability(outbox),
    ]
    phrases = {action: phrase for capability in offered for action, phrase in capability.audit.items()}
    return [*offered, audit.capability(phrases, find_person)]


def spare_collector() -> None:
    """Let the garbage collector leave alone what is there now: it stays as long as the process, and its rounds cost time."""
    gc.collect()
    gc.freeze()


async def move_outbox(scope: Scope, group: Group, former: ChatId) -> None:
    """Send what waits for a group to the supergroup it became, and post its live cards there anew."""
    await migrate_chat(scope.tx, former, group.chat_id, scope.now)
    await scope.cards.repost(scope.tx, group, former, group.chat_id)


class CannotStart(Exception):
    """The bot cannot start with these settings, or not now; the text is one line that says why and what to do.

    ``for_good`` says that it is a setting: to start again does not help.
    """

    def __init__(self, reason: str, *, for_good: bool = False) -> None:
        super().__init__(reason)
        self.for_good = for_good


class Directory:
    """What ``chats`` asks of ``members``, and who hears of the outbox's troubles."""

    def __init__(self, people: PeopleBook) -> None:
        self.managers_of = people.managers_of
        self.groups_with = people.groups_with
        self.name_of = people.name_of
        self.choose_locale = people.choose_locale
        self.groups_of = members_service.groups_of


class App:
    """The bot, assembled from settings and a clock. ``start`` and ``stop`` are called once each.

    ``rates`` are what it keeps to in sending; Telegram itself takes no more than the default.
    """

    kind_of_turns: type[Turns] = Turns

    def __init__(self, settings: Settings, clock: Clock, rates: Rates = TELEGRAM) -> None:
        self.settings = settings
        self.clock = clock
        self.database = Database.open(settings.sqlalchemy_url)
        token = settings.bot_token.get_secret_value()
        self.request = AiohttpRequest()
        self._requests = (self.request, AiohttpRequest())
        self.bot = make_bot(token, settings.api_base_url, *self._requests)
        self.application: TurnApplication = make_application(self.bot)
        self.groups = GroupBook(default_locale=settings.default_locale, default_zone=settings.default_timezone)
        self.people = PeopleBook(settings.default_locale)
        self.groups.directory = Directory(self.people)
        self.tables = Tables()
        # The forms are made below, and so is the sender.
        moves = Moves(self.groups, (move_outbox, lambda *moved: self.forms.moved(*moved)))  # noqa: PLW0108
        outbox = Deliveries(self.groups, self.tables.self_settling, moves)
        self.asker = Asker(self.bot, lambda old, new: self.sender.migrated(old, new))  # noqa: PLW0108
        self.ids = IdSource()
        self.turns = self._make_turns()
        self.sender = Sender(
            self.database,
            self.bot,
            clock,
            self.turns.jobs,
            self.tables.result,
            outbox,
            rates=rates,
            makers=self.tables.makers,
        )
        self.alarm = Alarm(self.database, clock, self.turns.jobs, self.tables.timers)
        # The dispatcher asks the forms for answers, the forms ask the dispatcher who may.
        starts: dict[str, str] = {}
        self.forms = FormEngine(self.tables.forms, lambda *asked: self.dispatcher.check(*asked), starts)  # noqa: PLW0108
        self.dispatcher = Dispatcher(self.tables, self.forms, self.application)
        self._furnish(capabilities(self.groups, self.people, outbox, self.tables, moves, _model(settings)))
        starts.update(starts_of(self.tables.capabilities))
        self._stack = AsyncExitStack()
        self._intake: asyncio.Task[None] | None = None

    def _make_turns(self) -> Turns:
        return self.kind_of_turns(
            self.database,
            self.clock,
            self.application,
            self.tables,
            Ports(self.groups, self.people),
            self.asker,
            self.ids,
            lambda rows: self.sender.added(rows),  # noqa: PLW0108  (the sender is made below)
        )

    def _furnish(self, own: list[Capability]) -> None:
        """Put what the frame offers, and then the bot's own capabilities, into the tables, and listen."""
        self.tables.add([menus.help_capability(self.tables.capabilities, self.dispatcher.run_path)])
        albums = WholeAlbums(timers.set_timer, self.turns.speak_again)
        self.tables.add([forms_capability(self.forms), aside_capability(), albums.capability()])
        self.tables.add(own)
        self.application.forms, self.application.albums = self.forms, albums
        self.application.add_handlers(self.dispatcher.handlers())

    @property
    def intake(self) -> asyncio.Task[None]:
        """What runs as long as updates are taken in; it ends by itself only with an error.

        :raises RuntimeError: before the start.
        """
        if self._intake is None:
            raise RuntimeError("not started")
        return self._intake

    async def start(self) -> None:
        """Bring the database up to date, take up what earlier runs left, and begin to take updates in.

        :raises CannotStart: if a setting is wrong, or Telegram, the database or the port cannot be had; nothing is left open.
        """
        try:
            await self._start()
        except BaseException as error:
            await self._stack.aclose()
            found = _told(error, self.settings)
            if found is None:
                raise
        else:
            return
        # Raised outside of the handler: PTB's error about a refused token shows the token.
        raise found

    async def stop(self) -> None:
        """Take nothing more in, finish what is under way, keep the rest for the next start."""
        await self._stack.aclose()

    async def next_timer(self) -> datetime | None:
        """Return when the earliest timer is due."""
        async with self.database.read() as tx:
            return await timers.next_due(tx)

    async def _start(self) -> None:
        path = self.settings.sqlite_path
        if path is not None:
            _make_folder(path.parent)
        self._stack.push_async_callback(self.database.close)
        places = folders(ROOT)
        found = await look_at(self.database, places)
        if found.foreign:
            raise Unusable("a newer version of the bot has used it; install that again", for_good=True)
        if found.behind:
            await upgrade(self.database, places, metadata)
        for request in self._requests:
            self._stack.push_async_callback(request.shutdown)
        await self.application.initialize()
        self._stack.push_async_callback(self.application.shutdown)
        async with self.database.read() as tx:
            await self.groups.load(tx)
            await self.people.load(tx)
            self.ids.raise_to(await outbox_store.highest_id(tx))
        await self.sender.start()
        self._stack.push_async_callback(self.sender.stop)
        await self.turns.load()
        self._stack.push_async_callback(self.turns.close)
        self._keep_up()
        self._set_to_work()
        self._stack.push_async_callback(self.asker.close)
        await self.alarm.start()
        self._stack.push_async_callback(self.alarm.stop)
        await self._set_menus()
        await self._take_in()
        _log.info("started", bot=self.bot.username, by="webhook" if self.settings.webhook_url else "polling")

    def _keep_up(self) -> None:
        upkeep = asyncio.create_task(Upkeep(self.clock, self.turns.tidy).run(), name="upkeep")

        async def stop() -> None:
            upkeep.cancel()
            await asyncio.gather(upkeep, return_exceptions=True)

        self._stack.push_async_callback(stop)

    def _set_to_work(self) -> None:
        self.bench = Bench(self.bot, self.asker, self.turns.jobs)
        tasks = [asyncio.create_task(run(worker, self.bench), name=worker.name) for worker in self.tables.workers]

        async def stop() -> None:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

        self._stack.push_async_callback(stop)

    async def _set_menus(self) -> None:
        """Put Telegram's command menus into the outbox."""

        async def put(scope: Scope) -> None:
            for effect in menus.telegram_menus(self.tables.capabilities, available_locales()):
                scope.effects.put(effect, coalesce=f"menu:{effect.scope}:{effect.language}")

        await self.turns.jobs([Job("menus", put)])

    async def _take_in(self) -> None:
        allowed = menus.allowed_updates(self.tables.capabilities)
        if self.settings.webhook_url is None:
            await self._poll(allowed)
        else:
            await self._listen(self.settings.webhook_url, allowed)

    async def _poll(self, allowed: list[str]) -> None:
        await self.bot.delete_webhook()
        url = f"{self.bot.base_url}/getUpdates"
        polling = Polling(self.request, url, allowed, self.turns.updates)
        self._intake = asyncio.create_task(polling.run(), name="polling")

        async def stop() -> None:
            await polling.stop()
            await asyncio.gather(self.intake, return_exceptions=True)
            await polling.confirm()

        self._stack.push_async_callback(stop)

    async def _listen(self, url: str, allowed: list[str]) -> None:
        secret = self.settings.webhook_secret
        if secret is None:
            raise RuntimeError("a webhook without a secret")
        webhook = Webhook(secret.get_secret_value(), self.turns.updates)
        app = web.Application()
        app.add_routes(webhook.routes(urlsplit(url).path or "/"))
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        self._stack.push_async_callback(runner.cleanup)
        try:
            await web.TCPSite(runner, self.settings.listen_host, self.settings.listen_port).start()
        except OSError as error:
            reason = f"QUNGUAN_LISTEN {self.settings.listen} cannot be listened on: {error.strerror}"
            raise CannotStart(reason, for_good=isinstance(error, PermissionError)) from None
        taking = asyncio.create_task(webhook.run(), name="webhook")
        self._intake = asyncio.create_task(self._until_refused(taking), name="intake")

        async def stop() -> None:
            await webhook.close()
            taking.cancel()
            self.intake.cancel()
            await asyncio.gather(taking, self.intake, return_exceptions=True)

        self._stack.push_async_callback(stop)
        try:
            await self.bot.set_webhook(url, allowed_updates=allowed, secret_token=secret.get_secret_value())
        except BadRequest as error:
            # A name that cannot be looked up now may be found later; everything else is wrong in the address itself.
            passing = "resolve host" in error.message.lower()
            reason = f"QUNGUAN_WEBHOOK_URL {url} is refused by Telegram: {error.message}"
            raise CannotStart(reason, for_good=not passing) from None

    async def _until_refused(self, taking: asyncio.Task[None]) -> None:
        """Wait until the webhook ends, or the token is refused: nobody else would notice, as Telegram calls us.

        :raises Unauthorised: if the token is refused.
        """
        refused = asyncio.create_task(self.sender.token_refused.wait())
        try:
            await asyncio.wait({taking, refused}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            refused.cancel()
        if taking.done():
            await taking
        raise Unauthorised("Telegram does not know this bot token")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unusable(f"{folder} cannot be made: {error.strerror}") from None


def _model(settings: Settings) -> Model | None:
    if settings.advertising_model is None:
        return None
    try:
        return policy.load_model(settings.advertising_model)
    except ValueError as error:
        raise CannotStart(f"QUNGUAN_ADVERTISING_MODEL cannot be used: {error}", for_good=True) from None


def _told(error: BaseException, settings: Settings) -> CannotStart | None:
    """Say in one line why the start failed, where that is the settings' or the world's fault and not ours."""
    match error:
        case CannotStart():
            return CannotStart(str(error), for_good=error.for_good)
        case InvalidToken():
            line = "QUNGUAN_BOT_TOKEN is refused by Telegram; ask @BotFather for the right one"
            return CannotStart(line, for_good=True)
        case Unusable():
            return CannotStart(f"QUNGUAN_DATABASE_URL cannot be used: {error}", for_good=error.for_good)
        case TelegramError():
            return CannotStart(f"QUNGUAN_API_BASE_URL {settings.api_base_url} cannot be used now: {error}")
        case _ if is_outage(error):
            return CannotStart(f"QUNGUAN_DATABASE_URL cannot be used now: {type(error).__name__}")
        case _:
            return None
