"""What lists of appeals say of those that they leave out."""

from __future__ import annotations

import pytest

from bot.i18n import Html, Texts, texts_for
from bot.violations.appeals.texts import managers, person

EN, ZH = texts_for("en", "UTC"), texts_for("zh_Hans", "Asia/Shanghai")


@pytest.mark.parametrize(
    ("texts", "opened", "closed", "said"),
    [
        (EN, 0, 0, ()),
        (EN, 200, 0, ("Only the 200 that are due first",)),
        (EN, 200, 24, ("Only the 200 that are due first", "at most the latest 24 are listed")),
        (ZH, 200, 24, ("只列出最先到期的200件", "最多列出最近24件")),
    ],
)
def test_managers_are_told_which_appeals_are_not_listed(
    texts: Texts, opened: int, closed: int, said: tuple[str, ...]
) -> None:
    lines = managers.left_out(texts, opened, closed).splitlines()
    assert len(lines) == len(said)
    assert all(part in line for part, line in zip(said, lines, strict=True))


@pytest.mark.parametrize(("texts", "said"), [(EN, "At most 20 cases are listed here"), (ZH, "最多列出20条记录")])
def test_the_person_is_told_that_cases_beyond_the_list_can_be_appealed_too(texts: Texts, said: str) -> None:
    lines = [Html("• #{}").format(number) for number in range(20)]
    assert said in person.listing(texts, lines, 20)
    assert said not in person.listing(texts, lines[:19], 20)
