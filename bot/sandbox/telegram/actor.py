"""A person one can act as: thin handles upon the world, for tests, scripts and the control surface."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.sandbox.telegram import managers, people, polls, posting, responses, visits
from bot.sandbox.telegram.errors import Refused
from bot.sandbox.telegram.files import sample
from bot.sandbox.telegram.model import BotAccount, Chat, Message, Topic, User
from bot.sandbox.telegram.views import chat_view, user_view
from bot.sandbox.telegram.world import World

MEDIA = ("photo", "document", "video", "animation", "audio", "voice", "video_note", "sticker")

ALBUM = ("photo", "video", "document", "audio")

Where = Chat | BotAccount | int


class Actor:
    """A person; everything raises :class:`Refused` where Telegram would not let them."""

    def __init__(self, world: World, user_id: int) -> None:
        self._world = world
        self.id = user_id

    def __repr__(self) -> str:
        return f"<{self.user.name} {self.id}>"

    @property
    def user(self) -> User:
        """How others see this person."""
        return self._world.state.users[self.id]

    @property
    def name(self) -> str:
        """First and last name."""
        return self.user.name

    def chat(self, where: Where) -> Chat:
        """Find a chat: itself, by id, or the private one with a bot (also by this person's own id).

        :raises Refused: if there is none.
        """
        world = self._world
        if isinstance(where, Chat):
            return where
        if isinstance(where, BotAccount):
            return world.private(where.id, self.id)
        if where in world.state.bots:
            return world.private(where, self.id)
        if where == self.id and world.state.bots:
            return world.chat(where) or world.private(next(iter(world.state.bots)), self.id)
        chat = world.state.chats.get(where)
        if chat is None:
            raise Refused(f"There is no chat {where}.")
        return chat

    def message(self, where: Where | None, message: Message | int) -> tuple[Chat, Message]:
        """Find a message that is still there.

        :raises Refused: if it is gone.
        """
        if isinstance(message, Message):
            chat = self._home(message) if where is None else self.chat(where)
            message = message.message_id
        elif where is None:
            raise Refused("Which chat?")
        else:
            chat = self.chat(where)
        found = self._world.find(chat, message)
        if found is None:
            raise Refused("The message is gone.")
        return chat, found

    def _home(self, message: Message) -> Chat:
        """Find the chat of a message; with several bots a person has several private chats under one id."""
        for chats in self._world.state.privates.values():
            chat = chats.get(self.id)
            if message.chat_id == self.id and chat and chat.messages.get(message.message_id) is message:
                return chat
        return self.chat(message.chat_id)

    def start(self, bot: BotAccount | int, payload: str | None = None) -> Message:
        """Press Start."""
        return visits.start(self._world, self.id, _id(bot), payload)

    def send(
        self,
        where: Where,
        text: str | None = None,
        *,
        reply_to: Message | int | None = None,
        thread_id: Topic | int | None = None,
        anonymous: bool | None = None,
        as_chat: Chat | int | None = None,
        entities: list[dict[str, Any]] | None = None,
        **content: Any,
    ) -> Message:
        """Send a text, or other content by its Bot API field (``contact={...}``)."""
        if text is not None:
            content["text"] = text
        if entities is not None:
            content["entities"] = entities
        return people.send(
            self._world,
            self.id,
            self.chat(where),
            content,
            reply_to=reply_to.message_id if isinstance(reply_to, Message) else reply_to,
            thread_id=thread_id.id if isinstance(thread_id, Topic) else thread_id,
            anonymous=anonymous,
            sender_chat=as_chat.id if isinstance(as_chat, Chat) else as_chat,
        )

    def send_file(
        self,
        where: Where,
        kind: str = "photo",
        data: bytes | None = None,
        name: str | None = None,
        *,
        caption: str | None = None,
        **options: Any,
    ) -> Message:
        """Send a file of a kind (photo, document, video, ...), a made-up one without ``data``."""
        if kind not in MEDIA:
            raise Refused(f"There is no kind of file “{kind}”.")
        if data is None:
            sample_name, data = sample(kind)
            name = name or sample_name
        return self.send(where, **people.media(self._world, kind, data, name, caption), **options)

    def send_album(
        self, where: Where, count: int = 2, *, kind: str = "photo", caption: str | None = None, **options: Any
    ) -> list[Message]:
        """Send made-up files together; the first carries the caption."""
        if kind not in ALBUM or not 2 <= count <= 10:
            raise Refused("An album has 2 to 10 photos, videos, documents or pieces of music.")
        album = posting.album_id(self._world)
        return [
            self.send_file(where, kind, caption=caption if place == 0 else None, media_group_id=album, **options)
            for place in range(count)
        ]

    def share_story(self, where: Where, of: Chat, **options: Any) -> Message:
        """Share a story of a channel."""
        story = {"chat": chat_view(self._world, of), "id": self._world.number("story")}
        return self.send(where, story=story, **options)

    def send_via(
        self, where: Where, bot: BotAccount, text: str, *, buttons: list[Any] | None = None, **options: Any
    ) -> Message:
        """Send what an inline bot has written, with rows of buttons below it if it has made any."""
        if buttons:
            options["reply_markup"] = {"inline_keyboard": buttons}
        return self.send(where, text, via_bot=user_view(self._world.state.users[bot.id]), **options)

    def send_poll(self, where: Where, question: str, options: list[str], *, is_anonymous: bool = True) -> Message:
        """Send a poll."""
        return self.send(where, poll=polls.build(self._world, question, options, is_anonymous=is_anonymous))

    def forward(self, message: Message, to: Where, *, source: Where | None = None) -> Message:
        """Forward a message."""
        chat, found = self.message(source, message)
        return people.forward(self._world, self.id, chat, found, self.chat(to))

    def edit(self, message: Message | int, text: str, *, chat: Where | None = None) -> Message:
        """Change one's own message."""
        return people.edit(self._world, self.id, *self.message(chat, message), text)

    def delete(self, message: Message | int, *, chat: Where | None = None) -> None:
        """Delete a message."""
        people.delete(self._world, self.id, *self.message(chat, message))

    def pin(self, message: Message | int, *, chat: Where | None = None) -> None:
        """Pin a message."""
        people.pin(self._world, self.id, *self.message(chat, message))

    def unpin(self, message: Message | int, *, chat: Where | None = None) -> None:
        """Unpin a message."""
        people.unpin(self._world, self.id, *self.message(chat, message))

    def react(self, message: Message | int, *emoji: str, chat: Where | None = None) -> None:
        """React with emoji, or with none to take it back."""
        responses.react(self._world, self.id, *self.message(chat, message), emoji)

    def vote(self, message: Message | int, *options: int, chat: Where | None = None) -> None:
        """Vote in a poll by the places of the options."""
        responses.vote(self._world, self.id, *self.message(chat, message), list(options))

    def tap(
        self, message: Message | int, label: str | None = None, *, data: str | None = None, chat: Where | None = None
    ) -> str:
        """Tap a button by its label (or a part of it) or with data; return the callback query's id."""
        where, found = self.message(chat, message)
        return responses.tap(self._world, self.id, where, found, label=label, data=data)

    def join(self, where: Where, link: str | None = None) -> None:
        """Come into a group."""
        visits.join(self._world, self.id, self.chat(where), link)

    def request_to_join(self, where: Where, link: str | None = None) -> None:
        """Ask to be let into a group."""
        visits.request_to_join(self._world, self.id, self.chat(where), link)

    def leave(self, where: Where) -> None:
        """Leave a group."""
        visits.leave(self._world, self.id, self.chat(where))

    def block(self, bot: BotAccount | int) -> None:
        """Block a bot."""
        visits.block(self._world, self.id, _id(bot))

    def unblock(self, bot: BotAccount | int) -> None:
        """Unblock a bot."""
        visits.unblock(self._world, self.id, _id(bot))

    def set_title(self, where: Where, title: str) -> None:
        """Rename a group."""
        people.set_title(self._world, self.id, self.chat(where), title)

    def open_topic(self, where: Where, name: str) -> Topic:
        """Open a forum topic."""
        return people.open_topic(self._world, self.id, self.chat(where), name)

    def close_topic(self, where: Where, topic: Topic | int, *, closed: bool = True) -> None:
        """Close or reopen a forum topic."""
        people.close_topic(self._world, self.id, self.chat(where), _id(topic), closed=closed)

    def add(self, where: Where, user: Actor | User | BotAccount | int) -> None:
        """Add somebody to a group."""
        managers.add(self._world, self.id, self.chat(where), _id(user))

    def kick(
        self, where: Where, user: Actor | User | BotAccount | int, *, ban: bool = True, until_date: int = 0
    ) -> None:
        """Remove somebody from a group."""
        managers.kick(self._world, self.id, self.chat(where), _id(user), ban=ban, until_date=until_date)

    def unban(self, where: Where, user: Actor | User | BotAccount | int) -> None:
        """Let somebody come again."""
        managers.unban(self._world, self.id, self.chat(where), _id(user))

    def restrict(
        self,
        where: Where,
        user: Actor | User | BotAccount | int,
        permissions: Mapping[str, bool] | None = None,
        until_date: int = 0,
    ) -> None:
        """Take permissions from somebody, without further words all of them."""
        managers.restrict(self._world, self.id, self.chat(where), _id(user), permissions or {}, until_date)

    def promote(
        self,
        where: Where,
        user: Actor | User | BotAccount | int,
        rights: Mapping[str, bool] | None = None,
        *,
        is_anonymous: bool = False,
        title: str | None = None,
    ) -> None:
        """Make somebody an administrator."""
        chat = self.chat(where)
        managers.promote(self._world, self.id, chat, _id(user), rights, is_anonymous=is_anonymous, title=title)

    def demote(self, where: Where, user: Actor | User | BotAccount | int) -> None:
        """Make an administrator an ordinary member."""
        managers.demote(self._world, self.id, self.chat(where), _id(user))

    def set_permissions(self, where: Where, permissions: Mapping[str, bool]) -> None:
        """Set what every member may do."""
        managers.set_permissions(self._world, self.id, self.chat(where), permissions)

    def set_tag(self, where: Where, user: Actor | User | int, tag: str | None) -> None:
        """Set a member's tag."""
        managers.set_tag(self._world, self.id, self.chat(where), _id(user), tag)

    def decide(self, where: Where, user: Actor | User | int, *, approve: bool = True) -> None:
        """Let in or turn away somebody who asked."""
        managers.decide(self._world, self.id, self.chat(where), _id(user), approve=approve)


def _id(who: Actor | User | BotAccount | Topic | int) -> int:
    return who if isinstance(who, int) else who.id
