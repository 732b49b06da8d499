"""The command line: ``qunguan run``, ``qunguan sandbox``, ``qunguan check``."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from bot import __version__, logs
from bot.app import App, CannotStart, spare_collector
from bot.config import ConfigError, Settings, load_settings
from bot.health import Report, examine
from bot.kernel.clock import SystemClock
from bot.sandbox.run import run_sandbox
from bot.tg.intake.polling import Unauthorised

CONFIG_FAULT = 2
"""The exit code for a setting that is missing or wrong: starting again does not help."""
NOT_NOW = 1
"""The exit code for what may be well in a minute: Telegram or the database cannot be reached, the port is taken."""

cli = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
_out = Console()


def _settings() -> Settings:
    try:
        return load_settings()
    except ConfigError as error:
        sys.stderr.write(f"{error}\n")
        raise typer.Exit(CONFIG_FAULT) from None


@cli.command()
def run() -> None:
    """Run the bot with the settings from the environment or .env."""
    settings = _settings()
    logs.set_up(settings.log_format, settings.secrets)
    code = asyncio.run(_run(settings))
    raise typer.Exit(code)


async def _run(settings: Settings) -> int:
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stopping.set)
    try:
        app = App(settings, SystemClock())
        await app.start()
        spare_collector()
    except CannotStart as reason:
        sys.stderr.write(f"{reason}\n")
        return CONFIG_FAULT if reason.for_good else NOT_NOW
    waiting = asyncio.create_task(stopping.wait())
    try:
        await asyncio.wait({waiting, app.intake}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        waiting.cancel()
        await app.stop()
    error = None if app.intake.cancelled() else app.intake.exception()
    if isinstance(error, Unauthorised):
        sys.stderr.write("QUNGUAN_BOT_TOKEN is refused by Telegram; ask @BotFather for the right one\n")
        return CONFIG_FAULT
    if error is not None:
        sys.stderr.write(f"updates are taken in no more: {type(error).__name__}\n")
    return 0 if error is None else NOT_NOW


@cli.command()
def sandbox(
    port: Annotated[int, typer.Option(help="The page's port on 127.0.0.1; 0 takes any that is free.")] = 8765,
    data: Annotated[
        Path | None, typer.Option(help="Where to keep the data; by default a folder that goes at the end.")
    ] = None,
) -> None:
    """Try the bot in the browser: an emulated Telegram with a chat page, without a token."""
    logs.set_up("console", (), level=logging.WARNING)
    raise typer.Exit(asyncio.run(run_sandbox(port, data)))


@cli.command()
def check() -> None:
    """Say whether token, webhook, database, clock, privacy mode and the rights in each group are in order."""
    settings = _settings()
    logs.set_up(settings.log_format, settings.secrets, level=logging.ERROR)
    report: Report = asyncio.run(examine(settings))
    for finding in report.findings:
        _out.print("[green]✓[/]" if finding.ok else "[red]✗[/]", escape(finding.text), highlight=False, soft_wrap=True)
    raise typer.Exit(0 if report.ok else 1)


@cli.command()
def version() -> None:
    """Say which version this is."""
    _out.print(__version__, highlight=False)


def main() -> None:
    """Run the command line."""
    cli()


if __name__ == "__main__":
    main()
