"""``/template`` and the words that may follow it, and the buttons that do the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.announcements import service as core
from bot.announcements.handlers import shaping
from bot.announcements.handlers.desk import INLINE, PURPOSE, Desk, by_of
from bot.announcements.handlers.reading import album_of, content_of, whole
from bot.announcements.rules.announcement import Announcement
from bot.announcements.rules.content import has_files
from bot.announcements.templates import rules, service
from bot.announcements.templates import texts as say
from bot.announcements.templates.handlers import codes
from bot.announcements.templates.rules import Template
from bot.announcements.texts import replies
from bot.tg import effects as fx
from bot.tg.access import Declined
from bot.tg.aside import step_aside
from bot.tg.buttons import column, rows
from bot.tg.pages import paged, visible_length
from bot.tg.reading import answered_by

if TYPE_CHECKING:
    from telegram import Update

    from bot.announcements.rules.content import Content
    from bot.announcements.templates.rules import Refused
    from bot.i18n import Html
    from bot.tg.context import Context

PER_PAGE = 8


def kept(context: Context, outcome: Template | Refused) -> Template:
    """Return the template.

    :raises Declined: with the reason, where there is none.
    """
    if isinstance(outcome, Template):
        return outcome
    raise Declined(say.refused(context.texts, outcome))


@dataclass(frozen=True, slots=True)
class Templates:
    """The commands, buttons and ends of forms, with the desk at which drafts are shown."""

    desk: Desk

    # Commands

    async def list(self, update: Update, context: Context) -> None:
        """``/template``: all of them, with a button each; with a name, that one."""
        if context.args_text:
            await self.show(update, context)
            return
        await step_aside(context, PURPOSE)
        context.reply(*await self._page(context, 1))

    async def save(self, update: Update, context: Context) -> None:
        """``/template save <name> [number]``, or in reply to a message."""
        message, line = update.message, context.args_text
        if message is None:
            return
        if not line:
            raise Declined(say.refused(context.texts, rules.NoName()))
        name, number = rules.split_save(line)
        by, now, group = by_of(context), context.now, context.group
        if number is not None:
            outcome = await service.save_announcement(context.tx, group.id, name, number, by, now)
        elif answered_by(message) is not None or has_files(content_of(message, "")):
            content = await whole(context.tx, content_of(message, ""), album_of(message))
            outcome = await service.save(context.tx, group.id, line, content, by, now)
        else:
            raise Declined(say.nothing_to_save(context.texts))
        context.reply(say.saved(context.texts, kept(context, outcome)))

    async def use(self, _update: Update, context: Context) -> None:
        """``/template use <name>``: a draft."""
        await self._use(context, self._named(context, "use"))

    async def show(self, _update: Update, context: Context) -> None:
        """``/template show <name>``."""
        template = kept(context, await service.find(context.tx, context.group.id, self._named(context, "show")))
        await step_aside(context, PURPOSE)
        self._show(context, template)

    async def rename(self, _update: Update, context: Context) -> None:
        """``/template rename <name> | <new name>``."""
        names = rules.split_rename(context.args_text)
        if names is None:
            raise Declined(say.rename_how(context.texts))
        await self._rename(context, *names)

    async def delete(self, _update: Update, context: Context) -> None:
        """``/template delete <name>``."""
        named = self._named(context, "delete")
        outcome = await service.delete(context.tx, context.group.id, named, by_of(context), context.now)
        context.reply(say.deleted(context.texts, kept(context, outcome)))

    # Buttons

    async def turn(self, _update: Update, context: Context, page: int) -> None:
        """Show a page of the list."""
        context.edit(*await self._page(context, page))

    async def tap_show(self, _update: Update, context: Context, template_id: int) -> None:
        """Show one."""
        template = kept(context, await service.find(context.tx, context.group.id, template_id))
        context.toast_empty()
        self._show(context, template)

    async def tap_use(self, _update: Update, context: Context, template_id: int) -> None:
        """Make a draft of one."""
        await self._use(context, template_id)

    async def tap_rename(self, _update: Update, context: Context, template_id: int) -> None:
        """Ask for another name."""
        kept(context, await service.find(context.tx, context.group.id, template_id))
        await context.start_form(codes.FORM_RENAME, {"template": template_id})

    async def tap_delete(self, _update: Update, context: Context, template_id: int) -> None:
        """Ask before it is gone."""
        group, texts = context.group, context.texts
        template = kept(context, await service.find(context.tx, group.id, template_id))
        if not rules.may_change(template, by_of(context)):
            raise Declined(say.refused(texts, rules.NotYours(template)))
        yes = codes.REALLY.key(say.label(texts, say.REALLY), group, template_id)
        back = codes.LIST.key(say.label(texts, say.BACK), group, 1)
        context.edit(say.ask_delete(texts, template), rows((yes,), (back,)))

    async def really_delete(self, _update: Update, context: Context, template_id: int) -> None:
        """Delete one."""
        outcome = await service.delete(context.tx, context.group.id, template_id, by_of(context), context.now)
        context.toast(say.deleted(context.texts, kept(context, outcome)).striptags())
        context.edit(*await self._page(context, 1))

    async def tap_save(self, _update: Update, context: Context, number: int) -> None:
        """Ask under which name to keep an announcement."""
        found = await core.find(context.tx, context.group.id, number)
        if not isinstance(found, Announcement):
            raise Declined(replies.refused(context.texts, found))
        await context.start_form(codes.FORM_SAVE, {"number": number})

    # Ends of forms

    async def finish_save(self, _update: Update, context: Context, answers: dict[str, Any]) -> None:
        """Keep an announcement under the name that was given."""
        outcome = await service.save_announcement(
            context.tx, context.group.id, answers["name"], answers["number"], by_of(context), context.now
        )
        context.reply(say.saved(context.texts, kept(context, outcome)))

    async def finish_rename(self, _update: Update, context: Context, answers: dict[str, Any]) -> None:
        """Give one the name that was given."""
        await self._rename(context, answers["template"], answers["name"])

    # Shared

    async def _use(self, context: Context, named: str | int) -> None:
        outcome = await service.use(context.tx, context.group.id, named, by_of(context), context.now)
        if not isinstance(outcome, Announcement):
            raise Declined(say.refused(context.texts, outcome))
        await self.desk.hand_out(context, outcome)

    async def _rename(self, context: Context, named: str | int, name: str) -> None:
        outcome = await service.rename(context.tx, context.group.id, named, name, by_of(context), context.now)
        context.reply(say.renamed(context.texts, kept(context, outcome)))

    async def _page(self, context: Context, page: int) -> tuple[Html, fx.Keyboard]:
        group, texts = context.group, context.texts
        found = await service.of_group(context.tx, group.id)
        if not found:
            return say.list_empty(texts, group), ()
        page = min(max(page, 1), -(-len(found) // PER_PAGE))
        lines = [say.list_line(texts, template) for template in found]
        html, turning = paged(say.list_title(texts, group), lines, page, PER_PAGE, codes.LIST, group, texts=texts)
        here = found[(page - 1) * PER_PAGE : page * PER_PAGE]
        keys = column([codes.SHOW.key(template.name, group, template.id) for template in here], 2)
        return html, (*keys, *turning)

    @staticmethod
    def _show(context: Context, template: Template) -> None:
        """Show what it holds, as it was written, with its buttons."""
        group, texts, spoken = context.group, context.texts, context.spoken
        inline = _is_inline(template.content)
        above: fx.Ref | None = None
        if not inline:
            priority = fx.Priority.ANSWER
            sent = shaping.put(
                context.scope, group, template.content, spoken.chat_id, spoken.thread_id, priority=priority
            )
            above = fx.Ref(sent)
        keys = rows(
            (codes.USE.key(say.label(texts, say.USE), group, template.id),),
            (
                codes.RENAME.key(say.label(texts, say.RENAME), group, template.id),
                codes.DELETE.key(say.label(texts, say.DELETE), group, template.id),
            ),
            (codes.LIST.key(say.label(texts, say.BACK), group, 1),),
        )
        context.reply(say.page(texts, template, inline=inline), keys, reply_to=above)

    @staticmethod
    def _named(context: Context, sub: str) -> str:
        if not context.args_text:
            raise Declined(say.name_wanted(context.texts, sub))
        return context.args_text


def _is_inline(content: Content) -> bool:
    plain = not (has_files(content) or content.links or content.protected)
    return plain and visible_length(content.html) <= INLINE
