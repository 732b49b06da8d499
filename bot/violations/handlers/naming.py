"""The rules of a group, as cases name them: a code that was typed, and what the rule is called (R23)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

from bot.i18n import N_
from bot.kernel.numerals import fold
from bot.tg.access import Declined
from bot.tg.forms import Choice, Problem, Question
from bot.violations.texts import naming as say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.db.engine import Tx
    from bot.i18n import Texts
    from bot.kernel.groups import Group
    from bot.kernel.ids import GroupId
    from bot.tg.context import Context
    from bot.tg.forms import Asking, Reply

RULES: Final = "rules"
"""The preset of a form that holds the group's rules: their titles by their codes."""
_CODE: Final = re.compile(r"(?:rule |规则|第)?(?P<code>[a-z][0-9]{1,3})(?:条|号)?(?=$|[\s,;:.，。；：、])")


class RuleTitles(Protocol):
    """Who knows the rules of a group."""

    async def titles(self, tx: Tx, group: Group, texts: Texts) -> Mapping[str, str]:
        """Return what the rules of a group are called, by their codes."""
        ...

    async def points(self, tx: Tx, group_id: GroupId) -> Mapping[str, int]:
        """Return what they weigh, by their codes; one that is left out weighs one point."""
        ...


class NoRules:
    """Stands in where nobody keeps rules."""

    async def titles(self, _tx: Tx, _group: Group, _texts: Texts) -> Mapping[str, str]:
        """Return nothing."""
        return {}

    async def points(self, _tx: Tx, _group_id: GroupId) -> Mapping[str, int]:
        """Return nothing."""
        return {}


@dataclass(frozen=True, slots=True)
class Named:
    """A rule that was named; without a code, none was."""

    code: str = ""
    title: str = ""
    points: int = 1


def code_typed(text: str) -> tuple[str, str]:
    """Read the code of a rule at the start of a line, and what follows; the code is empty where there is none."""
    folded = fold(text)
    found = _CODE.match(folded) if len(folded) == len(text) else None
    if found is None:
        return "", text
    return found["code"].upper(), text[found.end() :].lstrip(" \t\n,;:.，。；：、")


@dataclass(frozen=True, slots=True)
class Rules:
    """What handlers ask about the rules of a group."""

    known: RuleTitles

    async def read(self, context: Context, text: str) -> tuple[Named, str]:
        """Read the rule that a line begins with, and what follows; a group without rules has none to name.

        :raises Declined: for a code that no rule has.
        """
        code, rest = code_typed(text)
        titles = await self.titles(context) if code else {}
        if not titles:
            return Named(), text
        if code not in titles:
            raise Declined(say.unknown(context.texts, code, titles))
        return await self.named(context, code, titles), rest

    async def titles(self, context: Context) -> Mapping[str, str]:
        """Return what the rules are called, in the group's language: it stands on the card."""
        return await self.known.titles(context.tx, context.group, context.scope.texts(context.group))

    async def named(self, context: Context, code: str, titles: Mapping[str, str]) -> Named:
        """Return what a case says of a rule."""
        points = (await self.known.points(context.tx, context.group.id)).get(code, 1)
        return Named(code, titles.get(code, ""), points)

    async def known_to_form(self, context: Context) -> dict[str, Any]:
        """Return the preset with which a form offers the rules."""
        return {RULES: dict(await self.titles(context))}

    async def answered(self, context: Context, answers: dict[str, Any]) -> Named:
        """Return the rule that was chosen in a form."""
        code = answers.get("rule") or ""
        return await self.named(context, code, answers.get(RULES, {})) if code else Named()


# As a form asks for them


def rule_question() -> Question[str]:
    """Return the question for the rule that was breached; nobody is asked where the group has none."""
    return Question(
        "rule",
        N_("Rule"),
        lambda asking: say.ask(asking.texts),
        _parse_rule,
        choices=_rules,
        when=lambda asking: bool(asking.answers.get(RULES)),
        show=lambda asking, code: say.chosen(asking.texts, code, asking.answers.get(RULES, {})),
    )


def _rules(asking: Asking) -> list[Choice]:
    rules: dict[str, str] = asking.answers.get(RULES, {})
    offered = [Choice(say.rule_label(code, title), code) for code, title in rules.items()]
    return [*offered, Choice(say.none_label(asking.texts), "")]


def _parse_rule(asking: Asking, reply: Reply) -> str | Problem:
    rules: dict[str, str] = asking.answers.get(RULES, {})
    code, rest = code_typed(reply.text.strip())
    if code in rules and not rest:
        return code
    return Problem(say.unknown(asking.texts, reply.text.strip()[:40], rules))
