"""What the bot writes down about itself, and the certainty that no secret gets in."""

from __future__ import annotations

import logging
import re
import sys
import threading
from typing import TYPE_CHECKING, Literal, TextIO
from urllib.parse import quote

import structlog

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import TracebackType

    from structlog.typing import EventDict, Processor, WrappedLogger

MASK = "***"
# Any bot's token, in a message as in a URL, so that even a token we were never told does not get out.
_ANY_TOKEN = r"\d{5,}(?::|%3[Aa])[A-Za-z0-9_-]{30,}"  # noqa: S105  (a pattern, not a password)
_CHATTY = ("aiohttp.access", "aiosqlite", "apscheduler", "asyncio", "httpcore", "httpx", "sqlalchemy", "telegram")


class Masker:
    """Replaces secrets, also in the form they take in a URL."""

    def __init__(self, secrets: Iterable[str]) -> None:
        self._pattern = re.compile("|".join([*_forms(secrets), _ANY_TOKEN]))

    def __call__(self, text: str) -> str:
        """Return the text with every secret in it replaced."""
        return self._pattern.sub(MASK, text)


def set_up(
    log_format: Literal["console", "json"],
    secrets: Iterable[str],
    *,
    stream: TextIO | None = None,
    level: int = logging.INFO,
) -> None:
    """Send every log line, warning and uncaught exception of the process to ``stream`` (stderr), with secrets masked.

    Each line is masked as a whole after it was put together: tracebacks, exception texts and what libraries log included.
    """
    target = stream or sys.stderr
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    handler = logging.StreamHandler(target)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.ExtraAdder()],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *_renderers(log_format, colors=target.isatty()),
                _masking(Masker(secrets)),
            ],
        )
    )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.PositionalArgumentsFormatter(),
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))
    logging.captureWarnings(capture=True)
    _catch_uncaught()


def _forms(secrets: Iterable[str]) -> list[str]:
    """Return patterns for the secrets as they are and as parts of a URL, the longest first."""
    forms: set[str] = set()
    for secret in filter(None, secrets):
        # The half after the colon is the one that must not be known.
        for part in {secret, secret.partition(":")[2] or secret}:
            escaped = quote(part, safe="")
            forms |= {part, escaped, re.sub("%[0-9A-F]{2}", lambda match: match[0].lower(), escaped)}
    return [re.escape(form) for form in sorted(forms, key=len, reverse=True)]


def _renderers(log_format: Literal["console", "json"], *, colors: bool) -> list[Processor]:
    if log_format == "json":
        return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
    # The handsome traceback would print local variables, and with them whatever people wrote.
    plain = structlog.dev.plain_traceback
    return [structlog.dev.ConsoleRenderer(colors=colors, exception_formatter=plain)]


def _masking(mask: Callable[[str], str]) -> Processor:
    def masked(_logger: WrappedLogger, _method: str, rendered: EventDict | str) -> str:
        return mask(str(rendered))

    return masked


def _catch_uncaught() -> None:
    """Log what would otherwise be printed by the interpreter, unmasked."""
    log = structlog.stdlib.get_logger("bot")

    def report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        log.critical("uncaught", exc_info=(kind, error, trace))

    def report_thread(failed: threading.ExceptHookArgs) -> None:
        if failed.exc_value is not None:
            report(failed.exc_type, failed.exc_value, failed.exc_traceback)

    sys.excepthook = report
    threading.excepthook = report_thread
