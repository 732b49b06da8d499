"""What code that runs inside a turn has in its hands: the transaction, the time, the outbox, who speaks and where."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from telegram import Message
from telegram.ext import CallbackContext, ExtBot

from bot.i18n import Html, Texts, texts_for
from bot.tg import effects as fx
from bot.tg.buttons import FORMS
from bot.tg.lines import html_of_tail
from bot.tg.panel import with_way_back, with_way_to
from bot.tg.texts import with_group

if TYPE_CHECKING:
    from datetime import datetime

    from telegram import Update

    from bot.db.engine import Tx
    from bot.kernel.groups import Group
    from bot.kernel.ids import ChatId, EffectId, MessageId, ThreadId, UserId
    from bot.kernel.roles import Standing
    from bot.tg import envelope as env
    from bot.tg.cards import Cards
    from bot.tg.forms import FormEngine
    from bot.tg.needs import Answers
    from bot.tg.outbox.writer import Effects
    from bot.tg.ports import Ports
    from bot.tg.sections import Section
    from bot.tg.whole_albums import WholeAlbums

TOAST: Final = 200
"""How many characters the answer to a tap may have."""


@dataclass(slots=True)
class Scope:
    """The inside of a turn, the same for commands, buttons, timers and results.

    ``now`` is the same instant for the whole turn. Nothing reaches Telegram before the commit.
    """

    tx: Tx
    now: datetime
    effects: Effects
    cards: Cards
    ports: Ports
    answers: Answers
    bot_id: int
    bot_username: str
    met: dict[int, Group] = field(default_factory=dict)
    """Groups seen for the first time in this turn, by chat id: memory knows them only after the commit."""

    def group(self, group_id: int) -> Group | None:
        """Return a group's profile."""
        known = self.ports.groups.by_id(group_id)
        return known or next((group for group in self.met.values() if group.id == group_id), None)

    def group_in(self, chat_id: int) -> Group | None:
        """Return the group that has this chat id."""
        return self.ports.groups.by_chat(chat_id) or self.met.get(chat_id)

    def is_quiet(self, chat_id: int) -> bool:
        """Say whether a chat is a group that is quiet now: what is said there of itself makes no telephone ring (R21)."""
        group = self.group_in(chat_id)
        return group is not None and group.quiet_until(self.now) is not None

    def texts(self, group: Group) -> Texts:
        """Return the group's language and zone: for what the group reads."""
        return texts_for(group.locale, group.zone)

    async def texts_of(self, user_id: UserId, group: Group | None, language_code: str | None = None) -> Texts:
        """Return a person's own language, with the group's zone: for what is read in private."""
        locale = await self.ports.people.locale(self.tx, user_id, language_code)
        return texts_for(locale, group.zone if group else "UTC")

    def send(self, chat_id: int, html: Html, keyboard: fx.Keyboard | None = None, **options: Any) -> EffectId:
        """Put a plain text message into the outbox; ``options`` as in :class:`~bot.tg.effects.SendMessage`.

        In a group that is quiet it is silent, unless ``silent`` says otherwise.
        """
        options.setdefault("silent", self.is_quiet(chat_id))
        return self.effects.put(fx.SendMessage(chat_id, str(html), keyboard, **options))


@dataclass(frozen=True, slots=True)
class Actor:
    """Who speaks. ``user_id`` is the real person also where an anonymous administrator confirmed by a button."""

    user_id: UserId
    name: str
    username: str | None = None
    language_code: str | None = None


@dataclass(slots=True)
class Spoken:
    """What was said to the bot: by whom, where, about which group. Set by the dispatcher before a handler runs."""

    scope: Scope
    actor: Actor
    chat_id: ChatId
    private: bool
    update: env.Update
    message_id: MessageId | None
    thread_id: ThreadId | None = None
    group: Group | None = None
    standing: Standing | None = None
    texts: Texts = field(default_factory=lambda: texts_for("en", "UTC"))
    """The language of the place where the answer will be read."""
    ptb: Update | None = None
    """The same update as PTB builds it."""
    raw: bytes = b""
    """The update as it came, for a command that must be held until a question is answered."""
    args_text: str = ""
    callback_id: str | None = None
    answered: bool = False
    confirmed: bool = False
    """An administrator has confirmed that a command written in the group's name is theirs."""
    chosen: bool = False
    """The group was chosen for just this command."""
    held: bool = False
    """It was held until all of its album had come (:mod:`bot.tg.whole_albums`)."""
    names_group: bool = False
    """The private conversation could mean several groups: what is answered says which one it means."""
    page: Section | None = None
    """The page of the panel to which the tapped button belongs."""
    unreached: fx.OnResult | None = None
    """Who hears of it where an answer given aside cannot be delivered; see :meth:`take_unreached`."""

    def take_unreached(self) -> fx.OnResult | None:
        """Return whom to tell where the answer that is put now cannot be delivered; only the first of several answers."""
        taken, self.unreached = self.unreached, None
        return taken


