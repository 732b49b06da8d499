"""``/audit``: the log in pages, for those who may read it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.audit import service, texts
from bot.audit.rules import Filter, as_action, families, matching, named, unpack
from bot.i18n import N_
from bot.kernel.ids import UserId
from bot.kernel.roles import Right
from bot.tg.aside import step_aside
from bot.tg.buttons import ButtonCode, rows
from bot.tg.capability import Access, Button, Capability, Command
from bot.tg.sections import Section

if TYPE_CHECKING:
    from telegram import Update

    from bot.audit.rules import Page
    from bot.db.engine import Tx
    from bot.i18n import Texts
    from bot.kernel.groups import Group
    from bot.tg.context import Context
    from bot.tg.effects import Keyboard

FindPerson = Callable[["Tx", "Group", str], Awaitable[UserId | None]]
"""Looks up a person of a group by @name or id: this layer has no directory."""

PAGE = ButtonCode("au.page", (int, str))
_READERS = Access(right=Right.AUDIT)


@dataclass(frozen=True, slots=True)
class _Pages:
    """The handlers, with what the composition root gave them."""

    phrases: Mapping[str, str]
    find_person: FindPerson | None

    async def audit(self, _update: Update, context: Context) -> None:
        """``/audit [@name | name | action]``, or as a reply to somebody's message."""
        word = context.args_text
        if not word:
            replied = context.spoken.update.message and context.spoken.update.message.reply_to_message
            author = replied.from_ if replied else None
            wanted = Filter() if author is None else Filter(person=UserId(author.id))
            await self._show(context, wanted, None if author is None else author.name)
        elif word[0] in "@＠" or word.isdigit():
            await self._of_person(context, word)
        else:
            await self._of_word(context, word)

    async def page(self, _update: Update, context: Context, older_than: int, packed: str) -> None:
        """Turn to another page."""
        wanted = unpack(packed)
        if wanted is None:
            context.toast(texts.stale_button(context.texts))
            return
        if wanted.action is not None:
            wanted = replace(wanted, actions=matching(wanted.action, self._said(context.texts)))
        await self._show(context, wanted, None if wanted == Filter() else packed[1:], older_than or None)

    async def _of_word(self, context: Context, word: str) -> None:
        """Show what a word without @ means: an action by its very name, else a person, else whatever it stands in."""
        action = as_action(word)
        said = self._said(context.texts)
        found = () if action is None else named(action, said)
        if not found and self.find_person is not None and len(word.split()) == 1:
            person = await self.find_person(context.tx, context.group, f"@{word}")
            if person is not None:
                await self._show(context, Filter(person=person), word)
                return
        found = found or (() if action is None else matching(action, said))
        if action is None or not found:
            context.reply(texts.not_a_filter(context.texts, word, families(said)))
            return
        await self._show(context, Filter(action=action, actions=found), action)

    def _said(self, reader: Texts) -> Mapping[str, Sequence[str]]:
        return {name: texts.said_of(reader, phrase) for name, phrase in self.phrases.items() if "=" not in name}

    async def _of_person(self, context: Context, word: str) -> None:
        person = await self.find_person(context.tx, context.group, word) if self.find_person else None
        if person is None:
            context.reply(texts.no_such_person(context.texts, word))
            return
        await self._show(context, Filter(person=person), word)

    async def _show(self, context: Context, wanted: Filter, name: str | None, older_than: int | None = None) -> None:
        await step_aside(context)
        page = await service.page(context.tx, context.group.id, wanted, older_than)
        context.edit(texts.page(context.texts, page, self.phrases, name), _keys(context, page))


def capability(phrases: Mapping[str, str] | None = None, find_person: FindPerson | None = None) -> Capability:
    """Return the audit log; ``phrases`` are all capabilities' sentences by action, ``find_person`` the directory's look-up."""
    pages = _Pages(phrases or {}, find_person)
    return Capability(
        name="audit",
        title=texts.TITLE,
        section=Section.GROUP,
        commands=(
            Command(
                "audit",
                pages.audit,
                texts.HELP,
                usage=("/audit", N_("/audit @name"), "/audit event"),
                access=_READERS,
                title=texts.TITLE,
            ),
        ),
        buttons=(Button(PAGE, pages.page, _READERS),),
    )


def _keys(context: Context, page: Page) -> Keyboard:
    packed = page.filter.packed()
    older = page.older_than
    return rows(
        (
            None if page.is_first else PAGE.key(context.texts.label(texts.NEWEST), context.group, 0, packed),
            None if older is None else PAGE.key(context.texts.label(texts.OLDER), context.group, older, packed),
        )
    )
