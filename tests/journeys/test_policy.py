"""A group's rules, from the first look to a deleted message, as members and managers see it (R06, R13, R20, R26, R27)."""

from __future__ import annotations

from sqlalchemy import text

from bot.sandbox.telegram import Actor
from bot.sandbox.telegram.model import Message
from tests.journeys.stage import Stage, said

NAMES = {
    "en": ("Links and where", "Links", "message says", "Long messages", "Deleted", "A hint", "On"),
    "zh_Hans": ("链接与消息来源", "链接", "消息内容", "过长的消息", "删除", "提醒", "启用"),
}


class Words:
    """What the buttons are called in the stage's language."""

    def __init__(self, stage: Stage) -> None:
        (
            self.sources,
            self.links,
            self.speech,
            self.length,
            self.deleted,
            self.hint,
            self.on,
        ) = NAMES[stage.locale]


async def newest(stage: Stage, who: Actor) -> Message:
    await stage.settled()
    return stage.telegram.messages(who)[-1]


async def add(stage: Stage, family: str, what: str, *answers: str) -> Message:
    """Add a rule in private by buttons, save it, and return its page."""
    stage.anna.send(stage.bot, "/policy add")
    await stage.tap(stage.anna, await newest(stage, stage.anna), family)
    question = await newest(stage, stage.anna)
    stage.anna.tap(question, next(label for label in question.labels() if label == what))
    for answer in answers:
        question = await newest(stage, stage.anna)
        if answer in " ".join(question.labels()):
            await stage.tap(stage.anna, question, answer)
        else:
            stage.anna.send(stage.bot, answer)
    await stage.tap(stage.anna, await newest(stage, stage.anna), "✓")
    done = await newest(stage, stage.anna)
    await stage.tap(stage.anna, done, "A")
    return await newest(stage, stage.anna)


async def command(stage: Stage, line: str) -> Message:
    """Type a command in private, and return the answer."""
    stage.anna.send(stage.bot, line)
    return await newest(stage, stage.anna)


async def switch_on(stage: Stage, code: str) -> Message:
    """Switch a rule on by its preview, and return its page."""
    await stage.tap(stage.anna, await command(stage, f"/policy {code} on"), "✓")
    return await newest(stage, stage.anna)


def texts_in(stage: Stage) -> list[str]:
    return [said(message) for message in stage.telegram.messages(stage.group)]


async def test_a_rule_observes_then_deletes_and_hints_once_an_hour(either_stage: Stage) -> None:
    stage, words = either_stage, Words(either_stage)
    page = await add(stage, words.sources, words.links, "example.com", words.deleted)
    assert "A1" in said(page)
    stage.mei.send(stage.group, "look at www.spam-site.top/now")
    await stage.settled()
    assert "look at www.spam-site.top/now" in texts_in(stage)

    page = await command(stage, "/policy A1")
    assert "1" in said(page).rsplit("example.com", 1)[1]
    await stage.tap(stage.anna, page, words.on)
    preview = await newest(stage, stage.anna)
    assert "1" in said(preview)
    await stage.tap(stage.anna, preview, "🔎")
    samples = await newest(stage, stage.anna)
    assert "look at www.spam-site.top/now" in said(samples)
    await switch_on(stage, "A1")
    stage.mei.send(stage.group, "again ｗｗｗ.spam-site。top")
    stage.mei.send(stage.group, "fine: https://docs.example.com/page")
    stage.mei.send(stage.group, "and spam-site.top once more")
    await stage.settled()
    kept = texts_in(stage)
    assert "fine: https://docs.example.com/page" in kept
    assert not any("again" in line or "once more" in line for line in kept)
    hints = [message for message in stage.telegram.messages(stage.group) if "A1" in said(message)]
    assert len(hints) == 1
    assert "Mei" in said(hints[0])
    assert len(hints[0].labels()) == 1
    stage.mei.send(stage.group, "/rules")
    await stage.settled()
    assert "example.com" in texts_in(stage)[-1]
    # The button below the hint leads to the rules in private; to those of a group that one is not in, no link leads.
    stage.mei.start(stage.bot, f"rules-{await group_id(stage)}")
    assert "example.com" in said(await newest(stage, stage.mei))
    assert stage.app is not None
    stranger = stage.telegram.add_user("Zoe")
    stranger.start(stage.bot, f"rules-{await group_id(stage)}")
    assert "example.com" not in said(await newest(stage, stranger))
    await stage.advance(hours=23)
    digest = await stage.see(stage.anna, "📊", "A1")
    assert "📏" in said(digest)
    # What was written is gone after seven days, also where nobody looks; that a rule was broken is still known.
    await stage.advance(days=6, hours=1)
    async with stage.app.database.read() as tx:
        left = (await tx.execute(text("SELECT observed, sample FROM policy_seen"))).all()
    assert {row.sample for row in left} == {""}
    assert not any(row.observed for row in left)


