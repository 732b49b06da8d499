"""The part of an update that everybody reads: msgspec structs with only the fields we use (1-2 µs a decode)."""

from __future__ import annotations

import json
from typing import Any

import msgspec
from msgspec import Struct, field


class User(Struct, gc=False):
    """Telegram's ``User``."""

    id: int
    first_name: str = ""
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}" if self.last_name else self.first_name


class Chat(Struct, gc=False):
    """Telegram's ``Chat``; ``type`` is private, group, supergroup or channel."""

    id: int
    type: str
    title: str | None = None
    username: str | None = None
    first_name: str | None = None
    is_forum: bool = False


class Entity(Struct, gc=False):
    """Telegram's ``MessageEntity``; offset and length count UTF-16 units."""

    type: str
    offset: int
    length: int
    url: str | None = None
    user: User | None = None


class Document(Struct, gc=False):
    """Telegram's ``Document``; its size in bytes."""

    file_id: str | None = None
    file_name: str | None = None
    file_size: int | None = None


class Topic(Struct, gc=False):
    """A forum's topic that was opened or changed; a change of its icon alone tells no name."""

    name: str | None = None


class Replied(Struct, gc=False):
    """The message that is answered, as far as we look at it."""

    message_id: int
    chat: Chat
    from_: User | None = field(name="from", default=None)
    sender_chat: Chat | None = None
    is_automatic_forward: bool = False
    document: Document | None = None
    forum_topic_created: Topic | None = None


class Present(Struct, gc=False):
    """A part of which it is enough that it is there; of a file also by which name it is fetched or sent again."""

    file_id: str | None = None


class Contact(Struct, gc=False):
    """Telegram's ``Contact``."""

    user_id: int | None = None
    first_name: str | None = None
    last_name: str | None = None
    phone_number: str | None = None


class Origin(Struct, gc=False):
    """Telegram's ``MessageOrigin``; ``type`` is user, hidden_user, chat or channel."""

    type: str
    sender_user: User | None = None


class PollOption(Struct, gc=False):
    """Telegram's ``PollOption``."""

    text: str = ""


class Poll(Struct, gc=False):
    """Telegram's ``Poll``."""

    question: str = ""
    options: list[PollOption] = []


class Key(Struct, gc=False):
    """A button below a message."""

    url: str | None = None
    text: str | None = None


class Markup(Struct, gc=False):
    """The buttons below a message."""

    inline_keyboard: list[list[Key]] = []


class Message(Struct, gc=False):
    """Telegram's ``Message``; ``date`` in Unix seconds. ``sender_tag`` is the member tag, or an administrator's title."""

    message_id: int
    date: int
    chat: Chat
    from_: User | None = field(name="from", default=None)
    sender_chat: Chat | None = None
    sender_tag: str | None = None
    text: str | None = None
    caption: str | None = None
    entities: list[Entity] | None = None
    caption_entities: list[Entity] | None = None
    reply_to_message: Replied | None = None
    message_thread_id: int | None = None
    is_topic_message: bool = False
    media_group_id: str | None = None
    via_bot: User | None = None
    is_automatic_forward: bool = False
    edit_date: int | None = None
    new_chat_members: list[User] | None = None
    left_chat_member: User | None = None
    migrate_to_chat_id: int | None = None
    migrate_from_chat_id: int | None = None
    new_chat_title: str | None = None
    forum_topic_created: Topic | None = None
    forum_topic_edited: Topic | None = None
    photo: list[Present] | None = None
    video: Present | None = None
    animation: Present | None = None
    document: Document | None = None
    audio: Present | None = None
    voice: Present | None = None
    video_note: Present | None = None
    sticker: Present | None = None
    contact: Contact | None = None
    location: Present | None = None
    dice: Present | None = None
    game: Present | None = None
    invoice: Present | None = None
    checklist: Present | None = None
    paid_media: Present | None = None
    giveaway: Present | None = None
    story: Present | None = None
    poll: Poll | None = None
    forward_origin: Origin | None = None
    reply_markup: Markup | None = None

    @property
    def words(self) -> str:
        """The text, or the caption, or nothing."""
        return self.text or self.caption or ""


class MaybeMessage(Struct, gc=False):
    """The message under a button; Telegram may have forgotten all but its ids."""

    message_id: int
    chat: Chat
    date: int = 0
    message_thread_id: int | None = None
    is_topic_message: bool = False


class Callback(Struct, gc=False):
    """Telegram's ``CallbackQuery``."""

    id: str
    from_: User = field(name="from")
    message: MaybeMessage | None = None
    data: str | None = None


