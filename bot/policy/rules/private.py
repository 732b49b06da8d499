"""The detector of private data: identity numbers, mobile numbers, bank cards, passports, addresses (R34).

What it finds is named with most of its digits hidden: neither the hint nor the record says it again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from bot.policy.rules.fields import Field, Listed, Number, Switch
from bot.policy.rules.findings import Hit, Past, Reason
from bot.policy.rules.words import Listing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.policy.rules.message import Seen

_NUMERALS: Final = str.maketrans("〇零○一二三四五六七八九幺", "0001234567891")
_NUMERAL: Final = "[0-9〇零○一二三四五六七八九幺]"
_GAP: Final = r"[ .\-_*/·,，、—]{0,3}"
_BEFORE: Final = r"(?<![0-9a-z=&/_])"
_AFTER: Final = r"(?![0-9a-z])"
_SEVEN: Final = re.compile(rf"[0-9](?:{_GAP}[0-9]){{6}}")
_SEVEN_NUMERALS: Final = re.compile(rf"{_NUMERAL}(?:{_GAP}{_NUMERAL}){{6}}")
_PHONE: Final = re.compile(
    rf"(?<![0-9a-z=&/_.])(?:\+?(?:00)?86{_GAP})?(1{_GAP}[3-9](?:{_GAP}[0-9]){{9}})(?:(?!{_GAP}[0-9])|(?=[ ,，、/;；]{{1,3}}1[3-9]))"
)
_ABROAD: Final = re.compile(r"(?<![0-9a-z=&/_.+])\+(?!86)[1-9](?:[ .()-]{0,2}[0-9]){7,13}(?![0-9])")
_IDENTITY: Final = re.compile(rf"{_BEFORE}([1-9](?:{_GAP}[0-9]){{16}}{_GAP}[0-9x])(?![0-9a-z])")
_CARD: Final = re.compile(rf"{_BEFORE}([2-6](?:[ \-]{{0,2}}[0-9]){{14,18}})(?![ \-]{{0,2}}[0-9]){_AFTER}")
_PASSPORT: Final = re.compile(r"(?<![0-9a-z])([a-z]{1,2} ?[0-9]{7,8})(?![0-9a-z])")
_PASSPORT_SAID: Final = re.compile("护照|通行证|passport")
_SOCIAL: Final = re.compile(r"(?<![0-9-])([0-9]{3}-[0-9]{2}-[0-9]{4})(?![0-9-])")
_SOCIAL_SAID: Final = re.compile(r"\bssn\b|social security")
_BORN: Final = re.compile(r"(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10x98765432"
_ISSUERS: Final = {16: re.compile("62|4|5[1-5]|2[2-7]|35|6011|65"), 15: re.compile("3[47]"), 17: re.compile("62")}
_ISSUERS_LONG: Final = re.compile("62")
_SOMEBODY_S: Final = re.compile(
    "(?:他|她|人家|他们家?|她们家?|这人|这个人|此人|那人|对方|那个女的|那个男的|骗子|老赖|渣男|渣女|小三)(?:本人|家|老公|老婆|爸|妈|家里|家人)?的?"
    "(?:私人|新|真实)?(?:手机|电话|号码|微信|联系方式)|人肉|开盒|轰炸他|轰炸她|打爆[他她]|骚扰[他她]"
    r"|\b(?:his|her|their)(?: (?:private|personal|home|mobile|cell|phone|wife|husband|mother|father|new|real|s))* ?(?:number|phone|mobile|cell)"
    r"|\bdoxx?(?:ed|ing)?\b"
)


@dataclass(frozen=True)
class PrivateData(Listing):
    """Private data (R34), each kind by a switch of its own.

    A telephone number in normal talk passes: numbers count from ``phones`` different ones in a message, or where one is said
    to be somebody else's. ``addresses`` are those that the group lists.
    """

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Listed("addresses", asked=True),
        Number("phones", 1, 20, asked=True),
        Switch("mobiles"),
        Switch("identities"),
        Switch("cards"),
        Switch("passports"),
    )

    LIST: ClassVar[str] = "addresses"

    addresses: tuple[str, ...] = ()
    phones: int = 2
    mobiles: bool = True
    identities: bool = True
    cards: bool = True
    passports: bool = True

    def find(self, seen: Seen, _past: Past) -> Hit | None:
        """Say what it found, hidden."""
        address = self._list.find(seen.plain) if self.addresses else None
        if address is not None:
            return Hit(Reason.ADDRESS)
        if _SEVEN_NUMERALS.search(seen.plain.folded) is None:
            return None
        # A name may end in a numeral, which is no part of the number after it: both readings count.
        readings = dict.fromkeys((seen.plain.folded, seen.plain.folded.translate(_NUMERALS)))
        text = "\n".join(reading for reading in readings if _SEVEN.search(reading) is not None)
        if not text:
            return None
        return self._identity(text) or self._card(text) or self._passport(text) or self._mobile(text)

    def _identity(self, text: str) -> Hit | None:
        if not self.identities:
            return None
        found = next((number for number in _numbers(_IDENTITY, text) if is_identity(number)), None)
        if found is None and _SOCIAL_SAID.search(text) is not None:
            found = next(_numbers(_SOCIAL, text), None)
        return None if found is None else Hit(Reason.IDENTITY, hidden(found))

    def _card(self, text: str) -> Hit | None:
        found = next((number for number in _numbers(_CARD, text) if is_card(number)), None) if self.cards else None
        return None if found is None else Hit(Reason.CARD, hidden(found))

    def _passport(self, text: str) -> Hit | None:
        if not self.passports or _PASSPORT_SAID.search(text) is None:
            return None
        found = _PASSPORT.search(text)
        return None if found is None else Hit(Reason.PASSPORT, hidden(found[1].replace(" ", "").upper()))

    def _mobile(self, text: str) -> Hit | None:
        if not self.mobiles:
            return None
        numbers = dict.fromkeys((*_numbers(_PHONE, text), *(_digits(found[0]) for found in _ABROAD.finditer(text))))
        if not numbers or (len(numbers) < self.phones and _SOMEBODY_S.search(text) is None):
            return None
        return Hit(Reason.PHONE, hidden(next(iter(numbers))))


def is_identity(number: str) -> bool:
    """Say whether 18 characters are the number of a Chinese identity card: its date of birth, its check digit."""
    if len(number) != len(_WEIGHTS) + 1 or _BORN.fullmatch(number[6:14]) is None:
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False))
    return _CHECKS[total % 11] == number[-1]


def is_card(number: str) -> bool:
    """Say whether digits are the number of a bank card: an issuer's first digits, and Luhn's check."""
    issuer = _ISSUERS.get(len(number), _ISSUERS_LONG)
    if issuer.match(number) is None or len(set(number)) == 1:
        return False
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number))]
    return sum(digit - 9 if digit > 9 else digit for digit in doubled) % 10 == 0


def hidden(number: str) -> str:
    """Return a number with its middle hidden."""
    return f"{number[:3]}…{number[-2:]}"


def _numbers(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    return (_digits(found[1]) for found in pattern.finditer(text))


def _digits(found: str) -> str:
    return "".join(char for char in found if char.isdigit() or char == "x")
