"""What every group meets first: the guided start, the panel, roles, private talk, and what befalls a group later on."""

from __future__ import annotations

from bot.kernel.groups import Group
from bot.sandbox.telegram import Actor
from bot.sandbox.telegram.model import Chat, Message
from bot.sandbox.telegram.rights import RIGHTS
from tests.journeys.stage import Stage, said

CHINESE = {
    "Anna": "Anna",
    "every right": "需要的权限都有了",
    "Ban users": "封禁用户",
    "Pin messages": "置顶消息",
    "Delete messages": "删除消息",
    "All set": "设置好了",
    "What would you like to do": "想做什么",
    "Settings": "设置",
    "Group settings": "群设置",
    "‹ Menu": "‹ 菜单",
    "Skip": "跳过",
    "Meeting in person": "线下活动",
    "has become a supergroup": "已升级为超级群",
    "Members": "成员",
    "Which group": "哪个群",
    "is about": "针对",
    "as the group": "以群的身份",
    "It is me": "是我",
    "Confirmed by": "已确认",
    "I am back": "我回来了",
    "no longer in": "不在",
    "no longer have": "没有这些权限了",
    "managers' chat of": "的管理群",
    "channel": "频道",
    "bot": "机器人",
    "Join": "报名",
    "moderator": "版主",
}
ALL = dict.fromkeys(RIGHTS, True)


def word(stage: Stage, english: str) -> str:
    """Return what marks a sentence in the language of the stage."""
    return CHINESE[english] if stage.locale == "zh_Hans" else english


def profile(stage: Stage, chat: Chat | None = None) -> Group:
    assert stage.app is not None
    found = stage.app.groups.by_chat((chat or stage.group).id)
    assert found is not None
    return found


async def spoken(stage: Stage, *people: Actor, where: Chat | None = None) -> None:
    """Let people say something, so that the bot knows them there."""
    for person in people:
        person.send(where or stage.group, f"I am {person.name}")
    await stage.settled()


async def tell(stage: Stage, who: Actor, where: Chat | None, line: str) -> list[Message]:
    """Say a line (``where`` None: in private), and return what the bot says to it there."""
    before = {message.message_id for message in stage.telegram.messages(where or who)}
    who.send(where or stage.bot, line)
    await stage.settled()
    return [
        message
        for message in stage.telegram.messages(where or who)
        if message.message_id not in before and message.author == stage.bot.id
    ]


# The guided start


async def test_the_guided_start_sets_language_and_zone_by_buttons(any_stage: Stage) -> None:
    stage = any_stage
    welcome = await stage.see(stage.group, "Hikers", word(stage, "every right"))

    refused = await stage.tap(stage.mei, welcome, "English")
    assert refused
    assert profile(stage).locale == stage.locale

    await stage.tap(stage.anna, welcome, "简体中文")
    await stage.until(lambda: "管理" in said(welcome) and "✓ 简体中文" in welcome.labels())
    await stage.tap(stage.anna, welcome, "English")
    await stage.until(lambda: "I am Qunguan" in said(welcome))
    await stage.tap(stage.ben, welcome, "London")
    await stage.until(lambda: any("✓ London" in label for label in welcome.labels()))
    await stage.tap(stage.anna, welcome, "Done")
    await stage.until(lambda: "All set" in said(welcome))

    assert welcome.labels() == []
    assert (profile(stage).locale, profile(stage).zone) == ("en", "Europe/London")


async def test_rights_that_lack_are_told_in_plain_words_and_thanked_for(any_stage: Stage) -> None:
    stage = any_stage
    cooks = stage.telegram.add_group("Cooks", stage.anna, [stage.mei])
    stage.telegram.add_bot_to(cooks, stage.bot, stage.anna, rights={"can_delete_messages": True})

    welcome = await stage.see(cooks, "Cooks", word(stage, "Ban users"), word(stage, "Pin messages"))
    assert f"• {word(stage, 'Delete messages')}" not in said(welcome)

    stage.telegram.set_bot_status(cooks, stage.bot, "administrator", ALL)
    await stage.see(cooks, word(stage, "every right"))


