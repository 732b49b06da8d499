"""The check of the translations sees what it should, and passes today."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest
from babel.messages.catalog import Catalog

from tests.locales import catalogs

if TYPE_CHECKING:
    from pathlib import Path


def test_every_language_says_everything() -> None:
    code = catalogs.extract()

    assert set(catalogs.files()) >= {"en", "zh_Hans"}
    for locale, path in catalogs.files().items():
        assert catalogs.complaints(code, locale, path) == []


def test_no_sentence_hides_in_an_f_string() -> None:
    """The extraction does not look into f-strings: what is said there would stay English for ever."""
    hidden = [
        f"{path}:{node.lineno}"
        for path in sorted((catalogs.ROOT / "bot").rglob("*.py"))
        for outer in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(outer, ast.JoinedStr)
        for node in ast.walk(outer)
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)
        if isinstance(node.func, ast.Attribute) and node.func.attr in {*catalogs.KEYWORDS, "pgettext"} - {"N_"}
    ]
    assert hidden == []


def test_taking_up_new_texts_changes_nothing_that_is_up_to_date() -> None:
    code = catalogs.extract()

    for locale, path in catalogs.files().items():
        assert catalogs.updated(code, locale, path) == path.read_bytes()


def test_texts_are_found_in_calls_and_tables_but_not_in_sql(tmp_path: Path) -> None:
    package = tmp_path / "bot"
    package.mkdir()
    (package / "texts.py").write_text(
        'A = N_("table")\n'
        't.gettext("plain " "text", n=1)\n'
        't.ngettext("{n} seat", "{n} seats", n)\n'
        't.pgettext("button", "Open")\n'
        't.label("Join")\n'
        't.nlabel("{n} day", "{n} days", 3)\n'
        "t.gettext(message)\n",
        encoding="utf-8",
    )
    (package / "store.py").write_text('column.label("total")\n')

    found = {(message.context, message.id) for message in catalogs.extract(package) if message.id}

    assert found == {
        (None, "table"),
        (None, "plain text"),
        (None, ("{n} seat", "{n} seats")),
        ("button", "Open"),
        (None, "Join"),
        (None, ("{n} day", "{n} days")),
    }


GOOD = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Language: zh_Hans\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

msgid "<b>{name}</b> joined"
msgstr "<b>{name}</b>来了"

msgid "{n} seat"
msgid_plural "{n} seats"
msgstr[0] "{n}个座位"
"""


@pytest.fixture
def code() -> Catalog:
    catalog = Catalog()
    catalog.add("<b>{name}</b> joined")
    catalog.add(("{n} seat", "{n} seats"))
    return catalog


def complaints(code: Catalog, tmp_path: Path, text: str, locale: str = "zh_Hans") -> list[str]:
    path = tmp_path / "bot.po"
    path.write_text(text, encoding="utf-8")
    return catalogs.complaints(code, locale, path)


def test_a_good_translation_passes(code: Catalog, tmp_path: Path) -> None:
    assert complaints(code, tmp_path, GOOD) == []


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ("<b>{name}</b>来了", "", "not translated"),
        ("<b>{name}</b>来了", "<b>{who}</b>来了", "placeholders"),
        ("<b>{name}</b>来了", "<b>某人</b>来了", "placeholders"),
        ("<b>{name}</b>来了", "{name}来了", "tags"),
        ("<b>{name}</b>来了", "<i>{name}</i>来了", "tags"),
        ("<b>{name}</b>来了", "<b>{name}</b>来了\\n", "line breaks"),
        ("{n}个座位", "座位", "placeholders"),
        ("{n}个座位", "", "not translated"),
        ('msgid "<b>', '#, fuzzy\nmsgid "<b>', "fuzzy"),
        ('msgid "<b>{name}</b> joined"', 'msgid "<b>{name}</b> left"', "missing"),
        ('msgid "<b>{name}</b> joined"', 'msgid "<b>{name}</b> left"', "no longer said"),
        ('msgid "<b>', '#~ msgid "gone"\n#~ msgstr "没了"\n\nmsgid "<b>', "no longer said"),
        ('msgid_plural "{n} seats"\nmsgstr[0]', "msgstr", "plural where the code has none"),
        ('msgstr[0] "{n}个座位"', 'msgstr[0] "{n}个座位"\nmsgstr[1] "{n}个座位"', "not a valid catalog"),
    ],
)
def test_a_bad_translation_is_seen(code: Catalog, tmp_path: Path, before: str, after: str, complaint: str) -> None:
    assert before in GOOD

    found = complaints(code, tmp_path, GOOD.replace(before, after))

    assert any(complaint in line for line in found), found


def test_english_may_leave_everything_empty(code: Catalog, tmp_path: Path) -> None:
    english = GOOD.replace("zh_Hans", "en").replace("nplurals=1; plural=0", "nplurals=2; plural=(n != 1)")
    english = english.replace("<b>{name}</b>来了", "").replace('"{n}个座位"', '""\nmsgstr[1] ""')

    assert complaints(code, tmp_path, english, "en") == []