async def group_id(stage: Stage) -> int:
    """Return our own id of the stage's group."""
    assert stage.app is not None
    group = stage.app.groups.by_chat(stage.group.id)
    assert group is not None
    return int(group.id)


async def test_administrators_and_approved_members_are_spared_and_edits_are_judged_again(either_stage: Stage) -> None:
    stage = either_stage
    await command(stage, "/policy add links delete")
    await switch_on(stage, "A1")
    stage.ben.send(stage.group, "staff: spam-site.top")
    innocent = stage.mei.send(stage.group, "good morning")
    await stage.settled()
    stage.mei.edit(innocent, "good morning spam-site.top", chat=stage.group)
    await stage.settled()
    kept = texts_in(stage)
    assert "staff: spam-site.top" in kept
    assert not any("good morning" in text for text in kept)

    stage.mei.send(stage.group, "hello")
    await stage.settled()
    await command(stage, "/approve @mei")
    stage.mei.send(stage.group, "approved: spam-site.top")
    await stage.settled()
    assert "approved: spam-site.top" in texts_in(stage)
    await stage.tap(stage.anna, await command(stage, "/approve"), "Mei")
    stage.mei.send(stage.group, "no longer: spam-site.top")
    await stage.settled()
    assert "no longer: spam-site.top" not in texts_in(stage)


async def test_a_rule_says_whom_it_spares_for_a_role(either_stage: Stage) -> None:
    stage, english = either_stage, either_stage.locale == "en"
    stage.mei.send(stage.group, "hello")
    stage.anna.send(stage.group, "/role grant @mei editor")
    await command(stage, "/policy add links delete")
    await switch_on(stage, "A1")
    stage.mei.send(stage.group, "spared: spam-site.top")
    await stage.settled()
    assert "spared: spam-site.top" in texts_in(stage)

    await command(stage, "/policy A1 ladder group")
    await command(stage, "/policy A1 first at once")
    await command(stage, "/policy A1 spare organisers, reviewers" if english else "/policy A1 豁免 组织者、审核员")
    stage.mei.send(stage.group, "no longer: spam-site.top")
    await stage.settled()
    assert "no longer: spam-site.top" not in texts_in(stage)
    await stage.see(stage.group, "1", "A1", "Mei")
    named = "except: organiser and reviewer" if english else "以下角色除外：组织者和审核员"
    assert named in said(await command(stage, "/policy A1"))
    stage.mei.send(stage.group, "/rules")
    await stage.settled()
    assert named in texts_in(stage)[-1]

    await stage.tap(stage.anna, await command(stage, "/policy A1"), "Change" if english else "修改")
    part = "Spared for a role" if english else "按角色免管"
    await stage.tap(stage.anna, await newest(stage, stage.anna), part)
    await stage.tap(stage.anna, await newest(stage, stage.anna), "Everybody with a role" if english else "所有角色")
    stage.mei.send(stage.group, "again: spam-site.top")
    await stage.settled()
    assert "again: spam-site.top" in texts_in(stage)


async def test_a_stranger_is_found_behind_any_number_of_members(stage: Stage) -> None:
    walkers = [stage.person(f"Walker{number}") for number in range(12)]
    for walker in walkers:
        walker.join(stage.group)
    await stage.settled()
    await command(stage, "/policy add mentions delete")
    await switch_on(stage, "A1")
    everybody = " ".join(f"@walker{number}" for number in range(12))
    stage.mei.send(stage.group, f"all of us: {everybody}")
    stage.mei.send(stage.group, f"{everybody} and @outsider_of_elsewhere")
    await stage.settled()
    kept = texts_in(stage)
    assert any("all of us" in text for text in kept)
    assert not any("and @outsider_of_elsewhere" in text for text in kept)


