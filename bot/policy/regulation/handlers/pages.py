"""``/policy use``, ``/policy export``, ``/policy import``, ``/policy undo`` (R32)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.i18n import Html, texts_for
from bot.policy.handlers.codes import SETTERS
from bot.policy.handlers.common import by, to_rules
from bot.policy.regulation.handlers import codes
from bot.policy.regulation.rules.file import MOST_BYTES, read, write
from bot.policy.regulation.rules.presets import PRESETS, named, regulation_of
from bot.policy.regulation.rules.regulation import DEFAULT, Regulation
from bot.policy.regulation.texts import presets, said
from bot.policy.rules.rule import State
from bot.tg.access import Declined
from bot.tg.aside import step_aside
from bot.tg.buttons import column, rows
from bot.tg.forms import Form, Problem, Question
from bot.tg.pages import shorten

if TYPE_CHECKING:
    from telegram import Update

    from bot.i18n import Texts
    from bot.policy.handlers.sanctions import Sanctions
    from bot.policy.regulation.rules.presets import Preset
    from bot.policy.regulation.service import Planned, Regulator
    from bot.tg.context import Context
    from bot.tg.effects import Key
    from bot.tg.forms import Asking, Reply

_ROOM = 4000


class Pages:
    """What managers see and do."""

    def __init__(self, regulator: Regulator, sanctions: Sanctions | None) -> None:
        self._regulator = regulator
        self._sanctions = sanctions

    # Ready-made ones

    async def use(self, _update: Update, context: Context) -> None:
        """``/policy use``: what there is; ``/policy use company``: what it would change."""
        await step_aside(context, "cases")
        if not context.args_text:
            await self.choice(_update, context)
            return
        preset = named(context.args_text)
        if preset is None:
            raise Declined(said.no_such_preset(context.texts, context.args_text))
        await self._show(context, preset)

    async def choice(self, _update: Update, context: Context) -> None:
        """Offer the ready-made regulations."""
        texts, group = context.texts, context.group
        keys = [codes.SHOW.key(presets.name(texts, one.name), group, one.name) for one in PRESETS]
        context.edit(said.choice(texts), (*column(keys, 2), *rows((to_rules(context),))))

    async def show(self, _update: Update, context: Context, name: str) -> None:
        """Show what one would change."""
        await self._show(context, self._known(context, name))

    async def _show(self, context: Context, preset: Preset) -> None:
        planned = await self._plan(context, preset, State.OBSERVE)
        states = (State.OBSERVE, State.ON)
        keys = [
            codes.USE.key(said.apply_label(context.texts, state), context.group, preset.name, state.value, planned.mark)
            for state in states
        ]
        back = codes.CHOICE.key(said.others_label(context.texts), context.group)
        self._shown(context, presets.name(context.texts, preset.name), planned, keys, back)

    async def apply(self, _update: Update, context: Context, name: str, state: str, mark: str) -> None:
        """Apply one, unless something has changed since it was shown."""
        preset = self._known(context, name)
        if state not in {State.OBSERVE, State.ON}:
            raise Declined(said.no_such_preset(context.texts, name))
        planned = await self._plan(context, preset, State(state))
        if planned.mark != mark:
            context.toast(said.meanwhile(context.texts), alert=True)
            await self._show(context, preset)
            return
        await self._apply(context, planned, presets.name(context.texts, preset.name))

    def _known(self, context: Context, name: str) -> Preset:
        preset = named(name)
        if preset is None:
            raise Declined(said.no_such_preset(context.texts, name))
        return preset

    async def _plan(self, context: Context, preset: Preset, state: State) -> Planned:
        # Its rules speak the language that the group reads.
        texts = texts_for(context.group.locale, context.group.zone)
        wanted = regulation_of(
            preset, lambda clause: presets.title(texts, clause), lambda clause: presets.says(texts, clause), state
        )
        return await self._regulator.plan(context.tx, context.group, wanted, whole=False)

    # Showing and applying

    def _shown(self, context: Context, name: str, planned: Planned, keys: list[Key], back: Key | None = None) -> None:
        texts = context.texts
        if planned.difference.is_too_much:
            raise Declined(said.too_much(texts, name))
        if planned.difference.is_nothing:
            context.edit(said.nothing(texts, name), rows((back,)))
            return
        lines = said.difference(texts, name, planned.difference, lambda typed: self._ladder(texts, typed))
        context.edit(shorten(Html("\n").join(lines), _ROOM), (*column(keys, 1), *rows((back,))))

    def _ladder(self, texts: Texts, typed: str) -> Html:
        if typed == DEFAULT:
            return said.usual_ladder(texts)
        return Html.escape(typed) if self._sanctions is None else self._sanctions.in_words(texts, typed)

    def _ladder_reads(self, typed: str) -> bool:
        return self._sanctions is None or self._sanctions.fault(texts_for("en", "UTC"), typed) is None

    async def _apply(self, context: Context, planned: Planned, name: str) -> None:
        if planned.difference.is_too_much:
            raise Declined(said.too_much(context.texts, name))
        if planned.difference.is_nothing:
            context.edit(said.nothing(context.texts, name))
            return
        await self._regulator.apply(context.tx, context.group, planned, name, by(context), context.now)
        mark = await self._mark_to_undo(context)
        context.edit(
            said.applied(context.texts, name),
            rows((codes.UNDO.key(said.undo_label(context.texts), context.group, mark),)),
        )

    # Files

    async def export(self, _update: Update, context: Context) -> None:
        """``/policy export``: all of it as a file."""
        await step_aside(context, "cases")
        texts, group = context.texts, context.group
        present = await self._regulator.present(context.tx, group)
        text = write(present, said.heading(texts, group.title, texts.when(context.now)))
        file = context.effects.blob(text.encode(), "policy.yaml")
        context.reply_with("document", file, said.exported(texts, len(present.articles)))

    async def ask_file(self, _update: Update, context: Context) -> None:
        """``/policy import``: ask for the file."""
        await step_aside(context, "cases")
        await context.start_form(codes.IMPORT_FORM)

    def form(self) -> Form[Any]:
        """Return the form that asks for a file."""
        question = Question("file", said.FILE, lambda asking: said.ask_file(asking.texts), self._parse)
        return Form(codes.IMPORT_FORM, said.IMPORT_TITLE, (question,), self.finish, SETTERS)

    def _parse(self, asking: Asking, reply: Reply) -> str | Problem:
        text = reply.text if reply.media is None else _text_of(reply.file)
        if text is None or not text.strip():
            return Problem(said.no_file(asking.texts))
        found = read(text, self._regulator.modes, self._ladder_reads)
        return text if isinstance(found, Regulation) else Problem(shorten(said.unread(asking.texts, found), _ROOM))

    async def finish(self, _update: Update, context: Context, answers: dict[str, Any]) -> None:
        """Show what the file would change."""
        text = answers["file"]
        found = read(text, self._regulator.modes, self._ladder_reads)
        if not isinstance(found, Regulation):
            raise Declined(said.unread(context.texts, found))
        await self._regulator.hold(context.tx, context.group.id, context.actor.user_id, text, context.now)
        await self._show_file(context, found)

    async def _show_file(self, context: Context, found: Regulation) -> None:
        planned = await self._regulator.plan(context.tx, context.group, found, whole=True)
        key = codes.IMPORT.key(said.apply_label(context.texts, None), context.group, planned.mark)
        self._shown(context, said.file_name(context.texts), planned, [key])

    async def import_it(self, _update: Update, context: Context, mark: str) -> None:
        """Apply the file that was shown."""
        user_id = context.actor.user_id
        found = await self._regulator.held(context.tx, context.group.id, user_id, self._ladder_reads)
        if found is None:
            raise Declined(said.ask_file(context.texts))
        planned = await self._regulator.plan(context.tx, context.group, found, whole=True)
        if planned.mark != mark:
            context.toast(said.meanwhile(context.texts), alert=True)
            await self._show_file(context, found)
            return
        await self._regulator.imported(context.tx, context.group.id, user_id)
        await self._apply(context, planned, said.file_name(context.texts))

    # Taking it back

    async def undo(self, _update: Update, context: Context) -> None:
        """``/policy undo``: what taking the last one back would change."""
        await step_aside(context, "cases")
        await self._show_undo(context)

    async def _show_undo(self, context: Context) -> None:
        planned = await self._planned_undo(context)
        key = codes.UNDO.key(said.undo_label(context.texts), context.group, planned.mark)
        self._shown(context, said.before_name(context.texts), planned, [key])

    async def _planned_undo(self, context: Context) -> Planned:
        before = await self._regulator.before(context.tx, context.group.id, self._ladder_reads)
        if before is None:
            raise Declined(said.nothing_to_undo(context.texts))
        return await self._regulator.plan(context.tx, context.group, before, whole=True)

    async def _mark_to_undo(self, context: Context) -> str:
        return (await self._planned_undo(context)).mark

    async def take_back(self, _update: Update, context: Context, mark: str) -> None:
        """Take the last one back, unless something has changed since that was shown."""
        planned = await self._planned_undo(context)
        if planned.mark != mark:
            context.toast(said.meanwhile(context.texts), alert=True)
            await self._show_undo(context)
            return
        if planned.difference.is_nothing:
            context.edit(said.nothing(context.texts, said.before_name(context.texts)))
            return
        name = said.before_name(context.texts)
        await self._regulator.apply(context.tx, context.group, planned, name, by(context), context.now)
        context.edit(said.undone(context.texts))


def _text_of(data: bytes | None) -> str | None:
    if data is None or len(data) > MOST_BYTES or b"\0" in data:
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
