"""What is said about the theme of a group."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.i18n import N_, Html
from bot.policy.texts.said import shortened
from bot.policy.theme.rules.clock import LEAST
from bot.policy.theme.rules.learning import DAYS, PEOPLE
from bot.policy.theme.rules.theme import (
    CAPTION_LIMIT,
    LONGEST,
    LONGEST_WORD,
    MOST_POSTS,
    MOST_WORDS,
    SHORTEST,
    TEXT_LIMIT,
    Fault,
    Post,
    PostState,
    Steer,
    Theme,
)

if TYPE_CHECKING:
    from bot.i18n import Texts
    from bot.policy.theme.rules.clock import Clock, Strayed
    from bot.policy.theme.rules.theme import Draft

TITLE = N_("🧭 Theme")
HELP = N_("The group’s theme: its words, and what happens when the talk has long been about something else")
HELP_WORDS = N_("Name the words of the theme")
HELP_ADD = N_("Prepare a post that brings the talk back to the theme")
HELP_POSTS = N_("The prepared posts")
HELP_SEND = N_("Send the next prepared post now")
HELP_ON = N_("Watch the theme")
HELP_OFF = N_("Stop watching the theme")
HELP_AFTER = N_("After how long off the theme something happens")
HELP_THEN = N_("What happens then: managers are told, or the next prepared post is sent")
HELP_LEARN = N_("Let words that the group uses day after day count as well")
WORDS_TITLE, WORDS_LABEL = N_("Words of the theme"), N_("Words")
AFTER_TITLE, AFTER_LABEL = N_("Time off the theme"), N_("Time")
POST_TITLE, POST_LABEL = N_("Prepared post"), N_("Post")
_ON, _OFF = N_("🟢 Watch the theme"), N_("⚪ Stop watching")
_WORDS, _AFTER, _POSTS, _ADD = N_("✏️ Words"), N_("⏱ Time"), N_("🗂 Posts"), N_("➕ Prepare a post")
_LEARNED = N_("🎓 Learned words")
_THEN = {Steer.TELL: N_("🔔 Tell managers instead"), Steer.POST: N_("📣 Send a post instead")}
_LEARN = {True: N_("🎓 Let the group’s own words count"), False: N_("🚫 Only our own list counts")}
_BACK, _ANOTHER = N_("« Theme"), N_("✏️ Another…")
_SEND, _LET_BE, _ADD_WORDS = N_("📣 Send the next post"), N_("🕊 Let it be today"), N_("✏️ Change the words")
_FIRST, _AGAIN, _REMOVE, _ALL = N_("⏫ Send it next"), N_("🔁 Send it again"), N_("🗑 Remove"), N_("« Posts")

AUDIT: dict[str, str] = {
    "theme.set": N_("{actor} changed the theme: {before} → {after}"),
    "theme.post_added": N_("{actor} prepared post {target} for the theme"),
    "theme.post_first": N_("{actor} put post {target} first in the line"),
    "theme.post_removed": N_("{actor} removed the prepared post {target}"),
    "theme.post_sent": N_("{actor} sent the prepared post {target}"),
    "theme.post_back": N_("{actor} put post {target} back, because it could not be sent"),
    "theme=on": N_("watched"),
    "theme=limit": N_("time"),
    "theme=steer": N_("what happens"),
    "theme=learns": N_("learning"),
    "theme=words": N_("words"),
    "theme=struck": N_("struck words"),
    "theme=let_be": N_("left alone until"),
    "theme=tell": N_("managers are told"),
    "theme=post": N_("the next post is sent"),
    "theme=True": N_("yes"),
    "theme=False": N_("no"),
}


# The page


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


# Words


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


# What is wrong


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


# Posts


def ask_post(texts: Texts) -> Html:
    """Ask for a post."""
    return texts.gettext(
        "What shall bring the talk back to the theme: a question, a piece of news, a picture? It waits in the line until it is"
        " needed."
    )


def added(texts: Texts, post: Post, waiting: int) -> Html:
    """Confirm a post."""
    return texts.ngettext(
        "Post #{number} is prepared; {count} is waiting.",
        "Post #{number} is prepared; {count} are waiting.",
        waiting,
        number=post.number,
        count=texts.number(waiting),
    )


def posts(texts: Texts) -> Html:
    """Head the list of posts."""
    return texts.gettext("🗂 <b>Prepared posts</b>: the first is sent next.")


def no_posts(texts: Texts) -> Html:
    """Say that there are none."""
    return texts.gettext(
        "No post is prepared. Write one with <code>/theme add</code>, or answer a message with it: whatever makes people talk"
        " about the theme."
    )


def post_line(texts: Texts, post: Post) -> Html:
    """Show a post on one line."""
    excerpt = _excerpt(texts, post.draft)
    if post.state is PostState.SENT and post.sent_at is not None:
        return texts.gettext(
            "✔️ #{number} {excerpt} (sent {when})", number=post.number, excerpt=excerpt, when=texts.when(post.sent_at)
        )
    return texts.gettext("⏳ #{number} {excerpt}", number=post.number, excerpt=excerpt)


_EXCERPT = 60


def _excerpt(texts: Texts, draft: Draft) -> str:
    plain = " ".join(Html(draft.html).striptags().split())
    if not plain:
        return texts.label("a picture") if draft.kind == "photo" else texts.label("a file")
    return plain if len(plain) <= _EXCERPT else f"{plain[: _EXCERPT - 1].rstrip()}…"


def post_label(post: Post) -> str:
    """Name the button of a post."""
    return f"#{post.number}"


def first_label(texts: Texts, post: Post) -> str:
    """Name the button that puts a post first in the line."""
    return texts.label(_AGAIN if post.state is PostState.SENT else _FIRST)


def remove_label(texts: Texts) -> str:
    """Name the button that takes a post away."""
    return texts.label(_REMOVE)


def all_posts_label(texts: Texts) -> str:
    """Name the button that leads back to the posts."""
    return texts.label(_ALL)


def gone(texts: Texts) -> str:
    """Answer a tap on a post that is gone."""
    return texts.label("This post is not there any more.")


def stale(texts: Texts) -> str:
    """Answer a button that nobody has."""
    return texts.label("This button is no longer valid. Send /theme again.")


def sent(texts: Texts, post: Post) -> Html:
    """Confirm that a post was sent."""
    return texts.gettext("Post #{number} goes out now.", number=post.number)


def put_back(texts: Texts, post: Post, reason: str) -> Html:
    """Tell managers that a post could not be sent."""
    return texts.gettext(
        "Post #{number} could not be sent and waits in the line again. Telegram says: {reason}",
        number=post.number,
        reason=reason,
    )


def maybe_sent(texts: Texts, post: Post) -> Html:
    """Tell managers that nobody knows whether a post was sent."""
    return texts.gettext(
        "The connection broke off while I sent the prepared post #{number}. Please look into the group: where it is missing,"
        " <code>/theme posts</code> puts it into the line again.",
        number=post.number,
    )


# When the time is up


def strayed(texts: Texts, title: str, found: Strayed, theme: Theme, waiting: int) -> Html:
    """Tell managers that the group has long been off its theme."""
    lines = [
        texts.ngettext(
            "🧭 <b>{group}</b> has been off its theme since {when}: {count} message.",
            "🧭 <b>{group}</b> has been off its theme since {when}: {count} messages.",
            found.talk,
            group=title,
            when=texts.when(datetime.fromtimestamp(found.since, UTC)),
            count=texts.number(found.talk),
        )
    ]
    if theme.steer is Steer.POST and not waiting:
        lines.append(texts.gettext("No prepared post is left to send: <code>/theme add</code> prepares one."))
    return Html("\n").join(lines)


def send_label(texts: Texts) -> str:
    """Name the button that sends the next post."""
    return texts.label(_SEND)


def let_be_label(texts: Texts) -> str:
    """Name the button that leaves the group alone for today."""
    return texts.label(_LET_BE)


def change_words_label(texts: Texts) -> str:
    """Name the button that asks for the words, below the message that tells of a talk off the theme."""
    return texts.label(_ADD_WORDS)


def left_alone(texts: Texts, until: datetime) -> Html:
    """Confirm that the group is left alone."""
    return texts.gettext("I leave it alone until {when}.", when=texts.when(until))
