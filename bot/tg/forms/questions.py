"""Whole questions of the common kinds: parser, type, choices and the way to show the answer, already put together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from typing import Any, TypeVar

from bot.i18n import Html
from bot.tg.forms import parsers
from bot.tg.forms.model import Asking, Question

T = TypeVar("T")
Prompt = Callable[[Asking], Html]


def say(message: str) -> Prompt:
    """Prompt with a fixed sentence, an ``N_`` string."""
    return lambda asking: asking.texts.gettext(message)


def ask_text(
    key: str, label: str, prompt: Prompt, max_len: int = 200, *, lines: bool = False, **options: Any
) -> Question[str]:
    """Ask for a plain text; ``options`` as in :class:`~bot.tg.forms.model.Question`."""
    return Question(key, label, prompt, parsers.text(max_len, lines=lines), **options)


def ask_rich_text(key: str, label: str, prompt: Prompt, max_len: int = 3500, **options: Any) -> Question[str]:
    """Ask for a formatted text; the answer is HTML."""
    return Question(key, label, prompt, parsers.rich_text(max_len), show=parsers.show_html, **options)


def ask_integer(
    key: str, label: str, prompt: Prompt, least: int | None = None, most: int | None = None, **options: Any
) -> Question[int]:
    """Ask for a whole number."""
    return Question(key, label, prompt, parsers.integer(least, most), int, show=parsers.show_number, **options)


def ask_moment(key: str, label: str, prompt: Prompt, **options: Any) -> Question[datetime]:
    """Ask for a time that lies ahead; the answer is an aware UTC instant."""
    return Question(key, label, prompt, parsers.moment(), datetime, show=parsers.show_moment, **options)


def ask_duration(
    key: str,
    label: str,
    prompt: Prompt,
    least: timedelta | None = None,
    most: timedelta | None = None,
    **options: Any,
) -> Question[timedelta]:
    """Ask for a length of time."""
    return Question(key, label, prompt, parsers.duration(least, most), timedelta, show=parsers.show_duration, **options)


def ask_clock(key: str, label: str, prompt: Prompt, **options: Any) -> Question[time]:
    """Ask for a time of day."""
    return Question(key, label, prompt, parsers.clock_time(), time, show=parsers.show_clock, **options)


def ask_yes_no(key: str, label: str, prompt: Prompt, **options: Any) -> Question[bool]:
    """Ask for a yes or a no."""
    return Question(
        key,
        label,
        prompt,
        parsers.yes_no(),
        bool,
        choices=parsers.yes_no_choices,
        show=parsers.show_yes_no,
        **options,
    )


def ask_one_of(
    key: str, label: str, prompt: Prompt, choices: Sequence[tuple[T, str]], kind: Any = str, **options: Any
) -> Question[T]:
    """Ask for one of several values, each with its name, an ``N_`` string; ``kind`` is the values' type."""
    return Question(
        key,
        label,
        prompt,
        parsers.one_of(choices),
        kind,
        choices=parsers.offered(choices),
        show=parsers.show_option(choices),
        **options,
    )
