"""Every table of the bot, loaded."""

from __future__ import annotations

import importlib
import pkgutil

import bot


def load_tables() -> None:
    """Import every module that may define tables."""
    for module in pkgutil.walk_packages(bot.__path__, "bot."):
        name = module.name.rpartition(".")[2]
        if name == "store" or name.endswith("_store"):
            importlib.import_module(module.name)
