"""The one place where it is decided whether somebody may use a command or a button."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.kernel.ids import ANONYMOUS_ADMIN
from bot.kernel.roles import Right
from bot.tg.capability import Access, Places
from bot.tg.needs import AdministratorsNeed

if TYPE_CHECKING:
    from bot.kernel.groups import Group
    from bot.kernel.ids import UserId
    from bot.kernel.roles import Standing
    from bot.tg import envelope as env
    from bot.tg.context import Scope


class Declined(Exception):
    """What was asked is refused with a sentence; everything the handler did so far is rolled back.

    ``text`` is Html for messages; a tap is answered with its plain form.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


@dataclass(frozen=True, slots=True)
class Missing:
    """The right that is lacking; None where the person is not in the group at all."""

    right: Right | None


def lacks(access: Access, standing: Standing | None, *, private: bool = False) -> Missing | None:
    """Return what somebody lacks, or None when they may go on.

    In ``private`` who was never met in the group is taken for a stranger: what a button says proves nothing.
    """
    if standing is None:
        return None
    if access.right is not None:
        return None if standing.may(access.right) else Missing(access.right)
    belongs = standing.is_member and (standing.is_known or not private)
    return None if belongs or standing.rights else Missing(None)


def wrong_place(access: Access, *, private: bool) -> Places | None:
    """Return where it would have to be used instead, or None when the place is right."""
    if access.places is Places.GROUP and private:
        return Places.GROUP
    if access.places is Places.PRIVATE and not private:
        return Places.PRIVATE
    return None


def is_anonymous_admin(message: env.Message) -> bool:
    """Say whether an administrator writes in the group's own name."""
    return (
        message.from_ is not None
        and message.from_.id == ANONYMOUS_ADMIN
        and message.sender_chat is not None
        and message.sender_chat.id == message.chat.id
    )


def is_channel(message: env.Message) -> bool:
    """Say whether a message is written in the name of a channel."""
    return message.sender_chat is not None and message.sender_chat.id != message.chat.id


async def standing_of(scope: Scope, group: Group, user_id: UserId, access: Access) -> Standing:
    """Return a person's standing, after what Telegram just said about the administrators is stored."""
    standing = await scope.ports.people.standing(scope.tx, group, user_id)
    if access.right is not None and await learn_admins(scope, group):
        return await scope.ports.people.standing(scope.tx, group, user_id)
    return standing


async def learn_admins(scope: Scope, group: Group) -> bool:
    """Store who the administrators are, if this turn asked for it; say whether that is new."""
    raw = scope.answers.get(AdministratorsNeed(group.chat_id))
    if not isinstance(raw, bytes):
        return False
    return await scope.ports.people.learn_administrators(scope.tx, group, raw, scope.now)
