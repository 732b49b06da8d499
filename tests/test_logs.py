"""Logs: every line masked, whoever wrote it and however it came about."""

from __future__ import annotations

import io
import json
import logging
import subprocess
import sys
import threading
import warnings
from typing import TYPE_CHECKING, Literal

import pytest
import structlog

from bot import logs

if TYPE_CHECKING:
    from collections.abc import Iterator

TOKEN = "123456789:AAEabcdefghijklmnopqrstuvwxyz012345"
QUOTED = "123456789%3AAAEabcdefghijklmnopqrstuvwxyz012345"


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    root, hook, thread_hook = logging.getLogger(), sys.excepthook, threading.excepthook
    handlers, level, formats = root.handlers[:], root.level, structlog.get_config()
    yield
    logging.captureWarnings(capture=False)
    root.handlers[:], root.level = handlers, level
    sys.excepthook, threading.excepthook = hook, thread_hook
    structlog.configure(**formats)


@pytest.mark.parametrize("log_format", ["console", "json"])
def test_no_form_of_the_token_gets_into_a_line(log_format: Literal["console", "json"]) -> None:
    out = io.StringIO()
    logs.set_up(log_format, [TOKEN], stream=out)
    log = structlog.stdlib.get_logger("t")

    log.info(f"calling {TOKEN}", url=f"/bot{TOKEN}/getMe", file=f"/file/bot{QUOTED}/x", low=QUOTED.replace("A", "a", 1))
    log.info("half", word=TOKEN.partition(":")[2], nested={"a": [TOKEN]}, raw=TOKEN.encode())
    logging.getLogger("library").warning("failed: %s", TOKEN)
    try:
        open(f"/bot{TOKEN}/getUpdates").close()
    except OSError:
        log.exception("broken")
        logging.getLogger("library").exception("broken too")

    assert out.getvalue().count(logs.MASK) >= 9
    assert "AAEabc" not in out.getvalue()


def test_a_token_we_were_never_told_is_masked_too() -> None:
    mask = logs.Masker([])

    assert mask(f"https://api/bot{TOKEN}/getMe and {QUOTED}") == "https://api/bot***/getMe and ***"
    assert mask("at 12:30 there were 123456:7 of them") == "at 12:30 there were 123456:7 of them"


def test_a_password_is_masked_as_it_is_and_as_it_stands_in_a_url() -> None:
    mask = logs.Masker(["p@ss/word"])

    assert mask("p@ss/word p%40ss%2Fword p%40ss%2fword") == "*** *** ***"


def test_json_lines_can_be_read_by_machines() -> None:
    out = io.StringIO()
    logs.set_up("json", [TOKEN], stream=out)

    structlog.stdlib.get_logger("bot.tg").info("群", chat=-100, url=TOKEN)

    line = json.loads(out.getvalue())
    assert (line["event"], line["chat"], line["url"]) == ("群", -100, logs.MASK)
    assert (line["level"], line["logger"]) == ("info", "bot.tg")
    assert line["timestamp"].endswith("Z")


def test_warnings_are_logged() -> None:
    out = io.StringIO()
    logs.set_up("json", [TOKEN], stream=out)

    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn_explicit(f"old: {TOKEN}", UserWarning, "x.py", 1)

    assert "old: ***" in out.getvalue()


@pytest.mark.parametrize("where", ["main", "thread"])
def test_what_nobody_caught_is_masked(where: str) -> None:
    program = f"""
import threading
from bot import logs
logs.set_up("console", ["{TOKEN}"])
def fail():
    local = "{TOKEN}"
    raise RuntimeError("it was " + local)
if "{where}" == "main":
    fail()
thread = threading.Thread(target=fail)
thread.start()
thread.join()
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert "RuntimeError: it was ***" in done.stderr
    assert "AAEabc" not in done.stderr + done.stdout
