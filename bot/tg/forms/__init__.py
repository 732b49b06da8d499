"""Conversations as tables of questions, run by one engine whose state lives in the database.

- :mod:`~bot.tg.forms.model`: what a form is made of. :mod:`~bot.tg.forms.questions` and :mod:`~bot.tg.forms.parsers`: the
  common kinds, ready-made; ``texts.problem_of`` says what is wrong with a time also for commands on one line.
- An answer is checked when it is given, kept across restarts, and forgotten after 30 minutes without the next.
- A tap on a button that is not the asked person's, or is of an earlier question, changes nothing and says why.
"""

from bot.tg.forms.capability import forms_capability, starts_of
from bot.tg.forms.engine import FormEngine
from bot.tg.forms.model import Asking, Choice, Form, Problem, Question, Reply, Told

__all__ = [
    "Asking",
    "Choice",
    "Form",
    "FormEngine",
    "Problem",
    "Question",
    "Reply",
    "Told",
    "forms_capability",
    "starts_of",
]
