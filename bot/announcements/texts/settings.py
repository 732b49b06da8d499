"""What is said about a group's settings for announcements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.announcements.rules.house import MOST_LATE, Review
from bot.announcements.texts.reviewing import WAYS
from bot.i18n import N_, Html, Texts

if TYPE_CHECKING:
    from datetime import timedelta

    from bot.announcements.rules.house import House
    from bot.kernel.groups import Group

TITLE = N_("📣 Announcements")
MENU = N_("⚙️ Settings")
QUIET, HOLIDAYS = N_("🌙 Quiet hours"), N_("🎌 Holidays")
LATE = N_("How late at most")
FORM_LATE = N_("Late announcements")
_EXPLAINED = {
    Review.NONE: N_("Whoever may publish sends an announcement out, also their own."),
    Review.OTHER: N_(
        "Nothing goes out before somebody who may review, and has not written it, has approved exactly those words."
    ),
    Review.OWNER: N_(
        "Nothing goes out before the owner of the group has approved exactly those words. What the owner writes needs nobody"
        " else’s."
    ),
}


def page(texts: Texts, house: House, group: Group) -> Html:
    """Write the settings with what they mean."""
    late = texts.duration(house.late) if house.late else texts.label("never")
    return Html("\n\n").join(
        [
            texts.gettext("📣 <b>Announcements</b> of {group}", group=group.label or group.title),
            texts.gettext(
                "<b>Review</b>: {way}\n{explained}",
                way=texts.label(WAYS[house.review]),
                explained=texts.gettext(_EXPLAINED[house.review]),
            ),
            texts.gettext(
                "<b>How late at most</b>: {late}\nWhat was due while I was not running still goes out by itself if it is no"
                " later than that. Otherwise I ask: send it or skip it.",
                late=late,
            ),
        ]
    )


def review_label(texts: Texts, house: House, way: Review) -> str:
    """Label the button of a way of reviewing; the present one is marked."""
    name = texts.label("Review: {way}", way=texts.label(WAYS[way]))
    return f"✓ {name}" if house.review is way else name


def late_label(texts: Texts, house: House, late: timedelta) -> str:
    """Label the button of a length; the present one is marked."""
    name = texts.duration(late) if late else texts.label("never")
    return f"✓ {name}" if house.late == late else name


def another_label(texts: Texts) -> str:
    """Label the button that asks."""
    return texts.label("✏️ Another…")


def ask_late(texts: Texts) -> Html:
    """Ask how late is too late."""
    return texts.gettext(
        "How late may an announcement still go out by itself? For example: <code>30 minutes</code> or <code>2 hours</code>, at"
        " most {most}.",
        most=texts.duration(MOST_LATE),
    )


def saved(texts: Texts) -> str:
    """Answer a change."""
    return texts.label("Saved.")


def is_so(texts: Texts) -> str:
    """Answer what changed nothing."""
    return texts.label("It is set like that already.")


def stale(texts: Texts) -> str:
    """Answer a button of a setting that there is not."""
    return texts.label("This button is out of date. /announce settings shows the settings as they are.")


def only_owner(texts: Texts) -> Html:
    """Say that this is the owner's to change."""
    return texts.gettext("Here the owner approves what goes out, so only the owner can change who reviews.")


def unknown(texts: Texts, typed: str) -> Html:
    """Answer words that name no setting."""
    return texts.gettext(
        "“{typed}” is no setting for announcements. /announce settings shows them with buttons; on one line it goes like"
        " this: <code>/announce settings review other</code> or <code>/announce settings late 2 hours</code>",
        typed=typed[:64],
    )


def review_wanted(texts: Texts, typed: str) -> Html:
    """Say what a way of reviewing may be."""
    return texts.gettext(
        "“{typed}” is no way of reviewing. Write <code>none</code>, <code>other</code> (one reviewer other than the author)"
        " or <code>owner</code>.",
        typed=typed[:64],
    )


def late_wanted(texts: Texts, typed: str) -> Html:
    """Say what a length may be."""
    return texts.gettext(
        "“{typed}” is no length up to {most}. Write for example <code>30 minutes</code>, <code>2 hours</code> or"
        " <code>never</code>.",
        typed=typed[:64],
        most=texts.duration(MOST_LATE),
    )
