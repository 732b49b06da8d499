"""What is wrong with what was typed or tapped, and what would be right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import N_, Html
from bot.policy.theme.rules.theme import (
    CAPTION_LIMIT,
    LONGEST,
    LONGEST_WORD,
    MOST_POSTS,
    MOST_WORDS,
    SHORTEST,
    TEXT_LIMIT,
    Fault,
)

if TYPE_CHECKING:
    from bot.i18n import Texts


def wrong(texts: Texts, fault: Fault) -> Html:
    """Say what is wrong, and what would be right."""
    return texts.gettext(
        _FAULTS[fault],
        most_words=texts.number(MOST_WORDS),
        longest=texts.number(LONGEST_WORD),
        shortest_time=texts.duration(SHORTEST),
        longest_time=texts.duration(LONGEST),
        most_posts=texts.number(MOST_POSTS),
        text_limit=texts.number(TEXT_LIMIT),
        caption_limit=texts.number(CAPTION_LIMIT),
    )


_FAULTS: dict[Fault, str] = {
    Fault.NO_WORDS: N_(
        "Name at least one word of the theme first, for example <code>/theme words hiking, trail, summit</code>."
    ),
    Fault.TOO_MANY_WORDS: N_("That is too much: a theme has at most {most_words} words."),
    Fault.WORD_TOO_LONG: N_(
        "A word of the theme has at most {longest} characters. One a line, or with commas between them."
    ),
    Fault.NOT_A_TIME: N_("Please name a length of time, such as <code>90 min</code> or <code>2 hours</code>."),
    Fault.TOO_SHORT: N_("That is too short: it takes at least {shortest_time}."),
    Fault.TOO_LONG: N_("That is too long: {longest_time} at most."),
    Fault.TOO_MANY_POSTS: N_(
        "The line is full: at most {most_posts} posts can wait. Remove one with <code>/theme posts</code>."
    ),
    Fault.EMPTY_POST: N_(
        "There is nothing to post. Write a text, send a photo or a file, or answer a message with <code>/theme add</code>."
    ),
    Fault.POST_TOO_LONG: N_(
        "That is too long for Telegram: {text_limit} characters at most, and {caption_limit} below a photo or a file."
    ),
}


def unknown(texts: Texts, typed: str) -> Html:
    """Say what can stand behind the command."""
    return texts.gettext(
        "“{typed}” is nothing I know about the theme. These can stand behind <code>/theme</code>: words, add, posts, send, on,"
        " off, after, then, learn. Alone, it shows everything.",
        typed=typed[:60],
    )


def not_a_choice(texts: Texts, typed: str, *, steer: bool) -> Html:
    """Say which two words are understood."""
    if steer:
        return texts.gettext(
            "“{typed}” is neither of the two: <code>/theme then tell</code> tells managers, <code>/theme then post</code> sends"
            " the next prepared post.",
            typed=typed[:60],
        )
    return texts.gettext("Please write <code>on</code> or <code>off</code>, not “{typed}”.", typed=typed[:60])


def stands_alone(texts: Texts, line: str) -> Html:
    """Say that a command takes nothing behind it."""
    return texts.gettext("<code>{line}</code> stands alone: please write nothing behind it.", line=line)


def stale(texts: Texts) -> str:
    """Answer a button that nobody has."""
    return texts.label("This button is no longer valid. Send /theme again.")
