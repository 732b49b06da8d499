"""Methods about the bot itself: who it is, its commands, its texts, its webhook."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.telegram import access
from bot.sandbox.telegram.access import Call
from bot.sandbox.telegram.errors import bad_request
from bot.sandbox.telegram.model import DEFAULT_UPDATES, Webhook
from bot.sandbox.telegram.rights import rights_from
from bot.sandbox.telegram.views import me_view

Json = dict[str, Any]
COMMAND = re.compile(r"[a-z0-9_]{1,32}")
SECRET = re.compile(r"[A-Za-z0-9_-]*")
MAX_COMMANDS, MAX_COMMAND_TEXT = 100, 256
SCOPES: dict[str, tuple[str, ...]] = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}
LIMITS = {"name": 64, "description": 512, "short_description": 120}
KNOWN_UPDATES = DEFAULT_UPDATES | {"chat_member", "message_reaction", "message_reaction_count"}


def get_me(call: Call) -> Json:
    """Tell who the bot is."""
    return me_view(call.world, call.bot)


def done(call: Call) -> bool:
    """Agree: the sandbox has but one server."""
    del call
    return True


def _scope(call: Call) -> str:
    """Name the scope and language of a list of commands.

    :raises ApiError: if the scope is malformed or its chat out of reach.
    """
    given = call.params.mapping("scope") or {"type": "default"}
    fields = SCOPES.get(str(given.get("type")))
    if fields is None:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    key = [str(given["type"])]
    for name in fields:
        if given.get(name) in (None, ""):
            raise bad_request(f"can't parse BotCommandScope: Empty {name} specified")
        key.append(str(given[name]))
    if "chat_id" in fields:
        access.chat_of(Call(call.world, call.bot, type(call.params)(given)))
    return json.dumps([*key, call.params.text("language_code") or ""])


def set_my_commands(call: Call) -> bool:
    """Set the commands shown in a scope to readers of a language."""
    given = call.params.objects("commands")
    if given is None:
        raise bad_request("can't parse commands JSON object")
    if len(given) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    commands = []
    for item in given:
        name, text = str(item.get("command", "")).removeprefix("/"), str(item.get("description", ""))
        if COMMAND.fullmatch(name) is None:
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(text) <= MAX_COMMAND_TEXT:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        commands.append({"command": name, "description": text})
    call.bot.commands[_scope(call)] = commands
    call.world.touch()
    return True


def get_my_commands(call: Call) -> list[Json]:
    """Tell the commands of exactly this scope and language."""
    return call.bot.commands.get(_scope(call), [])


def delete_my_commands(call: Call) -> bool:
    """Forget the commands of a scope and language."""
    call.bot.commands.pop(_scope(call), None)
    call.world.touch()
    return True


def text_setter(name: str) -> Callable[[Call], bool]:
    """Make the method that sets one of the bot's texts in a language."""

    def set_text(call: Call) -> bool:
        value = call.params.text(name) or ""
        if len(value) > LIMITS[name]:
            raise bad_request(f"bot {name.replace('_', ' ')} is too long")
        call.bot.texts[f"{name}:{call.params.text('language_code') or ''}"] = value
        call.world.touch()
        return True

    return set_text


def text_getter(name: str) -> Callable[[Call], Json]:
    """Make the method that tells one of the bot's texts, in the default language where there is no other."""

    def get_text(call: Call) -> Json:
        texts = call.bot.texts
        fallback = call.world.state.users[call.bot.id].first_name if name == "name" else ""
        default = texts.get(f"{name}:") or fallback
        return {name: texts.get(f"{name}:{call.params.text('language_code') or ''}") or default}

    return get_text


def set_default_rights(call: Call) -> bool:
    """Set the rights the bot asks for when it is added as administrator."""
    key = "channel" if call.params.flag("for_channels") else "group"
    given = call.params.mapping("rights")
    if given is None:
        call.bot.default_rights.pop(key, None)
    else:
        call.bot.default_rights[key] = given
    call.world.touch()
    return True


