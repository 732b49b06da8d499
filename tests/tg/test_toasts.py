"""What is said in the answer to a tap fits into it, in every language and with long names.

Telegram takes 200 characters. The sentences are found in the code: those of every function that is called for the words of a
``toast``, of the functions it calls in its own module, and of the tables they look them up in.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import string
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import bot
from bot.i18n import available_locales
from bot.tg.context import TOAST, fit
from tests.locales import catalogs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

ROOT = Path(bot.__file__).parent
LONG = {
    "name": "W" * 129,
    "event": "#10000 " + "W" * 100,
    "when": "Wed, 10 September 2027, 11:00",
    "until": "Wed, 10 September 2027, 11:00",
    "bot": "b" * 32,
    "tags": "T" * 83,
    "price": "P" * 40,
}
SHORTENED = {"bot.events.door.texts.answers": {"name": "W" * 35}}
"""What these modules shorten themselves."""
NUMBER = "10,000"


def _modules() -> Iterator[tuple[ModuleType, ast.Module]]:
    for path in sorted(ROOT.rglob("*.py")):
        source = path.read_text()
        if ".toast(" in source:
            name = ".".join(path.relative_to(ROOT.parent).with_suffix("").parts).removesuffix(".__init__")
            yield importlib.import_module(name), ast.parse(source)


def _spoken() -> set[tuple[str, str]]:
    """Return the functions that write toasts, as (module, function)."""
    found = set()
    for module, tree in _modules():
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            if not (isinstance(call.func, ast.Attribute) and call.func.attr == "toast" and call.args):
                continue
            for node in (one for words in _words(tree, call.args[0]) for one in ast.walk(words)):
                if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                    target = getattr(module, node.value.id, None)
                    if inspect.ismodule(target) and inspect.isfunction(getattr(target, node.attr, None)):
                        found.add((target.__name__, node.attr))
    return found


def _words(tree: ast.Module, given: ast.expr) -> Iterator[ast.expr]:
    """Yield what a toast is given, and what its variables are set to anywhere in the module."""
    yield given
    names = {node.id for node in ast.walk(given) if isinstance(node, ast.Name)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and any(isinstance(one, ast.Name) and one.id in names for one in node.targets):
            yield node.value


def _sentences(module: str, function: str, seen: set[str]) -> Iterator[str]:
    """Yield the sentences of a function, of those it calls beside it, and of the tables it names."""
    if function in seen:
        return
    seen.add(function)
    here = importlib.import_module(module)
    thing = getattr(here, function, None)
    if isinstance(thing, dict):
        yield from (value for value in thing.values() if isinstance(value, str))
    elif isinstance(thing, str):
        yield thing
    elif inspect.isfunction(thing) and thing.__module__ == module:
        for node in ast.walk(ast.parse(inspect.getsource(thing))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value
            elif isinstance(node, ast.Name):
                yield from _sentences(module, node.id, seen)


def _length(sentence: str, module: str) -> int:
    long = LONG | SHORTENED.get(module, {})
    names = {name for _, name, _, _ in string.Formatter().parse(sentence) if name}
    shown = re.sub(r"<[^>]+>", "", sentence.format(**{name: long.get(name, NUMBER) for name in names}))
    return len(shown.encode("utf-16-le")) // 2


SPOKEN = sorted(_spoken())


def test_there_are_toasts() -> None:
    assert len(SPOKEN) > 60
    assert ("bot.events.texts.answers", "tapped") in SPOKEN


@pytest.mark.parametrize("locale", available_locales())
def test_every_toast_fits(locale: str) -> None:
    catalog = {}
    for message in catalogs.read(locale, catalogs.files()[locale]):
        ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
        said = message.string if isinstance(message.string, tuple | list) else (message.string,)
        for one in ids:
            catalog[one] = [words for words in said if words] or list(ids)
    too_long = {
        sentence
        for module, function in SPOKEN
        for sentence in _sentences(module, function, set())
        for words in catalog.get(sentence, ())
        if sentence and _length(words, module) > TOAST
    }
    assert not too_long


@pytest.mark.parametrize("text", ["short", "x " * 150, "长" * 300, "🎉" * 150, "W" * 400])
def test_what_is_cut_all_the_same_says_so(text: str) -> None:
    shown = fit(text)
    assert len(shown.encode("utf-16-le")) // 2 <= TOAST
    assert shown == text or (shown.endswith("…") and text.startswith(shown[:-1].rstrip()))
