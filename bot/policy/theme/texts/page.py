"""The page of a theme: its words, its time, and what happens then."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.i18n import N_, Html
from bot.policy.texts.said import shortened
from bot.policy.theme.rules.clock import LEAST
from bot.policy.theme.rules.learning import DAYS, PEOPLE
from bot.policy.theme.rules.theme import Steer, Theme
from bot.policy.theme.texts.naming import TITLE

if TYPE_CHECKING:
    from bot.i18n import Texts
    from bot.policy.theme.rules.clock import Clock


_ON, _OFF = N_("🟢 Watch the theme"), N_("⚪ Stop watching")
_WORDS, _AFTER, _POSTS, _ADD = N_("✏️ Words"), N_("⏱ Time"), N_("🗂 Posts"), N_("➕ Prepare a post")
_LEARNED = N_("🎓 Learned words")
_THEN = {Steer.TELL: N_("🔔 Tell managers instead"), Steer.POST: N_("📣 Send a post instead")}
_LEARN = {True: N_("🎓 Let the group’s own words count"), False: N_("🚫 Only our own list counts")}
_BACK, _ANOTHER = N_("« Theme"), N_("✏️ Another…")


def page(texts: Texts, theme: Theme, learned: tuple[str, ...], clock: Clock, waiting: int) -> Html:
    """Show a theme as managers see it."""
    lines = [_head(texts, theme), _own(texts, theme)]
    if theme.learns:
        lines.append(_learned(texts, learned))
    lines += [_what_happens(texts, theme), _line(texts, waiting)]
    if theme.on and clock.talk:
        since = datetime.fromtimestamp(clock.since, UTC)
        lines.append(
            texts.ngettext(
                "Off the theme since {when}: {count} message.",
                "Off the theme since {when}: {count} messages.",
                clock.talk,
                when=texts.when(since),
                count=texts.number(clock.talk),
            )
        )
    if theme.let_be is not None:
        lines.append(texts.gettext("Left alone until {when}.", when=texts.when(theme.let_be)))
    return Html("\n").join(lines)


def for_everybody(texts: Texts, words: tuple[str, ...]) -> Html:
    """Name the theme below the rules that everybody reads."""
    return texts.gettext("<b>What this group is about</b>\n{words}", words=shortened(texts, words))


def _head(texts: Texts, theme: Theme) -> Html:
    if theme.on:
        return texts.gettext("🧭 <b>Theme of the group</b>: 🟢 watched")
    return texts.gettext(
        "🧭 <b>Theme of the group</b>: ⚪ not watched\nName the words that show what the group is about. When none of them has"
        " been said for long while people talk, managers are told, or a post that you have prepared goes out."
    )


def _own(texts: Texts, theme: Theme) -> Html:
    if not theme.words:
        return texts.gettext("Words: none yet.")
    return texts.gettext("Words: {words}", words=shortened(texts, theme.words))


def _learned(texts: Texts, learned: tuple[str, ...]) -> Html:
    if learned:
        return texts.gettext("Learned from the group: {words}", words=shortened(texts, learned))
    return texts.gettext(
        "Learned from the group: none yet. A word counts once at least {people} people have used it on {days} days.",
        people=texts.number(PEOPLE),
        days=texts.number(DAYS),
    )


def _what_happens(texts: Texts, theme: Theme) -> Html:
    after = texts.duration(theme.limit)
    if theme.steer is Steer.POST:
        return texts.gettext("After {time} off the theme, the next prepared post is sent.", time=after)
    return texts.gettext("After {time} off the theme, managers are told.", time=after)


def _line(texts: Texts, waiting: int) -> Html:
    if not waiting:
        return texts.gettext("No prepared post is waiting.")
    return texts.ngettext(
        "{count} prepared post is waiting.", "{count} prepared posts are waiting.", waiting, count=texts.number(waiting)
    )


def page_label(texts: Texts) -> str:
    """Name the button that leads to the page."""
    return texts.label(TITLE)


def switch_label(texts: Texts, theme: Theme) -> str:
    """Name the button that switches watching on or off."""
    return texts.label(_OFF if theme.on else _ON)


def words_label(texts: Texts) -> str:
    """Name the button that asks for the words."""
    return texts.label(_WORDS)


def after_label(texts: Texts) -> str:
    """Name the button that leads to the time."""
    return texts.label(_AFTER)


def then_label(texts: Texts, other: Steer) -> str:
    """Name the button that chooses what happens."""
    return texts.label(_THEN[other])


def learn_label(texts: Texts, *, on: bool) -> str:
    """Name the button that switches learning on or off."""
    return texts.label(_LEARN[on])


def learned_label(texts: Texts) -> str:
    """Name the button that leads to the learned words."""
    return texts.label(_LEARNED)


def posts_label(texts: Texts) -> str:
    """Name the button that leads to the posts."""
    return texts.label(_POSTS)


def add_label(texts: Texts) -> str:
    """Name the button that asks for a post."""
    return texts.label(_ADD)


def back_label(texts: Texts) -> str:
    """Name the button that leads back."""
    return texts.label(_BACK)


def another_label(texts: Texts) -> str:
    """Name the button that asks for a time that no button offers."""
    return texts.label(_ANOTHER)


def time_label(texts: Texts, time: timedelta, *, chosen: bool) -> str:
    """Name the button of a length of time."""
    name = texts.duration(time)
    return f"✓ {name}" if chosen else name


def choose_time(texts: Texts, theme: Theme) -> Html:
    """Ask after how long something happens."""
    return texts.gettext(
        "After how long without a word of the theme shall something happen? Now: {time}.",
        time=texts.duration(theme.limit),
    )


def ask_time(texts: Texts) -> Html:
    """Ask for a length of time."""
    return texts.gettext(
        "After how long without a word of the theme shall something happen? For example <code>90 min</code> or <code>2"
        " hours</code>; fewer than {count} messages are no talk.",
        count=texts.number(LEAST),
    )


def ask_words(texts: Texts) -> Html:
    """Ask for the words."""
    return texts.gettext(
        "Which words show what the group is about? One a line, or with commas between them. They replace the present list;"
        " <code>+ word</code> adds to it, <code>- word</code> takes away."
    )


def struck_page(texts: Texts, learned: tuple[str, ...]) -> Html:
    """Show the learned words, to be struck out."""
    if not learned:
        return _learned(texts, learned)
    return texts.gettext(
        "The group uses these words day after day. Tap one that says nothing about your theme: it will not count."
    )


def struck(texts: Texts, word: str) -> str:
    """Confirm that a word does not count any more."""
    return texts.label("“{word}” does not count any more.", word=word)


def saved(texts: Texts) -> Html:
    """Confirm a change."""
    return texts.gettext("Saved.")


def is_so(texts: Texts) -> str:
    """Say that nothing had to be changed."""
    return texts.label("It is so already.")
