"""A case as people name it, and what is to be done with it: ``12``, ``#12 reason …``, 12 理由 ……."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from bot.kernel.numerals import fold

_NUMBER: Final = re.compile(r"(?:#|no\.? ?|case #?|记录\s*#?|第)?\s*([0-9]{1,9})(?![0-9.])(?:号|条)?\s*[:,;，：；]?\s*")
_REASON: Final = re.compile(
    r"(?:amend |change |set |改|修改)?(?:the )?(?:reason|理由|原因)(?![a-z])\s*(?:to |is |改为|改成|为)?\s*[:=：]?\s*"
)


@dataclass(frozen=True, slots=True)
class Named:
    """The number of a case; ``reason`` is the new one (None: only look), ``unclear`` words that say nothing to do."""

    number: int
    reason: str | None = None
    unclear: str = ""


def read_case(text: str) -> Named | None:
    """Read what follows ``/case``; None where it does not begin with a number."""
    text = text.strip()
    folded = fold(text)
    found = _NUMBER.match(folded)
    if found is None or not int(found[1]):
        return None
    number, rest = int(found[1]), text[found.end() :]
    return Named(number) if not rest else read_reason(rest, number)


def read_reason(text: str, number: int) -> Named:
    """Read what is to be done with a case of that number."""
    found = _REASON.match(fold(text))
    return Named(number, unclear=text) if found is None else Named(number, text[found.end() :].strip())
