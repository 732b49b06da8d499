"""Settings: from the environment or ``.env``, each named ``QUNGUAN_…``."""

from __future__ import annotations

import difflib
import math
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal
from urllib.parse import parse_qsl, unquote, urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, DotEnvSettingsSource, EnvSettingsSource, SettingsConfigDict

from bot.i18n import SOURCE_LOCALE, available_locales

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pydantic_settings import PydanticBaseSettingsSource

PREFIX = "QUNGUAN_"
TELEGRAM = "https://api.telegram.org"
_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
}
_PG_PARAMETERS = frozenset(
    {
        "host",
        "port",
        "ssl",
        "passfile",
        "service",
        "servicefile",
        "krbsrvname",
        "gsslib",
        "target_session_attrs",
        "prepared_statement_cache_size",
    }
)
"""What may follow the ? of a PostgreSQL URL: what the driver takes as text. A password there would not be masked."""
_PG_SSL = ("disable", "prefer", "allow", "require", "verify-ca", "verify-full")
_PORTS = frozenset({80, 88, 443, 8443})
"""Where Telegram delivers updates to."""
_NOT_IN_ADDRESS = re.compile(r"[\s{}?#]")
_LEFT_ALONE = re.compile(r"QUNGUAN_(REQUIRE_BROWSER|KILL_ROUNDS|SERVICE_.*|PORT|PORT_.*)")
"""Variables that are no settings: those of the tests, and those Kubernetes makes for a service of the name ``qunguan``."""
_EXAMPLES = {
    "bot_token": "123456789:AAE… (ask @BotFather for one)",
    "api_base_url": "http://127.0.0.1:8081",
    "database_url": "sqlite:///data/qunguan.db (or postgresql://user:password@host/name)",
    "webhook_url": "https://bot.example.org/telegram",
    "webhook_secret": "a-long-random-word",
    "listen": "127.0.0.1:8080",
    "default_locale": "zh_Hans",
    "default_timezone": "Asia/Shanghai",
    "log_format": "json",
    "advertising_model": "your_package.model:Model",
}


class ConfigError(Exception):
    """A setting is missing or wrong; the text is one line that says which, why and how to set it."""


def _token(value: SecretStr) -> SecretStr:
    if not re.fullmatch(r"\d+:[A-Za-z0-9_-]+", value.get_secret_value()):
        raise ValueError("is not a bot token: digits, a colon, letters and digits")
    return value


def _web_address(value: str) -> str:
    if not _is_web_address(value):
        raise ValueError("is not a web address that starts with http:// or https://")
    if (odd := _NOT_IN_ADDRESS.search(value)) is not None:
        raise ValueError(
            f"has {odd.group() if odd.group().strip() else 'a blank'} in it, which an address here may not"
        )
    return value.rstrip("/")


def _is_web_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _database(value: SecretStr) -> SecretStr:
    scheme, separator, rest = value.get_secret_value().partition("://")
    if not separator or scheme not in _DRIVERS:
        raise ValueError("names no database we know: it starts with sqlite:/// or postgresql://")
    if scheme.startswith("sqlite"):
        _check_sqlite(rest)
    else:
        _check_postgres(f"{scheme}://{rest}")
    return value


def _check_sqlite(rest: str) -> None:
    path, _, query = rest.partition("?")
    if not (path.startswith("/") and len(path) > 1):
        raise ValueError("names no file: after sqlite:/// comes its path")
    if unquote(path) == "/:memory:":
        raise ValueError(
            "names no file, and what is kept in memory is gone at the next start: after sqlite:/// comes its path"
        )
    for name, given in parse_qsl(query, keep_blank_values=True):
        if name != "timeout":
            raise ValueError(f"has the parameter {name}, which is not known: for SQLite there is timeout, in seconds")
        if not _is_seconds(given):
            raise ValueError("has a timeout that is no number of seconds: ?timeout=30 is one")


def _is_seconds(text: str) -> bool:
    try:
        return float(text) >= 0 and math.isfinite(float(text))
    except ValueError:
        return False


def _check_postgres(url: str) -> None:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        parts = None
    if parts is None or parts.fragment:
        raise ValueError(
            "cannot be read: the port is a number, and in a password [ ] / ? # : @ and % are written as %5B %5D %2F %3F %23 "
            "%3A %40 and %25"
        )
    for name, given in parse_qsl(parts.query, keep_blank_values=True):
        if name == "sslmode":
            known = given if given in _PG_SSL else "require"
            raise ValueError(f"has the parameter sslmode, which is called ssl here: write ?ssl={known}")
        if name not in _PG_PARAMETERS:
            near = difflib.get_close_matches(name, _PG_PARAMETERS, 1)
            meant = f"did you mean {near[0]}?" if near else f"there are {', '.join(sorted(_PG_PARAMETERS))}"
            raise ValueError(f"has the parameter {name}, which is not known ({meant})")
        if name == "ssl" and given not in _PG_SSL:
            raise ValueError(f"has an ssl that is none of {', '.join(_PG_SSL)}")
        if name in {"port", "prepared_statement_cache_size"} and not re.fullmatch(r"\d{1,9}", given, re.ASCII):
            raise ValueError(f"has a {name} that is no number")


def _secret_word(value: SecretStr) -> SecretStr:
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", value.get_secret_value()):
        raise ValueError("is not what Telegram takes: 1 to 256 letters, digits, - or _")
    return value


def _host_and_port(value: str) -> str:
    host, _, port = value.rpartition(":")
    if not host or not re.fullmatch(r"\d{1,5}", port, re.ASCII) or int(port) > 65_535:
        raise ValueError("is not host:port")
    return value


