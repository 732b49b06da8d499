"""What is said about templates."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from bot.announcements.rules.content import Empty, NoAlbum, NoCaption, TooLong
from bot.announcements.rules.outcomes import Unknown
from bot.announcements.templates.rules import (
    BadName,
    Full,
    NameTaken,
    NameTooLong,
    NoName,
    NoTemplate,
    NotYours,
    Refused,
)
from bot.announcements.texts import replies, words
from bot.i18n import N_, Html, Texts

if TYPE_CHECKING:
    from bot.announcements.templates.rules import Template
    from bot.kernel.groups import Group

TITLE = N_("Templates")
MENU = N_("📋 Templates")
SAVE = N_("📋 Save as template")
USE = N_("✏️ Draft from it")
RENAME = N_("Rename")
DELETE = N_("🗑 Delete")
REALLY = N_("🗑 Yes, delete it")
BACK = N_("« Templates")
NAME = N_("Name")
TEMPLATE = N_("Template")
FORM_SAVE = N_("Save as template")
FORM_RENAME = N_("Rename the template")
HELP = {
    "": N_("Show the group's templates for announcements, with buttons"),
    "save": N_("Keep an announcement as a template, or the message you reply to"),
    "use": N_("Make a draft from a template"),
    "show": N_("Show one template"),
    "rename": N_("Give a template another name"),
    "delete": N_("Delete a template"),
}
PHRASES = {
    "announcement.template_saved": N_("{actor} saved the template {target}"),
    "announcement.template_renamed": N_("{actor} renamed the template {before} to {target}"),
    "announcement.template_deleted": N_("{actor} deleted the template {target}"),
}


def label(texts: Texts, name: str) -> str:
    """Write a button's label."""
    return texts.label(name)


def refused(texts: Texts, outcome: Refused) -> Html:
    """Say why something cannot be done, and what can."""
    match outcome:
        case NoName():
            return texts.gettext(
                "What shall the template be called? For example: <code>/template save weekly 12</code>"
            )
        case BadName(name=name):
            return texts.gettext(
                "“{name}” cannot be a template's name: it needs a word, and no “|” in it. For example: <code>weekly</code>",
                name=_short(name),
            )
        case NameTooLong(length=length, limit=limit):
            return texts.gettext(
                "The name has {length} characters; at most {limit} fit on a button.",
                length=texts.number(length),
                limit=texts.number(limit),
            )
        case NameTaken(name=name):
            return texts.gettext(
                "There is a template “{name}” already. Choose another name, or first rename or delete that one:"
                " <code>/template delete {name}</code>",
                name=name,
            )
        case Full(limit=limit):
            return texts.gettext(
                "A group keeps {limit} templates at most. Please delete one that is not needed any more: /template",
                limit=texts.number(limit),
            )
        case NoTemplate(name=""):
            return texts.gettext("That template is gone. /template shows those there are.")
        case NoTemplate(name=name):
            return texts.gettext(
                "There is no template “{name}” in this group. /template shows those there are.", name=_short(name)
            )
        case NotYours(template=template):
            return texts.gettext(
                "{name} saved the template “{template}”: only {name} and those who may publish announcements can change it.",
                name=template.user_name,
                template=template.name,
            )
        case Unknown() | Empty() | TooLong() | NoCaption() | NoAlbum():
            return replies.refused(texts, outcome)
        case _:
            assert_never(outcome)


def _short(name: str) -> str:
    return name if len(name) <= 40 else f"{name[:39]}…"


def rename_how(texts: Texts) -> Html:
    """Say how a template is renamed."""
    return texts.gettext(
        "Please write the present name and the new one with a “|” between them, for example"
        " <code>/template rename weekly | every Monday</code>"
    )


def nothing_to_save(texts: Texts) -> Html:
    """Say what can be saved."""
    return texts.gettext(
        "What shall I keep? Name an announcement by its number, for example <code>/template save weekly 12</code>, or send"
        " <code>/template save weekly</code> as a reply to a message with the text."
    )


def name_wanted(texts: Texts, sub: str) -> Html:
    """Ask for a name behind a word such as ``use``."""
    return texts.gettext("Which template? For example: <code>/template {sub} weekly</code>", sub=sub)


# Lists and one of them


def list_title(texts: Texts, group: Group) -> Html:
    """Head the list."""
    return texts.gettext("<b>Templates</b> of {group}. Tap one to see it.", group=group.label or group.title)


def list_empty(texts: Texts, group: Group) -> Html:
    """Say that there is none, and how to make one."""
    return texts.gettext(
        "{group} has no templates yet. Tap “Save as template” on the card of an announcement, or write"
        " <code>/template save weekly 12</code> with its number.",
        group=group.label or group.title,
    )


def list_line(texts: Texts, template: Template) -> Html:
    """Write one line of the list."""
    return texts.gettext(
        "• <b>{name}</b>: {excerpt}", name=template.name, excerpt=words.excerpt(texts, template.content)
    )


def page(texts: Texts, template: Template, *, inline: bool) -> Html:
    """Describe one template; ``inline`` says whether its words stand here."""
    used = texts.ngettext("used {n} time", "used {n} times", template.used)
    head = texts.gettext(
        "<b>Template “{name}”</b>\nsaved by {by} on {date}, {used}",
        name=template.name,
        by=template.user_name,
        date=texts.date(template.saved_at),
        used=used,
    )
    if inline:
        return Html("{}\n\n{}").format(head, Html(template.content.html))
    return Html("{}\n\n{}").format(head, texts.gettext("The message above is what it holds."))


def ask_delete(texts: Texts, template: Template) -> Html:
    """Ask before a template is gone for good."""
    return texts.gettext("Delete the template “{name}”? Announcements made from it stay.", name=template.name)


# Questions and answers


def ask_name(texts: Texts) -> Html:
    """Ask for a name."""
    return texts.gettext("What shall the template be called? A word or two, for example: weekly")


def saved(texts: Texts, template: Template) -> Html:
    """Say that it is kept."""
    return texts.gettext(
        "The template “{name}” is saved. <code>/template use {name}</code> makes a draft from it.", name=template.name
    )


def renamed(texts: Texts, template: Template) -> Html:
    """Say that it has another name."""
    return texts.gettext("The template is called “{name}” now.", name=template.name)


def deleted(texts: Texts, template: Template) -> Html:
    """Say that it is gone."""
    return texts.gettext("The template “{name}” is deleted.", name=template.name)
