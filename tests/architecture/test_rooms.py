"""What import-linter cannot say: the folders are those of the lists, and a library has one place where it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.architecture import house

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FILES = {"__init__", *house.ROOMS}
# Timers ring: the one package between app and tg that drives something itself.
MORE_ROOMS = {"timers": {"alarm"}}
SQL = ("sqlalchemy", "aiosqlite", "sqlite3", "asyncpg", "alembic")
MODULES = house.modules()
CAPABILITIES = house.capabilities()
WITH_PARTS = {path.name for path in CAPABILITIES} & set(house.contracts())


def strange(capability: Path) -> list[str]:
    """Return what lies in a capability without being one of its rooms; a part of it has the same rooms.

    A room that needs several modules is a folder, and free to name them. One whose parts have a contract of their own puts them
    together in ``capability.py``.
    """
    more = MORE_ROOMS.get(capability.name, set()) | ({"capability"} if capability.name in WITH_PARTS else set())
    found: list[str] = []
    for path in sorted(capability.iterdir()):
        if path.name in {"__pycache__", "migrations", *house.ROOMS}:
            continue
        if path.is_dir():
            found += strange(path)
        elif path.suffix == ".py" and path.stem not in FILES | more:
            found.append(path.as_posix())
    return found


def within(module: house.Module, *packages: str) -> bool:
    return any(module.name == package or module.name.startswith(f"{package}.") for package in packages)


def is_store(module: house.Module) -> bool:
    return within(module, "bot.db") or module.room == "store" or module.room.endswith("_store")


def test_every_folder_stands_on_a_floor() -> None:
    listed = {name for floor in house.floors() for name in floor}
    there = {path.stem for path in (house.ROOT / "bot").iterdir() if path.suffix == ".py" or any(path.glob("*.py"))}

    assert there - {"__init__"} <= listed


@pytest.mark.parametrize("capability", CAPABILITIES, ids=lambda path: path.name)
def test_a_capability_has_the_rooms_everybody_knows(capability: Path) -> None:
    assert strange(capability) == []


@pytest.mark.parametrize("capability", CAPABILITIES, ids=lambda path: path.name)
def test_a_capability_says_what_it_promises(capability: Path) -> None:
    assert (capability / "__init__.py").read_text(encoding="utf-8").startswith('"""')


def test_a_strange_room_is_seen(tmp_path: Path) -> None:
    (tmp_path / "signup").mkdir()
    for name in ("rules.py", "utils.py", "capability.py", "signup/store.py", "signup/helpers.py"):
        (tmp_path / name).touch()

    assert [name.removeprefix(f"{tmp_path.as_posix()}/") for name in strange(tmp_path)] == [
        "capability.py",
        "signup/helpers.py",
        "utils.py",
    ]


def test_only_what_has_parts_puts_them_together() -> None:
    assert {"announcements", "events", "policy", "violations"} == WITH_PARTS


@pytest.mark.parametrize(
    ("libraries", "place"),
    [
        (("telegram",), "tg, handlers, app and sandbox"),
        (("apscheduler",), "timers"),
        (SQL, "stores and db"),
        (("PIL", "segno", "zxingcpp"), "pictures"),
        (("xlsxwriter",), "sheets"),
    ],
)
def test_a_library_is_used_in_its_place_only(libraries: tuple[str, ...], place: str) -> None:
    places: dict[str, Callable[[house.Module], bool]] = {
        "telegram": lambda m: within(m, "bot.tg", "bot.app", "bot.sandbox", "bot.__main__") or m.room == "handlers",
        "apscheduler": lambda m: within(m, "bot.timers"),
        "sqlalchemy": is_store,
        "PIL": lambda m: within(m, "bot.pictures"),
        "xlsxwriter": lambda m: within(m, "bot.sheets"),
    }
    allowed = places[libraries[0]]

    astray = {module.name: module.uses(*libraries) for module in MODULES if module.uses(*libraries)}

    assert [name for name in astray if not allowed(_module(name))] == [], f"{libraries} belong to {place}"


def test_rules_know_the_kernel_only() -> None:
    for module in MODULES:
        if module.room == "rules":
            astray = {used for used in module.family if not _is_pure(used)}
            assert astray == set(), module.name


def test_the_kernel_does_nothing_but_think() -> None:
    outside = {
        "aiohttp",
        "asyncio",
        "httpx",
        "os",
        "pathlib",
        "requests",
        "shutil",
        "socket",
        "subprocess",
        "telegram",
        *SQL,
    }
    for module in MODULES:
        if within(module, "bot.kernel") or module.room == "rules":
            assert module.uses(*outside) == set(), module.name


def test_texts_know_words_and_outcomes_only() -> None:
    for module in MODULES:
        if module.room == "texts" and not within(module, "bot.tg"):
            known = {"bot.i18n", "bot.phrases", *(used for used in module.family if house.room(used) == "texts")}
            assert {used for used in module.family - known if not (_is_pure(used) or _writes(used))} == set(), (
                module.name
            )


def test_a_store_is_used_by_its_own_service_only() -> None:
    for module in MODULES:
        stores = {used for used in module.family if house.room(used) == "store" or used.endswith("_store")}
        foreign = {used for used in stores if not module.name.startswith(f"{_home(used)}.")}
        assert {used for used in foreign if not within(module, "bot.app", "bot.tg")} == set(), module.name


def _writes(name: str) -> bool:
    """Say whether it puts words into a picture or a table: values in, bytes out."""
    return any(name == package or name.startswith(f"{package}.") for package in ("bot.pictures", "bot.sheets"))


def _is_pure(name: str) -> bool:
    return name == "bot.kernel" or name.startswith("bot.kernel.") or house.room(name) == "rules"


def _home(store: str) -> str:
    return store.partition(".store")[0] if ".store" in store else store.rpartition(".")[0]


def _module(name: str) -> house.Module:
    return next(module for module in MODULES if module.name == name)
