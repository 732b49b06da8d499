"""What the bot wants Telegram to do, as data: one struct a method. Handlers put these into the outbox; the sender acts.

Texts are HTML whose values were escaped where the text was made. Media is a ``FileId``, a stored ``Blob`` or a ``Recipe``, never
a bare string: the client library would upload the local file that such a string names.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Literal

import msgspec
from msgspec import Struct

from bot.tg.results import Delivered as Delivered
from bot.tg.results import OnResult as OnResult
from bot.tg.results import Refusal as Refusal
from bot.tg.results import Refused as Refused
from bot.tg.results import SendResult as SendResult
from bot.tg.results import Uncertain as Uncertain


class Priority(IntEnum):
    """Who goes first when the limits make effects wait; lower is sooner."""

    ANSWER = 0
    """Somebody is looking at the screen."""
    NORMAL = 5
    CARD = 6
    """Edits of live cards: only the last one counts."""
    PLANNED = 8
    """A group's own post whose time has come; many groups may have chosen the same hour."""
    BROADCAST = 9
    """What goes out to everybody by itself, and nobody waits for."""


class Ref(Struct, frozen=True, tag="ref"):
    """A message that is not sent yet: the effect that will send it."""

    effect: int


Target = int | Ref
"""A message: its id, or the effect that will send it."""


class FileId(Struct, frozen=True, tag="file_id"):
    """A file Telegram already has."""

    file_id: str


class Blob(Struct, frozen=True, tag="blob"):
    """A file we made, kept in the outbox's blob table; ``name`` is what the reader sees."""

    blob: int
    name: str


class Recipe(Struct, frozen=True, tag="recipe"):
    """A file that is made when it is sent, in a thread, by the capability's ``maker`` of that name.

    The blob table keeps what it is made of. So neither the turn nor its transaction waits for a picture or a long table.
    """

    blob: int
    name: str
    maker: str


Media = FileId | Blob | Recipe
MediaKind = Literal["photo", "document", "video", "animation", "audio", "voice", "video_note", "sticker"]


class Key(Struct, frozen=True, array_like=True):
    """One button under a message: ``data`` comes back to us (at most 64 bytes), or ``url`` opens."""

    text: str
    data: str | None = None
    url: str | None = None


Keyboard = tuple[tuple[Key, ...], ...]
"""Rows of buttons."""


class Effect(Struct, frozen=True, tag_field="do"):
    """The base of all effects."""


class SendMessage(Effect, frozen=True, tag="send"):
    """Post a text (at most 4096 characters after the markup is read)."""

    chat_id: int
    html: str
    keyboard: Keyboard | None = None
    reply_to: Target | None = None
    thread_id: int | None = None
    silent: bool = False
    protect: bool = False
    preview: bool = False
    force_reply: bool = False


class SendMedia(Effect, frozen=True, tag="media"):
    """Post a file with a caption (at most 1024 characters)."""

    chat_id: int
    kind: MediaKind
    media: Media
    caption: str = ""
    keyboard: Keyboard | None = None
    reply_to: Target | None = None
    thread_id: int | None = None
    silent: bool = False
    protect: bool = False


AlbumKind = Literal["photo", "video", "document", "audio"]


class AlbumItem(Struct, frozen=True, array_like=True):
    """A file of an album: one Telegram already has."""

    kind: AlbumKind
    file_id: str


class SendAlbum(Effect, frozen=True, tag="album"):
    """Post 2 to 10 photos and videos, or as many documents, or audio files, together; the first has the caption (at most 1024).

    The result's ``message_id`` is the first message's, its ``value`` the ids of all, with spaces between.
    """

    chat_id: int
    items: tuple[AlbumItem, ...]
    caption: str = ""
    reply_to: Target | None = None
    thread_id: int | None = None
    silent: bool = False
    protect: bool = False


class CopyMessage(Effect, frozen=True, tag="copy"):
    """Post a copy of a message, without a link to the original."""

    chat_id: int
    from_chat_id: int
    message_id: int
    keyboard: Keyboard | None = None
    reply_to: Target | None = None
    thread_id: int | None = None
    silent: bool = False
    protect: bool = False


class ForwardMessage(Effect, frozen=True, tag="forward"):
    """Forward a message."""

    chat_id: int
    from_chat_id: int
    message_id: int
    thread_id: int | None = None
    silent: bool = False


class EditText(Effect, frozen=True, tag="edit"):
    """Replace a message's text and buttons; no keyboard takes the buttons away."""

    chat_id: int
    message: Target
    html: str
    keyboard: Keyboard | None = None
    preview: bool = False


class EditCaption(Effect, frozen=True, tag="caption"):
    """Replace a media message's caption and buttons."""

    chat_id: int
    message: Target
    caption: str
    keyboard: Keyboard | None = None


class EditMedia(Effect, frozen=True, tag="edit_media"):
    """Put another file into a message that has one, with its caption and buttons."""

    chat_id: int
    message: Target
    kind: Literal["photo", "document"]
    media: Media
    caption: str = ""
    keyboard: Keyboard | None = None


