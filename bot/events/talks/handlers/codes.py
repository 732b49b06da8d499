"""The buttons of talks."""

from __future__ import annotations

from bot.tg.buttons import ButtonCode

LINK = ButtonCode("ev.link", (int,))
SPEAKERS = ButtonCode("ev.ts", (int,))
ADD = ButtonCode("ev.ta", (int,))
DROP = ButtonCode("ev.td", (int, int))
"""Carries an event and the place of a speaker."""
YES = ButtonCode("ev.ty", (int,))
NO = ButtonCode("ev.tn", (int,))
ASK = ButtonCode("ev.qa", (int,))
QUESTIONS = ButtonCode("ev.qs", (int,))
VOTE = ButtonCode("ev.qv", (int,))
"""Carries a question."""
PAGE = ButtonCode("ev.qp", (int, int))
"""Carries an event and a page of its questions."""
ALL = ButtonCode("ev.ql", (int,))
"""Opens the pages of all questions beside the live list."""
SORT = ButtonCode("ev.qo", (int,))
SORTED = ButtonCode("ev.qu", (int, int))
"""Carries an event and a page of its questions, to sort them."""
SAME = ButtonCode("ev.qw", (int, int))
"""Carries a question and a page of those that may mean the same."""
ONE = ButtonCode("ev.q1", (int,))
"""Carries a question that is to be sorted."""
SETTLE = ButtonCode("ev.qt", (str, int))
"""Carries what a question becomes, and the question."""
MERGE = ButtonCode("ev.qm", (int, int))
"""Carries a question and the one that means the same."""
