"""What has a time, or recurs, goes to other groups when it is posted in its own (R02)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.announcements.broadcast.texts import waiting as say
from bot.announcements.broadcast.texts import words
from bot.i18n import N_, texts_for
from tests.journeys.stage import Stage, said
from tests.journeys.test_announcements_broadcast import clubs, copies, page_of
from tests.journeys.test_announcements_recurring import begun, to_nine

if TYPE_CHECKING:
    from bot.sandbox.telegram.model import Message

WORDS = "We meet at ten."
CANCEL = {"en": "Cancel", "zh_Hans": "取消"}


async def timed(stage: Stage, number: int = 1, text: str = WORDS) -> Message:
    """Give an announcement a time in two hours; return its card."""
    stage.anna.send(stage.group, f"/announce at in 2 hours | {text}")
    asked = await stage.until(lambda: next((m for m in _of_anna(stage) if "✓" in "".join(m.labels())), None))
    await stage.tap(stage.anna, asked, "✓")
    await stage.settled()
    return await card(stage, number)


def _of_anna(stage: Stage) -> list[Message]:
    return list(reversed(stage.telegram.messages(stage.anna)))


async def card(stage: Stage, number: int) -> Message:
    """Return the managers' card as it is now."""
    stage.anna.send(stage.group, f"/announce show {number}")
    await stage.settled()
    return next(m for m in _of_anna(stage) if f"#{number}" in said(m) and any("📡" in one for one in m.labels()))


async def choose(stage: Stage, line: str, mark: str = "🕘") -> Message:
    """Choose groups by a line and have it go there with it; return the page."""
    stage.anna.send(stage.group, line)
    await stage.settled()
    page = await page_of(stage)
    await stage.tap(stage.anna, page, mark)
    await stage.settled()
    return page


def along(stage: Stage, groups: int, *, each: bool = False) -> str:
    """Return what the card says of the other groups."""
    texts, one = (
        texts_for(stage.locale, stage.zone),
        N_("📡 It goes to {n} more group with it, chosen by {name}. “Several groups” changes that."),
    )
    many = N_("📡 It goes to {n} more groups with it, chosen by {name}. “Several groups” changes that.")
    if each:
        one = N_("📡 On each date it goes to {n} more group with it, chosen by {name}. “Several groups” changes that.")
        many = N_(
            "📡 On each date it goes to {n} more groups with it, chosen by {name}. “Several groups” changes that."
        )
    return str(texts.ngettext(one, many, groups, name="Anna").striptags())


async def test_what_has_a_time_goes_to_three_groups_at_it_though_the_bot_was_started_anew(either_stage: Stage) -> None:
    stage, anna = either_stage, either_stage.anna
    runners, club, chess = await clubs(stage, "Runners", "Book club", "Chess")
    where = (stage.group, runners, club, chess)
    await timed(stage)
    page = await choose(stage, "/announce to Runners, Book club 1")
    assert along(stage, 2) in said(await card(stage, 1))

    # The groups are changed from the card; the page has the ticks.
    await stage.tap(anna, await card(stage, 1), "📡")
    await stage.settled()
    page = await page_of(stage)
    assert stage.words(say.WITH_IT) in said(page)
    assert [one for one in page.labels() if one.startswith("☑️")] == ["☑️ Book club", "☑️ Runners"]
    await stage.tap(anna, page, "◻️ Chess")
    await stage.settled()
    assert stage.find(anna, "#1", along(stage, 3)) is not None
    await stage.tap(anna, await page_of(stage), "🕘")
    await stage.settled()
    assert along(stage, 3) in said(await card(stage, 1))
    assert copies(stage, WORDS, *where) == [0, 0, 0, 0]

    await stage.restart()
    anna.kick(chess, stage.bot)
    await stage.settled()
    await stage.advance(hours=2)
    await stage.advance(minutes=1)
    assert copies(stage, WORDS, *where) == [1, 1, 1, 0]
    done = await stage.see(anna, "#1", "3/3")
    assert "Chess" in said(await stage.see(anna, "#1", "Chess"))
    assert done.labels()
    await stage.restart()
    await stage.advance(hours=1)
    assert copies(stage, WORDS, *where) == [1, 1, 1, 0]


