"""Every import contract holds, and each of them sees a violation planted in a copy of the house."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture import house

LINT = "import sys; from importlinter.cli import lint_imports_command; sys.argv[0] = 'lint-imports'; lint_imports_command()"

# contract, file, the line added to it
PLANTED = [
    ("floors", "bot/kernel/clock.py", "import bot.config"),
    ("floors", "bot/events/service.py", "import bot.violations.service"),
    ("floors", "bot/members/service.py", "import bot.events.rules"),
    ("floors", "bot/tg/__init__.py", "import bot.members.service"),
    ("floors", "bot/pictures/canvas.py", "import bot.config"),
    ("floors", "bot/sheets/cells.py", "import bot.pictures"),
    ("floors", "bot/utils.py", ""),
    ("rooms", "bot/events/rules.py", "import bot.events.store"),
    ("rooms", "bot/events/texts.py", "import bot.events.service"),
    ("rooms", "bot/members/service.py", "import bot.members.handlers"),
    ("events", "bot/events/door/service.py", "import bot.events.talks.service"),
    ("events", "bot/events/service.py", "import bot.events.door.service"),
    ("announcements", "bot/announcements/service.py", "import bot.announcements.capability"),
    ("announcements", "bot/announcements/broadcast/service.py", "import bot.announcements.telling.service"),
    ("policy", "bot/policy/service.py", "import bot.policy.capability"),
    ("policy", "bot/policy/quiet/service.py", "import bot.policy.theme.service"),
    ("violations", "bot/violations/service.py", "import bot.violations.appeals.service"),
    ("violations", "bot/violations/appeals/service.py", "import bot.violations.ledger.service"),
    ("telegram", "bot/events/service.py", "import telegram"),
    ("telegram", "bot/members/texts.py", "from telegram.ext import ContextTypes"),
    ("telegram", "bot/kernel/clock.py", "import telegram"),
    ("telegram", "bot/pictures/canvas.py", "import telegram"),
    ("sql", "bot/events/handlers.py", "from sqlalchemy import select"),
    ("sql", "bot/members/service.py", "import aiosqlite"),
    ("sql", "bot/sheets/cells.py", "import sqlalchemy"),
    ("stores", "bot/events/handlers.py", "import bot.members.store"),
    ("stores", "bot/events/handlers.py", "import bot.events.store"),
]


def lint(root: Path) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache", "--no-logo"], cwd=root, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the house in which every capability has all its rooms, and the large ones have parts."""
    shutil.copy(house.ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(house.ROOT / "bot", tmp_path / "bot", ignore=shutil.ignore_patterns("__pycache__"))
    large = ("events", "events/door", "events/talks", "policy", "policy/quiet", "policy/theme")
    announcements = ("announcements", "announcements/broadcast", "announcements/telling")
    for name in (*large, *announcements, "violations", "violations/appeals", "violations/ledger", "members"):
        (tmp_path / "bot" / name).mkdir(exist_ok=True)
        for room in ("__init__", "rules", "store", "service", "texts", "handlers"):
            plant(tmp_path, f"bot/{name}/{room}.py", "")
    return tmp_path


def plant(root: Path, where: str, line: str) -> None:
    path = root / where
    path.parent.mkdir(exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")


def test_the_house_keeps_its_contracts() -> None:
    code, said = lint(house.ROOT)

    assert code == 0, said


@pytest.mark.parametrize(("contract", "where", "line"), PLANTED)
def test_a_planted_violation_is_caught(copy: Path, contract: str, where: str, line: str) -> None:
    plant(copy, where, line)

    code, said = lint(copy)

    assert code == 1, said
    assert f"{house.contracts()[contract]['name']} BROKEN" in said


def test_the_copy_itself_is_sound(copy: Path) -> None:
    code, said = lint(copy)

    assert code == 0, said


def test_each_contract_has_a_planted_violation() -> None:
    assert {contract for contract, _where, _line in PLANTED} == set(house.contracts())
