"""Every table of the bot, loaded."""

from __future__ import annotations

import importlib
import pkgutil

import bot


def load_tables() -> None:
    """Import every module that may define tables: stores, and services that have them made for their part."""
    for module in pkgutil.walk_packages(bot.__path__, "bot."):
        name = module.name.rpartition(".")[2]
        if name in {"store", "service"} or name.endswith("_store"):
            importlib.import_module(module.name)
