"""Everything the emulated Telegram remembers, as plain data that can be written to a file and read back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

TELEGRAM, ANONYMOUS, CHANNEL_BOT = 777_000, 1_087_968_824, 136_817_688
"""The senders Telegram shows for automatic forwards, anonymous administrators and channels that speak in a group."""

DEFAULT_UPDATES = frozenset(
    {
        "message", "edited_message", "channel_post", "edited_channel_post", "callback_query", "poll", "poll_answer",
        "my_chat_member", "chat_join_request",
    }
)  # fmt: skip
"""What a bot gets that never said what it wants."""


@dataclass
class User:
    """A person or a bot as others see them."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False
    deactivated: bool = False
    chats: set[int] = field(default_factory=set)  # groups and channels this user is in, was in or asked to join
    bio: str | None = None

    @property
    def name(self) -> str:
        """First and last name as one."""
        return f"{self.first_name} {self.last_name}" if self.last_name else self.first_name


@dataclass
class Member:
    """How a user stands in a chat; ``until_date`` 0 means for ever."""

    user_id: int
    status: str = "left"  # creator, administrator, member, restricted, left, kicked
    rights: dict[str, bool] = field(default_factory=dict)
    permissions: dict[str, bool] = field(default_factory=dict)  # of a restricted member
    is_anonymous: bool = False
    is_member: bool = True  # of a restricted one
    until_date: int = 0
    custom_title: str | None = None
    tag: str | None = None
    promoted_by: int | None = None

    @property
    def present(self) -> bool:
        """Whether the user is in the chat."""
        return self.status in ("creator", "administrator", "member") or (self.status == "restricted" and self.is_member)

    @property
    def admin(self) -> bool:
        """Whether the user is the owner or an administrator."""
        return self.status in ("creator", "administrator")


@dataclass
class Message:
    """A message as the server keeps it; ``body`` holds the Bot API's fields of its content."""

    chat_id: int
    message_id: int
    date: int
    author: int | None  # who really wrote it, also behind an anonymous administrator
    body: dict[str, Any]
    shown_from: int | None = None
    sender_chat: int | None = None
    reply_to: int | None = None
    keyboard: dict[str, Any] | None = None  # the inline keyboard
    prompt: dict[str, Any] | None = None  # a reply keyboard, its removal or a forced reply
    service: bool = False
    deleted: bool = False
    protected: bool = False
    reactions: dict[int, list[dict[str, Any]]] = field(default_factory=dict)

    def __repr__(self) -> str:
        shown = self.text or ", ".join(self.body)
        return f"<message {self.message_id} in {self.chat_id}: {shown!r} {self.labels() or ''}>"

    def __getitem__(self, name: str) -> Any:
        return self.body[name]

    def __contains__(self, name: object) -> bool:
        return name in self.body

    def get(self, name: str, default: Any = None) -> Any:
        """Return a field of the content."""
        return self.body.get(name, default)

    @property
    def text(self) -> str:
        """Text or caption, empty if it has neither."""
        return str(self.body.get("text", self.body.get("caption", "")))

    @property
    def entities(self) -> list[dict[str, Any]]:
        """The entities of text or caption."""
        return list(self.body.get("entities", self.body.get("caption_entities", [])))

    @property
    def edited(self) -> bool:
        """Whether its content was changed after sending."""
        return "edit_date" in self.body

    @property
    def thread_id(self) -> int | None:
        """The forum topic it stands in, ``None`` for the general one."""
        found = self.body.get("message_thread_id")
        return int(found) if found is not None else None

    @property
    def rows(self) -> list[list[dict[str, Any]]]:
        """The rows of its inline keyboard."""
        return list((self.keyboard or {}).get("inline_keyboard", []))

    def buttons(self) -> Iterator[dict[str, Any]]:
        """Yield the buttons of its inline keyboard."""
        for row in self.rows:
            yield from row

    def labels(self) -> list[str]:
        """Return what is written on its buttons."""
        return [button["text"] for button in self.buttons()]


@dataclass
class Topic:
    """A forum topic; its id is the id of the message that opened it."""

    id: int
    name: str
    creator: int
    icon_color: int = 7322096
    icon_custom_emoji_id: str | None = None
    closed: bool = False


@dataclass
class InviteLink:
    """A way into a chat."""

    url: str
    creator: int
    name: str | None = None
    expire_date: int | None = None
    member_limit: int | None = None
    creates_join_request: bool = False
    is_primary: bool = False
    is_revoked: bool = False
    uses: int = 0


