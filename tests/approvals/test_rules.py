from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.approvals import texts
from bot.approvals.rules import AlreadyDecided, Approval, Decided, Gone, Lapsed, May, NotAllowed, State, judge
from bot.i18n import Html, texts_for
from bot.kernel.ids import GroupId, UserId
from bot.kernel.roles import ALL_RIGHTS, Right, Standing

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
ANNA, BEN, CARL = UserId(1), UserId(2), UserId(3)
EN = texts_for("en", "UTC")
APPROVAL = Approval(
    *(7, GroupId(1), "violations", "remove", "12", "Remove <b>Carl</b>"),
    proposed_by=BEN,
    needed=Right.REMOVE,
    not_by=frozenset({CARL}),
    until=NOW + timedelta(days=1),
)
ANYBODY = st.sampled_from([ANNA, BEN, CARL])


def who(user_id: UserId, *, creator: bool = False, able: bool = True) -> Standing:
    return Standing(user_id, is_creator=creator, rights=ALL_RIGHTS if able else frozenset())


def test_a_second_person_with_the_right_decides() -> None:
    assert judge(APPROVAL, who(ANNA), [ANNA, BEN], NOW) == May()


@pytest.mark.parametrize(
    ("actor", "reason"),
    [(who(ANNA, able=False), "no_right"), (who(BEN), "own"), (who(CARL), "excluded")],
)
def test_some_may_not(actor: Standing, reason: str) -> None:
    assert judge(APPROVAL, actor, [ANNA, BEN], NOW) == NotAllowed(reason)  # type: ignore[arg-type]


def test_the_owner_decides_their_own_proposal_only_where_nobody_else_could() -> None:
    own = replace(APPROVAL, proposed_by=ANNA)
    assert judge(own, who(ANNA, creator=True), [ANNA, BEN], NOW) == NotAllowed("own")
    assert judge(own, who(ANNA, creator=True), [ANNA], NOW) == May(own=True)
    assert judge(own, who(ANNA, creator=True), [ANNA, CARL], NOW) == May(own=True)
    assert judge(own, who(ANNA), [ANNA], NOW) == NotAllowed("own")


def test_what_is_closed_or_over_is_not_decided() -> None:
    approved = replace(APPROVAL, state=State.APPROVED, decided_by=ANNA)
    assert judge(approved, who(ANNA), [], NOW) == AlreadyDecided(approved)
    assert judge(APPROVAL, who(ANNA), [], APPROVAL.until) == Lapsed(APPROVAL)


@given(
    st.sampled_from(list(State)),
    st.one_of(st.none(), ANYBODY),
    st.frozensets(ANYBODY),
    ANYBODY,
    st.booleans(),
    st.frozensets(st.sampled_from(list(Right))),
    st.frozensets(ANYBODY),
    st.timedeltas(timedelta(days=-2), timedelta(days=2)),
)
def test_whoever_decides_has_the_right_in_time_and_is_a_second_person_or_the_lonely_owner(
    state: State,
    proposer: UserId | None,
    not_by: frozenset[UserId],
    actor: UserId,
    creator: bool,
    rights: frozenset[Right],
    able: frozenset[UserId],
    later: timedelta,
) -> None:
    approval = replace(APPROVAL, state=state, proposed_by=proposer, not_by=not_by)
    verdict = judge(approval, Standing(actor, is_creator=creator, rights=rights), able, NOW + later)
    if isinstance(verdict, May):
        assert state is State.OPEN
        assert NOW + later < approval.until
        assert Right.REMOVE in rights
        assert verdict.own == (actor == proposer)
        if verdict.own:
            assert creator
            assert not able - not_by - {actor}
        else:
            assert actor not in not_by


@pytest.mark.parametrize("state", list(State))
def test_every_state_has_its_words(state: State) -> None:
    approval = replace(APPROVAL, state=state)
    card = texts.card(EN, approval, Html(approval.summary), "Ben <x>", "Anna")
    assert "Remove <b>Carl</b>" in card
    assert "Ben &lt;x&gt;" in card
    outcomes = (Decided(approval), AlreadyDecided(approval), Lapsed(approval), NotAllowed("own"), Gone())
    assert all(0 < len(texts.toast(EN, outcome, "Anna")) <= 200 for outcome in outcomes)
