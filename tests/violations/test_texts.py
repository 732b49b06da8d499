"""Every state of a case has its sentences, and none of them lets a name or a reason in as markup."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n import Texts, texts_for
from bot.kernel.ids import GroupId, MessageId, UserId
from bot.violations.rules.case import Case, Evidence, Person, State, Undone, Why
from bot.violations.rules.ladder import DEFAULT_LADDER, BadLadder, Rung, Step
from bot.violations.rules.ledger import Ledger, Unwarnable
from bot.violations.rules.outcomes import AlreadyUndone, JustWarned
from bot.violations.rules.settings import EXPIRY, Settings
from bot.violations.rules.typed import NoLength, NotAStep, read_ladder, read_step
from bot.violations.texts import answers, card, direct, heavy, ladder, lists, words

NOW = datetime(2027, 3, 10, 10, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
EN, ZH = texts_for("en", "UTC"), texts_for("zh_Hans", "Asia/Shanghai")
MEI, ANNA = Person(UserId(10), "<b>Mei & {x}"), Person(UserId(20), "Anna")
EVIDENCE = Evidence("photo", "look <i>here", MessageId(7), "https://t.me/c/1/7")
CASE = Case(
    3,
    GroupId(1),
    3,
    MEI,
    ANNA,
    NOW,
    NOW + EXPIRY,
    "<a>{0}",
    2,
    Step(Rung.SERIOUS, HOUR),
    State.DONE,
    EVIDENCE,
    NOW + HOUR,
)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.open.append(tag)
        self.seen.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def well_formed(html: str) -> None:
    tags = _Tags()
    tags.feed(html)
    assert tags.open == []
    assert tags.seen <= {"b", "a", "i", "code", "blockquote"}


@given(
    st.sampled_from([EN, ZH]),
    st.sampled_from(
        [*DEFAULT_LADDER, Step(Rung.WARNING, DAY), Step(Rung.LEAVE), Step(Rung.NOTICE), Step(Rung.MUTE, DAY)]
    ),
    st.sampled_from(State),
    st.one_of(st.none(), st.sampled_from(Why)),
    st.booleans(),
    st.sampled_from([timedelta(0), 2 * HOUR, EXPIRY + HOUR]),
)
def test_every_state_of_a_case_can_be_shown(
    texts: Texts, step: Step, state: State, why: Why | None, undone: bool, later: timedelta
) -> None:
    case = replace(
        CASE,
        step=step,
        state=state,
        why=why,
        mute_until=None if step.mute is None else NOW + step.mute,
        undone=Undone(ANNA, NOW) if undone else None,
        decided_by=ANNA,
    )
    now = NOW + later
    shown = card.card(texts, case, Ledger((case,), DEFAULT_LADDER), now)
    for html in (
        shown,
        answers.trouble(texts, case, "<Hikers>"),
        heavy.summary(texts, case, [case]),
        lists.digest(texts, [case], 12),
    ):
        assert html
        well_formed(html)
    assert shown.index("#") == shown.index("#3")
    assert ("muted" not in shown.lower()) or not undone


@pytest.mark.parametrize("reason", Unwarnable)
@pytest.mark.parametrize("texts", [EN, ZH])
def test_every_refusal_is_a_sentence(texts: Texts, reason: Unwarnable) -> None:
    said = answers.unwarnable(texts, reason, MEI.name)
    well_formed(said)
    assert said.rstrip()[-1] in ".。"


@pytest.mark.parametrize(
    "step", [*DEFAULT_LADDER, Step(Rung.WARNING, HOUR), Step(Rung.LEAVE), Step(Rung.NOTICE), Step(Rung.MUTE, HOUR)]
)
def test_every_step_has_a_name(step: Step) -> None:
    assert words.step(EN, step)
    assert words.step(ZH, step)


@pytest.mark.parametrize("problem", [NotAStep("<hug>"), NoLength(), *BadLadder])
@pytest.mark.parametrize("texts", [EN, ZH])
def test_every_fault_of_a_ladder_is_a_sentence_that_says_what_is_right(
    texts: Texts, problem: NotAStep | NoLength | BadLadder
) -> None:
    said = ladder.wrong(texts, problem)
    well_formed(said)
    assert "/ladder" in said
    assert said.rstrip()[-1] in ".。"


@pytest.mark.parametrize("texts", [EN, ZH])
def test_the_example_of_a_ladder_is_understood(texts: Texts) -> None:
    example = texts.label("/ladder set warning, serious 1h, mute 24h, removal").split(maxsplit=2)[2]
    steps = read_ladder(example)
    assert isinstance(steps, tuple)
    assert [step.rung for step in steps] == [Rung.WARNING, Rung.SERIOUS, Rung.MUTE, Rung.REMOVAL]


@pytest.mark.parametrize("step", [*DEFAULT_LADDER[:3], Step(Rung.NOTICE), Step(Rung.MUTE, HOUR), Step(Rung.LEAVE, DAY)])
def test_a_step_as_it_is_shown_can_be_typed(step: Step) -> None:
    assert read_step(words.step(EN, step)) == step


def test_who_warned_a_moment_ago_is_named_as_in_the_past() -> None:
    said = answers.just_warned(EN, JustWarned(CASE, 1), UserId(30), NOW)
    assert "Anna warned <b>&lt;b&gt;Mei &amp; {x}</b> 1 second ago (case #3)." in said


@pytest.mark.parametrize("texts", [EN, ZH])
def test_where_moderators_are_hidden_nothing_in_the_group_names_them(texts: Texts) -> None:
    case = replace(CASE, undone=Undone(ANNA, NOW), decided_by=ANNA)
    ledger = Ledger((case,), DEFAULT_LADDER, settings=Settings(hidden=True))
    for html in (
        card.card(texts, case, ledger, NOW),
        card.card(texts, replace(CASE, step=Step(Rung.REMOVAL), state=State.DONE, decided_by=ANNA), ledger, NOW),
        answers.just_warned(texts, JustWarned(CASE, 1), UserId(99), NOW, hidden=True),
        answers.undo_answer(texts, AlreadyUndone(case), NOW, hidden=True),
        direct.just_taken(texts, CASE, NOW, hidden=True),
    ):
        well_formed(html)
        assert ANNA.name not in html


@pytest.mark.parametrize("texts", [EN, ZH])
def test_a_card_names_the_rule_the_count_and_the_time_to_leave(texts: Texts) -> None:
    case = replace(
        CASE, rule="A3", rule_title="No <ads>", further=3, step=Step(Rung.LEAVE), state=State.NONE, leave_by=NOW + HOUR
    )
    shown = card.card(texts, case, Ledger((case,), DEFAULT_LADDER, settings=Settings(points=True)), NOW)
    well_formed(shown)
    for part in ("A3", "No &lt;ads&gt;", "3", texts.when(NOW + HOUR)):
        assert part in shown
    assert texts.when(NOW + HOUR) not in card.card(
        texts, replace(case, left_at=NOW), Ledger((case,), DEFAULT_LADDER), NOW
    )
