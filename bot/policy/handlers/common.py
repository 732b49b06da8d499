"""What every page of the rules needs: who acts, and which rule is meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.kernel.numerals import fold
from bot.policy.handlers import codes
from bot.policy.rules.rule import Rule, Sanction
from bot.policy.texts import faults
from bot.policy.texts.answers import back_label
from bot.tg.access import Declined

if TYPE_CHECKING:
    from bot.i18n import Html
    from bot.kernel.ids import UserId
    from bot.policy.handlers.sanctions import Sanctions
    from bot.policy.service.book import PolicyBook
    from bot.tg.context import Context
    from bot.tg.effects import Key

_CODE = re.compile(r"a?([0-9]{1,6})(?![0-9a-z])")


def by(context: Context) -> tuple[UserId, str]:
    """Return who acts."""
    return context.actor.user_id, context.actor.name


def split_code(typed: str) -> tuple[int, str] | None:
    """Return the number of the rule that a line begins with, and the rest of it."""
    line = typed.strip()
    found = _CODE.match(fold(line))
    return None if found is None else (int(found[1]), line[found.end() :].strip())


async def known(book: PolicyBook, context: Context, number: int) -> Rule:
    """Return a rule.

    :raises Declined: if it is gone.
    """
    rule = await book.rule(context.tx, context.group.id, number)
    if rule is None:
        raise Declined(faults.gone(context.texts))
    return rule


async def ladder_of(sanctions: Sanctions | None, context: Context, rule: Rule) -> Html | None:
    """Return a rule's own ladder in words, if it has one."""
    if sanctions is None or rule.sanction is not Sanction.OWN:
        return None
    typed = (await sanctions.ladders(context.tx, context.group.id)).get(rule.code)
    return None if typed is None else sanctions.in_words(context.texts, typed)


def to_rules(context: Context) -> Key | None:
    """Return the button that leads to all rules, where managers read; in the group the list has no place."""
    if not (context.private or context.spoken.chat_id == context.group.managers_chat_id):
        return None
    return codes.LIST.key(back_label(context.texts), context.group, 1)
