"""Appeals over the wire: from the card and from private, decided by somebody else, with everything that follows (R22)."""

from __future__ import annotations

from bot.sandbox.telegram import Actor
from bot.sandbox.telegram.model import Message
from tests.journeys.stage import Stage, said


async def known(stage: Stage, *people: Actor) -> None:
    """Let people say something, so that the bot knows them."""
    for person in people:
        person.send(stage.group, f"I am {person.name}")
    await stage.settled()


def status(stage: Stage, person: Actor) -> str:
    return str(stage.telegram.member(stage.group, person)["status"])


async def card(stage: Stage, number: int) -> Message:
    """Return the card of a case."""
    await stage.settled()
    found = [m for m in stage.telegram.messages(stage.group) if f"#{number}" in said(m) and said(m)[0] in "⚠⛔↩🔇👢🔔"]
    assert found, stage.telegram.describe()
    return found[0]


def last(stage: Stage, who: Actor) -> Message:
    """Return the newest message in somebody's private chat."""
    return stage.telegram.messages(who)[-1]


async def warned(stage: Stage, by: Actor, text: str) -> None:
    by.send(stage.group, f"/warn {text}")
    await stage.settled()
    await stage.advance(seconds=61)


async def appealed(stage: Stage, who: Actor, number: int, text: str) -> Message:
    """Appeal in private, on one line; return the card that those who decide see."""
    who.send(stage.bot, f"/appeal {number} {text}")
    await stage.settled()
    return await stage.see(stage.ben, text)


async def test_a_mute_is_made_shorter_by_somebody_else(stage: Stage) -> None:
    anna, ben, mei, carl = stage.anna, stage.ben, stage.mei, stage.carl
    ben.start(stage.bot)
    mei.start(stage.bot)
    await known(stage, mei, carl)
    for reason in ("one", "two", "three"):
        await warned(stage, anna, f"@mei {reason}")
    third = await card(stage, 3)
    assert "Only the person whom a case is about" in await stage.tap(carl, third, "Appeal")

    await stage.tap(mei, third, "Appeal")
    await stage.see(mei, "Why should somebody look at case #3 in Hikers again?")
    mei.send(stage.bot, "It was a joke among friends")
    answer = await stage.see(mei, "is with the managers", "to be decided by Sat, 13 Mar 2027")
    assert "⚖️ Appealed on" in said(await card(stage, 3))
    shown = await stage.see(ben, "Appeal against case #3", "It was a joke among friends", "by Anna")
    assert stage.find(anna, "It was a joke") is None, "who gave the warning is not asked"
    assert all("joke" not in said(m) for m in stage.telegram.messages(stage.group))

    await stage.tap(mei, answer, "Add something")
    await stage.see(mei, "What do you want to add")
    mei.send(stage.bot, "Ask Carl")
    await stage.see(mei, "Added to your appeal")
    await stage.until(lambda: "Ask Carl" in said(shown) or None)
    assert "appealed against case #3 and added to it" in await stage.tap(mei, third, "Appeal")

    anna.send(stage.bot, "/appeals 3")
    hers = await stage.see(anna, "Appeal against case #3")
    assert "You had a part in this case" in await stage.tap(anna, hers, "Lift")

    await stage.tap(ben, shown, "Make lighter")
    question = await stage.see(ben, "What takes its place?")
    assert question.labels()[:3] == ["a mute of 12 hours", "a mute of 1 hour", "a serious warning"]
    await stage.tap(ben, question, "a mute of 1 hour")
    await stage.tap(ben, await stage.see(ben, "A word to the person?"), "Skip")
    await stage.see(ben, "Case #3 of Mei was made lighter", "told in private")
    await stage.see(mei, "After your appeal, case #3 in Hikers was made lighter: a mute of 1 hour.")
    new = await card(stage, 4)
    assert "this stands in place of case #3" in said(new)
    assert "means: removal, if a second manager agrees" in said(new)
    assert "made it lighter" in said(await card(stage, 3))
    assert stage.telegram.member(stage.group, mei)["until_date"] == int(stage.clock.now().timestamp()) - 61 + 3600
    assert "decided this already" in await stage.tap(ben, shown, "Lift") if shown.labels() else True
    mei.send(stage.bot, "/appeal 4")
    await stage.see(mei, "Case #4 is what an appeal led to. That decision stands.")