async def test_a_long_message_gets_a_hint_in_the_groups_own_words_and_stays(either_stage: Stage) -> None:
    stage, words = either_stage, Words(either_stage)
    await add(stage, words.speech, words.length, "200", words.hint)
    await command(stage, "/policy A1 hint 请写短一点 / be brief")
    await switch_on(stage, "A1")
    stage.mei.send(stage.group, "长" * 200)
    await stage.settled()
    assert not any("A1" in text for text in texts_in(stage))
    long = stage.mei.send(stage.group, "长" * 201)
    await stage.settled()
    hint = stage.telegram.messages(stage.group)[-1]
    assert hint.reply_to == long.message_id
    assert "201" in said(hint)
    assert "请写短一点 / be brief" in said(hint)


async def test_a_rule_is_changed_and_removed_and_its_code_is_not_given_again(either_stage: Stage) -> None:
    stage = either_stage
    await command(stage, "/policy add length 300 hint")
    page = await command(stage, "/policy A1")
    await stage.tap(stage.anna, page, "✏️")
    parts = await newest(stage, stage.anna)
    assert "300" in said(parts)
    await stage.tap(stage.anna, parts, parts.labels()[0])
    assert "250" in said(await command(stage, "250"))
    assert "250" in said(await command(stage, "/policy A1"))
    await stage.tap(stage.anna, await command(stage, "/policy A1"), "🗑")
    page = await command(
        stage, "/policy add 图片过多 2 提醒" if stage.locale == "zh_Hans" else "/policy add pictures 2 hint"
    )
    assert "A2" in said(page)


async def test_a_list_goes_out_and_comes_back_as_a_file(either_stage: Stage) -> None:
    stage = either_stage
    await command(stage, "/policy add words delete casino, lottery")
    await command(stage, "/policy A1 words")
    file = stage.telegram.messages(stage.anna)[-2]
    assert "2" in said(file)
    stage.anna.send_file(stage.bot, "document", "casino\n赌场\nbingo\n".encode(), "words.txt")
    answer = said(await newest(stage, stage.anna))
    assert "赌场" in answer
    assert "lottery" in answer
    assert "3" in answer
    await command(stage, "/policy A1 words")
    stage.anna.send_file(stage.bot, "document", b"\xff\xfe\x00", "words.txt")
    assert "UTF-8" in said(await newest(stage, stage.anna))
    assert "+ " in said(await command(stage, "/policy A1 words")) or "+" in said(await newest(stage, stage.anna))


async def test_a_pattern_is_asked_for_until_it_can_be_used_and_then_finds_what_it_shall(either_stage: Stage) -> None:
    stage, words = either_stage, Words(either_stage)
    patterns, closed, skip = {"en": ("Patterns", "never closed", "Skip"), "zh_Hans": ("匹配规则", "没有闭合", "跳过")}[
        stage.locale
    ]
    stage.anna.send(stage.bot, "/policy add")
    await stage.tap(stage.anna, await newest(stage, stage.anna), words.speech)
    await stage.tap(stage.anna, await newest(stage, stage.anna), patterns)
    question = await newest(stage, stage.anna)
    assert not any(skip in label for label in question.labels())
    refused = await command(stage, "工单(\\d{6}")
    assert closed in said(refused)
    stage.anna.send(stage.bot, "(?:工单|ticket )\\d{4,}\nbit\\.ly/\\w+")
    await stage.tap(stage.anna, await newest(stage, stage.anna), words.deleted)
    await stage.tap(stage.anna, await newest(stage, stage.anna), "✓")
    await stage.tap(stage.anna, await command(stage, "/policy A1 on"), "✓")
    await stage.settled()

    for line in (
        "工单２０３３１８谁在跟？",
        "Ticket 20931 is still open",
        "see ＢＩＴ.LY/x9",
        "工单要写清楚",
        "ticket office",
    ):
        stage.mei.send(stage.group, line)
    await stage.settled()
    talk = [said(message) for message in stage.telegram.messages(stage.group)]
    assert [line for line in talk if "A1" not in line][-2:] == ["工单要写清楚", "ticket office"]
    assert not any("20931" in line or "LY/x9" in line for line in talk)
    refused = await command(stage, "/policy A1 patterns + (a+)+$\n(?=b)")
    assert "(?=" in said(refused)
    assert "bit" in said(await command(stage, "/policy A1"))


