"""Rules in words: what each looks for, and why a message was taken hold of."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from bot.i18n import N_, Html
from bot.policy.rules.findings import Hit, Reason
from bot.policy.rules.floods import Duplicates, Flood, Pictures
from bot.policy.rules.rule import Reaction, Rule, State, What, When, Whom, words_of
from bot.policy.rules.sources import Buttons, Contacts, Forwards, Invitations, Links, Mentions, ViaBots
from bot.policy.rules.speech import Advertising, Length, Solicitation, Words

if TYPE_CHECKING:
    from bot.i18n import Texts

TITLE = N_("Rules of the group")
HELP_RULES = N_("The rules of the group")
HELP_POLICY = N_("Set the rules: what is not allowed, and what follows")
HELP_ADD = N_("Add a rule")
POLICY_BUTTON = N_("📏 Set the rules")
ADD_TITLE = N_("New rule")
EDIT_TITLE = N_("Change a rule")
WHAT = N_("Looks for")
NUMBER = N_("Limit")
WORDS = N_("List")
REACTION = N_("What happens")
WHEN = N_("Holds")
WHOM = N_("For whom")
NAME = N_("Title")

NAMES: dict[What, str] = {
    What.LINKS: N_("Links"),
    What.INVITATIONS: N_("Invitations to other groups"),
    What.FORWARDS: N_("Forwarded messages"),
    What.CONTACTS: N_("Contact cards"),
    What.MENTIONS: N_("Mentions of outsiders"),
    What.BUTTONS: N_("Messages with buttons"),
    What.VIA_BOTS: N_("Messages by way of a bot"),
    What.WORDS: N_("Words of a list"),
    What.LENGTH: N_("Long messages"),
    What.SOLICITATION: N_("Votes, likes, coupons"),
    What.ADVERTISING: N_("Advertising"),
    What.FLOOD: N_("Too many messages"),
    What.PICTURES: N_("Too many pictures"),
    What.DUPLICATES: N_("The same advertisement again"),
}
STATES: dict[State, str] = {
    State.OFF: N_("off"),
    State.OBSERVE: N_("only observes"),
    State.ON: N_("on"),
}
REACTIONS: dict[Reaction, str] = {
    Reaction.RECORD: N_("It is only recorded"),
    Reaction.HINT: N_("A hint"),
    Reaction.DELETE: N_("Deleted, with a hint"),
}
WHENS: dict[When, str] = {
    When.ALWAYS: N_("always"),
    When.QUIET: N_("in quiet hours"),
    When.WEEKDAYS: N_("from Monday to Friday"),
    When.WEEKEND: N_("at weekends"),
}
WHOMS: dict[Whom, str] = {
    Whom.EVERYBODY: N_("everybody"),
    Whom.NEW: N_("those who came in the last 7 days"),
}
PHRASES: dict[str, str] = {
    "policy.added": N_("{actor} added rule {target}"),
    "policy.changed": N_("{actor} changed rule {target}"),
    "policy.switched": N_("{actor} switched rule {target}: {before} → {after}"),
    "policy.removed": N_("{actor} removed rule {target}"),
    "policy=off": N_("off"),
    "policy=observe": N_("only observes"),
    "policy=on": N_("on"),
}
"""The audit log's phrases for what happens here."""
_SHOWN = 8
"""So many words of a list are named where its beginning is shown."""


def title(texts: Texts, rule: Rule) -> Html:
    """Name a rule: by its own title, or after what it looks for."""
    return Html.escape(rule.title) if rule.title else texts.gettext(NAMES[rule.what])


def head(texts: Texts, rule: Rule) -> Html:
    """Return a rule's code and title."""
    return Html("<b>{} · {}</b>").format(rule.code, title(texts, rule))


