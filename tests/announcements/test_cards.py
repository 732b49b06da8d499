"""Which buttons a card has: what is offered can be done, and what needs a review is offered that first."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from bot.announcements.handlers import codes
from bot.announcements.handlers.cards import keys_of
from bot.announcements.handlers.codes import Reader
from bot.announcements.handlers.desk import reader_of
from bot.announcements.rules.acts import Act
from bot.announcements.rules.announcement import Announcement, By, State
from bot.announcements.rules.content import Content
from bot.announcements.rules.house import House, Review
from bot.announcements.rules.life import decide
from bot.announcements.rules.review import is_approved, stamp
from bot.kernel.ids import UserId
from bot.kernel.roles import RIGHTS_OF, Role
from tests.announcements.test_texts import EN, GROUP, ITEM

BY = {
    Reader.PUBLISHER: By(UserId(2), "Ben", RIGHTS_OF[Role.MANAGER]),
    Reader.AUTHOR: By(UserId(1), "Edda", RIGHTS_OF[Role.EDITOR]),
    Reader.WRITER: By(UserId(1), "Edda", RIGHTS_OF[Role.MANAGER]),
    Reader.OWNER: By(UserId(3), "Anna", RIGHTS_OF[Role.OWNER]),
    Reader.OWNING_WRITER: By(UserId(1), "Anna", RIGHTS_OF[Role.OWNER]),
}
ACTS = {
    codes.PUBLISH: Act.PUBLISH,
    codes.SUBMIT: Act.SUBMIT,
    codes.APPROVE: Act.APPROVE,
    codes.SEND_BACK: Act.SEND_BACK,
    codes.REJECT: Act.REJECT,
    codes.EDIT: Act.EDIT,
    codes.WHEN: Act.SCHEDULE,
    codes.DROP: Act.CANCEL,
    codes.RESTORE: Act.RESTORE,
    codes.AGAIN: Act.AGAIN,
    codes.IS_THERE: Act.IS_THERE,
    codes.URGENT: Act.URGENT,
    codes.NOT_URGENT: Act.URGENT,
    codes.WITHDRAW: Act.WITHDRAW,
    codes.COPY: Act.COPY,
}


def offered(item: Announcement, review: Review, reader: Reader) -> set[Act]:
    keys = (key for row in keys_of(EN, item, GROUP, House(review), reader) for key in row)
    by_code = {code.code: act for code, act in ACTS.items()}
    return {by_code[key.data.partition(":")[0]] for key in keys if key.data is not None}


@pytest.mark.parametrize(("state", "reader"), list(product(State, Reader)))
@pytest.mark.parametrize("pending", [None, Content("Hi")])
def test_what_is_offered_is_allowed(state: State, reader: Reader, pending: Content | None) -> None:
    item = replace(ITEM, state=state, writer_id=ITEM.author_id, pending=pending)
    for review in Review:
        for act in offered(item, review, reader):
            assert isinstance(decide(item, act, BY[reader]), State), (act, review)


@pytest.mark.parametrize(("review", "reader"), list(product([Review.OTHER, Review.OWNER], Reader)))
def test_what_nobody_has_approved_is_handed_in_and_not_sent(review: Review, reader: Reader) -> None:
    draft = replace(ITEM, writer_id=ITEM.author_id)
    owner = review is Review.OWNER and reader in {Reader.OWNER, Reader.OWNING_WRITER}
    assert (Act.PUBLISH in offered(draft, review, reader)) is owner
    assert (Act.SUBMIT in offered(draft, review, reader)) is not owner
    waiting = replace(draft, state=State.IN_REVIEW)
    wrote = reader in {Reader.AUTHOR, Reader.WRITER} or (reader is Reader.OWNING_WRITER and not owner)
    assert (Act.APPROVE in offered(waiting, review, reader)) is not wrote
    assert Act.SUBMIT not in offered(waiting, review, reader)


def test_what_is_approved_is_sent_by_those_who_may() -> None:
    by = BY[Reader.PUBLISHER]
    item = replace(ITEM, state=State.APPROVED, approval=stamp(ITEM.content, by), reviewer_id=by.user_id)
    assert is_approved(item, Review.OTHER)
    assert Act.PUBLISH in offered(item, Review.OTHER, Reader.WRITER)
    assert offered(item, Review.OTHER, Reader.AUTHOR) == {Act.CANCEL}
    assert Act.PUBLISH not in offered(item, Review.OWNER, Reader.PUBLISHER)


@pytest.mark.parametrize("reader", list(Reader))
def test_everybody_gets_the_card_that_is_theirs(reader: Reader) -> None:
    assert reader_of(replace(ITEM, writer_id=ITEM.author_id), BY[reader]) is reader
