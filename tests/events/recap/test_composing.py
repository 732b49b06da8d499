"""Whatever was handed in, Telegram takes every message of the recap, and nothing of it is lost (R05)."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.events.recap.handlers.composing import CAPTION, compose
from bot.events.recap.rules import INTRO_LIMIT, MOST_PUBLISHED, Desk, Item, ItemKind, Recap, Standing
from bot.i18n import Html, texts_for
from bot.kernel.ids import UserId
from bot.tg.pages import MESSAGE_LIMIT, visible_length
from tests.events.build import event

TEXTS = texts_for("en", "Europe/Berlin")


@st.composite
def desks(draw: st.DrawFn) -> Desk:
    count = draw(st.integers(0, MOST_PUBLISHED))
    size = draw(st.sampled_from([0, 3, 40, 490]))
    kinds = draw(st.lists(st.sampled_from(ItemKind), min_size=count, max_size=count))
    letter, people = draw(st.sampled_from(["x", "🎉", "景"])), draw(st.integers(1, 100))
    items = tuple(
        Item(
            id=number,
            event_id=1,
            user_id=UserId(number % people + 1),
            name=f"{letter * 30} {number % people}",
            kind=kind,
            text=str(Html.escape(f"<{number}>" + letter * size)),
            file_id=None if kind is ItemKind.NOTE else f"f{number}",
            standing=Standing.ACCEPTED,
            place=number,
        )
        for number, kind in enumerate(kinds)
    )
    return Desk(Recap(intro=letter * draw(st.sampled_from([0, 10, INTRO_LIMIT // 2]))), items)


@settings(max_examples=60, deadline=None)
@given(desks())
def test_every_message_fits_and_everything_is_in_one(desk: Desk) -> None:
    posts = compose(TEXTS, event(), desk)
    for post in posts:
        assert visible_length(post.html) <= (CAPTION if post.files else MESSAGE_LIMIT)
        assert post.html or post.files
    whole = "\n".join(post.html for post in posts)
    for item in desk.items:
        assert f"&lt;{item.id}&gt;" in whole
        assert str(Html.escape(item.name)) in whole
    files = [file.file_id for post in posts for file in post.files]
    assert sorted(files) == sorted(item.file_id for item in desk.items if item.file_id is not None)
    assert len(files) == len(set(files))