async def test_a_basic_group_is_told_what_it_cannot_do(stage: Stage) -> None:
    small = stage.group_of("Cooks", stage.anna, stage.mei, supergroup=False)

    await stage.see(small, "basic group", "muted")


# The panel


async def test_the_panel_shows_each_what_they_may_do(any_stage: Stage) -> None:
    stage = any_stage
    await spoken(stage, stage.mei)
    (own,) = await tell(stage, stage.anna, stage.group, "/menu")
    assert word(stage, "What would you like to do") in said(own)
    assert any(word(stage, "Group settings") in label for label in own.labels())

    (others,) = await tell(stage, stage.mei, stage.group, "/menu")
    assert others.labels()
    assert not any(word(stage, "Group settings") in label for label in others.labels())

    await stage.tap(stage.anna, own, word(stage, "Group settings"))
    settings = f"⚙️ {word(stage, 'Settings')}"
    await stage.until(lambda: settings in own.labels())
    assert await stage.tap(stage.mei, own, settings), "a panel is no pass: the tapper's rights count"
    await stage.tap(stage.anna, own, settings)
    await stage.until(lambda: any("🌐" in label for label in stage.telegram.messages(stage.group)[-1].labels()))


async def test_every_button_of_the_owners_panel_does_something(stage: Stage) -> None:
    await spoken(stage, stage.anna)
    for where in (stage.group, None):
        (first,) = await tell(stage, stage.anna, where, "/menu")
        for label in first.labels():
            (panel,) = await tell(stage, stage.anna, where, "/menu")
            before = shown(stage, where)
            await stage.tap(stage.anna, panel, label)
            await stage.settled()
            assert shown(stage, where) != before, label
            for inside in panel.labels()[:-1] if panel.labels()[-1] == "‹ Menu" else ():
                (section,) = await tell(stage, stage.anna, where, "/menu")
                await stage.tap(stage.anna, section, label)
                await stage.settled()
                before = shown(stage, where)
                answer = await stage.tap(stage.anna, section, inside)
                await stage.settled()
                assert answer or shown(stage, where) != before, inside
                await tell(stage, stage.anna, where, "/cancel")
            await tell(stage, stage.anna, where, "/cancel")


async def test_whatever_replaces_the_panel_leads_back_to_it(stage: Stage) -> None:
    await spoken(stage, stage.anna)
    (panel,) = await tell(stage, stage.anna, None, "/menu")
    front, replaced = (said(panel), panel.labels()), 0
    for section in front[1]:
        await stage.tap(stage.anna, panel, section)
        await stage.settled()
        page = said(panel), panel.labels()
        for label in page[1][:-1] if page != front else ():
            await stage.tap(stage.anna, panel, label)
            await stage.settled()
            if panel.labels() != page[1]:
                replaced += 1
                assert panel.labels()[-1] == f"‹ {section}", label
                await stage.tap(stage.anna, panel, f"‹ {section}")
                await stage.settled()
            assert (said(panel), panel.labels()) == page, label
            await tell(stage, stage.anna, None, "/cancel")
        if page != front:
            await stage.tap(stage.anna, panel, "‹ Menu")
            await stage.settled()
        assert (said(panel), panel.labels()) == front, section
    assert replaced >= 3


async def test_the_way_back_stays_under_what_the_answer_leads_to(any_stage: Stage) -> None:
    stage, back = any_stage, f"‹ ⚙️ {word(any_stage, 'Group settings')}"
    await spoken(stage, stage.anna)
    (panel,) = await tell(stage, stage.anna, stage.group, "/menu")
    await stage.tap(stage.anna, panel, back.removeprefix("‹ "))
    await stage.until(lambda: any("📊" in label for label in panel.labels()))
    first = panel.labels()
    await stage.tap(stage.anna, panel, "📊")
    await stage.until(lambda: panel.labels()[-1] == back)
    shown_first = said(panel)
    await stage.tap(stage.anna, panel, "07:00")
    await stage.until(lambda: said(panel) != shown_first)
    assert panel.labels()[-1] == back
    await stage.tap(stage.anna, panel, back)
    await stage.until(lambda: panel.labels() == first)

    (own,) = await tell(stage, stage.anna, stage.group, "/digest")
    before = said(own)
    await stage.tap(stage.anna, own, "08:00")
    await stage.until(lambda: said(own) != before)
    assert back not in own.labels(), "an answer to a command took no panel's place"


