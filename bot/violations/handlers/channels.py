"""Channels in whose name somebody writes in the group: whom a number means, and what can be done about them (R22)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.members.identity.rules import Found, TargetKind, Unknown
from bot.members.rules import Member
from bot.members.rules import Person as Account
from bot.tg.access import Declined
from bot.violations import service
from bot.violations.rules.case import Person, is_channel
from bot.violations.rules.ladder import Rung
from bot.violations.texts import channels as say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.members.identity.rules import Outcome
    from bot.tg.context import Context
    from bot.violations.rules.ladder import Step


def is_one(found: Found) -> bool:
    """Say whether it is a channel that writes in a group, and not one of the accounts that Telegram itself writes with."""
    return found.kind is TargetKind.CHANNEL and is_channel(found.user_id)


async def titled(context: Context, outcome: Outcome, title: str = "") -> Outcome:
    """Return who is meant; a channel that is named by its number alone with its ``title``, else with that on record.

    A channel that is on no record is nobody the group has seen.
    """
    if not isinstance(outcome, Found) or not is_one(outcome) or outcome.member.person.first_name:
        return outcome
    if not title:
        cases = await service.cases_of(context.tx, context.group.id, outcome.user_id)
        title = cases[0].target.name if cases else ""
    if not title:
        return Unknown(str(outcome.user_id), by_id=True)
    return Found(Member(Account(outcome.user_id, title)), outcome.kind)


def warnable(context: Context, found: Found) -> Member:
    """Return the channel.

    :raises Declined: if the group belongs to it.
    """
    if int(found.user_id) == context.group.linked_chat_id or _is_post_answered(context, found):
        raise Declined(say.linked(context.texts, found.member.name))
    return found.member


def _is_post_answered(context: Context, found: Found) -> bool:
    """Say whether a post of the channel as a linked one is answered: it may be the first that the bot sees."""
    message = context.spoken.update.message
    replied = None if message is None else message.reply_to_message
    if replied is None or not replied.is_automatic_forward or replied.sender_chat is None:
        return False
    return replied.sender_chat.id == found.user_id


def aim(context: Context, rung: Rung, found: Found) -> Person:
    """Return the channel as the target of a step.

    :raises Declined: if the group belongs to it, and for steps that Telegram does not know for channels.
    """
    member = warnable(context, found)
    if rung not in {Rung.BAN, Rung.UNBAN}:
        raise Declined(say.no_such_step(context.texts, rung, member.name))
    return Person(member.user_id, member.name)


def check_length(context: Context, targets: Sequence[Person], step: Step) -> None:
    """Let a channel be banned without an end only.

    :raises Declined: for a ban with a length.
    """
    channel = next((person for person in targets if person.is_channel), None)
    if channel is not None and step.mute is not None:
        raise Declined(say.no_length(context.texts, channel.name))
