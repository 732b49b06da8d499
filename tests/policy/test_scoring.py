"""A trained model joins in: what it says counts, and one that fails does not stop the bot."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from bot.policy.rules.findings import Past
from bot.policy.rules.message import Seen
from bot.policy.rules.model import MOST_POINTS, Score, checked
from bot.policy.rules.speech import Advertising
from bot.policy.service.scoring import Scorer, load

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass
class Shouting:
    """Takes exclamation marks for advertising."""

    version: str = "shouting-1"
    asked: list[list[str]] = field(default_factory=list)

    def scores(self, texts: Sequence[str]) -> list[float]:
        self.asked.append(list(texts))
        return [min(text.count("!") / 4, 1) for text in texts]


class Broken:
    version = "broken-1"

    def __init__(self, said: list[float] | None = None) -> None:
        self._said = said

    def scores(self, texts: Sequence[str]) -> list[float]:  # noqa: ARG002  (it fails whatever it is asked)
        if self._said is None:
            raise RuntimeError("no memory left")
        return self._said


model = Shouting()
wrong_model = Broken([2.0])


async def test_a_model_is_asked_once_for_a_batch_and_only_about_texts() -> None:
    shouting = Shouting()
    scores = await Scorer(shouting).scores(["hi", "", "now!!!!"])
    assert scores == [Score(0, "shouting-1"), None, Score(1, "shouting-1")]
    assert shouting.asked == [["hi", "now!!!!"]]
    assert await Scorer(None).scores(["hi"]) == [None]
    assert await Scorer(shouting).scores(["", ""]) == [None, None]
    assert len(shouting.asked) == 1


@pytest.mark.parametrize("said", [None, [], [0.1, 0.2, 0.3], [float("nan"), 0.1], [-0.1, 0], [1.1, 0]])
async def test_a_model_that_fails_is_left_out(said: list[float] | None) -> None:
    assert await Scorer(Broken(said)).scores(["a", "b"]) == [None, None]


@pytest.mark.parametrize(("value", "points"), [(0, 0), (0.5, 0), (0.75, 3), (1, MOST_POINTS)])
def test_a_score_counts_from_one_half_in_proportion(value: float, points: int) -> None:
    assert Score(value, "x").points == points


def test_what_a_model_says_counts_with_the_rest() -> None:
    seen, rule = Seen(0, "诚招代理，详询"), Advertising()
    assert rule.find(seen, Past()) is None
    assert rule.find(seen, Past(model=Score(0.4, "x"))) is None
    hit = rule.find(seen, Past(model=Score(0.75, "x")))
    assert hit is not None
    assert hit.detail == "7 (x)"
    plain = Seen(0, "come and see")
    assert Advertising(7).find(plain, Past(model=Score(1, "x"))) is None
    assert Advertising(6).find(plain, Past(model=Score(1, "x"))) is not None


def test_a_model_is_found_by_its_path() -> None:
    assert load(f"{__name__}:model") is model
    assert load(f"{__name__}:Shouting").version == "shouting-1"
    for path in ("no.such:thing", f"{__name__}:nothing", f"{__name__}:wrong_model", f"{__name__}:Broken"):
        with pytest.raises(ValueError, match="gives no model"):
            load(path)


def test_what_is_no_score_is_refused() -> None:
    assert checked([0, 1], 2, "x") == [Score(0, "x"), Score(1, "x")]
    with pytest.raises(ValueError, match="2 scores for 1"):
        checked([0, 1], 1, "x")
