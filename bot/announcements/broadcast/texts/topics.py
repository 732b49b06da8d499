"""What is said about the topic of an announcement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import N_, Html

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.announcements.broadcast.rules.topics import Topic
    from bot.i18n import Texts
    from bot.kernel.groups import Group

HELP = N_("Choose the topic of the forum in which an announcement appears")
EXAMPLES = (N_("/announce topic News 12"), N_("/announce topic off 12"), N_("/announce topic #345 = News"))
BUTTON = N_("🧵 Topic")
DEFAULT = N_("The group's usual topic")


def ask(texts: Texts, number: int, topics: Sequence[Topic], group: Group) -> Html:
    """Ask for the topic; those without a known name have a link, so that one can look which they are."""
    if not topics:
        return texts.gettext(
            "I know no topic of this forum yet: I learn them from what is written in them. Write <code>/announce topic here"
            " {number}</code> in the topic itself.",
            number=number,
        )
    asked = texts.gettext("In which topic shall <b>#{number}</b> appear?", number=number)
    unnamed = [_link(topic, group) for topic in topics if not topic.name]
    if not unnamed:
        return asked
    first = next(int(topic.thread_id) for topic in topics if not topic.name)
    note = texts.gettext(
        "Telegram has not told me yet what these are called: {topics}. Tap one to look; <code>/announce topic #{first} = News</code>"
        " gives it a name here.",
        topics=texts.join(unnamed),
        first=first,
    )
    return Html("{}\n\n{}").format(asked, note)


def _link(topic: Topic, group: Group) -> Html:
    chat = str(group.chat_id).removeprefix("-100")
    return Html('<a href="https://t.me/c/{}/{}">#{}</a>').format(chat, int(topic.thread_id), int(topic.thread_id))


def named(texts: Texts, thread: int, name: str) -> Html:
    """Confirm the name of a topic."""
    return texts.gettext("I call topic #{thread} “{name}” from now on.", thread=thread, name=name)


def key(topic: Topic, *, on: bool) -> str:
    """Label the button of a topic."""
    return f"{'☑️' if on else '◻️'} {topic.title[:48]}"


def default_key(texts: Texts, *, on: bool) -> str:
    """Label the button that goes back to the usual topic."""
    return f"{'☑️' if on else '◻️'} {texts.label(DEFAULT)}"


def chosen(texts: Texts, number: int, name: str | None) -> Html:
    """Confirm the topic."""
    if name is None:
        return texts.gettext("#{number} appears where announcements of this group usually do.", number=number)
    return texts.gettext("#{number} appears in the topic “{name}”.", number=number, name=name)


def line(texts: Texts, name: str | None) -> Html:
    """Say on a card in which topic it appears."""
    if name is None:
        return texts.gettext("🧵 It appears in a topic chosen for it.")
    return texts.gettext("🧵 It appears in the topic “{name}”.", name=name)


def no_forum(texts: Texts) -> Html:
    """Say that the group has no topics."""
    return texts.gettext("This group has no topics: its owner can switch them on in the group's settings in Telegram.")


def wanted(texts: Texts) -> Html:
    """Say how a topic is named."""
    return texts.gettext(
        "Please name the topic and the number of the announcement: <code>/announce topic News 12</code>, or <code>/announce topic"
        " here 12</code> in the topic itself."
    )


def unknown(texts: Texts, name: str, topics: Sequence[Topic]) -> Html:
    """Say which topics are known."""
    if not topics:
        return texts.gettext(
            "I know no topic “{name}”. I learn their names from what is written in them; or write <code>/announce topic here"
            " 12</code> in the topic itself.",
            name=name[:60],
        )
    return texts.gettext(
        "I know no topic “{name}”. Those I know: {topics}. Or write <code>/announce topic here 12</code> in the topic itself.",
        name=name[:60],
        topics=texts.join(f"“{topic.title}”" for topic in topics[:20]),
    )


def not_here(texts: Texts) -> Html:
    """Say that "here" means a topic."""
    return texts.gettext("“here” means the topic in which you write it; this is none.")