class ChatMember(Struct, gc=False):
    """Telegram's ``ChatMember`` with an administrator's rights; None where the update does not show them."""

    user: User
    status: str
    is_member: bool = True
    tag: str | None = None
    custom_title: str | None = None
    is_anonymous: bool | None = None
    can_change_info: bool | None = None
    can_delete_messages: bool | None = None
    can_restrict_members: bool | None = None
    can_invite_users: bool | None = None
    can_pin_messages: bool | None = None
    can_manage_topics: bool | None = None
    can_manage_tags: bool | None = None
    can_manage_video_chats: bool | None = None
    can_promote_members: bool | None = None


class InviteLink(Struct, gc=False):
    """Telegram's ``ChatInviteLink``."""

    invite_link: str
    name: str | None = None
    creator: User | None = None


class MemberChange(Struct, gc=False):
    """Telegram's ``ChatMemberUpdated``."""

    chat: Chat
    from_: User = field(name="from")
    date: int
    old_chat_member: ChatMember
    new_chat_member: ChatMember
    invite_link: InviteLink | None = None


class JoinRequest(Struct, gc=False):
    """Telegram's ``ChatJoinRequest``."""

    chat: Chat
    from_: User = field(name="from")
    user_chat_id: int
    date: int
    bio: str | None = None


class Reaction(Struct, gc=False):
    """Telegram's ``MessageReactionUpdated``."""

    chat: Chat
    message_id: int
    date: int
    user: User | None = None


class Update(Struct, gc=False):
    """One update; exactly one of the optional fields is set, or none when it is of a kind we do not know."""

    update_id: int
    message: Message | None = None
    edited_message: Message | None = None
    channel_post: Message | None = None
    callback_query: Callback | None = None
    my_chat_member: MemberChange | None = None
    chat_member: MemberChange | None = None
    chat_join_request: JoinRequest | None = None
    message_reaction: Reaction | None = None

    @property
    def chat(self) -> Chat | None:
        """The chat the update belongs to, where it has one."""
        for part in (self.message, self.edited_message, self.channel_post):
            if part is not None:
                return part.chat
        if self.callback_query is not None:
            return self.callback_query.message.chat if self.callback_query.message else None
        for change in (self.chat_member, self.my_chat_member, self.chat_join_request, self.message_reaction):
            if change is not None:
                return change.chat
        return None

    @property
    def speaker(self) -> User | None:
        """Who caused the update."""
        if self.callback_query is not None:
            return self.callback_query.from_
        message = self.message or self.edited_message or self.channel_post
        if message is not None:
            return message.from_
        change = self.chat_member or self.my_chat_member or self.chat_join_request
        return change.from_ if change is not None else None


class _Head(Struct, gc=False):
    update_id: int


_update = msgspec.json.Decoder(Update)
_head = msgspec.json.Decoder(_Head)


decode = _update.decode
"""Decode one update.

:raises msgspec.MsgspecError: if it is not an update (see :func:`update_id` for saving at least its number).
:raises UnicodeError: if half a character is in it (see :func:`mended`).
"""


def mended(raw: bytes | msgspec.Raw) -> tuple[bytes, Update] | None:
    """Decode one update that :func:`decode` did not take, with "?" for each half of a character; None if that is not it.

    Whoever takes these bytes further (PTB, the database) meets only text that can be stored and sent.
    """
    whole = _whole(raw)
    if whole is None:
        return None
    try:
        return whole, decode(whole)
    except msgspec.MsgspecError:
        return None


def _whole(raw: bytes | msgspec.Raw) -> bytes | None:
    """Return the update with "?" in the place of half characters, or None if it has none."""
    try:
        text = json.dumps(_leniently(raw), ensure_ascii=False)
    except (msgspec.DecodeError, UnicodeError):
        return None
    whole = text.encode("utf-8", "replace")
    return None if whole == text.encode("utf-8", "surrogatepass") else whole


def update_id(raw: bytes | msgspec.Raw) -> int:
    """Read only the number of an update that could not be decoded: without it the update would come again for ever.

    :raises msgspec.MsgspecError: if there is none.
    """
    try:
        return _head.decode(raw).update_id
    except (msgspec.DecodeError, UnicodeError):
        return msgspec.convert(_leniently(raw), _Head).update_id


def _leniently(raw: bytes | msgspec.Raw) -> Any:
    """Decode what has half a character (a lone surrogate) in it, which msgspec takes for the end of the input."""
    try:
        return json.loads(bytes(raw).decode("utf-8", "surrogatepass"))
    except ValueError as error:
        raise msgspec.DecodeError(str(error)) from error


def as_json(value: Any) -> bytes:
    """Encode any of these structs (or plain values) as JSON bytes."""
    return msgspec.json.encode(value)