async def test_patterns_of_the_group_count_for_advertising_by_their_weight(either_stage: Stage) -> None:
    stage = either_stage
    line, refused = {
        "en": ("/policy A1 weight of the patterns 6", "from 1 to 12"),
        "zh_Hans": ("/policy A1 匹配规则分值 6", "1到12之间"),
    }[stage.locale]
    await command(stage, "/policy add advertising 6 delete")
    await command(stage, "/policy A1 patterns 团购\\d+群\ndeal #\\d+")
    assert refused in said(await command(stage, "/policy A1 weight 13"))
    await switch_on(stage, "A1")
    stage.mei.send(stage.group, "进团购12群")
    await stage.settled()
    assert "团购" in said(stage.telegram.messages(stage.group)[-1])
    await command(stage, line)
    assert "deal #" in said(await command(stage, "/policy A1"))
    for advert in ("进团购１２群", "see Deal #7 today", "the deal is off"):
        stage.mei.send(stage.group, advert)
    await stage.settled()
    left = [said(message) for message in stage.telegram.messages(stage.group)]
    assert "the deal is off" in left
    assert not {"进团购１２群", "see Deal #7 today"} & set(left)


async def test_whatever_a_message_is_made_of_it_is_judged(either_stage: Stage) -> None:
    stage = either_stage
    group, mei = stage.group, stage.mei
    spam = stage.telegram.add_channel("Spam", mei)
    post = mei.send(spam, "read this")
    for line in ("links delete", "contacts delete", "forwards delete"):
        await command(stage, f"/policy add {line}")
    for code in ("A1", "A2", "A3"):
        await switch_on(stage, code)
    innocent = mei.send_album(group, 2, caption="our hike")
    bad = [
        *mei.send_album(group, 3, caption="see spam-site.top"),
        mei.send_file(group, "document", caption="spam-site.top"),
        mei.send_poll(group, "Which?", ["this", "spam-site.top"]),
        mei.send(group, contact={"phone_number": "+49301234567", "first_name": "Ad"}),
        mei.share_story(group, spam),
        mei.forward(post, group),
        mei.send(group, "spam-site.top", as_chat=spam),
    ]
    edited = mei.send_file(group, "photo", caption="good morning")
    await stage.settled()
    mei.edit(edited, "spam-site.top", chat=group)
    await stage.settled()
    left = {message.message_id for message in stage.telegram.messages(group)}
    assert not left & {message.message_id for message in [*bad, edited]}
    assert {message.message_id for message in innocent} <= left
    # The album counts once, with the file, the poll, the channel's and the edited message.
    assert "5" in said(await command(stage, "/policy A1"))
    assert said(await stage.see(group, "Spam", "spam-site.top")).startswith("Spam")  # a channel is told by its title


async def test_the_linked_channel_anonymous_administrators_and_service_messages_are_spared(either_stage: Stage) -> None:
    stage = either_stage
    news = stage.telegram.add_channel("News", stage.anna, stage.group)
    await command(stage, "/policy add links delete")
    await switch_on(stage, "A1")
    stage.anna.send(news, "news on spam-site.top")
    stage.anna.send(stage.group, "anonymous: spam-site.top", anonymous=True)
    stage.anna.set_title(stage.group, "spam-site.top")
    await stage.settled()
    kept = texts_in(stage)
    assert "news on spam-site.top" in kept
    assert "anonymous: spam-site.top" in kept
    assert any("new_chat_title" in message.body for message in stage.telegram.messages(stage.group))
    assert not any("A1" in text for text in kept)


async def test_a_bot_that_may_not_delete_says_so_once_and_until_it_may(either_stage: Stage) -> None:
    stage = either_stage
    await command(stage, "/policy add links delete")
    await switch_on(stage, "A1")
    stage.anna.promote(stage.group, stage.bot, {"can_restrict_members": True, "can_delete_messages": False})
    await stage.settled()
    before = len(stage.telegram.messages(stage.anna))
    for number in range(3):
        stage.mei.send(stage.group, f"{number} spam-site.top")
        await stage.settled()
    told = stage.telegram.messages(stage.anna)[before:]
    assert len(told) == 1
    assert "⚠️" in said(told[0])
    assert "⚠️" in said(await command(stage, "/policy"))
    stage.anna.promote(stage.group, stage.bot, {"can_restrict_members": True, "can_delete_messages": True})
    await stage.settled()
    assert "⚠️" not in said(await command(stage, "/policy"))


async def test_what_is_no_rule_is_said_and_members_set_none(either_stage: Stage) -> None:
    stage = either_stage
    stage.anna.send(stage.bot, "/policy A7")
    assert "A7" in said(await newest(stage, stage.anna))
    stage.mei.send(stage.group, "/policy")
    await stage.settled()
    assert stage.telegram.messages(stage.group)[-1].labels() == []
