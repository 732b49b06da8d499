"""Detectors of what may harm or hurt, in words: insults, harmful content, private data, conduct, the wrong place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import N_, Html
from bot.policy.rules.detectors import What
from bot.policy.texts.said import MORE_WORDS, Asked, Said, shortened

if TYPE_CHECKING:
    from bot.i18n import Texts
    from bot.policy.rules.conduct import Abuse, Conduct, WrongPlace
    from bot.policy.rules.harm import Harmful
    from bot.policy.rules.private import PrivateData


def _abuse(texts: Texts, detector: Abuse) -> Html:
    if detector.mild:
        return texts.gettext("No insults. Quarrels are settled in private.")
    return texts.gettext("No gross insults. Quarrels are settled in private.")


_HARMS = {
    "porn": N_("pornography"),
    "gambling": N_("gambling"),
    "drugs": N_("dealing in drugs"),
    "violence": N_("threats and weapons"),
    "viruses": N_("harmful software and files that run"),
}


def _harmful(texts: Texts, detector: Harmful) -> Html:
    named = [texts.gettext(label) for name, label in _HARMS.items() if getattr(detector, name)]
    if not named:
        return texts.gettext("None of the words and links that the group does not allow.")
    return texts.gettext("Nothing of this kind, in words, links or files: {kinds}.", kinds=texts.join(named))


_PRIVATE = {
    "identities": N_("identity numbers"),
    "cards": N_("bank cards"),
    "passports": N_("passports"),
    "addresses": N_("certain addresses"),
}


def _private(texts: Texts, detector: PrivateData) -> Html:
    named = [texts.gettext(label) for name, label in _PRIVATE.items() if getattr(detector, name)]
    lines = [texts.gettext("No private data of people: {kinds}.", kinds=texts.join(named))] if named else []
    if detector.mobiles and detector.phones == 1:
        lines.append(texts.gettext("No telephone numbers."))
    elif detector.mobiles:
        lines.append(
            texts.gettext(
                "No telephone numbers that are said to be somebody else’s, and not {n} or more at once; a single one in normal"
                " talk passes.",
                n=texts.number(detector.phones),
            )
        )
    return texts.flow(*lines) if lines else texts.gettext("No private data of people.")


def _conduct(texts: Texts, detector: Conduct) -> Html:
    sentence = texts.ngettext(
        "Nothing that runs others down, and no unproven bad news; {n} word is watched for.",
        "Nothing that runs others down, and no unproven bad news; {n} words are watched for.",
        len(detector.words),
    )
    if not detector.instead:
        return sentence
    return texts.flow(sentence, texts.gettext("Where to raise it instead: {place}", place=detector.instead))


def _wrong_place(texts: Texts, detector: WrongPlace) -> Html:
    subjects = shortened(texts, detector.words)
    if detector.place:
        return texts.gettext("{subjects}: this belongs into {place}.", subjects=subjects, place=detector.place)
    return texts.gettext("{subjects}: this belongs elsewhere, here: {link}", subjects=subjects, link=detector.target)


CONTENT: dict[What, Said] = {
    What.ABUSE: Said(
        N_("Insults"),
        _abuse,
        {
            "words": MORE_WORDS,
            "mild": Asked(
                N_("Milder ones too"),
                N_("Shall milder ones count where they are said to somebody’s face (“you idiot”)?"),
            ),
        },
    ),
    What.HARMFUL: Said(
        N_("Harmful content and links"),
        _harmful,
        {
            "words": MORE_WORDS,
            "domains": Asked(
                N_("More domains"), N_("Links to which domains shall count besides the known ones? One a line.")
            ),
            "files": Asked(
                N_("Kinds of file"), N_("Which endings of files count? For example <code>apk, exe, scr</code>.")
            ),
            "porn": Asked(N_("Pornography"), N_("Shall pornography count?")),
            "gambling": Asked(N_("Gambling"), N_("Shall gambling count?")),
            "drugs": Asked(N_("Drugs"), N_("Shall dealing in drugs count?")),
            "violence": Asked(N_("Violence"), N_("Shall threats, and dealing in weapons, count?")),
            "viruses": Asked(N_("Viruses"), N_("Shall harmful software, and files that run, count?")),
        },
    ),
    What.PRIVATE: Said(
        N_("Private data"),
        _private,
        {
            "addresses": Asked(
                N_("Addresses"),
                N_("Which addresses shall not be written here? One a line; people see only that there are some."),
            ),
            "phones": Asked(
                N_("Telephone numbers"),
                N_(
                    "From how many different telephone numbers in a message on shall it count? 2 is usual: a single one in normal"
                    " talk passes, unless it is said to be somebody else’s."
                ),
            ),
            "mobiles": Asked(N_("Telephones"), N_("Shall telephone numbers count?")),
            "identities": Asked(N_("Identity numbers"), N_("Shall numbers of identity cards count?")),
            "cards": Asked(N_("Bank cards"), N_("Shall numbers of bank cards count?")),
            "passports": Asked(N_("Passports"), N_("Shall numbers of passports count?")),
        },
    ),
    What.CONDUCT: Said(
        N_("Running others down, unproven news"),
        _conduct,
        {
            "words": Asked(
                N_("Words"),
                N_("Which words shall be watched for? One a line, or with commas between them."),
            ),
            "instead": Asked(
                N_("Where instead"),
                N_(
                    "Where shall people raise such things instead? For example <code>with Ms Li, room 203</code>, or <code>none</code>."
                ),
            ),
        },
    ),
    What.WRONG_PLACE: Said(
        N_("What belongs elsewhere"),
        _wrong_place,
        {
            "words": Asked(
                N_("Words"),
                N_("By which words is the subject known? One a line, or with commas between them."),
            ),
            "target": Asked(
                N_("Link"),
                N_(
                    "Where does it belong? The link to the group or topic, for example"
                    " <code>https://t.me/hikers_market</code>; copy it from a message there or from the group’s profile."
                ),
            ),
            "place": Asked(N_("Name"), N_("What is that group or topic called? For example <code>Market</code>.")),
        },
    ),
}
"""These detectors."""
