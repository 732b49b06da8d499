"""Creating events as stories: forms and lines, drafts, copies, templates, changes of any field, the organiser's panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.stage import Stage, said

if TYPE_CHECKING:
    from bot.sandbox.telegram import Actor
    from bot.sandbox.telegram.model import Message

HIKE = "/event create Hike 徒步 | 2027-03-13 09:00 | 9 seats"
NOWHERE = {"latitude": 31.2304, "longitude": 121.4737}


async def last(stage: Stage, where: object) -> Message:
    """Return the newest message with buttons, or where none has any the newest."""
    await stage.settled()
    found = stage.telegram.messages(where)  # type: ignore[arg-type]
    return ([m for m in found if m.labels()] or found)[-1]


async def press(stage: Stage, who: Actor, *labels: str | int) -> Message:
    """Tap buttons one after the other in a private chat, by a part of the label or by its place."""
    for label in labels:
        message = await last(stage, who)
        await stage.tap(who, message, message.labels()[label] if isinstance(label, int) else label)
    return await last(stage, who)


async def answer(stage: Stage, who: Actor, *texts: str) -> Message:
    """Type answers in private."""
    for text in texts:
        who.send(stage.bot, text)
        await stage.settled()
    return await last(stage, who)


# The form


async def test_the_form_asks_five_questions_and_more_holds_the_rest(any_stage: Stage) -> None:
    stage, anna = any_stage, any_stage.anna
    await answer(stage, anna, "/event create", "Hike 徒步")
    await press(stage, anna, 0)
    await answer(stage, anna, "2027-03-13 09:00-12:00")
    anna.send(stage.bot, location=NOWHERE)
    summary = await answer(stage, anna, "20")
    assert len(summary.labels()) == 5
    for shown in ("Hike 徒步", "31.23040, 121.47370", "20"):
        assert shown in said(summary)
    shown_ones = (await press(stage, anna, 2)).labels()
    rare_ones = (await press(stage, anna, -2)).labels()
    assert not set(shown_ones[:-2]) & set(rare_ones[:-1])
    assert len(shown_ones[:-2]) + len(rare_ones[:-1]) == 22
    await press(stage, anna, 0)
    summary = await press(stage, anna, "+2")
    await press(stage, anna, summary.labels()[0])
    card = await stage.see(stage.group, "Hike 徒步", "👥")
    assert "09:00 – 12:00" in said(card)
    assert "+1" in card.labels()


async def test_the_few_and_the_many_in_words(stage: Stage) -> None:
    anna = stage.anna
    await answer(stage, anna, "/event create", "Talk on bees", "online", "Fri 19:00")
    assert "What is the link" in said(await last(stage, anna))
    await answer(stage, anna, "https://meet.example.org/bees")
    await press(stage, anna, "Skip", "Change", "More", "Questions on sign-up")
    await answer(stage, anna, "Diet? all / vegetarian\nWhere do you get on the bus?")
    await press(stage, anna, "Change", "More", "Reminders")
    await answer(stage, anna, "3 hours, 1 day")
    await press(stage, anna, "Change", "More", "Sign-up until")
    await answer(stage, anna, "Thu 20:00")
    await press(stage, anna, "Change", "More", "Price")
    summary = await answer(stage, anna, "free")
    for shown in (
        "Kind: Online talk",
        "Link: https://meet.example.org/bees",
        "Questions on sign-up: Diet? (all / vegetarian); Where do you get on the bus?",
        "Reminders: 1 day and 3 hours",
        "Sign-up until: Thu, 11 Mar 2027, 20:00",
        "Price: free",
        "Seats: No limit",
    ):
        assert shown in said(summary)
    assert "Guests" not in said(summary)
    await press(stage, anna, "Save")
    card = await stage.see(stage.group, "Talk on bees", "👥")
    assert "meet.example.org" not in said(card)
    assert "💰 free" in said(card)


async def test_what_is_not_as_usual_is_shown(stage: Stage) -> None:
    summary = await answer(stage, stage.anna, "/event create Walk | Sat 9:00 | remind 5 hours")
    assert "Reminders: 5 hours" in said(summary)
    await press(stage, stage.anna, "Change", "Reminders", "None")
    assert "Reminders: None" in said(await last(stage, stage.anna))


# One line

EN = (
    "/event create Saturday hike | Sat 09:00 | 2 hours | 20 seats | +1 | until Fri 20:00 | at Old Fort | 50 yuan each"
    " | min 6 | Diet? all / vegetarian | only Sales, IT | remind 1 day, 1 hour | promote 1 day | strict order"
    " | automatic | reconfirm | named guests | about: Bring boots."
)
ZH = (
    "/event create 周六徒步 | 周六9点 | 2小时 | 20人 | 可带1人 | 周五20点截止 | 在古堡 | 每人50元 | 至少6人"
    " | 饮食？ 不限 / 素食 | 仅限 销售部、技术部 | 提醒 1天、1小时 | 宣传 1天 | 严格排队 | 自动递补 | 再次确认"
    " | 带人实名 | 说明：带上雨具"
)


@pytest.mark.parametrize("line", [EN, ZH])
async def test_one_line_says_everything_in_any_order_and_is_shown_back(stage: Stage, line: str) -> None:
    command, title, when, *parts = line.replace(" | ", "|").replace("create ", "create|").split("|")
    backwards = f"{command} {' | '.join((title, when, *reversed(parts)))}"
    said_back = []
    for one in (line, backwards):
        summary = await answer(stage, stage.anna, one)
        said_back.append(said(summary).partition("“New event”")[0].partition("Is this right")[0].strip())
        lines = said(summary).splitlines()
        assert sum(": " in shown for shown in lines) == 19, said(summary)
    assert said_back[0] == said_back[1]
    assert "Sat, 13 Mar 2027, 09:00" in said_back[0]
    assert "Fri, 12 Mar 2027, 20:00" in said_back[0]


async def test_a_link_says_that_people_meet_online(any_stage: Stage) -> None:
    stage = any_stage
    summary = await answer(
        stage, stage.anna, "/event create Bees 蜜蜂 | 2027-03-13 09:00 | https://meet.example.org/bees"
    )
    assert "https://meet.example.org/bees" in said(summary)
    await press(stage, stage.anna, 0)
    card = await stage.see(stage.group, "Bees 蜜蜂", "💻")
    assert "meet.example.org" not in said(card)


# Drafts


async def test_a_draft_is_seen_by_organisers_only_until_it_is_published(any_stage: Stage) -> None:
    stage, anna, mei = any_stage, any_stage.anna, any_stage.mei
    public = await stage.plan(anna, "/event create Dinner 聚餐 | 2027-03-14 18:00 | 9 seats")
    mei.send(stage.group, "hello")
    mei.start(stage.bot)
    await answer(stage, anna, "/event draft Hike 徒步 | 2027-03-13 09:00 | 9 seats")
    await press(stage, anna, 0)
    group_id = public_data(public).split(":")[1]
    before = len(stage.telegram.messages(stage.group))
    for line in ("/event 2", "/event show 2", "/event list", "/event"):
        mei.send(stage.bot, line)
        await stage.settled()
    for code in ("join", "leave", "maybe", "more", "list", "show", "manage", "panel", "publish", "discard", "copy"):
        mei.tap(public, data=f"ev.{code}:{group_id}:2")
    mei.tap(public, data=f"ev.page:{group_id}:2:1")
    mei.tap(public, data=f"ev.do:{group_id}:edit:2")
    await stage.settled()
    assert stage.find(mei, "Hike 徒步") is None
    assert stage.find(stage.group, "Hike 徒步") is None
    assert len(stage.telegram.messages(stage.group)) == before
    assert "Hike 徒步" in str((await answer(stage, anna, "/event drafts")).labels())
    await press(stage, anna, 0, "📣")
    card = await stage.see(stage.group, "Hike 徒步", "👥")
    await stage.tap(mei, card, card.labels()[0])
    await stage.settled()
    assert "Mei" in said(card)
    # A day ahead people are reminded: it is as any other event now.
    await stage.advance(days=2)
    assert stage.find(stage.group, "⏰", "Hike 徒步") is not None


def public_data(card: Message) -> str:
    """Return what the first button of a card carries."""
    return str(card.rows[0][0]["callback_data"])


async def test_the_digest_does_not_tell_of_drafts(stage: Stage) -> None:
    await stage.plan(stage.anna, "/event create Dinner | tomorrow 18:00")
    await answer(stage, stage.anna, "/event draft Stroll | tomorrow 9:00")
    await press(stage, stage.anna, "Save")
    stage.anna.send(stage.group, "/digest now")
    await stage.settled()
    seen = [said(m) for where in (stage.anna, stage.group) for m in stage.telegram.messages(where)]
    digests = [one for one in seen if "📊" in one]
    assert digests
    assert any("Dinner" in one for one in digests)
    assert not any("Stroll" in one for one in digests)


async def test_a_draft_in_the_group_goes_on_in_private(stage: Stage) -> None:
    stage.anna.send(stage.group, "/event draft Stroll | Sat 9:00")
    await stage.settled()
    assert "Is this right" in said(await press(stage, stage.anna, "Change", "Back"))
    assert stage.find(stage.group, "Is this right") is None
    await press(stage, stage.anna, "Save")
    await stage.see(stage.anna, "saved as a draft")
    for line in ("/event drafts", "/event edit 1", "/event publish 1x", "/event close 1", "/event 1", "/event copy 1"):
        stage.anna.send(stage.group, line)
        await stage.settled()
    texts = [said(m) for m in stage.telegram.messages(stage.group) if not said(m).startswith("/")]
    assert not any("Stroll" in one for one in texts)


async def test_a_form_in_the_group_can_become_a_draft(stage: Stage) -> None:
    stage.anna.send(stage.group, HIKE)
    await stage.tap(stage.anna, await stage.see(stage.group, "Is this right"), "Save as draft")
    await stage.see(stage.anna, "is saved as a draft", "Hike 徒步")
    assert stage.find(stage.group, "0 of 9") is None
    assert stage.find(stage.group, "Title: Hike") is None


async def test_a_draft_is_changed_discarded_and_cannot_be_cancelled(stage: Stage) -> None:
    anna = stage.anna
    await answer(stage, anna, "/event draft Hike | Sat 9:00")
    await press(stage, anna, "Save")
    await answer(stage, anna, "/event edit 1 price 60 yuan")
    await stage.see(anna, "is changed. Price: None → 60 yuan")
    await answer(stage, anna, "/event cancel 1")
    await stage.see(anna, "is a draft", "/event publish 1")
    await answer(stage, anna, "/event discard 1")
    await press(stage, anna, "No, keep it", "🗑 Discard", "Yes, discard it")
    await stage.see(anna, "is discarded")
    await answer(stage, anna, "/event drafts")
    await stage.see(anna, "There are no drafts")


async def test_a_draft_whose_time_has_passed_is_not_published(stage: Stage) -> None:
    await answer(stage, stage.anna, "/event draft Stroll | today 12:00")
    await press(stage, stage.anna, "Save")
    await stage.advance(hours=3)
    await answer(stage, stage.anna, "/event publish 1")
    await stage.see(stage.anna, "cannot be published like this", "already past")
    assert stage.find(stage.group, "Stroll") is None


# Copies and templates


async def test_a_copy_has_everything_but_the_time_also_of_an_event_that_is_over(any_stage: Stage) -> None:
    stage, anna = any_stage, any_stage.anna
    line = "/event create Hike 徒步 | 2027-03-13 09:00-11:00 | 7 seats | +1 | until 2027-03-12 20:00 | at Old Fort 古堡"
    await stage.plan(anna, line)
    await stage.advance(days=4)
    await answer(stage, anna, "/event copy 1", "2027-03-20 10:00")
    await press(stage, anna, 0)
    card = await stage.see(stage.group, "#2", "Hike 徒步", "👥")
    # The sign-up ended 13 hours ahead, and does so again.
    for shown in ("10:00 – 12:00", "Old Fort 古堡", "21:00", "7"):
        assert shown in said(card)
    assert "+1" in card.labels()


async def test_a_copy_without_a_number_offers_what_was_and_what_is_coming(stage: Stage) -> None:
    await stage.plan(stage.anna, "/event create Breakfast | today 12:00")
    await stage.advance(days=2)
    await stage.plan(stage.anna, "/event create Dinner | Sat 18:00")
    await answer(stage, stage.anna, "/event copy")
    asked = await last(stage, stage.anna)
    assert [label.split(",")[0] for label in asked.labels()] == ["#2 Dinner", "#1 Breakfast"]
    await press(stage, stage.anna, "Breakfast")
    await answer(stage, stage.anna, "Sun 8:00")
    await press(stage, stage.anna, "Save")
    await stage.see(stage.group, "#3", "Breakfast", "Sun, 14 Mar 2027, 08:00")


async def test_a_template_is_kept_used_and_deleted(any_stage: Stage) -> None:
    stage, anna = any_stage, any_stage.anna
    await stage.plan(anna, HIKE)
    await answer(stage, anna, "/event template save 1 Big hike 大徒步")
    found = await answer(stage, anna, "/event template")
    assert "Big hike 大徒步" in found.labels()[0]
    await press(stage, anna, 0)
    await answer(stage, anna, "2027-03-20 10:00")
    await press(stage, anna, 0)
    await stage.see(stage.group, "#2", "Hike 徒步", "👥")
    word = "模板" if stage.locale == "zh_Hans" else "from"
    await stage.agree(anna, f"/event create {word} big HIKE 大徒步 | 2027-03-21 10:00 | 5 seats")
    await stage.see(stage.group, "#3", "Hike 徒步", "5")
    await answer(stage, anna, "/event 模板")
    await press(stage, anna, 1, 0)
    await answer(stage, anna, "/event template")
    assert not [m for m in stage.telegram.messages(anna) if m.labels() and "大徒步" in m.labels()[0]][1:]


async def test_a_template_from_the_panel_asks_for_its_name(stage: Stage) -> None:
    await stage.plan(stage.anna, HIKE)
    await answer(stage, stage.anna, "/event 1")
    await press(stage, stage.anna, "Save as template")
    await answer(stage, stage.anna, "out")
    await stage.see(stage.anna, "The template “out” is kept")
    await answer(stage, stage.anna, "/event template save 1 OUT")
    await stage.see(stage.anna, "takes the place of the one of that name")
    await answer(stage, stage.anna, "/event create from out")
    assert "When does it start" in said(await last(stage, stage.anna))


# Changing any field

EDITS = (
    ("title A long walk", "标题 漫步", "A long walk", "漫步"),
    ("price 60 yuan", "价格 60元", "60 yuan", "60元"),
    ("length 3h", "时长 3小时", "3 hours", "3小时"),
    ("place Hall 2", "地点 二号厅", "Hall 2", "二号厅"),
    ("map 31.2304, 121.4737", "地图 31.2304, 121.4737", "31.23040, 121.47370", "31.23040, 121.47370"),
    ("kind online", "形式 线上", "Online talk", "线上活动"),
    (
        "link https://x.example.org/a",
        "链接 https://x.example.org/a",
        "x.example.org/…",
        "x.example.org/…",
    ),
    ("seats 25", "名额 25", "25", "25"),
    ("guests 2", "带人 2", "2", "2"),
    ("names yes", "实名 是", "Yes", "是"),
    ("about Bring boots.", "说明 带上雨具", "Bring boots.", "带上雨具"),
    ("questions Diet? all / vegetarian", "报名问题 饮食？不限/素食", "all / vegetarian", "不限 / 素食"),
    ("tags Sales", "标签 销售部", "Sales", "销售部"),
    ("min 6", "最少 6人", "6", "6"),
    ("reminders 1 day", "提醒 1天", "1 day", "1天"),
    ("reconfirm yes", "再次确认 是", "Yes", "是"),
    ("promote 3 days, 1 day", "宣传 3天、1天", "3 days and 1 day", "3天"),
    ("call 15 minutes", "开场提醒 15分钟", "15 minutes", "15分钟"),
    ("closes yes", "满员截止 是", "Yes", "是"),
    ("strict yes", "严格排队 是", "Yes", "是"),
    ("automatic yes", "自动递补 是", "at once", "直接"),
    ("offer 1 hour", "确认时限 1小时", "1 hour", "1小时"),
)


async def test_an_end_on_the_line_is_the_length_or_that_of_the_sign_up(any_stage: Stage) -> None:
    stage, chinese = any_stage, any_stage.locale == "zh_Hans"
    end, later = ("到12点半结束", "18:30结束") if chinese else ("ends 12:30", "ends 6:30pm")
    card = await stage.plan(stage.anna, f"/event create Hike 徒步 | 2027-03-13 09:00 | {end}")
    assert "09:00 – 12:30" in said(card)
    await answer(stage, stage.anna, f"/event edit 1 {later}")
    await stage.settled()
    assert "09:00 – 18:30" in said(card)
    until = "到20:00" if chinese else "until 20:00"
    talk = await stage.plan(stage.anna, f"/event create Talk 讲座 | 2027-03-12 19:00 | {until}")
    assert "19:00 – 20:00" in said(talk)


async def test_every_field_is_changed_by_a_line(stage: Stage) -> None:
    await change_every_field(stage, 0)


async def test_every_field_is_changed_by_a_chinese_line(zh_stage: Stage) -> None:
    await change_every_field(zh_stage, 1)


async def change_every_field(here: Stage, column: int) -> None:
    """Change every field by the words of a language, and look at what is said of it and at the card."""
    card = await here.plan(here.anna, HIKE)
    for edit in EDITS:
        await answer(here, here.anna, f"/event edit 1 {edit[column]}")
        await here.see(here.anna, "#1", "→", edit[column + 2])
    await here.settled()
    assert ("60 yuan", "60元")[column] in said(card)


async def test_fields_are_changed_by_the_form(either_stage: Stage) -> None:
    stage, anna, words = either_stage, either_stage.anna, either_stage.words
    two_hours, given = {"en": ("2 hours", "at once"), "zh_Hans": ("2小时", "直接")}[stage.locale]
    await stage.plan(anna, HIKE)
    await answer(stage, anna, "/event edit 1")
    await press(stage, anna, words("Place"))
    anna.send(stage.bot, venue={"location": NOWHERE, "title": "Old Fort", "address": "1 Hill"}, location=NOWHERE)
    await stage.see(anna, f"{words('No place')} → Old Fort", words("Point on the map"), "→ 31.23040, 121.47370")
    await answer(stage, anna, "/event edit 1 length")
    await press(stage, anna, two_hours)
    await stage.see(anna, words("Length"), f"{words('None')} → {two_hours}")
    await answer(stage, anna, "/event edit 1")
    await press(stage, anna, words("Freed seats"), given)
    await stage.see(anna, words("Freed seats"), f"→ {words('Given to the next in line at once')}")


async def test_a_new_time_with_its_end_is_told_once_and_asks_again(any_stage: Stage) -> None:
    stage, anna = any_stage, any_stage.anna
    card = await stage.plan(anna, HIKE)
    stage.mei.start(stage.bot)
    await stage.tap(stage.mei, card, card.labels()[0])
    await stage.agree(anna, "/event edit 1 time 2027-03-14 10:00-12:30")
    told = await stage.see(stage.mei, "🗓", "10:00 – 12:30")
    assert len(told.labels()) == 2
    assert len([m for m in stage.telegram.messages(stage.mei) if "Hike 徒步" in said(m)]) == 1
    await stage.see(stage.group, "🗓", "10:00 – 12:30", "Mei")
    assert await stage.tap(stage.mei, told, told.labels()[0])


async def test_who_is_offered_a_seat_is_named_as_such_where_it_would_go(stage: Stage) -> None:
    card = await stage.plan(stage.anna, "/event create Hike 徒步 | Sat 09:00 | 2 seats")
    for who in (stage.mei, stage.carl, stage.ben):
        await stage.tap(who, card, "Join")
    await stage.tap(stage.mei, card, "Can’t come")
    await stage.settled()
    await answer(stage, stage.anna, "/event edit 1 seats 1")
    asked = await stage.see(stage.anna, "no room for Ben (offered a seat)")
    await stage.tap(stage.anna, asked, "Yes")
    await stage.see(stage.anna, "Seats: 2 → 1", "front of the waiting list: Ben")
    await stage.settled()
    assert "1 of 1 seat taken" in said(card)


async def test_a_form_begins_with_what_the_group_has_settled(stage: Stage) -> None:
    await answer(stage, stage.anna, "/event settings reconfirm on")
    summary = await answer(stage, stage.anna, HIKE)
    assert "Ask again a day ahead: Yes" in said(summary)


async def test_a_price_is_told_to_those_who_come(stage: Stage) -> None:
    card = await stage.plan(stage.anna, HIKE)
    await stage.tap(stage.mei, card, "Join")
    await answer(stage, stage.anna, "/event edit 1 price 60 yuan")
    await stage.see(stage.anna, "Everybody on the list is being told")
    await stage.see(stage.group, "Price: 60 yuan", "Mei")


# The picture


async def test_a_picture_stands_before_the_card(any_stage: Stage) -> None:
    stage, anna = any_stage, any_stage.anna
    await answer(stage, anna, HIKE)
    summary = await last(stage, anna)
    await press(stage, anna, summary.labels()[2])
    more = await press(stage, anna, -2)
    picture = more.labels().index("图片" if stage.locale == "zh_Hans" else "Picture")
    await press(stage, anna, picture)
    anna.send_file(stage.bot, "photo")
    await press(stage, anna, 0)
    card = await stage.see(stage.group, "Hike 徒步", "👥")
    photo = next(m for m in stage.telegram.messages(stage.group) if "photo" in m.body)
    assert photo.message_id == card.message_id - 1
    assert "#1" in said(photo)
    stage.mei.send(stage.group, "/event show 1")
    await stage.settled()
    assert "photo" in stage.telegram.messages(stage.group)[-2].body
    await stage.tap(stage.mei, card, card.labels()[0])
    await stage.settled()
    assert "Mei" in said(card)


async def test_another_picture_is_posted_when_it_changes(stage: Stage) -> None:
    await stage.plan(stage.anna, HIKE)
    await answer(stage, stage.anna, "/event edit 1 picture")
    stage.anna.send_file(stage.bot, "photo")
    await stage.settled()
    assert "photo" in stage.telegram.messages(stage.group)[-1].body
    await answer(stage, stage.anna, "/event edit 1 picture none")
    await stage.see(stage.anna, "Picture: Yes → No")


async def test_a_picture_that_is_refused_takes_no_card_with_it(stage: Stage) -> None:
    await answer(stage, stage.anna, HIKE)
    await press(stage, stage.anna, "Change", "More", "Picture")
    stage.anna.send_file(stage.bot, "photo")
    stage.telegram.faults.add(
        "sendPhoto", "400", description="Bad Request: not enough rights to send photos to the chat"
    )
    await press(stage, stage.anna, "Save")
    await stage.see(stage.group, "Hike 徒步", "👥")
    await stage.see(stage.anna, "did not take its picture")


# The organiser's panel


async def test_the_panel_opens_in_private_and_only_for_organisers(stage: Stage) -> None:
    card = await stage.plan(stage.anna, HIKE)
    assert "Only people who may" in await stage.tap(stage.mei, card, "⚙️")
    assert "private" in await stage.tap(stage.anna, card, "⚙️")
    panel = await stage.see(stage.anna, "Hike 徒步", "👥")
    for label in ("✏️ Edit", "Show the card", "🔒 Close sign-up", "✕ Cancel the event", "⧉ Copy", "Save as template"):
        assert label in panel.labels()
    assert "📣 Publish" not in panel.labels()
    await stage.tap(stage.anna, panel, "Close")
    await stage.settled()
    assert "sign-up is closed" in said(panel)
    assert "🔓 Reopen sign-up" in panel.labels()
    assert "Sign-up is closed" in said(card)
    await stage.tap(stage.anna, panel, "Reopen")
    await stage.settled()
    assert "🔒 Close sign-up" in panel.labels()


async def test_the_panel_stands_in_the_group_where_its_organiser_cannot_be_reached(stage: Stage) -> None:
    card = await stage.plan(stage.ben, HIKE)
    await stage.tap(stage.ben, card, "⚙️")
    panel = await stage.see(stage.group, "👥", "Hike 徒步")
    await stage.settled()
    assert await stage.tap(stage.mei, panel, "Close")
    await stage.tap(stage.ben, panel, "Close")
    await stage.settled()
    assert "sign-up is closed" in said(panel)


async def test_a_number_in_private_shows_card_and_panel_to_organisers(stage: Stage) -> None:
    stage.mei.send(stage.group, "hello")
    await stage.plan(stage.anna, HIKE)
    stage.mei.start(stage.bot)
    stage.mei.send(stage.bot, "/event 1")
    stage.anna.send(stage.bot, "/event 1")
    await stage.settled()
    assert [message.labels()[0] for message in _bots(stage, stage.mei) if message.labels()] == ["Join"]
    assert [message.labels()[0] for message in _bots(stage, stage.anna) if message.labels()] == ["Join", "✏️ Edit"]


def _bots(stage: Stage, who: object) -> list[Message]:
    return [message for message in stage.telegram.messages(who) if "Hike" in said(message)]  # type: ignore[arg-type]


# From /event by buttons


def _newest(stage: Stage, where: object) -> Message:
    return stage.telegram.messages(where)[-1]  # type: ignore[arg-type]


async def test_only_organisers_find_the_desk_below_event(any_stage: Stage) -> None:
    stage = any_stage
    for who, buttons in ((stage.anna, 12), (stage.mei, 4)):
        who.start(stage.bot)
        who.send(stage.group, "hello")
        await stage.settled()
        who.send(stage.bot, "/event")
        await stage.settled()
        assert len(_newest(stage, who).labels()) == buttons


async def test_the_buttons_below_event_lead_organisers_on(stage: Stage) -> None:
    stage.anna.start(stage.bot)
    stage.anna.send(stage.group, "/event")
    listed = await stage.see(stage.group, "No event is coming up")
    assert list(listed.labels()[-2:]) == ["➕ New event", "⧉ Copy"]
    assert "Only people who may" in await stage.tap(stage.mei, listed, "➕ New event")
    for label, shown in (
        ("📝 Drafts", "There are no drafts"),
        ("Templates", "There are no templates"),
        ("🔁 Series", "series"),
        ("🚫 Missed events", "missed"),
        ("⚙️ Settings", "Events of this group"),
        ("➕ New event", "called"),
    ):
        stage.anna.send(stage.bot, "/event")
        await stage.settled()
        await stage.tap(stage.anna, _newest(stage, stage.anna), label)
        await stage.see(stage.anna, shown)


async def test_event_help_fits_for_organisers_and_members(any_stage: Stage) -> None:
    stage = any_stage
    for who in (stage.anna, stage.mei):
        who.start(stage.bot)
        who.send(stage.group, "hello")
        await stage.settled()
        for line in ("/event help", "/event 帮助", "/help event"):
            who.send(stage.bot, line)
            await stage.settled()
            answer = said(_newest(stage, who))
            assert "/event ics" in answer
            assert ("/event cancel" in answer) == (who is stage.anna)
        who.send(stage.bot, "/event help create")
        await stage.settled()
        assert said(_newest(stage, who)).count("/event create") == 5
        assert "/event ics" not in said(_newest(stage, who))


async def test_whatever_concerns_those_who_come_is_told_them(any_stage: Stage) -> None:
    stage = any_stage
    stage.mei.start(stage.bot)
    card = await stage.plan(stage.anna, HIKE)
    await stage.tap(stage.mei, card, card.labels()[0])
    for line, value in (
        ("title Walk", "Walk"),
        ("about Bring boots", "Bring boots"),
        ("until 2027-03-12 18:00", "18:00"),
        ("min 4", "4"),
        ("guests 2", "2"),
    ):
        seen = len(stage.telegram.messages(stage.mei))
        if line.startswith("until"):
            await stage.agree(stage.anna, f"/event edit 1 {line}")
        else:
            stage.anna.send(stage.group, f"/event edit 1 {line}")
        await stage.settled()
        told = stage.telegram.messages(stage.mei)
        assert len(told) == seen + 1, line
        assert value in said(told[-1]).replace("#1", "")
    seen = len(stage.telegram.messages(stage.mei))
    stage.anna.send(stage.group, "/event edit 1 offer 30 min")
    await stage.settled()
    assert len(stage.telegram.messages(stage.mei)) == seen
