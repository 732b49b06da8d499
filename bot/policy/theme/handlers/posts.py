"""``/theme add``, ``/theme posts``, ``/theme send``: the line of prepared posts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from bot.i18n import Html
from bot.kernel.blank import is_blank
from bot.policy.theme.handlers import codes
from bot.policy.theme.handlers.pages import back, by
from bot.policy.theme.handlers.steering import send
from bot.policy.theme.rules.theme import CAPTION_LIMIT, TEXT_LIMIT, Draft, Fault, Post, PostState
from bot.policy.theme.texts import faults
from bot.policy.theme.texts import page as on_page
from bot.policy.theme.texts import posts as say
from bot.tg import effects as fx
from bot.tg.access import Declined
from bot.tg.aside import step_aside
from bot.tg.buttons import column, rows
from bot.tg.forms import Problem
from bot.tg.pages import paged, visible_length
from bot.tg.reading import written

if TYPE_CHECKING:
    from telegram import Update

    from bot.policy.theme.service.desk import Desk
    from bot.tg.context import Context
    from bot.tg.forms import Asking, Reply

_A_PAGE: Final = 10
_A_ROW: Final = 5


@dataclass(frozen=True, slots=True)
class Posts:
    """The prepared posts."""

    desk: Desk

    async def add(self, update: Update, context: Context) -> None:
        """``/theme add text``, or as an answer to a message; alone, the post is asked for."""
        if update.message is not None:
            html, media = written(update.message, context.args_text)
            if context.args_text or html or media is not None:
                draft = Draft(html) if media is None else Draft(html, *media)
                fault = fault_of(draft)
                if fault is not None:
                    raise Declined(faults.wrong(context.texts, fault))
                await step_aside(context, "cases")
                await self._add(context, draft)
                return
        await self.ask(update, context)

    async def ask(self, _update: Update, context: Context) -> None:
        """Ask for a post."""
        await step_aside(context, "cases")
        await context.start_form(codes.POST_FORM)

    async def finish(self, _update: Update, context: Context, answers: dict[str, Any]) -> None:
        """Keep the post that was asked for."""
        await self._add(context, answers["post"])

    async def _add(self, context: Context, draft: Draft) -> None:
        outcome = await self.desk.add(context.tx, context.group.id, draft, by(context), context.now)
        if isinstance(outcome, Fault):
            raise Declined(faults.wrong(context.texts, outcome))
        key = codes.POSTS.key(on_page.posts_label(context.texts), context.group, 1)
        context.reply(say.added(context.texts, *outcome), rows((key,)))

    # The line

    async def command(self, _update: Update, context: Context) -> None:
        """``/theme posts``."""
        if context.args_text:
            raise Declined(faults.stands_alone(context.texts, "/theme posts"))
        await step_aside(context, "cases")
        await self.show(context, 1)

    async def page(self, _update: Update, context: Context, page: int) -> None:
        """Show a page of them."""
        await self.show(context, page)

    async def show(self, context: Context, page: int) -> None:
        """Show the posts that wait, and those that went out."""
        texts, group = context.texts, context.group
        found = await self.desk.posts(context.tx, group.id)
        ways = rows(
            (codes.ADD.key(on_page.add_label(texts), group), codes.PAGE.key(on_page.back_label(texts), group)),
        )
        if not found:
            context.edit(say.no_posts(texts), ways)
            return
        page = min(max(page, 1), -(-len(found) // _A_PAGE))
        shown = found[(page - 1) * _A_PAGE : page * _A_PAGE]
        lines = [say.post_line(texts, post) for post in found]
        html, turning = paged(say.posts(texts), lines, page, _A_PAGE, codes.POSTS, group, texts=texts)
        keys = column([codes.POST.key(say.post_label(post), group, post.number) for post in shown], _A_ROW)
        context.edit(html, (*keys, *turning, *ways))

    async def one(self, _update: Update, context: Context, number: int) -> None:
        """Show one post as it will look."""
        post = await self._known(context, number)
        texts, group = context.texts, context.group
        keys = rows(
            (
                codes.FIRST.key(say.first_label(texts, post), group, number),
                codes.REMOVE.key(say.remove_label(texts), group, number),
            ),
            (codes.POSTS.key(say.all_posts_label(texts), group, 1),),
        )
        context.edit(say.post_line(texts, post), keys)
        preview(context, post)

    async def first(self, _update: Update, context: Context, number: int) -> None:
        """Put a post first in the line."""
        post = await self._known(context, number)
        await self.desk.first(context.tx, context.group.id, post, by(context), context.now)
        await self.show(context, 1)

    async def remove(self, _update: Update, context: Context, number: int) -> None:
        """Take a post away."""
        post = await self._known(context, number)
        await self.desk.remove(context.tx, context.group.id, post, by(context), context.now)
        await self.show(context, 1)

    async def _known(self, context: Context, number: int) -> Post:
        post = await self.desk.post(context.tx, context.group.id, number)
        if post is None or post.state is PostState.REMOVED:
            raise Declined(say.gone(context.texts))
        return post

    # Sending

    async def send(self, _update: Update, context: Context) -> None:
        """``/theme send``: the next one, now."""
        if context.args_text:
            raise Declined(faults.stands_alone(context.texts, "/theme send"))
        await self.tap_send(_update, context)

    async def tap_send(self, _update: Update, context: Context) -> None:
        """Send the next post now."""
        post = await self.desk.take_next(context.tx, context.group.id, by(context), context.now)
        if post is None:
            raise Declined(say.no_posts(context.texts))
        send(context.scope, context.group, post)
        context.edit(*back(context, say.sent(context.texts, post)))


def preview(context: Context, post: Post) -> None:
    """Show a post to whoever looks at it, just as the group will see it."""
    draft, spoken = post.draft, context.spoken
    if draft.kind is None or draft.file_id is None:
        context.reply(Html(draft.html), preview=True)
    else:
        media = fx.SendMedia(
            spoken.chat_id,
            cast("fx.MediaKind", draft.kind),
            fx.FileId(draft.file_id),
            draft.html,
            thread_id=spoken.thread_id,
        )
        context.effects.put(media, priority=fx.Priority.ANSWER)


def fault_of(draft: Draft) -> Fault | None:
    """Say what is wrong with a post, or None."""
    if draft.kind is None and is_blank(Html(draft.html).striptags()):
        return Fault.EMPTY_POST
    room = TEXT_LIMIT if draft.kind is None else CAPTION_LIMIT
    return Fault.POST_TOO_LONG if visible_length(draft.html) > room else None


def parse_post(asking: Asking, reply: Reply) -> Draft | Problem:
    """Read the answer to the form's question."""
    html = reply.html if reply.text.strip() else ""
    draft = Draft(html) if reply.media is None else Draft(html, *reply.media)
    fault = fault_of(draft)
    return draft if fault is None else Problem(faults.wrong(asking.texts, fault))
