"""What the code says, and what each language has for it."""

from __future__ import annotations

import io
import re
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import PoFileError, read_po, write_po

from bot.i18n import SOURCE_LOCALE

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
LOCALES = ROOT / "locales"
KEYWORDS = {
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "label": None,
    "nlabel": (1, 2),
    "N_": None,
}
# In these, label() names a column.
_SQL = re.compile(r"(^|/)(store|[a-z_]+_store)(\.py$|/)|/db/|/migrations/")
_TAG = re.compile(r"</?[a-z][^>]*>")


def extract(package: Path = ROOT / "bot") -> Catalog:
    """Collect every sentence of the code, in the order of its files."""
    catalog = Catalog(project="Qunguan", version="1", charset="utf-8", fuzzy=False)
    for path in sorted(package.rglob("*.py")):
        name = path.relative_to(package.parent).as_posix()
        if _SQL.search(name):
            continue
        found = extract_from_file(
            "python", path, KEYWORDS, ["Translators:"], {"encoding": "utf-8"}, strip_comment_tags=True
        )
        for _line, message, comments, context in found:
            if message:
                catalog.add(message, locations=[(name, 0)], auto_comments=comments, context=context)
    return catalog


def files(folder: Path = LOCALES) -> dict[str, Path]:
    """Return the catalog file of every language."""
    return {path.parent.parent.name: path for path in sorted(folder.glob("*/LC_MESSAGES/bot.po"))}


def read(locale: str, path: Path) -> Catalog:
    """Read one language's catalog; a file that is no valid catalog is an error."""
    with path.open("rb") as source:
        return read_po(source, locale=locale, abort_invalid=True)


def updated(code: Catalog, locale: str, path: Path) -> bytes:
    """Return the file's content with the code's sentences: new ones empty, those no longer said left out."""
    catalog = (
        read(locale, path) if path.exists() else Catalog(locale=locale, project="Qunguan", version="1", fuzzy=False)
    )
    catalog.header_comment = f"# What Qunguan says, in {catalog.locale.english_name if catalog.locale else locale}."
    # A guess that nobody looked at is worse than an empty line, which the check reports.
    catalog.update(code, no_fuzzy_matching=True, update_creation_date=False)
    out = io.BytesIO()
    write_po(out, catalog, width=120, omit_header=False, ignore_obsolete=True, include_lineno=False)
    return b"\n".join(_kept(out.getvalue().split(b"\n")))


def _kept(lines: list[bytes]) -> Iterator[bytes]:
    """Leave out what changes with the day and the machine, so that a file differs only where its sentences do."""
    noise = (
        b'"POT-Creation-Date',
        b'"Generated-By',
        b'"PO-Revision-Date',
        b'"Last-Translator',
        b'"Language-Team',
        b'"Report-Msgid',
    )
    return (line for line in lines if not line.startswith(noise))


def complaints(code: Catalog, locale: str, path: Path) -> list[str]:
    """Say what is wrong with one language's file, a line for each thing."""
    try:
        catalog = read(locale, path)
    except PoFileError as error:
        return [f"{locale}: not a valid catalog: {error}"]
    found = [f"{locale}: no longer said, run `make messages`: {key!r}" for key in catalog.obsolete]
    for message in code:
        if not message.id:
            continue
        own = catalog.get(message.id, context=message.context)
        if own is None:
            found.append(f"{locale}: missing, run `make messages`: {_key(message)!r}")
        else:
            found += [f"{locale}: {problem}: {_key(message)!r}" for problem in _problems(catalog, message, own)]
    for own in catalog:
        if own.id and code.get(own.id, context=own.context) is None:
            found.append(f"{locale}: no longer said, run `make messages`: {_key(own)!r}")
    return found


def _problems(catalog: Catalog, message: Message, own: Message) -> Iterator[str]:
    forms = [text or "" for text in (own.string if isinstance(own.string, tuple | list) else [own.string])]
    if str(catalog.locale) == SOURCE_LOCALE and not any(forms):
        return
    if own.fuzzy:
        yield "fuzzy"
    if not all(forms):
        yield "not translated"
        return
    if own.pluralizable != message.pluralizable:
        yield "plural where the code has none, or the other way round"
    elif own.pluralizable and len(forms) != catalog.num_plurals:
        yield f"{len(forms)} plural forms instead of {catalog.num_plurals}"
    originals = list(message.id) if isinstance(message.id, tuple | list) else [message.id]
    yield from _differences(originals, forms)


def _differences(originals: list[str], forms: list[str]) -> Iterator[str]:
    allowed = [placeholders(text) for text in originals]
    # "one seat" may leave out the number; a form for many may not.
    needed, known = set.intersection(*allowed), set.union(*allowed)
    for form in forms:
        if not needed <= placeholders(form) <= known:
            yield f"placeholders {sorted(placeholders(form))} instead of {sorted(known)}"
        if tags(form) not in [tags(text) for text in originals]:
            yield f"tags {tags(form)} instead of {tags(originals[-1])}"
        if form.startswith("\n") != originals[-1].startswith("\n") or form.endswith("\n") != originals[-1].endswith(
            "\n"
        ):
            yield "line breaks at the ends differ"
    if len(originals) > 1 and placeholders(forms[-1]) != allowed[-1]:
        yield "the last plural form lacks a placeholder of the English one"


def placeholders(text: str) -> set[str]:
    """Return the names in braces; the text must be a valid template."""
    return {name for _text, name, _spec, _conversion in Formatter().parse(text) if name is not None}


def tags(text: str) -> list[str]:
    """Return the HTML tags, sorted, since another language may say things in another order."""
    return sorted(_TAG.findall(text))


def _key(message: Message) -> str:
    text = message.id if isinstance(message.id, str) else message.id[0]
    return f"{message.context}: {text}" if message.context else text
