"""Who may do what where: the one place where that is decided."""

from __future__ import annotations

import pytest

from bot.kernel.ids import ANONYMOUS_ADMIN, CHANNEL_POSTER, TELEGRAM_SERVICE, UserId
from bot.kernel.roles import Right, Standing
from bot.tg import envelope as env
from bot.tg.access import Missing, is_anonymous_admin, is_channel, lacks, wrong_place
from bot.tg.capability import Access, Places

GROUP = env.Chat(id=-100, type="supergroup", title="Hikers")
CHANNEL = env.Chat(id=-200, type="channel", title="News")
MEMBER = Standing(UserId(1))
GONE = Standing(UserId(1), is_member=False)
MODERATOR = Standing(UserId(1), rights=frozenset({Right.VIEW, Right.MODERATE}))
STRANGER = Standing(UserId(1), is_known=False)
OUTSIDE_MODERATOR = Standing(UserId(1), is_member=False, rights=frozenset({Right.VIEW}))


@pytest.mark.parametrize(
    ("right", "standing", "missing"),
    [
        (None, MEMBER, None),
        (None, GONE, Missing(None)),
        (None, OUTSIDE_MODERATOR, None),
        (None, None, None),
        (Right.MODERATE, MODERATOR, None),
        (Right.MODERATE, MEMBER, Missing(Right.MODERATE)),
        (Right.REMOVE, MODERATOR, Missing(Right.REMOVE)),
        (Right.VIEW, GONE, Missing(Right.VIEW)),
    ],
)
def test_a_right_is_held_or_named(right: Right | None, standing: Standing | None, missing: Missing | None) -> None:
    assert lacks(Access(right=right), standing) == missing


@pytest.mark.parametrize(
    ("standing", "private", "missing"),
    [(MEMBER, True, None), (STRANGER, False, None), (STRANGER, True, Missing(None))],
)
def test_a_stranger_is_taken_for_a_member_only_in_the_group(
    standing: Standing, private: bool, missing: Missing | None
) -> None:
    assert lacks(Access(), standing, private=private) == missing


@pytest.mark.parametrize(
    ("places", "private", "instead"),
    [
        (Places.ANYWHERE, True, None),
        (Places.ANYWHERE, False, None),
        (Places.GROUP, True, Places.GROUP),
        (Places.GROUP, False, None),
        (Places.PRIVATE, True, None),
        (Places.PRIVATE, False, Places.PRIVATE),
    ],
)
def test_a_place_is_right_or_the_right_one_is_named(places: Places, private: bool, instead: Places | None) -> None:
    assert wrong_place(Access(places=places), private=private) is instead


def message(sender: int, name_of: env.Chat | None = None) -> env.Message:
    return env.Message(message_id=1, date=1, chat=GROUP, from_=env.User(id=sender), sender_chat=name_of)


@pytest.mark.parametrize(
    ("said", "anonymous", "channel"),
    [
        (message(1), False, False),
        (message(ANONYMOUS_ADMIN, GROUP), True, False),
        (message(CHANNEL_POSTER, CHANNEL), False, True),
        (message(TELEGRAM_SERVICE, CHANNEL), False, True),
        (message(ANONYMOUS_ADMIN, CHANNEL), False, True),
        (message(1, GROUP), False, False),
    ],
)
def test_in_whose_name_a_message_is_written(said: env.Message, anonymous: bool, channel: bool) -> None:
    assert (is_anonymous_admin(said), is_channel(said)) == (anonymous, channel)
