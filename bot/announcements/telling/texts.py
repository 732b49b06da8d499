"""What is said about how members are told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.announcements.rules.run import Run, State, length_of
from bot.announcements.telling.rules.way import House, Way, Wish
from bot.announcements.texts.people import how_far, mentioned, unsure_line
from bot.announcements.texts.words import reason
from bot.i18n import N_, Html

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.announcements.rules.announcement import Announcement
    from bot.announcements.rules.people import Known
    from bot.i18n import Texts

TITLE: Final = N_("How members are told")
HELP: Final = N_("Choose how members are told of an announcement: pinned, mentioned by name, both or neither")
STOP: Final = N_("⏹ Stop the mentions")
GO_ON: Final = N_("▶️ Go on with the mentions")
SETTINGS: Final = N_("👥 How members are told")
DEFAULT: Final = N_("⚙️ What holds in the group")
PHRASES: Final = {
    "announcement.telling": N_("{actor} changed how members are told of announcements"),
    "announcement.mentions_stopped": N_("{actor} stopped the mentions for announcement {target}"),
    "announcement.mentions_resumed": N_("{actor} went on with the mentions for announcement {target}"),
    "announcement.not_unpinned": N_("Announcement {target} could not be unpinned: {reason}"),
}
_WAYS: Final = {
    Way.PIN: N_("📌 Pinned"),
    Way.MENTION: N_("👥 Mentioned by name"),
    Way.BOTH: N_("📌👥 Pinned and mentioned"),
    Way.NOBODY: N_("🔕 Told by neither"),
}
SAID: Final = {
    Way.PIN: N_("📌 It is pinned, and Telegram notifies everybody."),
    Way.MENTION: N_("👥 It is not pinned; members are mentioned by name, five a message."),
    Way.BOTH: N_("📌👥 It is pinned, and members are mentioned by name, five a message."),
    Way.NOBODY: N_("🔕 It is neither pinned, nor is anybody mentioned."),
}


# On the cards


def way_label(texts: Texts, way: Way) -> str:
    """Label the button on the card of a draft: what is chosen now."""
    return texts.label(_WAYS[way])


def draft_lines(texts: Texts, house: House, known: int, total: int | None) -> list[Html]:
    """Say on the card of a draft how members will be told; nothing where it is only pinned."""
    if house == House():
        return []
    lines = [texts.gettext(SAID[house.way])]
    if house.way.mentions:
        lines[0] = texts.flow(lines[0], _reach(texts, known, total), _length(texts, known))
    if house.unpin and house.way.pins:
        lines.append(texts.gettext("The announcement pinned before is unpinned."))
    return lines


def run_lines(texts: Texts, run: Run, item: Announcement) -> list[Html]:
    """Say on the card of a published one how far the mentions are."""
    count = texts.gettext(
        "👥 Mentioned: {told} of {known}.", told=texts.number(run.told), known=texts.number(max(run.known, run.told))
    )
    lines = [texts.flow(count, how_far(texts, run, item))]
    if run.state is State.RUNNING:
        lines[0] = texts.flow(lines[0], _reach(texts, run.known, run.total))
    if run.unsure:
        lines.append(unsure_line(texts, run))
    return lines


def _reach(texts: Texts, known: int, total: int | None) -> Html:
    if total is None or total <= known:
        return texts.ngettext("I know {n} member.", "I know {n} members.", known)
    return texts.ngettext(
        "I know {known} of {n} member; I cannot mention the others.",
        "I know {known} of {n} members; I cannot mention the others.",
        total,
        known=texts.number(known),
    )


def _length(texts: Texts, known: int) -> Html:
    return texts.gettext("That takes about {length}.", length=texts.duration(length_of(known))) if known else Html()


def unsure_label(texts: Texts, count: int) -> str:
    """Label the button that lists those who may not have been reached."""
    return texts.label("❓ Not sure: {n}", n=texts.number(count))


def unsure_head(texts: Texts, number: int) -> Html:
    """Head the list of those who may not have been reached."""
    return texts.gettext("<b>#{number}: I do not know whether their mention arrived</b>", number=number)


def nobody(texts: Texts) -> Html:
    """Stand for an empty list."""
    return texts.gettext("Nobody.")


# In the group


def mention(texts: Texts, people: Sequence[Known]) -> Html:
    """Mention some people below an announcement."""
    return texts.gettext("📣 {names}: this is for you.", names=mentioned(texts, people))


# The pages


def page(texts: Texts, number: int, wish: Wish, house: House) -> Html:
    """Head the page of one announcement; ``house`` is what holds for it."""
    head = texts.gettext("<b>How members are told of #{number}</b>", number=number)
    lines = [head, texts.gettext(SAID[house.way]), _unpin_line(texts, house)]
    if wish == Wish():
        lines.append(texts.gettext("That is what holds in the group."))
    return Html("\n").join(line for line in lines if line)


def default_page(texts: Texts, house: House) -> Html:
    """Head the page of what holds in the group."""
    head = texts.gettext("<b>How members are told of announcements</b>")
    note = texts.gettext("This holds for every announcement that says nothing else.")
    return Html("\n").join(
        line for line in (head, texts.gettext(SAID[house.way]), _unpin_line(texts, house), note) if line
    )


def _unpin_line(texts: Texts, house: House) -> Html:
    if not house.way.pins:
        return Html()
    if house.unpin:
        return texts.gettext("The announcement pinned before is unpinned.")
    return texts.gettext("The announcement pinned before stays pinned.")


def choice_label(texts: Texts, way: Way, *, chosen: bool) -> str:
    """Label the button that chooses a way."""
    return f"✓ {way_label(texts, way)}" if chosen else way_label(texts, way)


def unpin_label(texts: Texts, *, on: bool) -> str:
    """Label the button that switches whether the one before is unpinned."""
    return texts.label("✓ Unpin the one before") if on else texts.label("Unpin the one before")


def as_group_label(texts: Texts) -> str:
    """Label the button that gives up an announcement's own way."""
    return texts.label("↩️ As the group does it")


