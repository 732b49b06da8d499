"""An effect becomes a call of PTB's bot: one small function a method."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from telegram import (
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeChatAdministrators,
    BotCommandScopeDefault,
    ChatPermissions,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    InputMediaAudio,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram.constants import ParseMode

from bot.tg import effects as fx
from bot.tg.outbox.model import Ending, sent

if TYPE_CHECKING:
    from telegram.ext import ExtBot

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_HTML = ParseMode.HTML
_WITHOUT_CAPTION = {"video_note", "sticker"}
_IN_ALBUM = {
    "photo": InputMediaPhoto,
    "video": InputMediaVideo,
    "document": InputMediaDocument,
    "audio": InputMediaAudio,
}


async def call(bot: ExtBot[Any], effect: fx.AnyEffect, blob: bytes | None = None) -> Ending:
    """Ask Telegram to do it.

    Every reference in the effect must be resolved; ``blob`` holds the bytes of its file, if it has one.

    :raises telegram.error.TelegramError: if Telegram refuses, or no answer comes.
    """
    if isinstance(effect, fx.SendMedia):
        return await _media(bot, effect, blob)
    if isinstance(effect, fx.EditMedia):
        return await _other_media(bot, effect, blob)
    return await _CALLS[type(effect)](bot, effect)


def _markup(keyboard: fx.Keyboard | None) -> InlineKeyboardMarkup | None:
    if not keyboard:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(key.text, callback_data=key.data, url=key.url) for key in line] for line in keyboard]
    )


def _reply(target: fx.Target | None) -> ReplyParameters | None:
    """Answer a message; one that was deleted meanwhile is no reason to say nothing."""
    if target is None:
        return None
    return ReplyParameters(_id(target), allow_sending_without_reply=True)


def _id(target: fx.Target) -> int:
    if isinstance(target, fx.Ref):
        raise TypeError(f"effect {target.effect} is referred to, but was not looked up")
    return target


def _posting(
    effect: fx.SendMessage | fx.SendMedia | fx.SendAlbum | fx.CopyMessage,
) -> dict[str, Any]:
    return {
        "chat_id": effect.chat_id,
        "message_thread_id": effect.thread_id,
        "reply_parameters": _reply(effect.reply_to),
        "disable_notification": effect.silent or None,
        "protect_content": effect.protect or None,
    }


async def _send(bot: ExtBot[Any], effect: fx.SendMessage) -> Ending:
    markup = ForceReply(selective=True) if effect.force_reply else _markup(effect.keyboard)
    message = await bot.send_message(
        text=effect.html,
        parse_mode=_HTML,
        reply_markup=markup,
        link_preview_options=None if effect.preview else _NO_PREVIEW,
        **_posting(effect),
    )
    return sent(message.message_id)


async def _media(bot: ExtBot[Any], effect: fx.SendMedia, blob: bytes | None) -> Ending:
    options = _posting(effect) | {"reply_markup": _markup(effect.keyboard)}
    options[effect.kind] = _file(effect.media, blob)
    if effect.kind not in _WITHOUT_CAPTION:
        options |= {"caption": effect.caption or None, "parse_mode": _HTML}
    message = await getattr(bot, f"send_{effect.kind}")(**options)
    return sent(message.message_id)


async def _album(bot: ExtBot[Any], effect: fx.SendAlbum) -> Ending:
    media = [
        _IN_ALBUM[item.kind](item.file_id, caption=None if place else effect.caption or None, parse_mode=_HTML)
        for place, item in enumerate(effect.items)
    ]
    messages = await bot.send_media_group(media=media, **_posting(effect))
    return sent(messages[0].message_id, " ".join(str(message.message_id) for message in messages))


async def _other_media(bot: ExtBot[Any], effect: fx.EditMedia, blob: bytes | None) -> Ending:
    made = InputMediaPhoto if effect.kind == "photo" else InputMediaDocument
    media = made(_file(effect.media, blob, attach=True), caption=effect.caption or None, parse_mode=_HTML)
    await bot.edit_message_media(media, effect.chat_id, _id(effect.message), reply_markup=_markup(effect.keyboard))
    return sent()


def _file(media: fx.Media, blob: bytes | None, *, attach: bool = False) -> str | InputFile:
    if isinstance(media, fx.FileId):
        return media.file_id
    if blob is None:
        raise LookupError(f"the file {media.name} is not stored any more")
    return InputFile(blob, filename=media.name, attach=attach)


async def _copy(bot: ExtBot[Any], effect: fx.CopyMessage) -> Ending:
    copied = await bot.copy_message(
        from_chat_id=effect.from_chat_id,
        message_id=effect.message_id,
        reply_markup=_markup(effect.keyboard),
        **_posting(effect),
    )
    return sent(copied.message_id)


async def _forward(bot: ExtBot[Any], effect: fx.ForwardMessage) -> Ending:
    message = await bot.forward_message(
        effect.chat_id,
        effect.from_chat_id,
        effect.message_id,
        message_thread_id=effect.thread_id,
        disable_notification=effect.silent or None,
    )
    return sent(message.message_id)


async def _edit(bot: ExtBot[Any], effect: fx.EditText) -> Ending:
    await bot.edit_message_text(
        effect.html,
        effect.chat_id,
        _id(effect.message),
        parse_mode=_HTML,
        reply_markup=_markup(effect.keyboard),
        link_preview_options=None if effect.preview else _NO_PREVIEW,
    )
    return sent()


async def _caption(bot: ExtBot[Any], effect: fx.EditCaption) -> Ending:
    await bot.edit_message_caption(
        effect.chat_id,
        _id(effect.message),
        caption=effect.caption,
        parse_mode=_HTML,
        reply_markup=_markup(effect.keyboard),
    )
    return sent()


async def _buttons(bot: ExtBot[Any], effect: fx.EditButtons) -> Ending:
    await bot.edit_message_reply_markup(effect.chat_id, _id(effect.message), reply_markup=_markup(effect.keyboard))
    return sent()


async def _delete(bot: ExtBot[Any], effect: fx.DeleteMessage) -> Ending:
    await bot.delete_message(effect.chat_id, _id(effect.message))
    return sent()


async def _pin(bot: ExtBot[Any], effect: fx.PinMessage) -> Ending:
    # The flag is always said: in private chats Telegram's own default is the other way round.
    await bot.pin_chat_message(effect.chat_id, _id(effect.message), disable_notification=effect.silent)
    return sent()


async def _unpin(bot: ExtBot[Any], effect: fx.UnpinMessage) -> Ending:
    await bot.unpin_chat_message(effect.chat_id, _id(effect.message))
    return sent()


_MEDIA = (
    *("can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos", "can_send_video_notes"),
    *("can_send_voice_notes", "can_send_polls", "can_send_other_messages", "can_add_web_page_previews"),
)
_TEXT_ONLY = ChatPermissions(**{**ChatPermissions.all_permissions().to_dict(), **dict.fromkeys(_MEDIA, False)})


async def _mute(bot: ExtBot[Any], effect: fx.Mute) -> Ending:
    permissions = _TEXT_ONLY if effect.text_only else ChatPermissions.no_permissions()
    return await _restrict(bot, effect.chat_id, effect.user_id, permissions, effect.until)


async def _lift(bot: ExtBot[Any], effect: fx.Lift) -> Ending:
    return await _restrict(bot, effect.chat_id, effect.user_id, ChatPermissions.all_permissions(), None)


async def _restrict(
    bot: ExtBot[Any], chat_id: int, user_id: int, permissions: ChatPermissions, until: int | None
) -> Ending:
    # Without independent permissions Telegram turns some of them on along with others.
    await bot.restrict_chat_member(
        chat_id, user_id, permissions, until_date=until, use_independent_chat_permissions=True
    )
    return sent()


async def _permissions(bot: ExtBot[Any], effect: fx.SetPermissions) -> Ending:
    permissions = ChatPermissions.de_json(dict(effect.allowed), bot)
    await bot.set_chat_permissions(effect.chat_id, permissions, use_independent_chat_permissions=True)
    return sent()


async def _ban(bot: ExtBot[Any], effect: fx.Ban) -> Ending:
    await bot.ban_chat_member(
        effect.chat_id, effect.user_id, until_date=effect.until, revoke_messages=effect.delete_messages or None
    )
    return sent()


async def _unban(bot: ExtBot[Any], effect: fx.Unban) -> Ending:
    await bot.unban_chat_member(effect.chat_id, effect.user_id, only_if_banned=effect.only_if_banned)
    return sent()


async def _ban_channel(bot: ExtBot[Any], effect: fx.BanChannel) -> Ending:
    await bot.ban_chat_sender_chat(effect.chat_id, effect.channel_id)
    return sent()


async def _unban_channel(bot: ExtBot[Any], effect: fx.UnbanChannel) -> Ending:
    await bot.unban_chat_sender_chat(effect.chat_id, effect.channel_id)
    return sent()


async def _answer(bot: ExtBot[Any], effect: fx.AnswerCallback) -> Ending:
    await bot.answer_callback_query(
        effect.callback_id, text=effect.text or None, show_alert=effect.alert or None, url=effect.url
    )
    return sent()


async def _leave(bot: ExtBot[Any], effect: fx.LeaveChat) -> Ending:
    await bot.leave_chat(effect.chat_id)
    return sent()


async def _commands(bot: ExtBot[Any], effect: fx.SetCommands) -> Ending:
    scope = _scope(effect)
    language = effect.language or None
    if effect.commands:
        commands = [BotCommand(command.name, command.description) for command in effect.commands]
        await bot.set_my_commands(commands, scope=scope, language_code=language)
    else:
        await bot.delete_my_commands(scope=scope, language_code=language)
    return sent()


def _scope(effect: fx.SetCommands) -> BotCommandScope:
    if effect.chat_id is not None:
        of_chat = BotCommandScopeChat if effect.scope == "chat" else BotCommandScopeChatAdministrators
        return of_chat(effect.chat_id)
    return _SCOPES[effect.scope]()


_SCOPES: dict[str, Callable[[], BotCommandScope]] = {
    "default": BotCommandScopeDefault,
    "private": BotCommandScopeAllPrivateChats,
    "groups": BotCommandScopeAllGroupChats,
    "admins": BotCommandScopeAllChatAdministrators,
}


async def _tag(bot: ExtBot[Any], effect: fx.SetMemberTag) -> Ending:
    await bot.set_chat_member_tag(effect.chat_id, effect.user_id, effect.text)
    return sent()


async def _approve(bot: ExtBot[Any], effect: fx.ApproveJoin) -> Ending:
    await bot.approve_chat_join_request(effect.chat_id, effect.user_id)
    return sent()


async def _decline(bot: ExtBot[Any], effect: fx.DeclineJoin) -> Ending:
    await bot.decline_chat_join_request(effect.chat_id, effect.user_id)
    return sent()


async def _invite(bot: ExtBot[Any], effect: fx.CreateInvite) -> Ending:
    link = await bot.create_chat_invite_link(
        effect.chat_id, expire_date=effect.expires, member_limit=effect.member_limit, name=effect.name or None
    )
    return sent(value=link.invite_link)


_CALLS: dict[type[Any], Callable[[ExtBot[Any], Any], Awaitable[Ending]]] = {
    fx.SendMessage: _send,
    fx.SendAlbum: _album,
    fx.CopyMessage: _copy,
    fx.ForwardMessage: _forward,
    fx.EditText: _edit,
    fx.EditCaption: _caption,
    fx.EditButtons: _buttons,
    fx.DeleteMessage: _delete,
    fx.PinMessage: _pin,
    fx.UnpinMessage: _unpin,
    fx.Mute: _mute,
    fx.Lift: _lift,
    fx.SetPermissions: _permissions,
    fx.Ban: _ban,
    fx.Unban: _unban,
    fx.BanChannel: _ban_channel,
    fx.UnbanChannel: _unban_channel,
    fx.AnswerCallback: _answer,
    fx.LeaveChat: _leave,
    fx.SetCommands: _commands,
    fx.SetMemberTag: _tag,
    fx.ApproveJoin: _approve,
    fx.DeclineJoin: _decline,
    fx.CreateInvite: _invite,
}
