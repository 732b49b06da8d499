"""``/quiet mode``, ``/quiet notice`` and ``/open``: how a group keeps its quiet hours."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.chats.rules.profile import BotRight, By, lacking_rights
from bot.policy.handlers.common import to_rules
from bot.policy.quiet import service
from bot.policy.quiet import texts as say
from bot.policy.quiet.handlers import codes
from bot.policy.quiet.rules.lock import Why
from bot.policy.quiet.rules.modes import Mode, read_mode, read_switch
from bot.policy.quiet.rules.opening import AHEAD, CannotOpen, Open, is_off, read_open
from bot.policy.quiet.service import Kept
from bot.tg.access import Declined
from bot.tg.buttons import rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from bot.chats.service import GroupBook
    from bot.i18n import Html, Texts
    from bot.kernel.groups import Group
    from bot.policy.quiet.rules.modes import House
    from bot.policy.quiet.service import QuietBook
    from bot.tg.context import Context
    from bot.tg.effects import Key, Keyboard


@dataclass(frozen=True, slots=True)
class Pages:
    """What managers see and set."""

    groups: GroupBook
    quiet: QuietBook

    async def mode(self, _update: Update, context: Context) -> None:
        """``/quiet mode`` shows the page; with a word behind it, that is the mode."""
        if not context.args_text:
            await self._page(context, context.group)
            return
        mode = read_mode(context.args_text)
        if mode is None:
            raise Declined(say.no_such_mode(context.texts, context.args_text))
        await self._set(context, mode=mode)

    async def notice(self, _update: Update, context: Context) -> None:
        """``/quiet notice on|off``."""
        if not context.args_text:
            await self._page(context, context.group)
            return
        on = read_switch(context.args_text)
        if on is None:
            raise Declined(say.no_switch(context.texts, context.args_text))
        await self._set(context, notice=on)

    async def page(self, _update: Update, context: Context) -> None:
        """Show the page in the place of the tapped message."""
        await self._page(context, context.group)

    async def choose(self, _update: Update, context: Context, name: str) -> None:
        """Set the mode by a tap."""
        if name not in set(Mode):
            context.toast(say.stale(context.texts))
            return
        await self._set(context, mode=Mode(name))

    async def choose_notice(self, _update: Update, context: Context, on: int) -> None:
        """Have the group told, or not, by a tap."""
        if on not in {0, 1}:
            context.toast(say.stale(context.texts))
            return
        await self._set(context, notice=bool(on))

    async def _set(self, context: Context, *, mode: Mode | None = None, notice: bool | None = None) -> None:
        by = (context.actor.user_id, context.actor.name)
        kept = await self.quiet.change(context.tx, context.group.id, by, context.now, mode=mode, notice=notice)
        if kept.house.mode is Mode.RESTRICT and await self._lacks_right(context):
            kept = Kept(kept.house, replace(kept.lock, why=Why.NO_RIGHT))
        _show(context, context.group, kept)

    async def _lacks_right(self, context: Context) -> bool:
        profile = await self.groups.profile(context.tx, context.group.id)
        return BotRight.RESTRICT in lacking_rights(profile.group, profile.bot)

    # Opening

    async def open(self, _update: Update, context: Context) -> None:
        """``/open``, ``/open until 23:00``, ``/open 2h``, ``/open off``."""
        typed = context.args_text
        if is_off(typed):
            context.reply(await self._shut(context))
            return
        found = read_open(typed, context.group, context.now)
        if isinstance(found, CannotOpen):
            raise Declined(say.cannot_open(context.texts, found, typed, context.now))
        await self._open(context, found)
        context.reply(say.opened(context.texts, found, context.group, context.now))

    async def tap_open(self, _update: Update, context: Context, on: int) -> None:
        """Open the group for the night by a tap, or take that back."""
        if on == 0:
            context.toast(_plain(await self._shut(context)))
        else:
            found = read_open("", context.group, context.now)
            if isinstance(found, CannotOpen):
                context.toast(_plain(say.cannot_open(context.texts, found, "", context.now)), alert=True)
                return
            await self._open(context, found)
        await self._page(context, (await self.groups.profile(context.tx, context.group.id)).group)

    async def _open(self, context: Context, found: Open) -> None:
        by = By(context.actor.user_id, context.now, context.actor.name)
        await self.groups.set_open(context.tx, context.group.id, found.until, by)

    async def _shut(self, context: Context) -> Html:
        group = context.group
        if not group.is_open(context.now):
            return say.not_open(context.texts, group)
        by = By(context.actor.user_id, context.now, context.actor.name)
        await self.groups.set_open(context.tx, group.id, None, by)
        await self.quiet.again(context.tx, group.id, context.now, anew=True)
        return say.shut(context.texts, group)

    # The page

    async def _page(self, context: Context, group: Group) -> None:
        _show(context, group, await self.quiet.kept(context.tx, group.id))


def _show(context: Context, group: Group, kept: Kept) -> None:
    why = kept.lock.why
    html = say.page(
        context.texts,
        group,
        kept.house,
        closed=service.is_closed(kept.lock),
        why=None if why is Why.TOO_LATE else why,
        now=context.now,
    )
    context.edit(html, _keys(context, group, kept.house))


def keys_on_page(texts: Texts, group: Group) -> Sequence[Key]:
    """Return the button on the page of quiet hours that leads here."""
    return (codes.PAGE.key(say.page_label(texts), group),)


def _keys(context: Context, group: Group, house: House) -> Keyboard:
    texts, now = context.texts, context.now
    modes = [
        codes.MODE.key(say.mode_label(texts, mode, chosen=mode is house.mode), group, mode.value)
        for mode in (Mode.RESTRICT, Mode.REMIND, Mode.RECORD, Mode.OFF)
    ]
    told = codes.NOTICE.key(say.notice_label(texts, on=not house.notice), group, 0 if house.notice else 1)
    coming = group.coming_quiet(now)
    opening = None
    if group.is_open(now):
        opening = codes.OPEN.key(say.shut_label(texts), group, 0)
    elif coming is not None and coming[0] - now <= AHEAD:
        opening = codes.OPEN.key(say.open_label(texts, coming[1]), group, 1)
    return rows(modes[:2], modes[2:], (told if house.mode is Mode.RESTRICT else None, opening), (to_rules(context),))


def _plain(html: Html) -> str:
    return str(html.striptags())
