"""Conversations as tables of questions, run by one engine whose state lives in the database."""

from bot.tg.forms.model import Asking, Choice, Form, Problem, Question, Reply

__all__ = ["Asking", "Choice", "Form", "Problem", "Question", "Reply"]
