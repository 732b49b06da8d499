"""What happens when a group has long been off its theme."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from bot.chats.handlers.common import tell_managers
from bot.policy.service.book import NAME
from bot.policy.service.reading import is_spared
from bot.policy.theme.handlers import codes
from bot.policy.theme.rules.theme import Steer
from bot.policy.theme.service.watching import Said
from bot.policy.theme.texts import posts as on_posts
from bot.policy.theme.texts import straying as say
from bot.tg import effects as fx
from bot.tg.buttons import rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.chats.service import GroupBook
    from bot.i18n import Texts
    from bot.kernel.groups import Group
    from bot.policy.theme.rules.theme import Post
    from bot.policy.theme.service.desk import Desk
    from bot.policy.theme.service.watching import OffTheme, Watching
    from bot.tg import envelope as env
    from bot.tg.context import Scope


class ThemeGuard:
    """Listens where a theme is watched, and steers when the time is up."""

    name = "theme"

    def __init__(self, watching: Watching, steering: Steering) -> None:
        self.watching = watching
        self.steering = steering

    def minds(self, group: Group) -> bool:
        """Say whether a group may have a theme."""
        return self.watching.may_watch(group.id)

    def see(self, _update: env.Update, message: env.Message, group: Group) -> Said | None:
        """Return what somebody wrote in a group that has a theme; what was only edited says nothing new."""
        if message.edit_date is not None or is_spared(message, group):
            return None
        words = message.words
        return None if not words or words.startswith("/") else Said(group, message)

    async def judge(self, scope: Scope, seen: Sequence[Said]) -> None:
        """Let the clocks run, and steer the groups whose time is up."""
        for found in await self.watching.hear(scope.tx, seen, scope.now):
            await self.steering.steer(scope, found)


@dataclass(frozen=True, slots=True)
class Steering:
    """Brings a group back to its theme."""

    desk: Desk
    book: GroupBook

    async def steer(self, scope: Scope, found: OffTheme) -> None:
        """Send the next post where that is wanted and there is one; else tell managers."""
        group, message = found.said.group, found.said.message
        if found.theme.steer is Steer.POST:
            post = await self.desk.take_next(scope.tx, group.id, None, scope.now)
            if post is not None:
                send(scope, group, post, message.message_thread_id if message.is_topic_message else None)
                return
        waiting = 0
        if found.theme.steer is Steer.TELL:
            waiting = (await self.desk.shown(scope.tx, group.id)).waiting

        def keys(texts: Texts) -> fx.Keyboard:
            send_next = codes.SEND.key(say.send_label(texts), group) if waiting else None
            return rows(
                (send_next,),
                (
                    codes.LET_BE.key(say.let_be_label(texts), group),
                    codes.WORDS.key(say.change_words_label(texts), group),
                ),
            )

        await tell_managers(
            self.book,
            scope,
            group,
            lambda texts: say.strayed(texts, group.label or group.title, found.strayed, found.theme, waiting),
            keys,
        )

    async def answered(self, scope: Scope, result: fx.SendResult) -> None:
        """Put a post back that Telegram refused, and say where nobody knows."""
        group_id, number = (int(part) for part in result.key.split(":"))
        group = scope.group(group_id)
        if group is None or isinstance(result, fx.Delivered):
            return
        if isinstance(result, fx.Refused):
            post = await self.desk.put_back(scope.tx, group.id, number, scope.now)
            if post is not None:
                await tell_managers(self.book, scope, group, lambda texts: on_posts.put_back(texts, post, result.text))
            return
        unsure = await self.desk.post(scope.tx, group.id, number)
        if unsure is not None:
            await tell_managers(self.book, scope, group, lambda texts: on_posts.maybe_sent(texts, unsure))


def send(scope: Scope, group: Group, post: Post, thread_id: int | None = None) -> None:
    """Put a post into the outbox."""
    draft = post.draft
    effect: fx.AnyEffect = fx.SendMessage(group.chat_id, draft.html, thread_id=thread_id, preview=True)
    if draft.kind is not None and draft.file_id is not None:
        kind = cast("fx.MediaKind", draft.kind)
        effect = fx.SendMedia(group.chat_id, kind, fx.FileId(draft.file_id), draft.html, thread_id=thread_id)
    key = f"{group.id}:{post.number}"
    scope.effects.put(effect, on_result=fx.OnResult(NAME, codes.RESULT, key))
