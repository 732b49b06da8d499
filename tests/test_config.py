"""Settings: read, checked, and refused in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.config import TELEGRAM, ConfigError, Settings, load_settings

TOKEN = "123456789:AAEabcdefghijklmnopqrstuvwxyz012345"


def load(**env: str) -> Settings:
    given = {"QUNGUAN_BOT_TOKEN": TOKEN} | {f"QUNGUAN_{name}": value for name, value in env.items()}
    return load_settings(given, env_file=None)


def test_a_token_is_all_it_needs() -> None:
    settings = load()

    assert settings.bot_token.get_secret_value() == TOKEN
    assert settings.api_base_url == TELEGRAM
    assert settings.sqlalchemy_url == "sqlite+aiosqlite:///data/qunguan.db"
    assert settings.sqlite_path == Path("data/qunguan.db")
    assert (settings.listen_host, settings.listen_port) == ("127.0.0.1", 8080)
    assert (settings.default_locale, settings.timezone.key, settings.log_format) == ("en", "UTC", "console")


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("sqlite:///bot.db", "sqlite+aiosqlite:///bot.db"),
        ("sqlite+aiosqlite:////var/lib/bot.db", "sqlite+aiosqlite:////var/lib/bot.db"),
        ("postgresql://u:p@h/d", "postgresql+asyncpg://u:p@h/d"),
        ("postgres://u@h:5433/d?ssl=require", "postgresql+asyncpg://u@h:5433/d?ssl=require"),
        ("postgresql+asyncpg:///d?host=/run/pg", "postgresql+asyncpg:///d?host=/run/pg"),
    ],
)
def test_the_database_may_be_named_in_any_of_its_ways(given: str, used: str) -> None:
    assert load(DATABASE_URL=given).sqlalchemy_url == used


def test_a_database_that_is_no_file_has_no_path() -> None:
    assert load(DATABASE_URL="postgresql://h/d").sqlite_path is None
    assert load(DATABASE_URL="sqlite:////var/a%20b.db").sqlite_path == Path("/var/a b.db")


@pytest.mark.parametrize(
    ("env", "name", "reason"),
    [
        ({"BOT_TOKEN": ""}, "QUNGUAN_BOT_TOKEN", "is missing"),
        ({"BOT_TOKEN": "hello"}, "QUNGUAN_BOT_TOKEN", "is not a bot token"),
        ({"API_BASE_URL": "telegram.org"}, "QUNGUAN_API_BASE_URL", "http:// or https://"),
        ({"API_BASE_URL": "http://[::1"}, "QUNGUAN_API_BASE_URL", "http:// or https://"),
        ({"DATABASE_URL": "mysql://h/d"}, "QUNGUAN_DATABASE_URL", "sqlite:/// or postgresql://"),
        ({"DATABASE_URL": "sqlite:///"}, "QUNGUAN_DATABASE_URL", "names no file"),
        ({"DATABASE_URL": "sqlite:///?timeout=5"}, "QUNGUAN_DATABASE_URL", "names no file"),
        ({"DATABASE_URL": "sqlite:///:memory:"}, "QUNGUAN_DATABASE_URL", "gone at the next start"),
        ({"DATABASE_URL": "sqlite:///x.db?timeout=abc"}, "QUNGUAN_DATABASE_URL", "?timeout=30"),
        ({"DATABASE_URL": "sqlite:///x.db?timeout=nan"}, "QUNGUAN_DATABASE_URL", "?timeout=30"),
        ({"DATABASE_URL": "sqlite:///x.db?timeout=-1"}, "QUNGUAN_DATABASE_URL", "?timeout=30"),
        ({"DATABASE_URL": "sqlite:///x.db?mode=ro"}, "QUNGUAN_DATABASE_URL", "there is timeout"),
        ({"DATABASE_URL": "postgresql://u:p[x@h/db"}, "QUNGUAN_DATABASE_URL", "%5B"),
        ({"DATABASE_URL": "postgresql://u:p#x@h/db"}, "QUNGUAN_DATABASE_URL", "%23"),
        ({"DATABASE_URL": "postgresql://u:p@h:abc/db"}, "QUNGUAN_DATABASE_URL", "the port is a number"),
        ({"DATABASE_URL": "postgresql://u:p@h:99999/db"}, "QUNGUAN_DATABASE_URL", "the port is a number"),
        ({"DATABASE_URL": "postgresql://h/db?sslmode=require"}, "QUNGUAN_DATABASE_URL", "write ?ssl=require"),
        ({"DATABASE_URL": "postgresql://h/db?sslmode=verify-full"}, "QUNGUAN_DATABASE_URL", "write ?ssl=verify-full"),
        ({"DATABASE_URL": "postgresql://h/db?ssl=true"}, "QUNGUAN_DATABASE_URL", "verify-full"),
        ({"DATABASE_URL": "postgresql://h/db?hots=a"}, "QUNGUAN_DATABASE_URL", "did you mean host?"),
        ({"DATABASE_URL": "postgresql://h/db?password=x"}, "QUNGUAN_DATABASE_URL", "is not known"),
        ({"DATABASE_URL": "postgresql://h/db?port=x"}, "QUNGUAN_DATABASE_URL", "is no number"),
        ({"WEBHOOK_URL": "https://x.org/t/{a", "WEBHOOK_SECRET": "s"}, "QUNGUAN_WEBHOOK_URL", "has { in it"),
        ({"WEBHOOK_URL": "https://x.org/t b", "WEBHOOK_SECRET": "s"}, "QUNGUAN_WEBHOOK_URL", "has a blank in it"),
        ({"WEBHOOK_URL": "https://x.org:8444/t", "WEBHOOK_SECRET": "s"}, "QUNGUAN_WEBHOOK_URL", "443, 80, 88 and 8443"),
        ({"WEBHOOK_URL": "https://example.org/x"}, "QUNGUAN_WEBHOOK_SECRET", "is missing"),
        ({"WEBHOOK_URL": "http://example.org/x", "WEBHOOK_SECRET": "s"}, "QUNGUAN_WEBHOOK_URL", "https:// addresses"),
        ({"WEBHOOK_SECRET": "two words"}, "QUNGUAN_WEBHOOK_SECRET", "1 to 256"),
        ({"LISTEN": "8080"}, "QUNGUAN_LISTEN", "is not host:port"),
        ({"LISTEN": "localhost:99999"}, "QUNGUAN_LISTEN", "is not host:port"),
        ({"DEFAULT_LOCALE": "tlh"}, "QUNGUAN_DEFAULT_LOCALE", "en, zh_Hans"),
        ({"DEFAULT_TIMEZONE": "Asia/Shangai"}, "QUNGUAN_DEFAULT_TIMEZONE", "did you mean Asia/Shanghai?"),
        ({"ADVERTISING_MODEL": "model.bin"}, "QUNGUAN_ADVERTISING_MODEL", "module:name"),
        ({"LOG_FORMAT": "xml"}, "QUNGUAN_LOG_FORMAT", "'console' or 'json'"),
    ],
)
def test_a_wrong_setting_is_refused_in_one_line_that_says_how(env: dict[str, str], name: str, reason: str) -> None:
    with pytest.raises(ConfigError) as refused:
        load(**env)

    line = str(refused.value)
    assert line.startswith(f"{name} ")
    assert reason in line
    assert f"for example {name}=" in line
    assert "\n" not in line


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("QUNGUAN_BOT_TOKN", "did you mean QUNGUAN_BOT_TOKEN?"),
        ("QUNGUAN_WEBHOOK_URI", "did you mean QUNGUAN_WEBHOOK_URL?"),
        ("qunguan_default_timzone", "did you mean QUNGUAN_DEFAULT_TIMEZONE?"),
        ("QUNGUAN_COLOUR", "there are QUNGUAN_BOT_TOKEN, "),
    ],
)
@pytest.mark.parametrize("by_file", [False, True], ids=["environment", "file"])
def test_a_name_that_is_no_setting_is_refused_and_the_right_one_named(
    tmp_path: Path, name: str, hint: str, by_file: bool
) -> None:
    file = tmp_path / ".env"
    file.write_text(f"{name}=x\n" if by_file else "")

    with pytest.raises(ConfigError) as refused:
        load_settings({"QUNGUAN_BOT_TOKEN": TOKEN} | ({} if by_file else {name: "x"}), env_file=file)

    assert str(refused.value).startswith(f"{name.upper()} is not a setting ({hint}")
    assert "\n" not in str(refused.value)


def test_variables_of_others_are_left_alone() -> None:
    load(
        REQUIRE_BROWSER="1", KILL_ROUNDS="3", SERVICE_HOST="10.0.0.1", PORT_8080_TCP="tcp://10.0.0.1:8080", BOT_TOKN=""
    )


def test_a_refused_token_is_not_repeated() -> None:
    with pytest.raises(ConfigError) as refused:
        load(BOT_TOKEN=TOKEN + " oops")

    assert "AAEabc" not in str(refused.value)
    assert refused.value.__cause__ is None
    assert refused.value.__context__ is None


def test_secrets_do_not_show() -> None:
    settings = load(DATABASE_URL="postgresql://u:pa%40ss@h/d", WEBHOOK_SECRET="word")

    assert not any(secret in repr(settings) + str(settings) for secret in ("AAEabc", "pa%40ss", "word"))
    assert set(settings.secrets) == {TOKEN, "word", "pa@ss", "pa%40ss"}


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text(f"QUNGUAN_BOT_TOKEN={TOKEN}\nQUNGUAN_LISTEN=0.0.0.0:1\nQUNGUAN_LOG_FORMAT=json\nOTHER=1\n")

    settings = load_settings({"QUNGUAN_LISTEN": "[::1]:2"}, file)

    assert (settings.listen_host, settings.listen_port, settings.log_format) == ("::1", 2, "json")


def test_settings_built_directly_read_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUNGUAN_LISTEN", "0.0.0.0:1")
    (tmp_path / ".env").write_text("QUNGUAN_LISTEN=0.0.0.0:1\n")
    monkeypatch.chdir(tmp_path)

    assert Settings(bot_token=TOKEN).listen == "127.0.0.1:8080"


def test_a_local_bot_api_server_may_call_back_without_tls() -> None:
    settings = load(API_BASE_URL="http://127.0.0.1:8081/", WEBHOOK_URL="http://127.0.0.1:8080/hook", WEBHOOK_SECRET="s")

    assert settings.api_base_url == "http://127.0.0.1:8081"
