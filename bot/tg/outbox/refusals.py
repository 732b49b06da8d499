"""What Telegram's errors mean. Its texts are the only thing that tells them apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, TelegramError

from bot.tg import effects as fx
from bot.tg.effects import Refusal
from bot.tg.outbox.model import Ending, dropped, failed, sent, uncertain
from bot.tg.request import NotSent, TooMany

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Flooded:
    """Telegram wants us to wait so many seconds; nothing was done."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Unreached:
    """The call surely never reached Telegram, or nothing was done because the token is refused."""

    text: str
    token_refused: bool = False


@dataclass(frozen=True, slots=True)
class Unfinished:
    """The call failed midway; what it asks for may be asked for again."""

    text: str


@dataclass(frozen=True, slots=True)
class Migrated:
    """The group became a supergroup."""

    new_chat_id: int


Verdict = Ending | Flooded | Unreached | Unfinished | Migrated


def judge(effect: fx.AnyEffect, error: TelegramError) -> Verdict:
    """Say what an error means for an effect."""
    if isinstance(error, TooMany):
        return Flooded(error.seconds)
    if isinstance(error, ChatMigrated):
        return Migrated(error.new_chat_id)
    if isinstance(error, NotSent):
        return Unreached(error.message)
    if isinstance(error, BadRequest | Forbidden):
        return _refused(effect, error.message)
    if isinstance(error, InvalidToken) and "method not found" in error.message.lower():
        return failed(Refusal.OTHER, error.message)
    if isinstance(error, InvalidToken | Conflict):
        # Nobody's fault but the operator's, and nothing was done: it waits for a token that works.
        return Unreached(error.message, token_refused=isinstance(error, InvalidToken))
    return uncertain(error.message) if isinstance(effect, fx.SENDS) else Unfinished(error.message)


def _refused(effect: fx.AnyEffect, text: str) -> Ending:
    if _UNCHANGED.search(text) and isinstance(effect, _EDITS):
        return sent()
    if isinstance(effect, fx.ApproveJoin) and "USER_ALREADY_PARTICIPANT" in text:
        return sent()
    refusal = refusal_of(text)
    if isinstance(effect, fx.BanChannel | fx.UnbanChannel) and "chat not found" in text.lower():
        # The bot is in the group it acts in: the channel is what Telegram does not find.
        refusal = Refusal.TARGET_GONE
    if refusal is Refusal.CHAT_GONE and (getattr(effect, "chat_id", None) or 0) > 0:
        refusal = Refusal.BLOCKED
    if isinstance(effect, fx.AnswerCallback) and refusal in {Refusal.TOO_LATE, Refusal.MESSAGE_GONE}:
        return dropped(Refusal.TOO_LATE, text)
    return failed(refusal, text)


def refusal_of(text: str) -> Refusal:
    """Read the reason out of Telegram's description of an error."""
    return next((refusal for refusal, pattern in _REASONS if pattern.search(text)), Refusal.OTHER)


def _any(refusal: Refusal, parts: Iterable[str]) -> tuple[Refusal, re.Pattern[str]]:
    return refusal, re.compile("|".join(parts), re.IGNORECASE)


_EDITS = (fx.EditText, fx.EditCaption, fx.EditMedia, fx.EditButtons, fx.SetPermissions)
_UNCHANGED = re.compile("message is not modified|MESSAGE_NOT_MODIFIED|CHAT_NOT_MODIFIED", re.IGNORECASE)
# The order matters: "need administrator rights" names administrators, but it is the bot that is none.
_REASONS = (
    _any(Refusal.TOO_LATE, ("query is too old", "query ID is invalid", "QUERY_ID_INVALID")),
    _any(
        Refusal.BLOCKED,
        (
            "bot was blocked by the user",
            "bot can't initiate conversation",
            "user is deactivated",
            "INPUT_USER_DEACTIVATED",
            "private chat not found",
            "USER_IS_BLOCKED",
            "bot can't send messages to bots",
            "PEER_ID_INVALID",
        ),
    ),
    _any(
        Refusal.BASIC_GROUP,
        (
            "method is available (only )?for supergroup",
            "method is available only for supergroups",
            "can't restrict members in (a )?basic group",
        ),
    ),
    _any(
        Refusal.TARGET_ADMIN,
        (
            "user is an administrator of the chat",
            "can't remove chat owner",
            "can't restrict self",
            "can't demote chat creator",
            "can't ban (the )?(chat )?(owner|administrator)",
            "USER_ADMIN_INVALID",
            "USER_CREATOR",
        ),
    ),
    _any(
        Refusal.TARGET_GONE,
        (
            "USER_NOT_PARTICIPANT",
            "PARTICIPANT_ID_INVALID",
            "user not found",
            "user is not a member",
            "member not found",
            "USER_ID_INVALID",
            "HIDE_REQUESTER_MISSING",
            "USER_CHANNELS_TOO_MUCH",
            "have no access to the user",
        ),
    ),
    _any(
        Refusal.NO_RIGHT,
        (
            "not enough rights",
            "have no rights to send",
            "need administrator rights",
            "CHAT_ADMIN_REQUIRED",
            "CHAT_WRITE_FORBIDDEN",
            "CHAT_SEND_[A-Z]+_FORBIDDEN",
            "CHAT_RESTRICTED",
            "RIGHT_FORBIDDEN",
            "bot is not an administrator",
            "can't be deleted for everyone",
            "TOPIC_CLOSED",
        ),
    ),
    _any(
        Refusal.CHAT_GONE,
        (
            "bot was kicked",
            "bot is not a member",
            "the group chat was deleted",
            "chat was deleted",
            "chat not found",
            "CHANNEL_PRIVATE",
            "group is deactivated",
            "group chat was deactivated",
        ),
    ),
    _any(
        Refusal.MESSAGE_GONE,
        (
            "message to (be )?(edit|delete|pin|unpin|copy|forward|replied|reply)[a-z]* not found",
            "message can't be (edited|deleted|copied|forwarded)",
            "message identifier is not specified",
            "MESSAGE_ID_INVALID",
            "message not found",
            "message thread not found",
            "TOPIC_DELETED",
        ),
    ),
)
