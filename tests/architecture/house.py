"""The modules of ``bot`` and what each of them imports, read without running any."""

from __future__ import annotations

import ast
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
ROOMS = {"rules", "store", "service", "texts", "handlers"}


def room(name: str) -> str:
    """Return the room that a dotted name leads to: ``rules`` for ``bot.events.rules.seats``."""
    parts = name.split(".")
    return next((part for part in parts if part in ROOMS), parts[-1])


@dataclass(frozen=True)
class Module:
    """A module by its dotted name, with the dotted names it imports."""

    name: str
    imports: frozenset[str]

    @property
    def room(self) -> str:
        """The room it lies in, which may be a file or a folder: ``rules``, ``store``, …; else the module's own name."""
        return room(self.name)

    def uses(self, *libraries: str) -> set[str]:
        """Return those of the libraries that it imports directly."""
        return {used.partition(".")[0] for used in self.imports} & set(libraries)

    @property
    def family(self) -> set[str]:
        """The modules of ``bot`` that it imports."""
        return {used for used in self.imports if used.startswith("bot.")}


def modules(root: Path = ROOT) -> list[Module]:
    """Return every module below ``bot`` but the migrations, which Alembic runs as scripts."""
    return sorted(_read(root), key=lambda module: module.name)


def contracts(root: Path = ROOT) -> dict[str, dict[str, Any]]:
    """Return import-linter's contracts by their id."""
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    return {contract["id"]: contract for contract in settings["tool"]["importlinter"]["contracts"]}


def floors(root: Path = ROOT) -> list[list[str]]:
    """Return the floors of the house from the top, each with the names that share it."""
    return [[part.strip(" ()") for part in layer.split("|")] for layer in contracts(root)["floors"]["layers"]]


def capabilities(root: Path = ROOT) -> list[Path]:
    """Return the packages between ``app`` and ``tg`` that are there."""
    order = floors(root)
    first, last = order.index(["app"]), order.index(["tg"])
    return [
        root / "bot" / name for floor in order[first + 1 : last] for name in floor if (root / "bot" / name).is_dir()
    ]


def _read(root: Path) -> Iterator[Module]:
    for path in (root / "bot").rglob("*.py"):
        parts = path.relative_to(root).with_suffix("").parts
        if "migrations" in parts or "alembic_env" in parts:
            continue
        name = ".".join(part for part in parts if part != "__init__")
        yield Module(name, frozenset(_imported(root, ast.parse(path.read_text(encoding="utf-8")))))


def _imported(root: Path, tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield full if _is_module(root, full) else node.module


def _is_module(root: Path, name: str) -> bool:
    path = root.joinpath(*name.split("."))
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()
