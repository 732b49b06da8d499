"""What is said about prepared posts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import N_, Html
from bot.policy.theme.rules.theme import Post, PostState

if TYPE_CHECKING:
    from bot.i18n import Texts
    from bot.policy.theme.rules.theme import Draft


_FIRST, _AGAIN, _REMOVE, _ALL = N_("⏫ Send it next"), N_("🔁 Send it again"), N_("🗑 Remove"), N_("« Posts")


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
