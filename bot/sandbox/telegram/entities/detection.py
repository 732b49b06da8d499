"""What Telegram finds in a text by itself."""

from __future__ import annotations

import re

from bot.sandbox.telegram.entities.model import Entity, order_key, utf16_len

_DOMAIN = r"(?:[a-z0-9\u00a1-\uffff](?:[a-z0-9\u00a1-\uffff-]*[a-z0-9\u00a1-\uffff])?\.)+"
_BARE_TLD = (
    r"(?:com|org|net|info|edu|gov|io|me|dev|app|co|cn|de|uk|fr|ru|eu|tv|xyz|site|online|tech|ai|hk|tw|jp|sg|us|in)"
)
_PATH = r"(?:[/?#][^\s<>\"«»]*)?"
_PATTERNS = (
    ("email", re.compile(rf"(?i)(?<![\w.+-])[a-z0-9_.+-]+@{_DOMAIN}[a-z]{{2,}}(?![\w@])")),
    (
        "url",
        re.compile(
            rf"(?i)(?<![\w@.-])(?:(?:https?|ftp)://(?:{_DOMAIN}[a-z\u00a1-\uffff]{{2,}}|localhost|\d{{1,3}}(?:\.\d{{1,3}}){{3}})"
            rf"(?::\d{{1,5}})?{_PATH}|tg://[^\s<>\"]+|{_DOMAIN}{_BARE_TLD}(?![\w-])(?::\d{{1,5}})?{_PATH})"
        ),
    ),
    ("mention", re.compile(r"(?<![\w@])@[A-Za-z0-9_]{3,32}(?!\w)")),
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])")),
    ("hashtag", re.compile(r"(?<![\w#])#(?=\w*[^\W\d])\w{1,256}(?:@[A-Za-z0-9_]{3,32})?(?![\w#])")),
    ("cashtag", re.compile(r"(?<![\w$])\$[A-Z]{1,8}(?![\w$])")),
)


def _trimmed_url(url: str) -> str:
    """Drop the sentence's own punctuation, and a closing bracket that nothing in the link opened."""
    while url:
        if url[-1] in ".,:;!?'\"，。；：！？、" or (url[-1] == ")" and url.count(")") > url.count("(")):
            url = url[:-1]
        else:
            break
    return url


def detect(text: str) -> list[Entity]:
    """Find commands, mentions, links, e-mail addresses, hashtags and cashtags; none overlaps another."""
    found: list[Entity] = []
    taken: list[tuple[int, int]] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            shown = _trimmed_url(match[0]) if kind == "url" else match[0]
            start, end = match.start(), match.start() + len(shown)
            if any(start < right and left < end for left, right in taken):
                continue
            taken.append((start, end))
            found.append({"type": kind, "offset": utf16_len(text[:start]), "length": utf16_len(shown)})
    return sorted(found, key=order_key)