def get_default_rights(call: Call) -> Json:
    """Tell the rights the bot asks for."""
    channel = call.params.flag("for_channels")
    given = call.bot.default_rights.get("channel" if channel else "group", {})
    rights = {name: bool(given.get(name)) for name in rights_from({}, channel=channel)}
    return {"is_anonymous": bool(given.get("is_anonymous")), **rights}


def set_menu_button(call: Call) -> bool:
    """Set the button beside the text field in private."""
    button = call.params.mapping("menu_button") or {"type": "default"}
    if button.get("type") not in ("default", "commands", "web_app"):
        raise bad_request("can't parse menu button: MenuButton has unsupported type")
    call.bot.menu_buttons[str(call.params.integer("chat_id"))] = button
    call.world.touch()
    return True


def get_menu_button(call: Call) -> Json:
    """Tell the button beside the text field in private."""
    buttons = call.bot.menu_buttons
    fallback = buttons.get("0", {"type": "commands"})
    return buttons.get(str(call.params.integer("chat_id")), fallback)


def remember_allowed(call: Call) -> None:
    """Note which kinds of updates the bot wants from now on, if it says so.

    :raises ApiError: if the list is none.
    """
    given = call.params.data("allowed_updates")
    if given is None:
        return
    if not isinstance(given, list):
        raise bad_request("can't parse allowed_updates: expected an Array")
    call.bot.allowed_updates = sorted({str(k) for k in given} & KNOWN_UPDATES) if given else None


def set_webhook(call: Call) -> bool:
    """Have updates sent to an address; an empty one ends that."""
    url = (call.params.text("url") or "").strip()
    secret = call.params.text("secret_token")
    if not url:
        return delete_webhook(call)
    _check_address(url)
    if secret is not None and len(secret) > 256:
        raise bad_request("secret token is too long")
    if secret is not None and SECRET.fullmatch(secret) is None:
        raise bad_request("secret token contains unallowed characters")
    remember_allowed(call)
    if call.params.flag("drop_pending_updates"):
        call.bot.queue.clear()
    call.bot.webhook = Webhook(
        url=url,
        secret_token=secret or None,
        max_connections=min(100, max(1, call.params.integer("max_connections", 40))),
        ip_address=call.params.text("ip_address"),
        has_custom_certificate="certificate" in call.params.files,
    )
    call.world.touch()
    call.world.arrived(call.bot.id)
    return True


def _check_address(url: str) -> None:
    """Telegram wants HTTPS; the sandbox also takes plain HTTP to this machine."""
    parts = urlsplit(url)
    if not parts.hostname:
        raise bad_request("invalid webhook URL specified")
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost", "::1")):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")


def delete_webhook(call: Call) -> bool:
    """Go back to polling."""
    if call.params.flag("drop_pending_updates"):
        call.bot.queue.clear()
    call.bot.webhook = None
    call.world.touch()
    call.world.arrived(call.bot.id)
    return True


def get_webhook_info(call: Call) -> Json:
    """Tell where updates are sent and what went wrong last."""
    bot, hook = call.bot, call.bot.webhook
    info: Json = {"url": "", "has_custom_certificate": False, "pending_update_count": len(bot.queue)}
    if bot.allowed_updates is not None:
        info["allowed_updates"] = bot.allowed_updates
    if hook is None:
        return info
    info |= {"url": hook.url, "has_custom_certificate": hook.has_custom_certificate}
    info["max_connections"] = hook.max_connections
    for name in ("ip_address", "last_error_date", "last_error_message"):
        if (value := getattr(hook, name)) is not None:
            info[name] = value
    return info


METHODS: dict[str, Callable[[Call], Any]] = {
    "getMe": get_me,
    "logOut": done,
    "close": done,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyName": text_setter("name"),
    "getMyName": text_getter("name"),
    "setMyDescription": text_setter("description"),
    "getMyDescription": text_getter("description"),
    "setMyShortDescription": text_setter("short_description"),
    "getMyShortDescription": text_getter("short_description"),
    "setMyDefaultAdministratorRights": set_default_rights,
    "getMyDefaultAdministratorRights": get_default_rights,
    "setChatMenuButton": set_menu_button,
    "getChatMenuButton": get_menu_button,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
