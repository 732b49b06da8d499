"""Every detector in words: its name, what it does not allow, and its fields with the question for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.i18n import N_, Html
from bot.policy.rules.detectors import Family, What
from bot.policy.texts.content import CONTENT
from bot.policy.texts.said import MORE_WORDS, Asked, Said, shortened

if TYPE_CHECKING:
    from bot.i18n import Texts
    from bot.policy.rules.floods import Duplicates, Flood, Pictures
    from bot.policy.rules.patterns import Patterns
    from bot.policy.rules.sources import Contacts, Forwards, Links, ViaBots
    from bot.policy.rules.speech import Length, Manual, Solicitation, Words

FAMILIES: dict[Family, str] = {
    Family.SOURCES: N_("Links and where a message comes from"),
    Family.SPEECH: N_("What a message says"),
    Family.FLOODS: N_("Too much at once"),
    Family.PEOPLE: N_("What people see to themselves"),
}


def _links(texts: Texts, detector: Links) -> Html:
    if detector.blocked:
        first = texts.gettext("No links to {domains}.", domains=shortened(texts, detector.blocked))
    elif detector.allowed:
        first = texts.gettext("No links, except to {domains}.", domains=shortened(texts, detector.allowed))
    else:
        return texts.gettext("No links.")
    named = [texts.gettext(label) for name, label in _WHATEVER.items() if getattr(detector, name)]
    return texts.flow(first, texts.gettext("No {kinds} either.", kinds=texts.join(named))) if named else first


_WHATEVER = {
    "invites": N_("invitations to other groups"),
    "shortened": N_("shortened links"),
}


def _invitations(texts: Texts, _detector: Any) -> Html:
    return texts.gettext("No invitations to other groups and channels.")


def _forwards(texts: Texts, detector: Forwards) -> Html:
    named = [texts.gettext(label) for name, label in _FORWARDED.items() if getattr(detector, name)]
    if not named:
        return (
            texts.gettext("No shared stories.") if detector.stories else texts.gettext("Everything may be forwarded.")
        )
    sentence = texts.gettext("Nothing forwarded from {whom}.", whom=texts.join(named))
    return texts.flow(sentence, texts.gettext("No shared stories.")) if detector.stories else sentence


_FORWARDED = {
    "channels": N_("channels"),
    "groups": N_("other groups"),
    "outsiders": N_("people outside of the group"),
    "hidden": N_("people who hide their name"),
    "members": N_("members"),
}


def _contacts(texts: Texts, detector: Contacts) -> Html:
    if detector.own:
        return texts.gettext("No contact cards.")
    return texts.gettext("No contact cards but one’s own.")


def _mentions(texts: Texts, _detector: Any) -> Html:
    return texts.gettext("No mentions of people and channels from outside of the group.")


def _buttons(texts: Texts, _detector: Any) -> Html:
    return texts.gettext("No messages with buttons below them.")


def _via_bots(texts: Texts, detector: ViaBots) -> Html:
    if detector.allowed:
        return texts.gettext("No messages by way of bots, except {bots}.", bots=shortened(texts, detector.allowed))
    return texts.gettext("No messages by way of bots.")


def _words(texts: Texts, detector: Words) -> Html:
    return texts.ngettext(
        "Nothing with a word from a list of {n}.", "Nothing with a word from a list of {n}.", len(detector.words)
    )


def _patterns(texts: Texts, detector: Patterns) -> Html:
    return texts.ngettext(
        "Nothing that fits a pattern from a list of {n}.",
        "Nothing that fits a pattern from a list of {n}.",
        len(detector.patterns),
    )


def _length(texts: Texts, detector: Length) -> Html:
    return texts.ngettext(
        "At most {n} character a message; what is longer goes behind a link.",
        "At most {n} characters a message; what is longer goes behind a link.",
        detector.most,
    )


def _solicitation(texts: Texts, detector: Solicitation) -> Html:
    first = texts.gettext(
        "No asking for votes or likes, no bargain-helping or group buying, no coupons and one-cent red packets."
    )
    if not detector.hosts:
        return first
    return texts.flow(first, texts.gettext("No links to {domains}.", domains=shortened(texts, detector.hosts)))


_MORE_HOSTS = Asked(
    N_("Forbidden domains"),
    N_(
        "Links to which domains shall count besides the known ones? One a line, for example <code>vote.example.com</code>."
    ),
)


def _advertising(texts: Texts, _detector: Any) -> Html:
    return texts.gettext("No advertising; those who are new are judged more strictly.")


def _flood(texts: Texts, detector: Flood) -> Html:
    by_day = texts.gettext(
        "At most {messages} messages or {stickers} stickers in {seconds} seconds, and the same message at most {same} times.",
        stickers=texts.number(detector.stickers),
        messages=texts.number(detector.messages),
        seconds=texts.number(detector.seconds),
        same=texts.number(detector.same),
    )
    if not detector.night or detector.night >= detector.messages:
        return by_day
    at_night = texts.gettext("At night at most {messages} messages.", messages=texts.number(detector.night))
    return texts.flow(by_day, at_night)


def _pictures(texts: Texts, detector: Pictures) -> Html:
    return texts.ngettext(
        "At most {n} picture in {minutes} minutes; an album counts as one.",
        "At most {n} pictures in {minutes} minutes; an album counts as one.",
        detector.most,
        minutes=texts.number(detector.seconds // 60),
    )


def _duplicates(texts: Texts, detector: Duplicates) -> Html:
    if detector.allowed == 1:
        return texts.ngettext(
            "The same advertisement only once in {n} hour.",
            "The same advertisement only once in {n} hours.",
            detector.hours,
        )
    return texts.ngettext(
        "The same advertisement at most {times} times in {n} hour.",
        "The same advertisement at most {times} times in {n} hours.",
        detector.hours,
        times=texts.number(detector.allowed),
    )


def _manual(_texts: Texts, detector: Manual) -> Html:
    return Html.escape(detector.text)


SAID: dict[What, Said] = {
    What.LINKS: Said(
        N_("Links"),
        _links,
        {
            "allowed": Asked(
                N_("Allowed domains"),
                N_("Which domains are allowed? One a line, for example <code>example.com</code>."),
            ),
            "blocked": Asked(
                N_("Forbidden domains"),
                N_("Which domains are forbidden? With such a list, all others are allowed. One a line."),
            ),
            "invites": Asked(
                N_("Invitations too"), N_("Shall invitations to other groups count, whatever else is allowed?")
            ),
            "shortened": Asked(
                N_("Shortened links too"), N_("Shall links count that hide where they lead, whatever else is allowed?")
            ),
        },
    ),
    What.INVITATIONS: Said(
        N_("Invitations to other groups"),
        _invitations,
        {
            "allowed": Asked(
                N_("Allowed hosts"),
                N_("Invitations by which hosts are allowed? One a line, for example <code>discord.gg</code>."),
            )
        },
    ),
    What.FORWARDS: Said(
        N_("Forwarded messages"),
        _forwards,
        {
            "channels": Asked(N_("From channels"), N_("Shall it count what is forwarded from channels?")),
            "groups": Asked(
                N_("From other groups"), N_("Shall it count what other groups have written in their own name?")
            ),
            "outsiders": Asked(
                N_("From outsiders"), N_("Shall it count what people wrote whom nobody knows in this group?")
            ),
            "hidden": Asked(
                N_("From hidden people"), N_("Shall it count what people wrote who hide their name when forwarded?")
            ),
            "members": Asked(N_("From members"), N_("Shall it count what members of this group wrote themselves?")),
            "stories": Asked(N_("Stories"), N_("Shall shared stories count as well?")),
        },
    ),
    What.CONTACTS: Said(
        N_("Contact cards"), _contacts, {"own": Asked(N_("One’s own too"), N_("Shall one’s own card count as well?"))}
    ),
    What.MENTIONS: Said(N_("Mentions of outsiders"), _mentions),
    What.BUTTONS: Said(N_("Messages with buttons"), _buttons),
    What.VIA_BOTS: Said(
        N_("Messages by way of a bot"),
        _via_bots,
        {
            "allowed": Asked(
                N_("Allowed bots"), N_("Which bots are allowed? One a line, for example <code>@gif</code>.")
            )
        },
    ),
    What.WORDS: Said(
        N_("Words of a list"),
        _words,
        {
            "words": Asked(
                N_("Words"),
                N_(
                    "Which words? One a line, or with commas between them. Width, spaces and signs in between do not matter."
                ),
            )
        },
    ),
    What.PATTERNS: Said(
        N_("Patterns"),
        _patterns,
        {
            "patterns": Asked(
                N_("Patterns"),
                N_(
                    "Which patterns? One a line, as regular expressions (RE2, at most 50 of 200 characters), for example"
                    " <code>bit\\.ly/\\w+</code>. Capitals do not matter; each is looked for in the text as it was written and"
                    " without its disguises."
                ),
            )
        },
    ),
    What.LENGTH: Said(
        N_("Long messages"), _length, {"most": Asked(N_("Limit"), N_("How many characters may a message have?"))}
    ),
    What.SOLICITATION: Said(N_("Votes, likes, coupons"), _solicitation, {"words": MORE_WORDS, "hosts": _MORE_HOSTS}),
    What.ADVERTISING: Said(
        N_("Advertising"),
        _advertising,
        {
            "score": Asked(
                N_("Score"),
                N_(
                    "How much must speak for advertising? 6 is usual; with less, more is taken for it, and those who are new need"
                    " two thirds."
                ),
            ),
            "words": MORE_WORDS,
            "patterns": Asked(
                N_("Patterns"),
                N_(
                    "Which patterns speak for advertising in your group? One a line, as regular expressions (RE2, at most 50 of"
                    " 200 characters), for example <code>bit\\.ly/\\w+</code>."
                ),
            ),
            "weight": Asked(
                N_("Weight of the patterns"),
                N_(
                    "How much shall it count that one of your patterns fits? 3 is usual; with as much as the score, a pattern alone"
                    " is enough."
                ),
            ),
        },
    ),
    What.FLOOD: Said(
        N_("Too many messages"),
        _flood,
        {
            "messages": Asked(N_("Messages"), N_("How many messages may one person write in 20 seconds?")),
            "seconds": Asked(N_("Seconds"), N_("Within how many seconds shall messages be counted? 20 is usual.")),
            "same": Asked(N_("The same again"), N_("How many times may one person write the same?")),
            "stickers": Asked(N_("Stickers"), N_("How many stickers may one person send in that time?")),
            "night": Asked(
                N_("At night"),
                N_(
                    "How many messages may it be at night? Night are the quiet hours, or 23:00 to 7:00 where there are none."
                    " 0: as many as by day."
                ),
            ),
        },
    ),
    What.PICTURES: Said(
        N_("Too many pictures"),
        _pictures,
        {
            "most": Asked(N_("Pictures"), N_("How many pictures may one person post in 10 minutes?")),
            "seconds": Asked(N_("Seconds"), N_("Within how many seconds shall pictures be counted? 600 is usual.")),
        },
    ),
    What.DUPLICATES: Said(
        N_("The same advertisement again"),
        _duplicates,
        {
            "hours": Asked(N_("Hours"), N_("For how many hours may the same advertisement not come again?")),
            "allowed": Asked(N_("Allowed"), N_("How many times may it come within these hours?")),
        },
    ),
    **CONTENT,
    What.MANUAL: Said(
        N_("Conduct, seen to by people"),
        _manual,
        {
            "text": Asked(
                N_("What it says"),
                N_("What does the rule ask of people? One sentence, for example <code>No talk about salaries.</code>"),
            )
        },
    ),
}
