"""However long the talk about a submission was: its cards fit into a message."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.announcements.rules.content import Content
from bot.announcements.submissions.handlers import cards
from bot.announcements.submissions.rules import QUESTION_LIMIT, Exchange, State, Submission
from bot.announcements.submissions.texts import managers, member
from bot.i18n import Html, texts_for
from bot.kernel.groups import Group
from bot.kernel.ids import ChatId, GroupId, UserId
from bot.tg.pages import MESSAGE_LIMIT, visible_length

NOW = datetime(2027, 3, 10, 10, 0, tzinfo=UTC)
GROUP = Group(GroupId(1), ChatId(-1001), "Hikers", "en", "UTC")
NEW = Submission(1, GROUP.id, 7, State.WAITING, Content("Coats"), UserId(3), "Mei", "Sales", NOW)


@pytest.mark.parametrize("count", [0, 1, 2, 9])
@pytest.mark.parametrize("length", [5, 1500, 4096])
@pytest.mark.parametrize("char", ["x", "😀"])
@pytest.mark.parametrize("say", [managers.card, member.card])
def test_a_card_fits_and_shows_what_it_can(count: int, length: int, char: str, say: Callable[..., Html]) -> None:
    texts = texts_for("en", "UTC")
    talk = tuple(Exchange("Anna", char * QUESTION_LIMIT, NOW, Content(char * 2000), NOW) for _ in range(count))
    item = replace(NEW, content=Content("x" * length), talk=talk)
    html = cards.fitting(item, lambda inline, talks: say(texts, item, GROUP, inline=inline, talks=talks))
    assert visible_length(html) <= MESSAGE_LIMIT
    assert ("x" * length in html) == (length == 5 or (length == 1500 and (count == 0 or char == "x" or count == 1)))
