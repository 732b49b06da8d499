"""What is installed is what is in the checkout: a wheel is built as a packager builds it, and the bot speaks out of it."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel, built without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = folder.glob("*.whl")
    return built


def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def files_below(folder: str) -> set[str]:
    found = (path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(ROOT).as_posix() for path in found}


def test_every_file_of_the_program_is_in_it(wheel: Path) -> None:
    inside = names(wheel)

    assert files_below("bot") - inside == set()
    assert {f"bot/{name}" for name in files_below("locales") if name.endswith(".po")} - inside == set()


@pytest.mark.parametrize(
    ("what", "ending"),
    [
        ("languages", "/LC_MESSAGES/bot.po"),
        ("the sandbox's page", "bot/sandbox/page/index.html"),
        ("migrations", "bot/tg/migrations/tg_0001_first_tables.py"),
        ("their environment", "bot/db/alembic_env/env.py"),
        ("the mark of types", "bot/py.typed"),
        ("fonts", ".otf"),
        ("the licence", "/licenses/LICENSE"),
        ("the command", "/entry_points.txt"),
    ],
)
def test_it_has_what_is_no_module(wheel: Path, what: str, ending: str) -> None:
    assert [name for name in names(wheel) if name.endswith(ending)], what


def test_nothing_of_the_checkout_beside_it_comes_along(wheel: Path) -> None:
    assert {name.split("/")[0].partition("-")[0] for name in names(wheel)} == {"bot", "qunguan"}


def test_the_bot_speaks_its_languages_out_of_it(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    asked = "import bot.i18n as i; print(i.__file__, *sorted(i.available_locales()))"

    done = subprocess.run(
        [sys.executable, "-c", asked],
        check=True,
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert done.stdout.split() == [str(tmp_path / "bot" / "i18n.py"), "en", "zh_Hans"]
