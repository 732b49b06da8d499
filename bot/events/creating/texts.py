"""What organisers read about drafts, copies and templates."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from bot.events.creating.rules import MOST_TEMPLATES, NAME_LIMIT, BadName, Discarded, NotADraft, Saved, TooManyTemplates
from bot.events.rules.event import NoSuchEvent
from bot.events.texts.card import name_of
from bot.i18n import N_, Html

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.events.creating.rules import DiscardOutcome, SaveOutcome, Template
    from bot.events.rules.event import Event
    from bot.i18n import Texts

DRAFT_TITLE, DRAFTS_TITLE, COPY_TITLE = N_("New draft"), N_("Drafts of events"), N_("Copy an event")
TEMPLATES_TITLE, TEMPLATE_TITLE = N_("Templates for events"), N_("New template")
HELP_DRAFT = N_("Plan an event that only organisers see for now")
HELP_DRAFTS = N_("List the drafts of events")
HELP_PUBLISH = N_("Publish a draft: its card is posted, and people can sign up")
HELP_DISCARD = N_("Throw a draft away")
HELP_COPY = N_("Plan an event like an earlier one")
HELP_TEMPLATE = N_("Templates: list them, keep an event as one, delete one")
SAVE_AS_DRAFT = N_("Save as draft")
PUBLISH, DISCARD = N_("📣 Publish"), N_("🗑 Discard")
COPY, TEMPLATE = N_("⧉ Copy"), N_("Save as template")
YES_DISCARD, YES_DELETE, NO_KEEP = N_("Yes, discard it"), N_("Yes, delete it"), N_("No, keep it")
DELETE = N_("🗑")
MANAGE = N_("⚙️ Open")
NAME = N_("Name")
ASK_NAME = N_("What shall the template be called? For example: <i>hike</i>")

AUDIT_PHRASES = {
    "event.discarded": N_("{actor} discarded the draft {target} “{title}”"),
    "event.template": N_("{actor} kept event {target} “{title}” as the template “{name}”"),
}
_TITLE_SHOWN = 40


# Drafts


def drafted(texts: Texts, event: Event) -> Html:
    """Say that a draft is kept."""
    return texts.gettext(
        "📝 {event} is saved as a draft, for {when}. Only organisers see it; /event drafts lists the drafts.",
        event=name_of(event),
        when=texts.when(event.plan.starts_at),
    )


def drafts(texts: Texts, found: Sequence[Event]) -> Html:
    """Head the list of drafts, which are the buttons below."""
    if not found:
        return texts.gettext("There are no drafts. <code>/event draft</code> begins one.")
    return texts.gettext("<b>Drafts of events</b>\nMembers cannot see them. Tap one to change, publish or discard it.")


def published(texts: Texts, event: Event, group: str) -> Html:
    """Say that a draft is published."""
    return texts.gettext("📣 {event} is published: its card is now in {group}.", event=name_of(event), group=group)


def published_already(texts: Texts, event: Event) -> Html:
    """Say that there is nothing to publish."""
    return texts.gettext("{event} is published already.", event=name_of(event))


def cannot_publish(texts: Texts, event: Event, flaw: Html) -> Html:
    """Say what is wrong with a draft."""
    return texts.gettext(
        "{event} cannot be published like this. {flaw}\n<code>/event edit {number}</code> changes it.",
        event=name_of(event),
        flaw=flaw,
        number=event.number,
    )


def sure_to_discard(texts: Texts, event: Event) -> Html:
    """Ask whether a draft shall really go."""
    return texts.gettext("Do you really want to throw away the draft {event}?", event=name_of(event))


def discarded(texts: Texts, outcome: DiscardOutcome) -> Html:
    """Answer /event discard."""
    match outcome:
        case Discarded(event=event):
            return texts.gettext("The draft {event} is discarded.", event=name_of(event))
        case NotADraft(event=event):
            return texts.gettext(
                "{event} is no draft: members know of it. <code>/event cancel {number}</code> cancels it.",
                event=name_of(event),
                number=event.number,
            )
        case NoSuchEvent():
            return texts.gettext("This draft no longer exists.")
        case _:
            assert_never(outcome)


# Templates


def templates(texts: Texts, found: Sequence[Template]) -> Html:
    """Head the list of templates, which are the buttons below."""
    how = texts.gettext("<code>/event template save 3 hike</code> keeps event #3 under that name.")
    if not found:
        return texts.flow(texts.gettext("There are no templates."), how)
    head = texts.gettext("<b>Templates for events</b>\nTap one to plan an event from it, or 🗑 to delete it.")
    return Html("{}\n{}").format(head, how)


def template_label(texts: Texts, one: Template) -> str:
    """Label the button of a template."""
    title = one.plan.title if len(one.plan.title) <= _TITLE_SHOWN else f"{one.plan.title[: _TITLE_SHOWN - 1]}…"
    return texts.label("{name}: {title}", name=one.name, title=title) if title != one.name else one.name


def saved(texts: Texts, outcome: SaveOutcome) -> Html:
    """Answer the wish to keep a template."""
    match outcome:
        case Saved(template=one, replaced=replaced):
            said = texts.gettext(
                "The template “{name}” is kept. <code>/event create from {name}</code> plans an event from it.",
                name=one.name,
            )
            return texts.flow(said, texts.gettext("It takes the place of the one of that name.")) if replaced else said
        case BadName():
            return texts.gettext(
                "A template needs a name of at most {limit} characters. Write for example"
                " <code>/event template save 3 hike</code>.",
                limit=texts.number(NAME_LIMIT),
            )
        case TooManyTemplates():
            return texts.gettext(
                "There are {limit} templates already, and more would not be found again. Please delete one first:"
                " /event templates lists them.",
                limit=texts.number(MOST_TEMPLATES),
            )
        case _:
            assert_never(outcome)


def no_template(texts: Texts, name: str, found: Sequence[Template]) -> Html:
    """Say that there is no template of a name, and which there are."""
    said = texts.gettext("There is no template “{name}”.", name=name[:64])
    if not found:
        return said
    names = texts.join(f"“{one.name}”" for one in found)
    return texts.flow(said, texts.gettext("There are: {names}.", names=names))


def sure_to_delete(texts: Texts, one: Template) -> Html:
    """Ask whether a template shall really go."""
    return texts.gettext(
        "Do you really want to delete the template “{name}”? Events made from it stay as they are.", name=one.name
    )


def deleted(texts: Texts, one: Template) -> Html:
    """Say that a template is gone."""
    return texts.gettext("The template “{name}” is deleted.", name=one.name)


def template_usage(texts: Texts, typed: str) -> Html:
    """Say what follows /event template."""
    return texts.gettext(
        "I do not understand “{typed}”. Write <code>/event template save 3 hike</code> to keep event #3 under a name,"
        " <code>/event template delete hike</code> to delete it, or /event templates for a list.",
        typed=typed[:64],
    )


def stale(texts: Texts) -> str:
    """Answer a button of a template that is gone."""
    return texts.label("This template no longer exists.")
