"""Why a message was taken hold of, inside a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import N_, Html
from bot.policy.rules.findings import Hit, Reason

if TYPE_CHECKING:
    from bot.i18n import Texts

REASONS: dict[Reason, str] = {
    Reason.LINK: N_("a link to {found}"),
    Reason.INVITE: N_("an invitation to another group"),
    Reason.SHORTENED: N_("a link that hides where it leads ({found})"),
    Reason.FORWARD: N_("a forwarded message"),
    Reason.CONTACT: N_("a contact card"),
    Reason.OUTSIDER: N_("a mention of {found}, who is not in the group"),
    Reason.BUTTONS: N_("buttons below the message"),
    Reason.VIA_BOT: N_("a message by way of {found}"),
    Reason.WORD: N_("the word {found}"),
    Reason.SOLICITATION: N_("a request of the kind {found}"),
    Reason.ADVERTISING: N_("what reads like advertising"),
    Reason.FLOOD: N_("many messages in a short time"),
    Reason.REPEATED: N_("the same message again and again"),
    Reason.STICKERS: N_("many stickers in a short time"),
    Reason.PICTURES: N_("many pictures in a short time"),
    Reason.DUPLICATE: N_("an advertisement that was here already"),
    Reason.STORY: N_("a shared story"),
    Reason.ABUSE: N_("an insult"),
    Reason.PORN: N_("what reads like pornography"),
    Reason.GAMBLING: N_("what reads like gambling"),
    Reason.DRUGS: N_("what reads like dealing in drugs"),
    Reason.VIOLENCE: N_("a threat, or what reads like dealing in weapons"),
    Reason.VIRUS: N_("what reads like harmful software"),
    Reason.FILE: N_("a file of the kind {found}, which may be harmful"),
    Reason.IDENTITY: N_("somebody’s identity number ({found})"),
    Reason.CARD: N_("the number of a bank card ({found})"),
    Reason.PASSPORT: N_("the number of a passport ({found})"),
    Reason.PHONE: N_("telephone numbers of people ({found})"),
    Reason.ADDRESS: N_("an address that the group keeps to itself"),
    Reason.CONDUCT: N_("the word {found}, which should not be talked about here"),
    Reason.PATTERN: N_("{found}, which fits a pattern"),
    Reason.WRONG_PLACE: N_("something that belongs elsewhere (the word {found})"),
}
"""One for each reason that is not counted; ``{found}`` is the word, link or name that shows it."""


def reason(texts: Texts, hit: Hit) -> Html:
    """Say what was found in a message."""
    if hit.reason is Reason.LENGTH:
        return texts.ngettext("a message of {n} character", "a message of {n} characters", int(hit.detail))
    return texts.gettext(REASONS[hit.reason], found=Html("<code>{}</code>").format(hit.detail))