async def test_the_way_back_shows_what_whoever_taps_it_may_do(stage: Stage) -> None:
    await spoken(stage, stage.mei)
    (theirs,) = await tell(stage, stage.mei, stage.group, "/menu")
    (panel,) = await tell(stage, stage.anna, stage.group, "/menu")
    await stage.tap(stage.anna, panel, "🗓 Events")
    await stage.until(lambda: "‹ Menu" in panel.labels())
    await stage.tap(stage.anna, panel, "What is coming up")
    await stage.until(lambda: "‹ 🗓 Events" in panel.labels())
    await stage.tap(stage.mei, panel, "‹ 🗓 Events")
    await stage.until(lambda: "My events" in panel.labels())
    await stage.tap(stage.mei, panel, "‹ Menu")
    await stage.until(lambda: panel.labels() == theirs.labels())


def shown(stage: Stage, where: Chat | None) -> list[str]:
    return [said(message) for message in stage.telegram.messages(where or stage.anna)]


# Which group a private conversation means


async def test_a_private_talk_asks_once_which_group_it_means_and_changes_with_a_tap(any_stage: Stage) -> None:
    stage, anna = any_stage, any_stage.anna
    cooks = stage.group_of("Cooks", anna, stage.mei)
    await spoken(stage, anna)
    await spoken(stage, anna, where=cooks)

    (question,) = await tell(stage, anna, None, "/label Kitchen")
    assert word(stage, "Which group") in said(question)
    assert {"Cooks", "Hikers"} <= set(question.labels())
    await stage.tap(anna, question, "Cooks")
    await stage.until(lambda: profile(stage, cooks).label == "Kitchen")

    await tell(stage, anna, None, "/label Pots")
    assert (profile(stage, cooks).label, profile(stage).label) == ("Pots", None)

    (choice,) = await tell(stage, anna, None, "/group")
    assert word(stage, "is about") in said(choice)
    assert "✓ Cooks" in choice.labels()
    await stage.tap(anna, choice, "Hikers")
    await stage.until(lambda: "✓ Hikers" in choice.labels())
    await tell(stage, anna, None, "/label Walkers")
    assert (profile(stage, cooks).label, profile(stage).label) == ("Pots", "Walkers")


# Who speaks


async def test_an_anonymous_administrator_confirms_by_a_button(any_stage: Stage) -> None:
    stage = any_stage
    stage.anna.promote(stage.group, stage.ben, is_anonymous=True)
    (question,) = await tell(stage, stage.ben, stage.group, "/label Walkers")
    assert word(stage, "as the group") in said(question)

    assert await stage.tap(stage.mei, question, word(stage, "It is me"))
    assert profile(stage).label is None
    await stage.tap(stage.ben, question, word(stage, "It is me"))

    await stage.until(lambda: word(stage, "Confirmed by") in said(question) and "Ben" in said(question))
    await stage.until(lambda: profile(stage).label == "Walkers")


async def test_a_role_is_granted_used_and_taken(any_stage: Stage) -> None:
    stage, mei = any_stage, any_stage.mei
    await spoken(stage, mei)
    assert not await has_a_role(stage, mei)

    (granted,) = await tell(stage, stage.anna, stage.group, "/role grant @mei moderator")
    assert "Mei" in said(granted)
    assert await has_a_role(stage, mei)

    await tell(stage, stage.anna, stage.group, "/role take @mei moderator")
    assert not await has_a_role(stage, mei)


async def has_a_role(stage: Stage, who: Actor) -> bool:
    """Say whether somebody's panel is more than a member's."""
    panel = (await tell(stage, who, stage.group, "/menu"))[0]
    carl = (await tell(stage, stage.carl, stage.group, "/menu"))[0]
    return panel.labels() != carl.labels()


async def test_a_channel_cannot_use_commands(any_stage: Stage) -> None:
    stage = any_stage
    channel = stage.telegram.add_channel("News", stage.anna)
    stage.anna.send(stage.group, f"/label@{stage.bot.username} Walkers", as_chat=channel)

    await stage.see(stage.group, word(stage, "channel"))
    assert profile(stage).label is None