def sentence(texts: Texts, rule: Rule) -> Html:  # noqa: PLR0912  (one sentence for each detector)
    """Say what a rule does not allow."""
    match rule.detector:
        case Links(allowed):
            if allowed:
                return texts.gettext("No links, except to {domains}.", domains=shortened(texts, allowed))
            return texts.gettext("No links.")
        case Invitations():
            return texts.gettext("No invitations to other groups and channels.")
        case Forwards(channels_only):
            if channels_only:
                return texts.gettext("Nothing forwarded from channels, and no shared stories.")
            return texts.gettext("Nothing forwarded from elsewhere, and no shared stories.")
        case Contacts():
            return texts.gettext("No contact cards.")
        case Mentions():
            return texts.gettext("No mentions of people and channels from outside of the group.")
        case Buttons():
            return texts.gettext("No messages with buttons below them.")
        case ViaBots(allowed):
            if allowed:
                return texts.gettext("No messages by way of bots, except {bots}.", bots=shortened(texts, allowed))
            return texts.gettext("No messages by way of bots.")
        case Words(words):
            return texts.ngettext(
                "Nothing with a word from a list of {n}.", "Nothing with a word from a list of {n}.", len(words)
            )
        case Length(most):
            return texts.ngettext(
                "At most {n} character a message; what is longer goes behind a link.",
                "At most {n} characters a message; what is longer goes behind a link.",
                most,
            )
        case Solicitation():
            return texts.gettext(
                "No asking for votes or likes, no bargain-helping or group buying, no coupons and one-cent red packets."
            )
        case Advertising():
            return texts.gettext("No advertising; those who are new are judged more strictly.")
        case Flood(messages, seconds, same):
            return texts.gettext(
                "At most {messages} messages in {seconds} seconds, and the same one at most {same} times.",
                messages=texts.number(messages),
                seconds=texts.number(seconds),
                same=texts.number(same),
            )
        case Pictures(most, seconds):
            return texts.ngettext(
                "At most {n} picture in {minutes} minutes; an album counts as one.",
                "At most {n} pictures in {minutes} minutes; an album counts as one.",
                most,
                minutes=texts.number(seconds // 60),
            )
        case Duplicates(hours):
            return texts.ngettext(
                "The same advertisement only once in {n} hour.", "The same advertisement only once in {n} hours.", hours
            )
        case _:
            assert_never(rule.detector)


def shortened(texts: Texts, words: tuple[str, ...]) -> Html:
    """Name the beginning of a list."""
    named = texts.join(words[:_SHOWN])
    more = len(words) - _SHOWN
    if more <= 0:
        return named
    return texts.ngettext("{words} and {n} more", "{words} and {n} more", more, words=named)


def details(texts: Texts, rule: Rule) -> list[Html]:
    """Say when a rule holds and for whom, where that is not always and everybody."""
    lines = [sentence(texts, rule)]
    if rule.when is not When.ALWAYS:
        lines.append(texts.gettext("It holds {when}.", when=texts.gettext(WHENS[rule.when])))
    if rule.whom is not Whom.EVERYBODY:
        lines.append(texts.gettext("It is for {whom}.", whom=texts.gettext(WHOMS[rule.whom])))
    return lines


def own_list(texts: Texts, rule: Rule) -> Html | None:
    """Show the beginning of a rule's list to managers."""
    words = words_of(rule.detector)
    return texts.gettext("List: {words}", words=shortened(texts, words)) if words else None


def reason(texts: Texts, hit: Hit) -> Html:  # noqa: PLR0912  (one sentence for each reason)
    """Say what was found in a message, inside a sentence."""
    shown = Html("<code>{}</code>").format(hit.detail)
    match hit.reason:
        case Reason.LINK:
            return texts.gettext("a link to {where}", where=shown)
        case Reason.INVITE:
            return texts.gettext("an invitation to another group")
        case Reason.SHORTENED:
            return texts.gettext("a link that hides where it leads ({where})", where=shown)
        case Reason.FORWARD:
            return texts.gettext("a forwarded message")
        case Reason.CONTACT:
            return texts.gettext("a contact card")
        case Reason.OUTSIDER:
            return texts.gettext("a mention of {name}, who is not in the group", name=shown)
        case Reason.BUTTONS:
            return texts.gettext("buttons below the message")
        case Reason.VIA_BOT:
            return texts.gettext("a message by way of {name}", name=shown)
        case Reason.WORD:
            return texts.gettext("the word {word}", word=shown)
        case Reason.LENGTH:
            return texts.ngettext("a message of {n} character", "a message of {n} characters", int(hit.detail))
        case Reason.SOLICITATION:
            return texts.gettext("a request of the kind {word}", word=shown)
        case Reason.ADVERTISING:
            return texts.gettext("what reads like advertising")
        case Reason.FLOOD:
            return texts.gettext("many messages in a short time")
        case Reason.REPEATED:
            return texts.gettext("the same message again and again")
        case Reason.STICKERS:
            return texts.gettext("many stickers in a short time")
        case Reason.PICTURES:
            return texts.gettext("many pictures in a short time")
        case Reason.DUPLICATE:
            return texts.gettext("an advertisement that was here already")
        case _:
            assert_never(hit.reason)
