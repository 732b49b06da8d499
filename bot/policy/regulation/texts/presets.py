"""The ready-made regulations in words: what each is for, and what its rules are called and say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import N_

if TYPE_CHECKING:
    from bot.i18n import Html, Texts

_NAMES: dict[str, tuple[str, str]] = {
    "company": (
        N_("🏢 Company"),
        N_("For staff: short messages, no advertising, secrets stay inside, quiet from 22:00 to 07:30."),
    ),
    "town-office": (
        N_("🏛 Town office"),
        N_("For offices and villages: no rumours, no unverified appeals, stricter steps, quiet from 22:00 to 07:30."),
    ),
    "trade-association": (
        N_("🤝 Trade association"),
        N_("For members in business: advertisements are allowed, but the same one only once a week."),
    ),
    "media-team": (
        N_("📰 Media team"),
        N_("For those who publish: checked news only, few pictures, drafts stay inside, quiet from 23:30."),
    ),
    "club": (
        N_("🎈 Interest club"),
        N_("For hobbies and neighbours: a friendly word first, room for pictures, no advertising."),
    ),
}
_TITLES: dict[str, str] = {
    "ads": N_("No advertising"),
    "invitations": N_("No invitations to other groups"),
    "solicitation": N_("No canvassing for votes, likes and coupons"),
    "harmful": N_("No pornography, gambling, violence or viruses"),
    "private": N_("Nobody’s private data"),
    "abuse": N_("No insults"),
    "length": N_("Keep messages short"),
    "pictures": N_("Few pictures"),
    "flood": N_("No flooding"),
    "incitement": N_("No incitement"),
    "politics": N_("No politically sensitive talk"),
    "secrets": N_("What is internal stays inside"),
    "respect": N_("Respect one another"),
    "rumours": N_("No unproven news"),
    "appeals": N_("Appeals for help only when verified"),
    "once": N_("The same advertisement only once"),
}
_SAYS: dict[str, str] = {
    "incitement": N_("Whoever stirs people up or calls for trouble is removed at once."),
    "politics": N_("Politically sensitive subjects do not belong here; any administrator may end a subject."),
    "secrets": N_("What is internal or confidential is not passed on to anybody outside."),
    "respect": N_("Nobody is interrupted, mocked or insulted; quarrels are settled in private."),
    "rumours": N_(
        "Do not spread bad news that nobody has proved, and do not run down this organisation; ask those in charge."
    ),
    "appeals": N_("Appeals for help or donations go to the administrators first, who check and publish them."),
}


def name(texts: Texts, preset: str) -> str:
    """Name a ready-made regulation."""
    return texts.label(_NAMES[preset][0])


def about(texts: Texts, preset: str) -> Html:
    """Say whom it is for, and what marks it."""
    return texts.gettext(_NAMES[preset][1])


def title(texts: Texts, clause: str) -> str:
    """Name one of its rules."""
    return texts.label(_TITLES[clause])


def says(texts: Texts, clause: str) -> str:
    """Write what a rule says that people see to themselves."""
    return texts.label(_SAYS[clause])