async def test_other_bots_get_no_roles(stage: Stage) -> None:
    other = stage.telegram.add_bot("other_bot", "Other")
    stage.anna.add(stage.group, other)
    await stage.settled()

    (refusal,) = await tell(stage, stage.anna, stage.group, "/role grant @other_bot moderator")

    assert "bot" in said(refusal)
    (roles,) = await tell(stage, stage.anna, stage.group, "/roles")
    assert "Other" not in said(roles)


# The managers' chat


async def test_a_managers_chat_is_linked_by_a_button_and_used(any_stage: Stage) -> None:
    stage = any_stage
    managers = stage.group_of("Helpers", stage.anna, stage.ben)
    await spoken(stage, stage.anna, stage.ben)
    await spoken(stage, stage.anna, stage.ben, where=managers)

    (question,) = await tell(stage, stage.anna, managers, "/managerschat")
    await stage.tap(stage.anna, question, "Hikers")
    await stage.until(lambda: "Hikers" in said(question) and word(stage, "managers' chat of") in said(question))
    assert profile(stage).managers_chat_id == managers.id

    await tell(stage, stage.ben, managers, "/label Walkers")
    assert (profile(stage).label, profile(stage, managers).label) == ("Walkers", None)
    # What managers are to know is told there from now on, and no more to the owner in private.
    stage.telegram.set_bot_status(stage.group, stage.bot, "administrator", ALL | {"can_pin_messages": False})
    await stage.see(managers, "Hikers", word(stage, "Pin messages"))
    assert stage.find(stage.anna, word(stage, "Pin messages")) is None


# What befalls a group


async def test_a_basic_group_becomes_a_supergroup_in_mid_life(any_stage: Stage) -> None:
    stage, anna = any_stage, any_stage.anna
    hour = 17 if stage.zone == "Asia/Shanghai" else 9
    small = stage.group_of("Cooks", anna, stage.mei, supergroup=False)
    await spoken(stage, anna, stage.mei, where=small)
    await tell(stage, anna, small, "/label Kitchen")
    await stage.plan(anna, f"/event create Baking | 2027-03-13 {hour}:00 | 2 seats", small)

    big = stage.telegram.migrate(small)
    await stage.settled()

    group = profile(stage, big)
    assert (group.label, group.kind, group.chat_id) == ("Kitchen", "supergroup", big.id)
    assert profile(stage, small) == group
    card = await stage.see(big, "Baking", "#1")
    await stage.tap(stage.mei, card, card.labels()[0])
    await stage.until(lambda: "Mei" in said(card) or "1" in said(card))
    await stage.advance(days=2)
    reminders = [m for m in stage.telegram.messages(big) if "Baking" in said(m) and m.message_id != card.message_id]
    assert reminders, stage.telegram.describe()


async def test_what_waited_for_a_group_is_sent_to_the_supergroup_it_became(stage: Stage) -> None:
    anna = stage.anna
    small = stage.group_of("Cooks", anna, stage.mei, supergroup=False)
    await stage.settled()
    stage.telegram.faults.add("sendMessage", "429", retry_after=1, chat_id=small.id)
    anna.send(small, "/menu")
    await stage.until(lambda: not stage.telegram.faults.waiting)

    big = stage.telegram.migrate(small)

    await stage.see(big, "Cooks", "What would you like to do")


async def test_a_form_goes_on_in_the_supergroup_a_group_has_become(any_stage: Stage) -> None:
    stage, anna = any_stage, any_stage.anna
    small = stage.group_of("Cooks", anna, stage.mei, supergroup=False)
    await spoken(stage, anna, stage.mei, where=small)
    (asked,) = await tell(stage, anna, small, "/event create")
    anna.send(small, "Baking", reply_to=asked)
    await stage.settled()
    await stage.tap(anna, asked, word(stage, "Meeting in person"))
    await stage.settled()
    when = question(asked)

    big = stage.telegram.migrate(small)
    await stage.settled()

    (there,) = [m for m in stage.telegram.messages(big) if when in said(m)]
    assert "Anna" in said(there)
    assert word(stage, "has become a supergroup") in said(there)
    anna.send(big, "2027-03-13 17:00", reply_to=there)
    await stage.settled()
    assert when not in said(there)
    for _ in range(8):
        if not there.labels():
            break
        label = next((one for one in there.labels() if word(stage, "Skip") in one), there.labels()[0])
        await stage.tap(anna, there, label)
        await stage.settled()
    await stage.see(big, "Baking", "👥")
    assert not [m for m in stage.telegram.messages(stage.group) if "Baking" in said(m)]


