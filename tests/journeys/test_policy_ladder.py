"""Every rule from a breach to the end of its ladder: a hint, step by step, an appeal that is decided, and undoing.

R06, R13, R20, R22, R26, R27, R33–R35, R37.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.policy.rules.detectors import DETECTORS, What
from bot.policy.texts.detectors import SAID
from tests.journeys.broken_rules import RULES, code_of
from tests.journeys.stage import Stage, said
from tests.journeys.test_appeals import last, status
from tests.journeys.test_ladder_steps import EVERYTHING, NOTHING, TEXT, allowed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.sandbox.telegram import Actor
    from bot.sandbox.telegram.model import Message
    from tests.journeys.broken_rules import Broken


def test_every_detector_has_its_story() -> None:
    assert sorted(rule.what for rule in RULES) == sorted(DETECTORS)


class After(Enum):
    """What becomes of a step after it was taken."""

    NOTHING = "nothing"
    UNDONE = "undone"
    LIFTED = "lifted"
    LIGHTER = "lighter"
    UPHELD = "upheld"


FIRST, SECOND, END = 0, 1, 2
Day = tuple[int, After]
COURSES: tuple[tuple[Day, ...], ...] = (
    ((FIRST, After.NOTHING), (SECOND, After.UNDONE), (SECOND, After.NOTHING), (END, After.LIFTED)),
    ((FIRST, After.NOTHING), (SECOND, After.UNDONE), (SECOND, After.NOTHING), (END, After.LIGHTER)),
    ((FIRST, After.NOTHING), (SECOND, After.UNDONE), (SECOND, After.NOTHING), (END, After.UPHELD)),
    ((FIRST, After.NOTHING), (SECOND, After.LIFTED), (SECOND, After.NOTHING), (END, After.UNDONE)),
    ((FIRST, After.NOTHING), (SECOND, After.LIGHTER), (END, After.UNDONE)),
    ((FIRST, After.NOTHING), (SECOND, After.UPHELD), (END, After.UNDONE)),
)
"""Day by day the step that a breach leads to, and what becomes of it. What is undone or lifted is taken once more."""


@dataclass(frozen=True)
class Ladder:
    """A ladder as it is typed, what its second step leaves, how one stands after the last, and how both are named when undone.

    ``instead`` takes their places when they are made lighter; ``back`` is what then may be sent by who may come back.
    """

    typed: dict[str, str]
    second: dict[str, bool]
    end: str
    names: dict[str, tuple[str, str]]
    instead: dict[str, tuple[str, str]]
    back: dict[str, bool] | None


LADDERS = (
    Ladder(
        {"en": "warning, mute 2h, ban", "zh_Hans": "警告，禁言2小时，封禁"},
        NOTHING,
        "kicked",
        {"en": ("the mute of", "the ban of"), "zh_Hans": ("的禁言已撤销", "的封禁已撤销")},
        {"en": ("a mute of 1 hour", "a ban of 7 days"), "zh_Hans": ("禁言1小时", "封禁7天")},
        None,
    ),
    Ladder(
        {"en": "warning, no media 2h, ban 7 days", "zh_Hans": "警告，禁发媒体2小时，封禁7天"},
        TEXT,
        "kicked",
        {"en": ("the restriction to text of", "the ban of"), "zh_Hans": ("只能发文字的限制已撤销", "的封禁已撤销")},
        {"en": ("nothing but text for 1 hour", "a mute of 1 day"), "zh_Hans": ("只能发文字1小时", "禁言1天")},
        NOTHING,
    ),
    Ladder(
        {"en": "serious, mute 2h, kick", "zh_Hans": "严重警告，禁言2小时，踢出"},
        NOTHING,
        "left",
        {"en": ("the mute of", "the kick of"), "zh_Hans": ("的禁言已撤销", "移出")},
        {"en": ("a mute of 1 hour", "a warning"), "zh_Hans": ("禁言1小时", "警告")},
        EVERYTHING,
    ),
)
WORDS = {
    "en": {
        "hint": "hint",
        "undo": "Undo",
        "evidence": "Evidence",
        "no longer counts": "is undone and no longer counts.",
        "appeal": "Appeal",
        "why": "Why should somebody look at case #{n} in Hikers again?",
        "filed": "Your appeal against case #{n} in Hikers is with the managers.",
        "overdue": "The appeal against case #{n} in Hikers is overdue: it was to be decided by",
        "card overdue": "the decision is overdue",
        "show": "Show",
        "skip": "Skip",
        "stands": "30 days",
        "anew": "Case #{n} was upheld after your appeal. A new appeal is possible from {date}.",
    },
    "zh_Hans": {
        "hint": "提醒",
        "undo": "撤销",
        "evidence": "证据",
        "no longer counts": "已撤销，不再计入。",
        "appeal": "申诉",
        "why": "Hikers的记录 #{n} 为什么应该重新审查？",
        "filed": "你对Hikers记录 #{n} 的申诉已交给管理人员",
        "overdue": "Hikers：对记录 #{n} 的申诉已逾期，本应在",
        "card overdue": "逾期",
        "show": "查看",
        "skip": "跳过",
        "stands": "30天",
        "anew": "记录 #{n} 经申诉后维持不变，{date}起可以再次申诉。",
    },
}
DECISIONS = {
    "en": {
        After.LIFTED: ("Lift", "case #{n} in Hikers was lifted. It no longer counts.", "lifted by Ben"),
        After.LIGHTER: ("Make lighter", "case #{n} in Hikers was made lighter: {step}.", "Ben made it lighter"),
        After.UPHELD: (
            "Uphold",
            "case #{n} in Hikers stays as it is. A new appeal is possible from {date}.",
            "upheld by Ben",
        ),
    },
    "zh_Hans": {
        After.LIFTED: ("撤销", "经你申诉，Hikers的记录 #{n} 已撤销，不再计入。", "经申诉，Ben于"),
        After.LIGHTER: ("减轻", "经你申诉，Hikers的记录 #{n} 已减轻为：{step}。", "减轻为："),
        After.UPHELD: ("维持", "经你申诉，Hikers的记录 #{n} 维持不变。{date}起可以再次申诉。", "维持原处理"),
    },
}
"""The button of a decision, what the person is told, and what the card says."""


@dataclass
class Tale:
    """A rule, who breaks it, and what becomes of them; ``number`` is that of their newest case."""

    rule: Broken
    who: Actor
    course: tuple[Day, ...]
    ladder: Ladder
    number: int = 0

    @property
    def code(self) -> str:
        return code_of(self.rule.what)

    @property
    def plea(self) -> str:
        """What the person writes in the appeal."""
        return f"{self.code}: 我只是引用 I only quoted it"

    def on(self, day: int) -> Day | None:
        """Return what happens on a day, None after the last one."""
        return self.course[day] if day < len(self.course) else None


def told(stage: Stage, tale: Tale) -> list[Message]:
    """Return what the bot has said in the group to somebody about a rule."""
    ours = (message for message in stage.telegram.messages(stage.group) if message.author == stage.bot.id)
    names = re.compile(rf"{tale.who.name}(?![0-9])[\s\S]*{tale.code}(?![0-9])")
    return [message for message in ours if names.search(said(message))]


def until(stage: Stage, tale: Tale) -> timedelta:
    """Return how long a restriction or a ban still lasts at Telegram."""
    ends = int(stage.telegram.member(stage.group, tale.who)["until_date"])
    return timedelta(seconds=ends - int(stage.clock.now().timestamp()))


async def typed(stage: Stage, lines: Iterable[str]) -> list[Message]:
    """Let the owner type commands in private one after the other, and return the answers."""
    before = len(stage.telegram.messages(stage.anna))
    for line in lines:
        stage.anna.send(stage.bot, line)
    await stage.settled()
    return [message for message in stage.telegram.messages(stage.anna)[before:] if message.author == stage.bot.id]


# The story


async def test_every_rule_from_a_hint_to_the_end_of_its_ladder_with_an_appeal_and_an_undo(
    either_stage: Stage,
) -> None:
    stage = either_stage
    stage.ben.start(stage.bot)
    tales = await rules_are_set(stage)
    await hints_come_first(stage, tales)
    for day in range(max(len(tale.course) for tale in tales)):
        today = [(tale, *now) for tale in tales if (now := tale.on(day)) is not None]
        for tale, _, _ in today:
            tale.rule.breach(stage, tale.who)
        await stage.settled()
        for tale, step, _ in today:
            a_step_is_taken(stage, tale, step)
        for tale, step, after in today:
            if after is After.UNDONE:
                await a_manager_undoes(stage, tale, step)
        appealed = [(tale, step, after) for tale, step, after in today if after in DECISIONS[stage.locale]]
        await they_appeal(stage, appealed)
        for tale, step, after in appealed:
            if after is not After.UPHELD:
                await somebody_decides(stage, tale, step, after)
        await stage.advance(hours=23)
        for tale, step, after in appealed:
            if after is After.UPHELD:
                await the_overdue_is_upheld(stage, tale, step)


async def rules_are_set(stage: Stage) -> list[Tale]:
    """Add every rule in the stage's language, give it a ladder, and switch it on."""
    hint, tales = WORDS[stage.locale]["hint"], []
    for number, rule in enumerate(RULES):
        who = stage.person(f"Member{number}", started=True)
        who.join(stage.group)
        course, ladder = COURSES[number % len(COURSES)], LADDERS[number // len(COURSES) % len(LADDERS)]
        tales.append(Tale(rule, who, course, ladder))
    lines = [f"{stage.words(SAID[rule.what].name)} {rule.setting} {hint if rule.hinted else ''}" for rule in RULES]
    added = await typed(stage, (f"/policy add {line}" for line in lines))
    assert all(tale.code in said(answer) for tale, answer in zip(tales, added, strict=True)), added
    await typed(stage, (f"/policy {tale.code} ladder {tale.ladder.typed[stage.locale]}" for tale in tales))
    for preview in await typed(stage, (f"/policy {tale.code} on" for tale in tales if tale.rule.hinted)):
        stage.anna.tap(preview, "✓")
    await typed(stage, ["/appeals due 12h"])
    return tales


async def hints_come_first(stage: Stage, tales: Sequence[Tale]) -> None:
    """Let everybody break their rule once; nobody has a case for it."""
    hinted = [tale for tale in tales if tale.rule.hinted]
    for tale in hinted:
        for _ in range(tale.rule.times):
            tale.rule.breach(stage, tale.who)
    await stage.settled()
    for tale in hinted:
        (hint,) = told(stage, tale)
        assert "#" not in said(hint)
    await stage.advance(minutes=15)


def a_step_is_taken(stage: Stage, tale: Tale, step: int) -> None:
    """See the card of the next step, and its effect at Telegram."""
    card = told(stage, tale)[-1]
    found = re.search(r"#([0-9]+)", said(card))
    assert found is not None, said(card)
    assert int(found[1]) > tale.number, said(card)
    assert {WORDS[stage.locale][key] for key in ("undo", "evidence", "appeal")} == {
        label.partition(" ")[2] for label in card.labels()
    }, card.labels()
    tale.number = int(found[1])
    if step == END:
        assert status(stage, tale.who) == tale.ladder.end, said(card)
    else:
        assert allowed(stage, tale.who) == (tale.ladder.second if step == SECOND else EVERYTHING), said(card)


async def a_manager_undoes(stage: Stage, tale: Tale, step: int) -> None:
    """Undo the newest step: the card names it, and what it did is taken back."""
    card = told(stage, tale)[-1]
    assert WORDS[stage.locale]["no longer counts"] in await stage.tap(stage.anna, card, WORDS[stage.locale]["undo"])
    await stage.settled()
    it_is_taken_back(stage, tale, step, card)
    assert "Anna" in said(card).splitlines()[-1]
    if step == END:
        assert status(stage, tale.who) == "left"
        tale.who.join(stage.group)
    assert allowed(stage, tale.who) == EVERYTHING, tale.code


def it_is_taken_back(stage: Stage, tale: Tale, step: int, card: Message) -> None:
    """See that the card says what was undone."""
    head = said(card).partition("\n")[0]
    assert head.startswith("↩️"), head
    assert tale.ladder.names[stage.locale][0 if step == SECOND else 1] in head, head


# Appeals


async def they_appeal(stage: Stage, appealed: Sequence[tuple[Tale, int, After]]) -> None:
    """Appeal from the card; who was removed does from what they were told in private."""
    words = WORDS[stage.locale]
    for tale, step, _ in appealed:
        card = last(stage, tale.who) if step == END else told(stage, tale)[-1]
        tale.who.tap(card, next(label for label in card.labels() if words["appeal"] in label))
    await stage.settled()
    for tale, _, _ in appealed:
        assert words["why"].format(n=tale.number) in said(last(stage, tale.who))
        tale.who.send(stage.bot, tale.plea)
    await stage.settled()
    for tale, _, _ in appealed:
        assert words["filed"].format(n=tale.number) in said(last(stage, tale.who))
        shown = stage.find(stage.anna, tale.plea)
        assert (shown is None) is (tale.rule.what is What.MANUAL), "who gave the warning is not asked"


async def somebody_decides(stage: Stage, tale: Tale, step: int, after: After) -> None:
    """Lift a case or make it lighter; see what the person is told and what Telegram was told."""
    card, place = told(stage, tale)[-1], 0 if step == SECOND else 1
    instead = tale.ladder.instead[stage.locale][place]
    await decides(stage, tale, after, instead if after is After.LIGHTER else "")
    await stage.see(tale.who, DECISIONS[stage.locale][after][1].format(n=tale.number, step=instead))
    it_is_taken_back(stage, tale, step, card)
    assert DECISIONS[stage.locale][after][2] in said(card)
    if after is After.LIGHTER:
        new = told(stage, tale)[-1]
        assert f"#{tale.number}" in said(new).splitlines()[-1], "it stands in place of the old one"
        assert not any(WORDS[stage.locale]["appeal"] in label for label in new.labels()), "that decision stands"
    if step == SECOND:
        shorter = after is After.LIGHTER
        assert allowed(stage, tale.who) == (tale.ladder.second if shorter else EVERYTHING), tale.code
        assert not shorter or until(stage, tale) == timedelta(hours=1)
    elif after is After.LIGHTER and tale.ladder.back is None:
        assert status(stage, tale.who) == "kicked"
        assert until(stage, tale) == timedelta(days=7)
        assert last(stage, tale.who).labels() == [], "they are told until when, and that decision stands"
    else:
        await they_come_back(stage, tale, tale.ladder.back if after is After.LIGHTER else EVERYTHING)


async def they_come_back(stage: Stage, tale: Tale, back: dict[str, bool] | None) -> None:
    """Come back by the link of one's own."""
    assert status(stage, tale.who) == "left"
    link = re.search(r"https://t\.me/\+\w+", said(last(stage, tale.who)))
    assert link is not None, said(last(stage, tale.who))
    assert stage.group.links[link[0]].member_limit == 1
    tale.who.join(stage.group, link[0])
    await stage.settled()
    assert allowed(stage, tale.who) == back, tale.code


async def the_overdue_is_upheld(stage: Stage, tale: Tale, step: int) -> None:
    """Be reminded of an appeal that nobody has decided, uphold the case, and refuse another appeal until a date."""
    words = WORDS[stage.locale]
    card = next(message for message in told(stage, tale) if f"#{tale.number}" in said(message).partition("\n")[0])
    assert words["card overdue"] in said(card).splitlines()[-1]
    reminder = await stage.see(stage.ben, words["overdue"].format(n=tale.number))
    await stage.tap(stage.ben, reminder, words["show"])
    await stage.settled()
    await decides(stage, tale, After.UPHELD, words["stands"])
    end = (stage.clock.now() + timedelta(days=30)).astimezone(ZoneInfo(stage.zone))
    values = {"n": tale.number, "date": stage.day(end.month, end.day)}
    await stage.see(tale.who, DECISIONS[stage.locale][After.UPHELD][1].format(**values))
    assert DECISIONS[stage.locale][After.UPHELD][2] in said(card)
    assert status(stage, tale.who) == (tale.ladder.end if step == END else "member")
    tale.who.send(stage.bot, f"/appeal {tale.number}")
    await stage.see(tale.who, words["anew"].format(**values))


async def decides(stage: Stage, tale: Tale, after: After, choice: str) -> None:
    """Let a manager who had no part in the case decide: tap the decision, what belongs to it, and no remark."""
    ben = stage.ben
    await stage.tap(ben, await stage.see(ben, tale.plea), DECISIONS[stage.locale][after][0])
    await stage.settled()
    if choice:
        question = last(stage, ben)
        assert choice in question.labels()
        ben.tap(question, data=next(key["callback_data"] for key in question.buttons() if key["text"] == choice))
        await stage.settled()
    await stage.tap(ben, last(stage, ben), WORDS[stage.locale]["skip"])
    await stage.settled()