async def test_it_can_be_sent_before_its_time_or_left_out_and_is_dropped_with_its_announcement(
    either_stage: Stage,
) -> None:
    stage, anna = either_stage, either_stage.anna
    texts = texts_for(stage.locale, stage.zone)
    runners, club = await clubs(stage, "Runners", "Book club")
    await timed(stage)
    anna.send(stage.group, "/announce to Runners 1")
    await stage.settled()
    page = await page_of(stage)
    assert say.send_now_key(texts, 1) in page.labels()
    await stage.tap(anna, page, "📡")
    await stage.settled()
    assert copies(stage, WORDS, stage.group, runners, club) == [0, 1, 0]
    await choose(stage, "/announce to Book club 1")
    shown = await card(stage, 1)
    assert along(stage, 1) in said(shown)
    answer = await stage.tap(anna, shown, stage.words(words.LEAVE))
    assert answer is not None
    await stage.settled()
    assert along(stage, 1) not in said(await card(stage, 1))
    await stage.advance(hours=2)
    assert copies(stage, WORDS, stage.group, runners, club) == [1, 1, 0]

    await timed(stage, 2, "Nobody reads this.")
    await choose(stage, "/announce to all 2")
    anna.send(stage.group, "/announce cancel 2")
    await stage.settled()
    dropped = texts.ngettext(
        N_("📡 Nor does it go to the {n} other group that {name} had chosen."),
        N_("📡 Nor does it go to the {n} other groups that {name} had chosen."),
        2,
        name="Anna",
    )
    assert stage.find(anna, "#2", str(dropped.striptags())) is not None
    await stage.advance(hours=3)
    assert copies(stage, "Nobody reads this.", stage.group, runners, club) == [0, 0, 0]

    # A page that was open when it went out offers what is past.
    await timed(stage, 3, "It is out.")
    anna.send(stage.group, "/announce to Runners 3")
    await stage.settled()
    page = await page_of(stage)
    anna.send(stage.group, "/announce publish 3")
    await stage.settled()
    answer = await stage.tap(anna, page, "🕘")
    assert answer == texts.gettext(say.NO_TIME, number=3).striptags()
    await stage.settled()
    assert copies(stage, "It is out.", stage.group, runners, club) == [1, 0, 0]


async def test_each_date_of_what_recurs_goes_to_the_groups_chosen_by_then(either_stage: Stage) -> None:
    stage, anna = either_stage, either_stage.anna
    await begun(stage, "daily")
    runners, club = await clubs(stage, "Runners", "Book club")
    where = (stage.group, runners, club)
    anna.send(stage.group, "/announce to Runners 1")
    await stage.settled()
    page = await page_of(stage)
    assert stage.words(say.WITH_EACH) in said(page)
    assert not any(one.startswith("📡") or "Hikers" in one for one in page.labels())
    await stage.tap(anna, page, "🔁")
    await stage.settled()
    assert along(stage, 1, each=True) in said(await card(stage, 1))
    await to_nine(stage)
    await stage.advance(minutes=1)
    assert copies(stage, "Good morning", *where) == [1, 1, 0]

    await stage.tap(anna, await card(stage, 1), "📡")
    await stage.settled()
    await stage.tap(anna, await page_of(stage), "☑️ Runners")
    await stage.settled()
    await stage.tap(anna, await page_of(stage), "◻️ Book club")
    await stage.settled()
    await stage.tap(anna, await page_of(stage), "🔁")
    await stage.settled()
    await stage.restart()
    await to_nine(stage)
    await stage.advance(minutes=1)
    assert copies(stage, "Good morning", *where) == [2, 1, 1]

    # A date that is skipped goes nowhere; nor does one that is ended.
    anna.send(stage.group, "/announce recurring 1 skip")
    await stage.settled()
    await to_nine(stage)
    assert copies(stage, "Good morning", *where) == [2, 1, 1]
    anna.send(stage.group, "/announce recurring 1 end")
    await stage.settled()
    await stage.tap(anna, _of_anna(stage)[0], _of_anna(stage)[0].labels()[0])
    await stage.settled()
    await to_nine(stage)
    assert copies(stage, "Good morning", *where) == [2, 1, 1]
    assert along(stage, 1, each=True) not in said(await card(stage, 1))
