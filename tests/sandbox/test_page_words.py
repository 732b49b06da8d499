"""The chat page's own words: each is there in Chinese, with the same values in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import bot.sandbox

PAGE = (Path(bot.sandbox.__file__).parent / "page" / "index.html").read_text(encoding="utf-8")
START = PAGE.index("const CHINESE = {")
END = PAGE.index("\n};", START)
_ENTRY = re.compile(r'^  ("(?:[^"\\]|\\.)*"): ("(?:[^"\\]|\\.)*"),$')
_CALL = re.compile(r'\btr\(("(?:[^"\\]|\\.)*")[,)]')
_VALUE = re.compile(r"\{\d\}")
_NAMED_AT_RUN_TIME = {"channel", "group", "supergroup"} | {
    f"{{0}} {word}" for word in ("member", "members", "vote", "votes", "byte", "bytes")
}
"""Kinds of chats, and what is counted."""
_KINDS = {
    *("Photo", "Document", "Video", "Animation", "Audio", "Voice", "Sticker", "Poll", "Location", "Contact", "Dice"),
    "Story",
}


def entries() -> dict[str, str]:
    found = [_ENTRY.match(line) for line in PAGE[START:END].splitlines()[1:]]
    assert all(found), "an entry a line"
    return {json.loads(one[1]): json.loads(one[2]) for one in found if one is not None}


def templates(script: str) -> Iterator[str]:
    """Return the keys of the templates, tr`Warn ${name}` being "Warn {0}"."""
    for call in re.finditer(r"\btr`", script):
        key, depth, values, at = "", 0, 0, call.end()
        while script[at] != "`" or depth:
            if script.startswith("${", at) and not depth:
                key, depth, values, at = f"{key}{{{values}}}", 1, values + 1, at + 2
                continue
            depth += (script[at] == "{") - (script[at] == "}") if depth else 0
            key += "" if depth or script[at] == "}" else script[at]
            at += 1
        yield key


def said() -> set[str]:
    """Return what the script says, and the words that stand in the page itself."""
    script = PAGE[END:]
    body = PAGE[PAGE.index("<body>") : PAGE.index("<script>")]
    fixed = re.findall(r">([^<]*[A-Za-z][^<]*)<", body)
    fixed += re.findall(r'(?:title|aria-label|placeholder)="([^"]+)"', body)
    called = {json.loads(key) for key in _CALL.findall(script)}
    return called | set(templates(script)) | set(fixed) | _NAMED_AT_RUN_TIME | _KINDS


def test_every_word_of_the_page_is_there_in_chinese() -> None:
    missing = said() - set(entries()) - {"Qunguan "}
    assert not missing


def test_no_word_is_there_that_nobody_says() -> None:
    assert not set(entries()) - said() - {"Qunguan sandbox"}


def test_values_stand_in_both_languages() -> None:
    assert {key for key, words in entries().items() if set(_VALUE.findall(key)) != set(_VALUE.findall(words))} == set()
