"""What ``docs/add-a-capability.md`` shows is put into a copy of the bot, and runs there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "add-a-capability.md"
_BLOCK = re.compile(r"^`(?P<path>[\w./-]+)`\n```\w+\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_COPIED = ("bot", "tests", "locales", "pyproject.toml")
_CHANGED = ("bot/app.py", "pyproject.toml")


def blocks() -> dict[str, str]:
    """Return the files of the page by their paths."""
    return {found["path"]: found["body"] for found in _BLOCK.finditer(PAGE.read_text(encoding="utf-8"))}


def put_after(text: str, anchor: str, added: str) -> str:
    assert text.count(anchor) == 1, f"the page's change has no place of its own any more: {anchor!r}"
    return text.replace(anchor, f"{anchor}{added}")


def listed(app: str, block: str) -> str:
    """Apply the page's change of the composition root: an import, and a line in the list."""
    imported, _, line = block.partition("\n\n")
    app = put_after(app, "from bot.members.roles.service import PeopleBook\n", f"{imported}\n")
    return put_after(app, "    offered = [\n", f"{line.rstrip()}\n")


def on_its_floor(project: str, block: str) -> str:
    """Apply the page's change of the contracts: a name on the floor of the capabilities."""
    anchor = '    "(announcements)'
    assert project.count(anchor) == 1
    return project.replace(anchor, f'    "{block.strip()} (announcements)')


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the bot with the page's capability in it."""
    place = tmp_path_factory.mktemp("checkout")
    for name in _COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, place / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, place / name)
    files = blocks()
    app, project = (place / name for name in _CHANGED)
    app.write_text(listed(app.read_text(encoding="utf-8"), files.pop("bot/app.py")), encoding="utf-8")
    project.write_text(on_its_floor(project.read_text(encoding="utf-8"), files.pop("pyproject.toml")), encoding="utf-8")
    for path, body in files.items():
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_text(body, encoding="utf-8")
    run(place, sys.executable, "-m", "tests.db.write_migration", "motto", "first tables")
    run(place, tool("ruff"), "check", "--fix", "--no-cache", "bot/motto/migrations")
    run(place, tool("ruff"), "format", "--no-cache", "bot/motto/migrations")
    return place


def run(place: Path, *words: str) -> str:
    """Run a module or a tool of the virtual environment in the copy; return what it says."""
    environment = {**os.environ, "PYTHONPATH": str(place)}
    environment.pop("PYTEST_ADDOPTS", None)
    done = subprocess.run(words, cwd=place, env=environment, capture_output=True, text=True, timeout=240, check=False)
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    return said


def tool(name: str) -> str:
    return str(Path(sys.executable).parent / name)


def test_the_page_shows_every_room_of_a_capability() -> None:
    rooms = {"__init__", "rules", "store", "service", "texts", "handlers"}

    assert {path.removeprefix("bot/motto/").removesuffix(".py") for path in blocks() if "bot/motto/" in path} == rooms


@pytest.mark.slow
def test_the_capability_of_the_page_is_built_and_runs(copy: Path) -> None:
    assert (copy / "bot/motto/migrations/motto_0001_first_tables.py").is_file()

    said = run(copy, sys.executable, "-m", "pytest", "tests/motto", "-q", "-p", "no:cacheprovider")

    assert re.search(r"\b5 passed", said), said


def test_it_is_written_in_the_style_of_the_house(copy: Path) -> None:
    run(copy, tool("ruff"), "check", "--no-cache", "bot/motto", "tests/motto", "bot/app.py")
    run(copy, tool("ruff"), "format", "--check", "--no-cache", "bot/motto", "tests/motto", "bot/app.py")


@pytest.mark.slow
def test_it_keeps_the_contracts_of_the_house_and_its_types_are_right(copy: Path) -> None:
    run(copy, tool("lint-imports"), "--no-logo", "--no-cache")
    run(copy, tool("mypy"), "--strict", "--cache-dir", str(copy / ".mypy"), "bot/motto")