async def test_a_question_on_its_way_is_asked_once_in_the_supergroup(stage: Stage) -> None:
    anna = stage.anna
    small = stage.group_of("Cooks", anna, stage.mei, supergroup=False)
    await spoken(stage, anna, where=small)
    stage.telegram.faults.add("sendMessage", "429", retry_after=1, chat_id=small.id)
    anna.send(small, "/event create")
    await stage.until(lambda: not stage.telegram.faults.waiting)

    big = stage.telegram.migrate(small)
    await stage.advance(seconds=2)

    (there,) = [m for m in stage.telegram.messages(big) if "New event" in said(m)]
    anna.send(big, "Baking", reply_to=there)
    await stage.until(lambda: "in person, or online" in said(there))


def question(asked: Message) -> str:
    """Return the words in which a form asks its present question."""
    return said(asked).split("\n\n")[1]


async def test_a_right_that_is_lost_is_told_to_the_owner_once(any_stage: Stage) -> None:
    stage = any_stage
    await spoken(stage, stage.anna)
    for _ in range(2):
        stage.telegram.set_bot_status(stage.group, stage.bot, "administrator", ALL | {"can_pin_messages": False})
        await stage.settled()

    await stage.see(stage.anna, "Hikers", word(stage, "Pin messages"))
    told = [m for m in stage.telegram.messages(stage.anna) if word(stage, "no longer have") in said(m)]
    assert len(told) == 1
    assert stage.find(stage.group, word(stage, "no longer have")) is None


async def test_removed_and_added_again_everything_is_as_it_was(any_stage: Stage) -> None:
    stage = any_stage
    await tell(stage, stage.anna, stage.group, "/label Walkers")
    welcome = stage.find(stage.group, word(stage, "every right"))
    assert welcome is not None
    await stage.tap(stage.anna, welcome, welcome.labels()[-1])
    await stage.until(lambda: word(stage, "All set") in said(welcome))

    stage.telegram.set_bot_status(stage.group, stage.bot, "kicked")
    await stage.see(stage.anna, word(stage, "no longer in"), "Hikers")
    await stage.settled()
    assert not profile(stage).active

    stage.telegram.add_bot_to(stage.group, stage.bot, stage.anna, administrator=True)
    await stage.see(stage.group, word(stage, "I am back"))
    await stage.settled()
    assert (profile(stage).active, profile(stage).label) == (True, "Walkers")


async def test_a_restart_in_the_middle_of_a_form_goes_unnoticed(any_stage: Stage) -> None:
    stage, anna = any_stage, any_stage.anna
    (question,) = await tell(stage, anna, stage.group, "/quiet")

    await stage.restart()
    await stage.tap(anna, question, "22:00")
    await stage.settled()

    assert [hours.start.hour for hours in profile(stage).quiet] == [22]

    await tell(stage, anna, None, "/label")
    await stage.restart()
    await tell(stage, anna, None, "Walkers")
    assert profile(stage).label == "Walkers"


async def test_what_is_said_while_the_bot_is_down_is_answered_when_it_is_up(any_stage: Stage) -> None:
    stage = any_stage
    await stage.stop()
    stage.anna.send(stage.group, "/label Walkers")
    stage.anna.send(stage.group, "/label Climbers")
    await stage.start()
    await stage.until(lambda: profile(stage).label == "Climbers")
    await stage.settled()

    answers = [said(m) for m in stage.telegram.messages(stage.group) if m.author == stage.bot.id][-2:]
    assert ["Walkers" in answers[0], "Climbers" in answers[1]] == [True, True]