def _known_locale(value: str) -> str:
    if value not in available_locales():
        raise ValueError(f"is not one of {', '.join(available_locales())}")
    return value


def _known_zone(value: str) -> str:
    if value not in available_timezones():
        near = difflib.get_close_matches(value, available_timezones(), 1)
        raise ValueError("is not a time zone's name" + (f" (did you mean {near[0]}?)" if near else ""))
    return value


def _object_path(value: str) -> str:
    if not re.fullmatch(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*:[^\W\d]\w*", value):
        raise ValueError("is not the way to a Python object: module:name")
    return value


class Settings(BaseSettings):
    """All settings, checked. Secrets show as stars in ``repr``; building one directly reads nothing but its arguments."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore", hide_input_in_errors=True)

    bot_token: Annotated[SecretStr, AfterValidator(_token)]
    api_base_url: Annotated[str, AfterValidator(_web_address)] = TELEGRAM
    database_url: Annotated[SecretStr, AfterValidator(_database)] = SecretStr("sqlite:///data/qunguan.db")
    webhook_url: Annotated[str, AfterValidator(_web_address)] | None = None
    webhook_secret: Annotated[SecretStr, AfterValidator(_secret_word)] | None = None
    listen: Annotated[str, AfterValidator(_host_and_port)] = "127.0.0.1:8080"
    default_locale: Annotated[str, AfterValidator(_known_locale)] = SOURCE_LOCALE
    default_timezone: Annotated[str, AfterValidator(_known_zone)] = "UTC"
    log_format: Literal["console", "json"] = "console"
    advertising_model: Annotated[str, AfterValidator(_object_path)] | None = None

    @model_validator(mode="after")
    def _webhook_is_whole(self) -> Settings:
        if self.webhook_url is None:
            return self
        if self.webhook_secret is None:
            raise ValueError("webhook_secret is missing: updates that do not carry it are refused")
        if self.api_base_url == TELEGRAM and not self.webhook_url.startswith("https://"):
            raise ValueError("webhook_url is wrong: Telegram calls https:// addresses only")
        if self.api_base_url == TELEGRAM and urlsplit(self.webhook_url).port not in {None, *_PORTS}:
            raise ValueError("webhook_url is wrong: Telegram calls the ports 443, 80, 88 and 8443 only")
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read nothing on our own: the sandbox must not meet the settings of a real bot."""
        return (init_settings,)

    @property
    def sqlalchemy_url(self) -> str:
        """The database's URL with the asynchronous driver SQLAlchemy is to use; it may hold a password."""
        scheme, _, rest = self.database_url.get_secret_value().partition("://")
        return f"{_DRIVERS[scheme]}://{rest}"

    @property
    def sqlite_path(self) -> Path | None:
        """The database's file, if it is SQLite."""
        scheme, _, rest = self.database_url.get_secret_value().partition("://")
        return Path(unquote(rest.partition("?")[0])[1:]) if scheme.startswith("sqlite") else None

    @property
    def listen_host(self) -> str:
        """The address to listen on."""
        return self.listen.rpartition(":")[0].strip("[]")

    @property
    def listen_port(self) -> int:
        """The port to listen on."""
        return int(self.listen.rpartition(":")[2])

    @property
    def timezone(self) -> ZoneInfo:
        """The zone of groups that have not chosen one."""
        return ZoneInfo(self.default_timezone)

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never be written down."""
        password = urlsplit(self.database_url.get_secret_value()).password
        word = self.webhook_secret.get_secret_value() if self.webhook_secret else None
        return tuple(filter(None, (self.bot_token.get_secret_value(), word, password and unquote(password), password)))


def load_settings(env: Mapping[str, str] | None = None, env_file: Path | None = Path(".env")) -> Settings:
    """Read the settings from ``env`` (the process's environment) and, for what is not in it, from ``env_file``.

    :raises ConfigError: if one is missing or wrong.
    """
    given = dict(os.environ if env is None else env)
    try:
        source = EnvSettingsSource(Settings)
        source.env_vars = {name.lower(): value for name, value in given.items() if value.strip()}
        file = DotEnvSettingsSource(Settings, env_file=env_file, env_ignore_empty=True)
        line = _unknown([*source.env_vars, *file.env_vars])
        if line is None:
            return Settings(**{**file(), **source()})
    except ValidationError as refused:
        # Not chained: pydantic's own report may show what was given, and a token is among it.
        line = _line(refused)
    except UnicodeDecodeError:
        line = f"{env_file} is not UTF-8 text: save it as UTF-8"
    raise ConfigError(line)


def _unknown(given: Iterable[str]) -> str | None:
    """Say which variable looks like a setting and is none."""
    known = [PREFIX + field.upper() for field in Settings.model_fields]
    for name in sorted(name.upper() for name in given):
        if name.startswith(PREFIX) and name not in known and not _LEFT_ALONE.fullmatch(name):
            near = difflib.get_close_matches(name, known, 1, cutoff=0.75)
            right = f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}"
            return f"{name} is not a setting ({right}); rename it or take it out of the environment or .env"
    return None


def _line(refused: ValidationError) -> str:
    error = refused.errors(include_url=False, include_input=False, include_context=False)[0]
    reason = error["msg"].removeprefix("Value error, ")
    if not error["loc"]:
        field, _, reason = reason.partition(" ")
    else:
        field = str(error["loc"][0])
    name = PREFIX + field.upper()
    if error["type"] == "missing":
        reason = "is missing"
    elif error["type"] == "literal_error":
        reason = f"is wrong: {reason[0].lower()}{reason[1:]}"
    return f"{name} {reason}; set it in the environment or in .env, for example {name}={_EXAMPLES[field]}"
