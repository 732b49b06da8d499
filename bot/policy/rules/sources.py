"""Detectors of where a message, or what it points to, comes from: links, forwards, contacts, outsiders, buttons, bots (R06)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from bot.policy.rules.fields import Field, Holds, Listed, Switch
from bot.policy.rules.findings import Hit, Past, Reason
from bot.policy.rules.message import Kind, Origin

if TYPE_CHECKING:
    from bot.policy.rules.message import Link, Seen

SHORTENERS: Final = frozenset(
    [
        "bit.ly",
        "t.cn",
        "tinyurl.com",
        "goo.gl",
        "is.gd",
        "t.ly",
        "ow.ly",
        "cutt.ly",
        "rb.gy",
        "shorturl.at",
        "dwz.cn",
        "url.cn",
        "suo.im",
        "suo.nz",
        "v.gd",
        "tiny.cc",
        "buff.ly",
        "rebrand.ly",
        "lnkd.in",
        "s.id",
        "985.so",
        "mrw.so",
        "6du.in",
        "sourl.cn",
    ]
)
"""Hosts that hide where a link leads."""
_TELEGRAM: Final = frozenset({"t.me", "telegram.me", "telegram.dog"})
_INVITES: Final = ("/+", "/joinchat/", "/join?", "/addlist/", "/addlist?")
_GROUP_CODES: Final = ("chat.whatsapp.com", "discord.gg", "qm.qq.com", "jq.qq.com", "u.wechat.com", "weixin.qq.com")


@dataclass(frozen=True)
class Links:
    """Links: every one but those to ``allowed`` domains, or, where ``blocked`` are named, only those.

    ``invites`` and ``shortened`` take hold of invitations to other groups, and of links that hide where they lead, whatever
    else is allowed.
    """

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Listed("allowed", Holds.DOMAINS, asked=True),
        Listed("blocked", Holds.DOMAINS),
        Switch("invites"),
        Switch("shortened"),
    )

    allowed: tuple[str, ...] = ()
    blocked: tuple[str, ...] = ()
    invites: bool = True
    shortened: bool = True

    def find(self, seen: Seen, _past: Past) -> Hit | None:
        """Say which link is not allowed."""
        return next((hit for link in seen.links if (hit := self._hit(link)) is not None), None)

    def _hit(self, link: Link) -> Hit | None:
        if any(link.is_under(domain) for domain in self.allowed):
            return None
        if self.invites and is_invitation(link):
            return Hit(Reason.INVITE, link.host)
        if self.shortened and link.host in SHORTENERS:
            return Hit(Reason.SHORTENED, link.host)
        if self.blocked and not any(link.is_under(domain) for domain in self.blocked):
            return None
        return Hit(Reason.LINK, link.host)


@dataclass(frozen=True)
class Invitations:
    """Invitations to other groups and channels, and nothing else."""

    FIELDS: ClassVar[tuple[Field, ...]] = (Listed("allowed", Holds.DOMAINS),)

    allowed: tuple[str, ...] = ()

    def find(self, seen: Seen, _past: Past) -> Hit | None:
        """Say where it invites to."""
        found = next((link for link in seen.links if is_invitation(link) and link.host not in self.allowed), None)
        return None if found is None else Hit(Reason.INVITE, found.host)


def is_invitation(link: Link) -> bool:
    """Say whether a link invites into a group."""
    if link.host in _TELEGRAM:
        return link.path.startswith(_INVITES)
    return any(link.is_under(host) for host in _GROUP_CODES)


@dataclass(frozen=True, slots=True)
class Forwards:
    """Forwarded messages, by whose they were, and shared stories.

    ``outsiders`` are people whom nobody knows in the group, ``members`` those who are in it, ``hidden`` those who do not want
    to be named.
    """

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Switch("channels"),
        Switch("groups"),
        Switch("outsiders"),
        Switch("hidden"),
        Switch("members"),
        Switch("stories"),
    )

    channels: bool = True
    groups: bool = True
    outsiders: bool = True
    hidden: bool = True
    members: bool = False
    stories: bool = True

    def find(self, seen: Seen, past: Past) -> Hit | None:
        """Say that it was forwarded."""
        if seen.kind is Kind.STORY:
            return Hit(Reason.STORY) if self.stories else None
        return Hit(Reason.FORWARD) if self._held(seen.origin, past.origin_known) else None

    def _held(self, origin: Origin, known: bool | None) -> bool:
        match origin:
            case Origin.NONE:
                return False
            case Origin.PERSON if known is None:
                return self.members or self.outsiders
            case Origin.PERSON:
                return self.members if known else self.outsiders
            case Origin.HIDDEN:
                return self.hidden
            case Origin.GROUP:
                return self.groups
            case Origin.CHANNEL:
                return self.channels


@dataclass(frozen=True, slots=True)
class Contacts:
    """Contact cards; one's own only where ``own`` is set."""

    FIELDS: ClassVar[tuple[Field, ...]] = (Switch("own"),)

    own: bool = True

    def find(self, seen: Seen, _past: Past) -> Hit | None:
        """Say that it is one."""
        return Hit(Reason.CONTACT) if seen.kind is Kind.CONTACT and (self.own or not seen.own_contact) else None


@dataclass(frozen=True, slots=True)
class Mentions:
    """Mentions of those whom nobody knows in the group."""

    FIELDS: ClassVar[tuple[Field, ...]] = ()

    def find(self, seen: Seen, past: Past) -> Hit | None:
        """Say who is mentioned."""
        stranger = next((name for name in seen.mentions if name in past.outsiders), None)
        return None if stranger is None else Hit(Reason.OUTSIDER, stranger if stranger.isdigit() else f"@{stranger}")


@dataclass(frozen=True, slots=True)
class Buttons:
    """Messages with buttons below them: only bots can make those."""

    FIELDS: ClassVar[tuple[Field, ...]] = ()

    def find(self, seen: Seen, _past: Past) -> Hit | None:
        """Say that there are some."""
        return Hit(Reason.BUTTONS) if seen.has_buttons else None


@dataclass(frozen=True)
class ViaBots:
    """Messages written by means of a bot, except the ``allowed`` ones."""

    FIELDS: ClassVar[tuple[Field, ...]] = (Listed("allowed", Holds.BOTS, asked=True),)

    allowed: tuple[str, ...] = ()

    def find(self, seen: Seen, _past: Past) -> Hit | None:
        """Say by which bot."""
        if not seen.via_bot or seen.via_bot in self.allowed:
            return None
        return Hit(Reason.VIA_BOT, f"@{seen.via_bot}")