@dataclass
class JoinRequest:
    """Somebody asks to be let in."""

    user_id: int
    date: int
    link: str | None = None


@dataclass
class Chat:
    """A private chat, group, supergroup or channel with its members and messages."""

    id: int
    type: str
    title: str | None = None
    username: str | None = None
    description: str | None = None
    is_forum: bool = False
    general_closed: bool = False
    permissions: dict[str, bool] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)
    member_count: int = 0
    admins: set[int] = field(default_factory=set)
    bots: set[int] = field(default_factory=set)
    last_bot: int | None = None  # who among the bots spoke last: commands without a name are for it
    messages: dict[int, Message] = field(default_factory=dict)
    next_message_id: int = 1
    pins: list[int] = field(default_factory=list)
    topics: dict[int, Topic] = field(default_factory=dict)
    links: dict[str, InviteLink] = field(default_factory=dict)
    requests: dict[int, JoinRequest] = field(default_factory=dict)
    migrated_to: int | None = None
    linked_chat_id: int | None = None
    banned_senders: set[int] = field(default_factory=set)
    bot_id: int | None = None  # of a private chat: the bot in it
    started: bool = False  # of a private chat: whether Start was pressed
    blocked: bool = False  # of a private chat: whether the person blocked the bot

    def __repr__(self) -> str:
        return f"<{self.type} {self.title or self.id} ({self.id}), {len(self.messages)} messages>"

    @property
    def is_group(self) -> bool:
        """Whether it is a group or supergroup."""
        return self.type in ("group", "supergroup")

    def live(self) -> list[Message]:
        """Return its messages that were not deleted, oldest first."""
        return [message for message in self.messages.values() if not message.deleted]


@dataclass
class StoredFile:
    """The bytes behind a file id."""

    file_id: str
    unique_id: str
    kind: str
    data: bytes
    name: str | None = None
    mime_type: str | None = None
    path: str = ""
    shape: dict[str, Any] = field(default_factory=dict)  # width, height, duration: what the kind tells beside


@dataclass
class CallbackQuery:
    """A tap on a button and what the bot answered."""

    id: str
    bot_id: int
    user_id: int
    chat_id: int
    message_id: int
    data: str
    date: int
    answer: dict[str, Any] | None = None


@dataclass
class Answer:
    """What one person saw after a tap."""

    n: int
    callback_query_id: str
    user_id: int
    chat_id: int
    message_id: int
    text: str
    show_alert: bool
    url: str | None


@dataclass
class QueuedUpdate:
    """An update that waits for its bot, already as JSON."""

    update_id: int
    kind: str
    chat_id: int
    date: int
    body: str


@dataclass
class Webhook:
    """Where a bot wants its updates sent."""

    url: str
    secret_token: str | None = None
    max_connections: int = 40
    ip_address: str | None = None
    has_custom_certificate: bool = False
    last_error_date: int | None = None
    last_error_message: str | None = None


@dataclass
class BotAccount:
    """A bot: its token, its updates and what it told Telegram about itself."""

    id: int
    token: str
    username: str
    privacy: bool = True
    can_join_groups: bool = True
    queue: list[QueuedUpdate] = field(default_factory=list)
    next_update_id: int = 100_000_000
    last_update_at: int = 0
    allowed_updates: list[str] | None = None
    webhook: Webhook | None = None
    commands: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)  # name, description, short description by language
    default_rights: dict[str, dict[str, Any]] = field(default_factory=dict)
    menu_buttons: dict[str, dict[str, Any]] = field(default_factory=dict)


@dataclass
class State:
    """The whole world."""

    users: dict[int, User] = field(default_factory=dict)
    bots: dict[int, BotAccount] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    privates: dict[int, dict[int, Chat]] = field(default_factory=dict)  # by bot, then by person
    files: dict[str, StoredFile] = field(default_factory=dict)
    callbacks: dict[str, CallbackQuery] = field(default_factory=dict)
    answers: list[Answer] = field(default_factory=list)
    polls: dict[str, list[int]] = field(default_factory=dict)  # poll id to chat id, message id, private chat's bot or 0
    votes: dict[str, dict[int, list[int]]] = field(default_factory=dict)  # poll id to person to chosen options
    sequence: dict[str, int] = field(default_factory=dict)