# Answers


def how(texts: Texts) -> Html:
    """Say how it is set."""
    return texts.gettext(
        "Please write the number of the announcement and how members are told: <code>/announce tell 12 mentions</code>, "
        "<code>pin</code>, <code>both</code>, <code>nobody</code> or <code>unpin on</code>; with <code>default</code> instead of "
        "the number it holds for the group."
    )


def not_understood(texts: Texts, typed: str) -> Html:
    """Say that the words are none of ours."""
    return texts.flow(texts.gettext("I do not know what “{typed}” means here.", typed=typed), how(texts))


def only_settings(texts: Texts) -> Html:
    """Say who sets what holds in the group."""
    return texts.gettext("What holds in the group is set by people who may change its settings.")


def stands_already(texts: Texts, number: int) -> Html:
    """Say that it is too late to choose."""
    return texts.gettext("#{number} stands in the group already: members have been told of it.", number=number)


def chosen(texts: Texts, way: Way) -> str:
    """Confirm a choice."""
    return texts.label(SAID[way])


def saved(texts: Texts) -> str:
    """Confirm a switch."""
    return texts.label("Saved.")


def stopped(texts: Texts, run: Run | None) -> str:
    """Answer the button that stops the mentions."""
    if run is None:
        return texts.label("No mentions are under way.")
    return texts.label("Stopped. A message that is on its way may still arrive.")


def resumed(texts: Texts, run: Run | None) -> str:
    """Answer the button that goes on with the mentions."""
    return texts.label("There is nothing to go on with.") if run is None else texts.label("I go on where I was.")


def not_unpinned(texts: Texts, item: Announcement) -> Html:
    """Tell whoever is responsible that the one before is still pinned; ``item`` has Telegram's reason."""
    head = texts.gettext("📌 #{number}, which was pinned before, could not be unpinned.", number=item.number)
    return texts.flow(head, reason(texts, item))
