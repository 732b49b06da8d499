"""Keyboards a bot attaches to its messages, checked as Telegram checks them."""

from __future__ import annotations

from typing import Any

from bot.sandbox.telegram.entities import checked_link
from bot.sandbox.telegram.errors import bad_request
from bot.sandbox.telegram.params import Params

ACTIONS = (
    "url", "callback_data", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay",
)  # fmt: skip
LOOKS = ("text", "icon_custom_emoji_id", "style")
MAX_BUTTONS = 100
MAX_DATA = 64

Json = dict[str, Any]


def keyboards(params: Params) -> tuple[Json | None, Json | None]:
    """Return the inline keyboard, and whatever else the markup is (reply keyboard, removal, forced reply).

    :raises ApiError: if it is malformed.
    """
    markup = params.mapping("reply_markup")
    if not markup:
        return None, None
    if "inline_keyboard" in markup:
        return inline_keyboard(markup), None
    if "keyboard" in markup:
        return None, {**markup, "keyboard": [[_reply_button(b) for b in row] for row in _rows(markup["keyboard"])]}
    if markup.get("remove_keyboard") or markup.get("force_reply"):
        return None, markup
    raise bad_request("object expected as reply markup")


def inline_keyboard(markup: Json) -> Json | None:
    """Check an inline keyboard, ``None`` for an empty one.

    :raises ApiError: if a button is malformed.
    """
    rows = [row for given in _rows(markup.get("inline_keyboard")) if (row := [_button(b) for b in given])]
    if sum(len(row) for row in rows) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": rows} if rows else None


def _rows(given: Any) -> list[list[Any]]:
    if not isinstance(given, list) or not all(isinstance(row, list) for row in given):
        raise bad_request('field "inline_keyboard" must be of type Array')
    return given


def _button(given: Any) -> Json:
    if not isinstance(given, dict):
        raise bad_request("InlineKeyboardButton must be an Object")
    text = given.get("text")
    if not isinstance(text, str):
        raise bad_request('can\'t parse inline keyboard button: Field "text" must be of type String')
    if not text.strip():
        raise bad_request("can't parse inline keyboard button: Button text must be non-empty")
    acts = [name for name in ACTIONS if given.get(name) is not None]
    if not acts:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    _check_act(given, acts[0])
    return {name: given[name] for name in (*LOOKS, acts[0]) if given.get(name) is not None}


def _check_act(given: Json, act: str) -> None:
    if act == "callback_data" and not 1 <= len(str(given[act]).encode()) <= MAX_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    if act == "url" and checked_link(str(given[act])) is None:
        raise bad_request(f"inline keyboard button URL '{given[act]}' is invalid: Wrong HTTP URL")


def _reply_button(given: Any) -> Json:
    if isinstance(given, str):
        return {"text": given}
    if not isinstance(given, dict) or not isinstance(given.get("text"), str):
        raise bad_request("KeyboardButton must be a String or an Object")
    return given