class Context(CallbackContext[ExtBot[None], None, None, None]):
    """PTB's context, carrying the turn. There is no ``user_data`` or ``chat_data``: their memory would not roll back."""

    spoken: Spoken
    forms: FormEngine
    albums: WholeAlbums | None

    @classmethod
    def from_update(cls, update: object, application: Any) -> Context:
        """Take over what the turn has set on the application."""
        context = super().from_update(update, application)
        context.spoken = application.spoken
        context.forms = application.forms
        context.albums = application.albums
        return context

    @property
    def scope(self) -> Scope:
        """The turn."""
        return self.spoken.scope

    @property
    def tx(self) -> Tx:
        """The transaction, to be passed on to services."""
        return self.spoken.scope.tx

    @property
    def now(self) -> datetime:
        """The instant of this turn, aware UTC."""
        return self.spoken.scope.now

    @property
    def effects(self) -> Effects:
        """The outbox."""
        return self.spoken.scope.effects

    @property
    def actor(self) -> Actor:
        """Who speaks."""
        return self.spoken.actor

    @property
    def group(self) -> Group:
        """The group that is meant.

        :raises RuntimeError: in a handler whose access does not ask for a group; a programming error.
        """
        if self.spoken.group is None:
            raise RuntimeError("this command asks for no group")
        return self.spoken.group

    @property
    def standing(self) -> Standing:
        """What the speaker is and may do in :attr:`group`."""
        if self.spoken.standing is None:
            raise RuntimeError("this command asks for no group")
        return self.spoken.standing

    @property
    def texts(self) -> Texts:
        """The language of the place where the answer will be read."""
        return self.spoken.texts

    @property
    def private(self) -> bool:
        """Whether this is a private conversation."""
        return self.spoken.private

    @property
    def args_text(self) -> str:
        """The rest of the command line, stripped."""
        return self.spoken.args_text

    @property
    def args_html(self) -> Html:
        """The rest of the command line with its formatting."""
        message = self.spoken.ptb.message if self.spoken.ptb is not None else None
        return Html.escape(self.args_text) if message is None else html_of_tail(message, self.args_text)

    def toast_empty(self) -> None:
        """Answer the tap with nothing, if it is not answered yet."""
        spoken = self.spoken
        if spoken.callback_id is not None and not spoken.answered:
            spoken.answered = True
            self.effects.put(fx.AnswerCallback(spoken.callback_id), priority=fx.Priority.ANSWER)

    def reply(self, html: Html, keyboard: fx.Keyboard | None = None, **options: Any) -> EffectId:
        """Answer where the person spoke (same topic; in a group as a reply to their message)."""
        spoken = self.spoken
        if not spoken.private and spoken.callback_id is None:
            options.setdefault("reply_to", spoken.message_id)
        options.setdefault("thread_id", spoken.thread_id)
        options.setdefault("silent", spoken.scope.is_quiet(spoken.chat_id))
        if spoken.names_group and spoken.group is not None:
            html = with_group(spoken.texts, html, spoken.group.title)
        effect = fx.SendMessage(spoken.chat_id, str(html), keyboard, **options)
        return self.effects.put(effect, priority=fx.Priority.ANSWER, on_result=spoken.take_unreached())

    def edit(self, html: Html, keyboard: fx.Keyboard | None = None) -> EffectId:
        """Replace the message whose button was tapped; for a command, answer with a new one.

        A tap may be forged on any message of ours: what has no such button, a pinned announcement say, is not replaced.
        The question of a form stays too, whatever else is offered below it; what that opens leads back to its page of the panel.
        What comes in the place of the panel gets the button that leads back to it. A picture is no place for a text: the answer
        to a button below one is a new message.
        """
        spoken = self.spoken
        tapped, shown = self._buttons_there()
        if spoken.callback_id is None or spoken.message_id is None or tapped not in shown or self._is_photo_there():
            return self.reply(html, keyboard)
        if any(data.startswith(FORMS) for data in shown):
            return self.reply(html, with_way_to(spoken.texts, spoken.group, spoken.page, keyboard))
        keyboard = with_way_back(spoken.texts, tapped, shown, keyboard)
        effect = fx.EditText(spoken.chat_id, spoken.message_id, str(html), keyboard)
        return self.effects.put(effect, priority=fx.Priority.ANSWER)

    def _buttons_there(self) -> tuple[str, list[str]]:
        """Return what the tapped button carries, and what all those under the message the tap names do."""
        query = self.spoken.ptb.callback_query if self.spoken.ptb is not None else None
        markup = query.message.reply_markup if query is not None and isinstance(query.message, Message) else None
        keys = (key for row in markup.inline_keyboard for key in row) if markup is not None else ()
        shown = [key.callback_data for key in keys if isinstance(key.callback_data, str)]
        return (query.data or "" if query is not None else ""), shown

    def edit_photo(self, photo: fx.Media, caption: Html, keyboard: fx.Keyboard | None = None) -> EffectId:
        """Replace the picture whose button was tapped; for a command, or a button below a text, answer with a new one."""
        spoken = self.spoken
        tapped, shown = self._buttons_there()
        is_photo = self._is_photo_there()
        if spoken.callback_id is None or spoken.message_id is None or tapped not in shown or not is_photo:
            return self.reply_with("photo", photo, caption, keyboard)
        keyboard = with_way_back(spoken.texts, tapped, shown, keyboard)
        effect = fx.EditMedia(spoken.chat_id, spoken.message_id, "photo", photo, str(caption), keyboard)
        return self.effects.put(effect, priority=fx.Priority.ANSWER)

    def reply_with(
        self, kind: fx.MediaKind, media: fx.Media, caption: Html, keyboard: fx.Keyboard | None = None
    ) -> EffectId:
        """Answer with a file where the person spoke."""
        spoken = self.spoken
        reply_to = None if spoken.private or spoken.callback_id is not None else spoken.message_id
        if spoken.names_group and spoken.group is not None:
            caption = with_group(spoken.texts, caption, spoken.group.title)
        effect = fx.SendMedia(spoken.chat_id, kind, media, str(caption), keyboard, reply_to, thread_id=spoken.thread_id)
        return self.effects.put(effect, priority=fx.Priority.ANSWER, on_result=spoken.take_unreached())

    def _is_photo_there(self) -> bool:
        query = self.spoken.ptb.callback_query if self.spoken.ptb is not None else None
        there = query.message if query is not None else None
        return isinstance(there, Message) and bool(there.photo)

    def toast(self, text: str, *, alert: bool = False, url: str | None = None) -> None:
        """Answer the tap with a short plain text (see :func:`fit`); for a command, reply with it instead."""
        spoken = self.spoken
        if spoken.callback_id is None:
            self.reply(Html.escape(text))
            return
        spoken.answered = True
        effect = fx.AnswerCallback(spoken.callback_id, fit(text), alert, url)
        self.effects.put(effect, priority=fx.Priority.ANSWER)

    async def waits_for_album(self) -> bool:
        """Hold what was just said until all of the album that it came with is there; False if it is to be taken now."""
        return self.albums is not None and await self.albums.hold(self)

    async def start_form(self, name: str, preset: dict[str, Any] | None = None) -> None:
        """Start a form with this person in this chat; ``preset`` holds answers known already (they are not asked)."""
        await self.forms.start(self, name, preset or {})


def fit(text: str) -> str:
    """Return what the answer to a tap shows of a text: all of it, or as many words as Telegram takes and a sign that it goes on.

    Whoever writes the text sees to it that it fits, and shortens the names in it: this is for what nobody foresaw.
    """
    if _units(text) <= TOAST:
        return text
    while _units(text) >= TOAST:
        text = text[:-1]
    words = text.rpartition(" ")[0]
    return f"{(words if _units(words) > TOAST // 2 else text).rstrip()}…"


def _units(text: str) -> int:
    """Count characters as Telegram does."""
    return len(text.encode("utf-16-le")) // 2
