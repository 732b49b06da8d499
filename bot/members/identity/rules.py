"""Reading from a command line who is meant, and telling people from bots, channels and those who left."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from bot.kernel.ids import ANONYMOUS_ADMIN, CHANNEL_POSTER, TELEGRAM_SERVICE, UserId
from bot.members.rules import Member, Person, Presence

MANY = 6
"""How many people of one name are listed."""
_SHORTEST_ID = 5
"""Shorter numbers belong to the reason ("3 times"), not to a person."""
_USERNAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{3,31}(?![A-Za-z0-9_])")
_NAME = re.compile(r"[^\s,:;，：；、。]{1,64}")
_ID = re.compile(rf"-?[0-9]{{{_SHORTEST_ID},19}}(?![^\s,:;，：；、])")
_BETWEEN = " \t\r\n\u3000,:;，：；、|｜"
_HIGHEST_ID = 2**52


class TargetKind(StrEnum):
    """What kind of target somebody is. Only a ``MEMBER`` can be acted on without a second thought."""

    MEMBER = "member"
    """In the group, or at least never seen leaving it."""
    GONE = "gone"
    """Has left or was removed."""
    ONESELF = "oneself"
    THE_BOT = "the_bot"
    """This bot."""
    OTHER_BOT = "other_bot"
    ANONYMOUS = "anonymous"
    """An administrator who writes as the group: Telegram does not say who."""
    CHANNEL = "channel"
    """A channel that speaks in the group."""


@dataclass(frozen=True, slots=True)
class ByPerson:
    """Named by a reply or a text mention: Telegram itself says who it is."""

    person: Person


@dataclass(frozen=True, slots=True)
class ByChat:
    """Named by a reply to what the group itself (``anonymous``) or a channel wrote."""

    chat_id: int
    title: str
    anonymous: bool


@dataclass(frozen=True, slots=True)
class ById:
    """Named by a number; negative ones are chats."""

    user_id: int


@dataclass(frozen=True, slots=True)
class ByName:
    """Named by @name, or by @ and the display name or tag of somebody who has no @name."""

    name: str


Target = ByPerson | ByChat | ById | ByName


@dataclass(frozen=True, slots=True)
class Mention:
    """A text mention in a message: whom it means, and the text it covers (``start`` to ``end``, in characters)."""

    person: Person
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Found:
    """The target is known. For a channel or an anonymous administrator ``member`` holds the chat's id and title."""

    member: Member
    kind: TargetKind

    @property
    def user_id(self) -> UserId:
        """The target's id."""
        return self.member.user_id


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody of this name, or with this number (``by_id``), was ever seen in the group."""

    named: str
    by_id: bool = False


@dataclass(frozen=True, slots=True)
class Several:
    """More than one person goes by this display name or tag."""

    named: str
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """Nobody was named."""


Outcome = Found | Unknown | Several | Missing


def read_target(args: str) -> tuple[ByName | ById | None, str]:
    """Read who is named at the start of the arguments, and what follows."""
    text = args.lstrip(_BETWEEN)
    # Character by character, so that what is cut off the folded text can be cut off the original.
    folded = "".join(unicodedata.normalize("NFKC", char) if char in _FOLDABLE else char for char in text)
    if folded.startswith("@"):
        match = _USERNAME.match(folded, 1) or _NAME.match(folded, 1)
        return (None, args) if match is None else (ByName(match[0]), _rest(text, match.end()))
    match = _ID.match(folded)
    if match is None or abs(int(match[0])) > _HIGHEST_ID:
        return None, args
    return ById(int(match[0])), _rest(text, match.end())


_FOLDABLE = frozenset(map(chr, range(0xFF01, 0xFF5F)))


def split_line(
    line: str, args: str, mentions: tuple[Mention, ...], replied: ByPerson | ByChat | None
) -> tuple[Target | None, str]:
    """Read who is meant by a whole command line whose end is ``args``, and what follows.

    What is named in the line counts before the message that is answered.
    """
    if line.rstrip().endswith(args):
        start = len(line.rstrip()) - len(args)
        for mention in mentions:
            if mention.start == start:
                return ByPerson(mention.person), _rest(line, mention.end)
    named, rest = read_target(args)
    if named is not None:
        return named, rest
    return replied, args.strip()


def _rest(text: str, end: int) -> str:
    return text[end:].lstrip(_BETWEEN).rstrip()


def kind_of(person: Person, presence: Presence, *, bot_id: int, actor_id: int | None) -> TargetKind:
    """Say what kind of target an account is."""
    if person.user_id == bot_id:
        return TargetKind.THE_BOT
    if person.user_id == ANONYMOUS_ADMIN:
        return TargetKind.ANONYMOUS
    if person.user_id in {CHANNEL_POSTER, TELEGRAM_SERVICE} or person.user_id < 0:
        return TargetKind.CHANNEL
    if person.is_bot:
        return TargetKind.OTHER_BOT
    if person.user_id == actor_id:
        return TargetKind.ONESELF
    return TargetKind.GONE if presence.is_gone else TargetKind.MEMBER


def choose(named: str, members: tuple[Member, ...]) -> Member | Unknown | Several:
    """Choose among those who go by a display name or tag: who is here comes before who has left."""
    here = tuple(member for member in members if not member.presence.is_gone) or members
    if not here:
        return Unknown(named)
    return here[0] if len(here) == 1 else Several(named, here[:MANY])


def python_index(text: str, utf16: int) -> int:
    """Return the character at which a number of UTF-16 units ends, as Telegram counts."""
    raw = text.encode("utf-16-le", "surrogatepass")[: 2 * max(0, utf16)]
    return len(raw.decode("utf-16-le", "ignore"))
