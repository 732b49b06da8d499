"""Changing one part of a rule: ``/policy A3 title …`` on one line, by a question after a tap, or a list by a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.kernel.numerals import fold
from bot.policy.handlers import codes
from bot.policy.handlers.common import by, known, ladder_of, split_code
from bot.policy.rules.detectors import DETECTORS, What, value_of
from bot.policy.rules.fields import Listed
from bot.policy.rules.rule import Rule, Sanction, Wrong
from bot.policy.rules.typed import STATES, Part, changed, field_at, keys_of, read_sanction
from bot.policy.texts import answers as say
from bot.policy.texts import faults, parts, words
from bot.tg.access import Declined
from bot.tg.aside import step_aside
from bot.tg.buttons import rows
from bot.tg.forms import Choice, Form, Problem, Question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from bot.i18n import Html
    from bot.policy.handlers.pages import Pages
    from bot.policy.handlers.sanctions import Sanctions
    from bot.policy.service.book import PolicyBook
    from bot.tg.context import Context
    from bot.tg.forms import Asking, Reply

_MOST_BYTES = 1_000_000


class Editing:
    """Changes rules part by part."""

    def __init__(self, book: PolicyBook, sanctions: Sanctions | None, pages: Pages) -> None:
        self._book = book
        self._sanctions = sanctions
        self._pages = pages

    async def policy(self, _update: Update, context: Context) -> None:
        """``/policy``: all rules; ``/policy A1``: one; ``/policy A1 on``, ``/policy A1 title …``: change it."""
        typed = context.args_text
        await step_aside(context, "cases")
        if not typed:
            await self._pages.show_all(context)
            return
        split = split_code(typed)
        rule = None if split is None else await self._book.rule(context.tx, context.group.id, split[0])
        if split is None or rule is None:
            raise Declined(faults.no_such(context.texts, typed))
        rest = split[1]
        if not rest:
            await self._pages.show_one(context, rule)
        elif (state := STATES.get(fold(rest))) is not None:
            await self._pages.switch(context, rule, state)
        else:
            await self._part(context, rule, rest)

    async def _part(self, context: Context, rule: Rule, rest: str) -> None:
        found = parts.named(rule, rest)
        if found is None:
            known_parts = [parts.label(context.texts, rule, key) for key in keys_of(rule)]
            raise Declined(faults.no_such_part(context.texts, rule.code, rest, known_parts))
        key, typed = found
        if typed:
            await self._set(context, rule, key, typed)
        elif isinstance(field_at(rule, key), Listed):
            await self._send_list(context, rule, key)
        else:
            await self._ask(context, rule, key)

    # By buttons

    async def tap_part(self, _update: Update, context: Context, number: int, key: str) -> None:
        """Ask what a part shall be."""
        rule = await self._with_part(context, number, key)
        await step_aside(context, "cases")
        await self._ask(context, rule, key)

    async def tap_file(self, _update: Update, context: Context, number: int, key: str) -> None:
        """Send a list as a file."""
        rule = await self._with_part(context, number, key)
        if not isinstance(field_at(rule, key), Listed):
            raise Declined(faults.gone(context.texts))
        await step_aside(context, "cases")
        await self._send_list(context, rule, key)

    async def _with_part(self, context: Context, number: int, key: str) -> Rule:
        rule = await known(self._book, context, number)
        if key not in keys_of(rule):
            raise Declined(faults.gone(context.texts))
        return rule

    async def _ask(self, context: Context, rule: Rule, key: str) -> None:
        presets = {"rule": rule.number, "what": rule.what, "part": key}
        await context.start_form(codes.PART_FORM, presets)

    async def _send_list(self, context: Context, rule: Rule, key: str) -> None:
        """Send a list as a text file, and wait for one in its place."""
        field = field_at(rule, key)
        listed = () if field is None else value_of(rule.detector, field)
        name = parts.label(context.texts, rule, key)
        if listed:
            data = ("\n".join(listed) + "\n").encode()
            file = context.effects.blob(data, f"{rule.code}-{key.rpartition('.')[2]}.txt")
            context.reply_with("document", file, say.list_file(context.texts, rule, name, len(listed)))
        await self._ask(context, rule, key)

    # The question

    def form(self) -> Form[Any]:
        """Return the form that asks for one part."""
        question = Question(
            "value",
            words.VALUE,
            lambda asking: parts.ask(asking.texts, _blank(asking), asking.answers["part"]),
            self._parse,
            choices=_usual,
        )
        return Form(codes.PART_FORM, words.POLICY_BUTTON, (question,), self.finish, codes.SETTERS)

    def _parse(self, asking: Asking, reply: Reply) -> str | Problem:
        key = asking.answers["part"]
        rule = _blank(asking)
        typed = _file_text(reply) if reply.media is not None else reply.text
        if typed is None or not typed.strip():
            return Problem(faults.no_text_file(asking.texts))
        wrong = self._wrong(asking, rule, key, typed)
        return typed if wrong is None else Problem(wrong)

    def _wrong(self, asking: Asking, rule: Rule, key: str, typed: str) -> Html | None:
        if isinstance(field_at(rule, key), Listed) and fold(typed.strip()[:1]) == "-":
            return None
        found = changed(rule, key, typed)
        if isinstance(found, Wrong):
            # What else a rule needs is not asked for here.
            return faults.wrong(asking.texts, found) if _is_about(found, rule, key) else None
        return self._ladder_fault(asking.texts, typed) if key == Part.LADDER else None

    async def finish(self, _update: Update, context: Context, answers: dict[str, Any]) -> None:
        """Set what the form asked for."""
        rule = await self._with_part(context, answers["rule"], answers["part"])
        await self._set(context, rule, answers["part"], answers["value"])

    # Setting it

    async def _set(self, context: Context, rule: Rule, key: str, typed: str) -> None:
        texts = context.texts
        after = changed(rule, key, typed)
        if isinstance(after, Wrong):
            raise Declined(faults.wrong(texts, after))
        if key == Part.LADDER:
            await self._set_ladder(context, rule, typed)
        outcome = await self._book.change(context.tx, context.group.id, after, by(context), context.now)
        if outcome is None:
            raise Declined(faults.gone(texts))
        if isinstance(outcome, Wrong):
            raise Declined(faults.wrong(texts, outcome))
        name = parts.label(texts, after, key)
        field = field_at(rule, key)
        if isinstance(field, Listed):
            before, now = value_of(rule.detector, field), value_of(after.detector, field)
            html = say.list_changed(texts, after, name, before, now)
        else:
            ladder = await ladder_of(self._sanctions, context, after)
            html = say.changed(texts, after, name, parts.shown(texts, after, key, ladder))
        keys = rows((codes.SHOW.key(say.rule_label(texts, after), context.group, after.number),))
        context.reply(html, keys)

    async def _set_ladder(self, context: Context, rule: Rule, typed: str) -> None:
        wrong = self._ladder_fault(context.texts, typed)
        if wrong is not None:
            raise Declined(wrong)
        wanted = read_sanction(typed)
        if self._sanctions is None or (wanted is not Sanction.OWN and rule.sanction is not Sanction.OWN):
            return
        own = typed if wanted is Sanction.OWN else None
        await self._sanctions.set_ladder(context.tx, context.group.id, rule.code, own, by(context), context.now)

    def _ladder_fault(self, texts: Any, typed: str) -> Html | None:
        if read_sanction(typed) is not Sanction.OWN:
            return None
        return faults.no_own_ladders(texts) if self._sanctions is None else self._sanctions.fault(texts, typed)


def _blank(asking: Asking) -> Rule:
    """Return a rule of the kind that is asked about, set to nothing yet."""
    what = What(asking.answers["what"])
    return Rule(0, what, DETECTORS[what]())


def _is_about(found: Wrong, rule: Rule, key: str) -> bool:
    return found.field is None or found.field == field_at(rule, key)


def _usual(asking: Asking) -> Sequence[Choice]:
    return [
        Choice(label, text=typed) for label, typed in parts.usual(asking.texts, _blank(asking), asking.answers["part"])
    ]


def _file_text(reply: Reply) -> str | None:
    """Read a text file; None if it is none."""
    if reply.file is None or len(reply.file) > _MOST_BYTES or b"\0" in reply.file:
        return None
    try:
        return reply.file.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
