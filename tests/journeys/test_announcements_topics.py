"""The topics of a forum that were there before the bot: learned from what is written in them, and named where that says nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.journeys.stage import Stage, said

if TYPE_CHECKING:
    from bot.sandbox.telegram.model import Message


async def _page(stage: Stage, forum: object, number: int) -> Message:
    """Ask for the topic of an announcement."""
    stage.anna.send(forum, f"/announce topic {number}")  # type: ignore[arg-type]
    await stage.settled()
    return stage.telegram.messages(stage.anna)[-1]


async def test_topics_are_learned_from_what_is_written_in_them(either_stage: Stage) -> None:
    stage, anna, mei = either_stage, either_stage.anna, either_stage.mei
    forum = stage.telegram.add_group("Forum", anna, [mei], forum=True)
    news, talk = anna.open_topic(forum, "News"), anna.open_topic(forum, "Small talk")
    before = mei.send(forum, "Hello", thread_id=talk)
    stage.telegram.add_bot_to(forum, stage.bot, anna, administrator=True)
    await stage.until(lambda: stage.find(forum, "👋"))
    anna.send(forum, "/announce Gate nine")
    await stage.see(anna, "#1", "Gate nine")
    assert not any(label.startswith("◻️ #") for label in (await _page(stage, forum, 1)).labels())

    mei.send(forum, "What is new?", thread_id=news)
    mei.send(forum, "An answer", reply_to=before)
    await stage.settled()
    page = await _page(stage, forum, 1)
    assert "◻️ News" in page.labels()
    assert f"◻️ #{talk.id}" in page.labels()
    assert f"#{talk.id} = " in said(page)
    links = [entity["url"] for entity in page.entities if entity["type"] == "text_link"]
    assert links == [f"https://t.me/c/{str(forum.id).removeprefix('-100')}/{talk.id}"]

    anna.send(forum, f"/announce topic #{talk.id} = Chatter")
    assert "Chatter" in said(await stage.see(forum, f"#{talk.id}", "Chatter"))
    # What somebody said here is not undone by the name with which the topic was opened.
    mei.send(forum, "Once more", thread_id=talk)
    await stage.settled()
    page = await _page(stage, forum, 1)
    assert [label for label in page.labels() if label.startswith("◻️")] == ["◻️ News", "◻️ Chatter"]
    anna.send(forum, "/announce topic chatter 1")
    await stage.settled()
    anna.send(forum, "/announce publish 1")
    await stage.settled()
    post = next(m for m in stage.telegram.messages(forum) if said(m) == "Gate nine")
    assert post.body["message_thread_id"] == talk.id


async def test_a_group_without_topics_costs_nothing_and_bad_names_are_answered(stage: Stage) -> None:
    assert stage.app is not None
    learner = next(one for one in stage.app.tables.guards if one.name == "names of topics")
    group = stage.app.groups.by_chat(stage.group.id)
    assert group is not None
    assert not learner.minds(group)
    forum = stage.group_of("Forum", stage.anna, forum=True)
    await stage.until(lambda: stage.find(forum, "👋"))
    for line, answer in (
        ("/announce topic #77 = News", "I know no topic “#77”"),
        ("/announce topic here = News", "“here” means the topic"),
        ("/announce topic #77 =", "name the topic and the number"),
        ("/announce topic = News", "name the topic and the number"),
    ):
        stage.anna.send(forum, line)
        await stage.settled()
        assert answer in said(stage.telegram.messages(forum)[-1])
