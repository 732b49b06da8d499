"""What a detector is asked, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, Protocol

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.kernel.roles import Role
    from bot.policy.rules.fields import Field
    from bot.policy.rules.message import Kind, Seen
    from bot.policy.rules.model import Score


class Reason(StrEnum):
    """Why a detector took hold of a message."""

    LINK = "link"
    INVITE = "invite"
    SHORTENED = "shortened"
    FORWARD = "forward"
    STORY = "story"
    CONTACT = "contact"
    OUTSIDER = "outsider"
    BUTTONS = "buttons"
    VIA_BOT = "via_bot"
    WORD = "word"
    LENGTH = "length"
    SOLICITATION = "solicitation"
    ADVERTISING = "advertising"
    FLOOD = "flood"
    REPEATED = "repeated"
    STICKERS = "stickers"
    PICTURES = "pictures"
    DUPLICATE = "duplicate"
    ABUSE = "abuse"
    PORN = "porn"
    GAMBLING = "gambling"
    DRUGS = "drugs"
    VIOLENCE = "violence"
    VIRUS = "virus"
    FILE = "file"
    IDENTITY = "identity"
    CARD = "card"
    PASSPORT = "passport"
    PHONE = "phone"
    ADDRESS = "address"
    CONDUCT = "conduct"
    WRONG_PLACE = "wrong_place"
    PATTERN = "pattern"


@dataclass(frozen=True, slots=True)
class Hit:
    """A detector took hold: why, and the word, link or number that shows it."""

    reason: Reason
    detail: str = ""


class Trace(Struct, frozen=True, gc=False):
    """What is remembered of a message: when it came (Unix seconds), its kind, and a number that stands for its text.

    There may be hundreds of thousands, which the garbage collector need not look through: they hold nothing that holds them.
    """

    at: int
    kind: Kind
    same: int
    """0 where there was no text."""
    album: str = ""


class Past(Struct, frozen=True):
    """What a message is seen against. ``recent`` are the person's earlier messages, oldest first."""

    recent: Sequence[Trace] = ()
    is_new: bool = False
    """The person came a short while ago."""
    days: int | None = None
    """How many whole days ago the person came; None where nobody saw them come."""
    approved: bool = False
    roles: frozenset[Role] = frozenset()
    """The person's roles in the bot; mostly none."""
    outsiders: frozenset[str] = frozenset()
    """Those of the mentioned @names whom nobody knows in the group."""
    alike: Sequence[int] = ()
    """When nearly the same was written in the group before (Unix seconds)."""
    origin_known: bool | None = None
    """Whether a forwarded message was written by a member of the group; None: not looked up."""
    night: bool = False
    model: Score | None = None
    """What the trained model says of the message, if there is one."""


class Detector(Protocol):
    """Looks for one thing in a message; its fields are what a group may set. Pure: the same again gives the same."""

    FIELDS: ClassVar[tuple[Field, ...]]

    def find(self, seen: Seen, past: Past) -> Hit | None:
        """Say what it found, or None."""
        ...
