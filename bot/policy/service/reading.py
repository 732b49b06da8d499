"""A message of Telegram as rules see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.i18n import Html
from bot.kernel.ids import ANONYMOUS_ADMIN, UserId
from bot.policy.rules.message import Kind, Origin, Seen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.kernel.groups import Group
    from bot.tg import envelope as env


class Author(NamedTuple):
    """Who wrote a message: a person, or a channel (its id is below zero) in whose name somebody did."""

    id: UserId
    name: str

    @property
    def is_channel(self) -> bool:
        """Whether it is a channel."""
        return self.id < 0

    def shown(self) -> Html:
        """Write them so that they are told; a channel, which nobody can tell, by its title."""
        name = self.name or f"#{self.id}"
        if self.is_channel:
            return Html("<b>{}</b>").format(name)
        return Html('<a href="tg://user?id={}">{}</a>').format(int(self.id), name)


def author_of(message: env.Message) -> Author:
    """Return who wrote a message."""
    channel, sender = message.sender_chat, message.from_
    if channel is not None:
        return Author(UserId(channel.id), (channel.title or "").replace("\0", ""))
    return Author(UserId(0), "") if sender is None else Author(UserId(sender.id), sender.name.replace("\0", ""))


def is_spared(message: env.Message, group: Group) -> bool:
    """Say whether a message is nobody's to answer for: the linked channel's, the group's own, a bot's, or about the chat."""
    if message.is_automatic_forward or is_service(message):
        return True
    sender, channel = message.from_, message.sender_chat
    if channel is not None:
        return channel.id in {message.chat.id, group.linked_chat_id}
    return sender is None or sender.is_bot or sender.id == ANONYMOUS_ADMIN


def is_service(message: env.Message) -> bool:
    """Say whether a message only tells what happened in the chat: it has nothing of what people can send."""
    return message.text is None and message.caption is None and all(getattr(message, part) is None for part in _CONTENT)


def read(message: env.Message) -> Seen:
    """Return what rules look at."""
    text = text_of(message)
    entities = message.entities or message.caption_entities or ()
    is_bare = not entities and message.reply_markup is None
    return Seen(
        at=message.date,
        text=text,
        kind=_kind(message),
        addresses=() if is_bare else tuple(_addresses(message, text, entities)),
        mentions=() if is_bare else tuple(_mentions(text, entities)),
        origin=_origin(message),
        own_contact=_is_own_contact(message),
        file=(message.document.file_name or "") if message.document is not None else "",
        thread=(message.message_thread_id or 0) if message.is_topic_message else 0,
        via_bot=(message.via_bot.username or "").lower() if message.via_bot is not None else "",
        has_buttons=message.reply_markup is not None,
        album=message.media_group_id or "",
        edited=message.edit_date is not None,
    )


def shown_in(message: env.Message, codes: tuple[str, ...]) -> Seen:
    """Return what codes in a message's picture say, as if it were written there, and later than the message."""
    return Seen(at=message.date, text="\n".join(codes), album=message.media_group_id or "", edited=True)


def _origin(message: env.Message) -> Origin:
    return Origin.NONE if message.forward_origin is None else _ORIGINS.get(message.forward_origin.type, Origin.HIDDEN)


_ORIGINS = {"user": Origin.PERSON, "hidden_user": Origin.HIDDEN, "chat": Origin.GROUP, "channel": Origin.CHANNEL}


def _is_own_contact(message: env.Message) -> bool:
    card, sender = message.contact, message.from_
    return card is not None and sender is not None and card.user_id == sender.id


def text_of(message: env.Message) -> str:
    """Return what a message says: its text or caption, or a poll's question and answers."""
    if message.poll is None:
        return message.words
    return "\n".join((message.poll.question, *(option.text for option in message.poll.options)))


def evidence_in(message: env.Message) -> str:
    """Return what is kept of a message as evidence: also whose contact it is, and what its buttons say and lead to."""
    lines = [text_of(message)]
    if message.contact is not None:
        card = message.contact
        lines.append(" ".join(part for part in (card.first_name, card.last_name, card.phone_number) if part))
    if message.reply_markup is not None:
        keys = (key for row in message.reply_markup.inline_keyboard for key in row)
        lines += (" ".join(part for part in (f"[{key.text or ''}]", key.url) if part) for key in keys)
    return "\n".join(line for line in lines if line).replace("\0", "")


def _kind(message: env.Message) -> Kind:
    if message.text is not None:
        return Kind.TEXT
    # An animation comes with a document beside it.
    return next(
        (kind for kind, parts in _PARTS if any(getattr(message, part) is not None for part in parts)), Kind.OTHER
    )


_PARTS = (
    (Kind.PICTURE, ("photo", "video", "animation", "video_note")),
    (Kind.STICKER, ("sticker",)),
    (Kind.FILE, ("document", "audio")),
    (Kind.VOICE, ("voice",)),
    (Kind.CONTACT, ("contact",)),
    (Kind.POLL, ("poll",)),
    (Kind.STORY, ("story",)),
)


_CONTENT = (
    *(part for _, parts in _PARTS for part in parts),
    *("location", "dice", "game", "invoice", "checklist", "paid_media", "giveaway"),
)
"""What people send besides texts; all else that comes as a message is a note of Telegram's."""


def file_in(message: env.Message) -> tuple[str, str | None]:
    """Return what a message is, in Telegram's words, and by which name its file is sent again; of a text "text"."""
    if message.photo:
        return "photo", message.photo[-1].file_id
    for kind in ("animation", "video", "document", "audio", "voice", "video_note", "sticker"):
        part = getattr(message, kind)
        if part is not None:
            return kind, part.file_id
    found = (kind for kind in ("contact", "poll", "story", "location") if getattr(message, kind) is not None)
    return next(found, "text"), None


def _addresses(message: env.Message, text: str, entities: Iterable[env.Entity]) -> Iterable[str]:
    for entity in entities:
        if entity.type == "text_link" and entity.url:
            yield entity.url
        elif entity.type == "url":
            yield _part(text, entity)
    if message.reply_markup is not None:
        yield from (key.url for row in message.reply_markup.inline_keyboard for key in row if key.url)


def _mentions(text: str, entities: Iterable[env.Entity]) -> Iterable[str]:
    for entity in entities:
        if entity.type == "mention":
            yield _part(text, entity).removeprefix("@").lower()
        elif entity.type == "text_mention" and entity.user is not None:
            yield (entity.user.username or str(entity.user.id)).lower()


def _part(text: str, entity: env.Entity) -> str:
    """Cut an entity out; it counts in UTF-16 units."""
    if text.isascii():
        return text[entity.offset : entity.offset + entity.length]
    units = text.encode("utf-16-le", "replace")
    return units[2 * entity.offset : 2 * (entity.offset + entity.length)].decode("utf-16-le", "replace")
