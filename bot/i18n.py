"""The words and numbers people read: translated, escaped for Telegram, dated by their locale in their time zone.

The English sentences in the code are the message ids; ``locales/<language>/LC_MESSAGES/bot.po`` holds the other languages
and is read as it is, without a compiling step. A sentence without a translation is shown in English.
"""

from __future__ import annotations

import datetime as dt
import io
from functools import cache, lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_date, format_datetime, format_timedelta
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent
from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "N_",
    "SOURCE_LOCALE",
    "Html",
    "Texts",
    "available_locales",
    "escape",
    "locales_folder",
    "negotiate",
    "texts_for",
]

Html = Markup
"""Text in which every ``<`` that is no tag is already escaped."""

SOURCE_LOCALE = "en"
_DOMAIN = "bot"
_WITHOUT_SPACES = frozenset({"zh", "ja"})


def N_(message: str) -> str:  # noqa: N802  (the name gettext tools know)
    """Mark a message of a module-level table for extraction and return it as it is."""
    return message


class Texts:
    """One reader's language and time zone.

    The messages are ``str.format`` templates that may hold Telegram's HTML tags. The forms that return :data:`Html` escape
    every value that is not Html itself; the ``label`` forms are for places where Telegram reads no markup (buttons,
    answers to taps, file names). Take one from :func:`texts_for`.
    """

    def __init__(self, locale: str, tz: ZoneInfo) -> None:
        self.locale = locale
        self.tz = tz
        self._babel = Locale.parse(locale)
        self._catalog = _catalog(locale)

    # Sentences

    def gettext(self, message: str, /, **values: object) -> Html:
        """Translate a message and fill in its ``{placeholders}``."""
        return Html(self._catalog.gettext(message)).format(**values)

    def ngettext(self, one: str, many: str, n: int, /, **values: object) -> Html:
        """Translate a message that counts; ``{n}`` is the number as this language writes it."""
        return Html(self._catalog.ngettext(one, many, n)).format(n=self.number(n), **values)

    def pgettext(self, context: str, message: str, /, **values: object) -> Html:
        """Translate a message whose meaning depends on where it stands."""
        return Html(self._catalog.pgettext(context, message)).format(**values)

    def label(self, message: str, /, **values: object) -> str:
        """Translate a message that is shown without markup."""
        return self._catalog.gettext(message).format(**_plain(values))

    def nlabel(self, one: str, many: str, n: int, /, **values: object) -> str:
        """Translate a message that counts and is shown without markup."""
        return self._catalog.ngettext(one, many, n).format(n=self.number(n), **_plain(values))

    def join(self, items: Iterable[object]) -> Html:
        """Write a list as this language does: "a, b, and c", "a、b和c"."""
        return Html(format_list([str(escape(item)) for item in items], locale=self._babel))

    def flow(self, *sentences: str) -> Html:
        """Put sentences one after another, with a space between them where this language writes one."""
        gap = "" if self._babel.language in _WITHOUT_SPACES else " "
        return Html(gap).join(sentence for sentence in sentences if sentence)

    # Times

    def when(self, at: dt.datetime) -> str:
        """Write day and time of an instant: "Sat, 28 Nov 2026, 14:00"."""
        return self.label("{date}, {time}", date=self.date(at), time=self.clock(at))

    def date(self, day: dt.date) -> str:
        """Write a day, or the day of an instant in this time zone, with its weekday: "Sat, 28 Nov 2026"."""
        # Translators: a pattern of letters (Unicode TR 35): weekday, day, month, year
        return self._day(day, self._catalog.pgettext("date pattern", "EEE, d MMM y"))

    def weekday(self, day: dt.date) -> str:
        """Write the weekday: "Saturday"."""
        return self._day(day, "EEEE")

    def clock(self, at: dt.datetime) -> str:
        """Write the time of day of an instant: "14:00"."""
        # Translators: a pattern of letters (Unicode TR 35): hours and minutes
        pattern = self._catalog.pgettext("time pattern", "HH:mm")
        return format_datetime(at.astimezone(self.tz), pattern, locale=self._babel)

    def duration(self, length: dt.timedelta) -> str:
        """Write a length of time in its two largest units, never rounded up: "1 hour, 30 minutes", "45 seconds"."""
        minutes, seconds = divmod(abs(int(length.total_seconds())), 60)
        hours, minutes = divmod(minutes, 60)
        days, hours = divmod(hours, 24)
        if not (days or hours or minutes):
            return self.nlabel("{n} second", "{n} seconds", seconds)
        parts = [
            self.nlabel("{n} day", "{n} days", days) if days else "",
            self.nlabel("{n} hour", "{n} hours", hours) if hours else "",
            self.nlabel("{n} minute", "{n} minutes", minutes) if minutes and not days else "",
        ]
        return format_list([part for part in parts if part], style="unit", locale=self._babel)

    def ago(self, elapsed: dt.timedelta) -> str:
        """Say roughly how long ago something was: "3 hours ago"."""
        return format_timedelta(-abs(elapsed), add_direction=True, threshold=1, locale=self._babel)

    def ahead(self, remaining: dt.timedelta) -> str:
        """Say roughly how soon something will be: "in 3 hours"."""
        return format_timedelta(abs(remaining), add_direction=True, threshold=1, locale=self._babel)

    # Numbers

    def number(self, value: float) -> str:
        """Write a number with this language's separators."""
        return format_decimal(value, locale=self._babel)

    def percent(self, share: float) -> str:
        """Write a share of one in percent: 0.93 is "93%"."""
        return format_percent(share, locale=self._babel)

    def _day(self, day: dt.date, pattern: str) -> str:
        local = day.astimezone(self.tz).date() if isinstance(day, dt.datetime) else day
        return format_date(local, pattern, locale=self._babel)