class EditButtons(Effect, frozen=True, tag="buttons"):
    """Replace only the buttons; none takes them away."""

    chat_id: int
    message: Target
    keyboard: Keyboard | None = None


class DeleteMessage(Effect, frozen=True, tag="delete"):
    """Delete a message."""

    chat_id: int
    message: Target


class PinMessage(Effect, frozen=True, tag="pin"):
    """Pin a message; not ``silent`` tells every member."""

    chat_id: int
    message: Target
    silent: bool = False


class UnpinMessage(Effect, frozen=True, tag="unpin"):
    """Unpin a message."""

    chat_id: int
    message: Target


class Mute(Effect, frozen=True, tag="mute"):
    """Take all sending rights from a member, until a Unix time (30 s to 366 days ahead) or, with None, for good.

    With ``text_only`` they may still write text.
    """

    chat_id: int
    user_id: int
    until: int | None = None
    text_only: bool = False


class Lift(Effect, frozen=True, tag="lift"):
    """Give a restricted member all rights back; the group's own defaults then hold."""

    chat_id: int
    user_id: int


class SetPermissions(Effect, frozen=True, tag="permissions"):
    """Set what every member of a chat may do; ``allowed`` says of each of Telegram's permissions whether they may."""

    chat_id: int
    allowed: dict[str, bool]


class Ban(Effect, frozen=True, tag="ban"):
    """Remove a member and keep them out, until a Unix time or, with None, for good."""

    chat_id: int
    user_id: int
    until: int | None = None
    delete_messages: bool = False


class Unban(Effect, frozen=True, tag="unban"):
    """Let a removed member come back; sent to a present member it would remove them unless ``only_if_banned``."""

    chat_id: int
    user_id: int
    only_if_banned: bool = True


class BanChannel(Effect, frozen=True, tag="ban_channel"):
    """Keep a channel from writing in a supergroup, and with it its owner's other channels, until it is let write again.

    Telegram knows no end for it.
    """

    chat_id: int
    channel_id: int


class UnbanChannel(Effect, frozen=True, tag="unban_channel"):
    """Let a channel write in a supergroup again."""

    chat_id: int
    channel_id: int


class AnswerCallback(Effect, frozen=True, tag="answer"):
    """Answer a tap, with at most 200 plain characters."""

    callback_id: str
    text: str = ""
    alert: bool = False
    url: str | None = None


class LeaveChat(Effect, frozen=True, tag="leave"):
    """Leave a chat."""

    chat_id: int


class CommandHelp(Struct, frozen=True, array_like=True):
    """One row of Telegram's command menu."""

    name: str
    description: str


class SetCommands(Effect, frozen=True, tag="commands"):
    """Set Telegram's command menu of one scope and language (empty: for all others)."""

    scope: Literal["default", "private", "groups", "admins", "chat", "chat_admins"]
    language: str
    commands: tuple[CommandHelp, ...]
    chat_id: int | None = None


class SetMemberTag(Effect, frozen=True, tag="tag"):
    """Set a member's tag (at most 16 characters, no emoji)."""

    chat_id: int
    user_id: int
    text: str


class ApproveJoin(Effect, frozen=True, tag="approve_join"):
    """Let somebody in who asked."""

    chat_id: int
    user_id: int


class DeclineJoin(Effect, frozen=True, tag="decline_join"):
    """Turn somebody down who asked to join."""

    chat_id: int
    user_id: int


class CreateInvite(Effect, frozen=True, tag="invite"):
    """Make an invite link; the link comes back as the result's ``value``."""

    chat_id: int
    name: str = ""
    member_limit: int | None = None
    expires: int | None = None


AnyEffect = (
    SendMessage
    | SendMedia
    | SendAlbum
    | CopyMessage
    | ForwardMessage
    | EditText
    | EditCaption
    | EditMedia
    | EditButtons
    | DeleteMessage
    | PinMessage
    | UnpinMessage
    | Mute
    | Lift
    | SetPermissions
    | Ban
    | Unban
    | BanChannel
    | UnbanChannel
    | AnswerCallback
    | LeaveChat
    | SetCommands
    | SetMemberTag
    | ApproveJoin
    | DeclineJoin
    | CreateInvite
)

SENDS = (SendMessage, SendMedia, SendAlbum, CopyMessage, ForwardMessage)
"""Acts that, repeated, are seen twice: left open by a crash they are *uncertain*, never silently repeated."""
COUNTED = (*SENDS, EditText, EditCaption, EditMedia, EditButtons)
"""Acts that count against Telegram's sending limits."""

_decoder = msgspec.json.Decoder(AnyEffect)


def encode(effect: AnyEffect) -> bytes:
    """Encode an effect for the outbox."""
    return msgspec.json.encode(effect)


def decode(raw: bytes) -> AnyEffect:
    """Decode an effect from the outbox.

    :raises msgspec.MsgspecError: if it is none.
    """
    effect: AnyEffect = _decoder.decode(raw)
    return effect
