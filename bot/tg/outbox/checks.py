"""What Telegram would refuse whatever the circumstances: a mistake of ours, found where it is made."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from bot.tg import effects as fx

if TYPE_CHECKING:
    from bot.tg.effects import AnyEffect, Keyboard

TEXT, CAPTION, ANSWER, TAG, DATA = 4096, 1024, 200, 16, 64
ALBUM = 10
_APART = frozenset({"document", "audio"})
_TAG = re.compile(r"<[^<>]*>")
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")


def plain_length(text: str) -> int:
    """Return how many characters are left of an HTML text when its markup is read."""
    return len(html.unescape(_TAG.sub("", text)))


def check(effect: AnyEffect) -> None:
    """Refuse what can never be sent.

    :raises ValueError: with the reason.
    """
    rule = _RULES.get(type(effect))
    if rule is not None:
        rule(effect)
    keyboard = getattr(effect, "keyboard", None)
    if keyboard:
        _keyboard(keyboard)


def _text(text: str, limit: int) -> None:
    if len(text) > limit and plain_length(text) > limit:
        raise ValueError(f"a text of {plain_length(text)} characters where {limit} are allowed")


def _message(effect: fx.SendMessage | fx.EditText) -> None:
    _text(effect.html, TEXT)
    if not effect.html.strip():
        raise ValueError("a message without text")
    if isinstance(effect, fx.SendMessage) and effect.force_reply and effect.keyboard:
        raise ValueError("a message either asks for a reply or has buttons")


def _media(effect: fx.SendMedia | fx.EditMedia) -> None:
    if not isinstance(effect.media, fx.Media):
        raise ValueError("media is a FileId, a Blob or a Recipe: a bare string would upload the file it names")
    _caption(effect)


def _album(effect: fx.SendAlbum) -> None:
    if not 2 <= len(effect.items) <= ALBUM:
        raise ValueError(f"an album of {len(effect.items)} files where 2 to {ALBUM} are allowed")
    if len({item.kind if item.kind in _APART else "seen" for item in effect.items}) > 1:
        raise ValueError("documents stand in albums of their own, and so do audio files")
    _caption(effect)


def _caption(effect: fx.SendMedia | fx.SendAlbum | fx.EditMedia | fx.EditCaption) -> None:
    _text(effect.caption, CAPTION)


def _answer(effect: fx.AnswerCallback) -> None:
    if len(effect.text) > ANSWER:
        raise ValueError(f"an answer of {len(effect.text)} characters where {ANSWER} are allowed")


def _tag(effect: fx.SetMemberTag) -> None:
    if len(effect.text) > TAG:
        raise ValueError(f"a member tag of {len(effect.text)} characters where {TAG} are allowed")


def _commands(effect: fx.SetCommands) -> None:
    if len(effect.commands) > 100:
        raise ValueError("more than 100 commands in a menu")
    if (effect.scope in {"chat", "chat_admins"}) != (effect.chat_id is not None):
        raise ValueError("a menu belongs to a chat if and only if its scope says so")
    for command in effect.commands:
        if not _COMMAND.fullmatch(command.name) or not 1 <= len(command.description) <= 256:
            raise ValueError(f"/{command.name} cannot stand in a menu")


def _keyboard(keyboard: Keyboard) -> None:
    for key in (key for line in keyboard for key in line):
        if not key.text or (key.data is None) == (key.url is None):
            raise ValueError(f"a button has a label and either data or a link: {key}")
        if key.data is not None and not 1 <= len(key.data.encode()) <= DATA:
            raise ValueError(f"callback data has 1 to {DATA} bytes: {key.data}")


_RULES: dict[type[Any], Callable[[Any], None]] = {
    fx.SendMessage: _message,
    fx.EditText: _message,
    fx.SendMedia: _media,
    fx.SendAlbum: _album,
    fx.EditMedia: _media,
    fx.EditCaption: _caption,
    fx.AnswerCallback: _answer,
    fx.SetMemberTag: _tag,
    fx.SetCommands: _commands,
}