@lru_cache(maxsize=1024)
def texts_for(locale: str, tz_name: str) -> Texts:
    """Return the texts for one of :func:`available_locales` and a time zone by name.

    :raises zoneinfo.ZoneInfoNotFoundError: if there is no such zone.
    """
    return Texts(locale, ZoneInfo(tz_name))


@cache
def available_locales() -> dict[str, str]:
    """Return the languages there are texts for, each with its own name for itself, English first."""
    found = sorted(path.parent.parent.name for path in locales_folder().glob(f"*/LC_MESSAGES/{_DOMAIN}.po"))
    codes = [SOURCE_LOCALE, *(code for code in found if code != SOURCE_LOCALE)]
    return {code: _own_name(code) for code in codes}


def negotiate(code: str | None, default: str = SOURCE_LOCALE) -> str:
    """Return the available locale nearest to a language code as Telegram's clients send it, such as ``zh-hans``."""
    try:
        wanted = Locale.parse(code or "", sep="-" if "-" in (code or "") else "_")
    except (ValueError, UnknownLocaleError):
        return default
    names = available_locales()
    if str(wanted) in names:
        return str(wanted)
    return next((name for name in names if Locale.parse(name).language == wanted.language), default)


@cache
def locales_folder() -> Path:
    """Return the folder of the translations: inside the package once installed, beside it in a checkout."""
    package = Path(__file__).parent
    inside = package / "locales"
    return inside if inside.is_dir() else package.parent / "locales"


def _own_name(code: str) -> str:
    locale = Locale.parse(code)
    return str(locale.languages.get(code) or locale.get_display_name() or code)


def _plain(values: dict[str, object]) -> dict[str, object]:
    return {key: value.striptags() if isinstance(value, Html) else value for key, value in values.items()}


@cache
def _catalog(locale: str) -> NullTranslations:
    path = locales_folder() / locale / "LC_MESSAGES" / f"{_DOMAIN}.po"
    if not path.is_file():
        return NullTranslations()
    compiled = io.BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=locale, abort_invalid=True))
    compiled.seek(0)
    return GNUTranslations(compiled)
