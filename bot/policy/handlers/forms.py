"""The questions by which a rule is added or changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.policy.handlers import codes
from bot.policy.rules.rule import (
    DETECTORS,
    TITLE_LIMIT,
    AnyDetector,
    Fault,
    Reaction,
    Rule,
    What,
    When,
    Whom,
    fault_of,
    has_words,
    number_of,
    read_words,
    span_of,
    with_number,
    with_words,
    words_of,
)
from bot.policy.texts import answers as say
from bot.policy.texts import words
from bot.tg.forms import Choice, Form, Problem, Question
from bot.tg.forms.parsers import integer, show_number
from bot.tg.forms.questions import ask_one_of, ask_text

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from telegram import Update

    from bot.tg.context import Context
    from bot.tg.forms import Asking, Reply

RULE = "rule"
"""The preset that says which rule is changed."""


def form(finish: Callable[[Update, Context, dict[str, Any]], Awaitable[None]]) -> Form[Any]:
    """Return the form."""
    questions: tuple[Question[Any], ...] = (
        ask_one_of("what", words.WHAT, lambda asking: say.ask_what(asking.texts), _named(words.NAMES), What),
        Question(
            "words",
            words.WORDS,
            lambda asking: say.ask_words(asking.texts, _what(asking)),
            _parse_words,
            tuple[str, ...],
            optional=True,
            default=(),
            when=lambda asking: has_words(_what(asking)),
            show=lambda asking, value: say.words_shown(asking.texts, tuple(value or ())),
        ),
        Question(
            "number",
            words.NUMBER,
            lambda asking: say.ask_number(asking.texts, _what(asking)),
            _parse_number,
            int,
            choices=_usual,
            when=lambda asking: number_of(_detector(asking)) is not None,
            show=show_number,
        ),
        ask_one_of(
            "reaction", words.REACTION, lambda asking: say.ask_reaction(asking.texts), _named(words.REACTIONS), Reaction
        ),
        ask_one_of(
            "when",
            words.WHEN,
            lambda asking: say.ask_when(asking.texts),
            _named(words.WHENS),
            When,
            **_rare(When.ALWAYS),
        ),
        ask_one_of(
            "whom",
            words.WHOM,
            lambda asking: say.ask_whom(asking.texts),
            _named(words.WHOMS),
            Whom,
            **_rare(Whom.EVERYBODY),
        ),
        ask_text("title", words.NAME, lambda asking: say.ask_title(asking.texts), TITLE_LIMIT, **_rare("")),
    )
    return Form(codes.FORM, words.ADD_TITLE, questions, finish, codes.SETTERS, confirm=True)


def presets_of(rule: Rule) -> dict[str, Any]:
    """Return the answers that make a rule what it is."""
    presets: dict[str, Any] = {
        RULE: rule.number,
        "what": rule.what,
        "reaction": rule.reaction,
        "when": rule.when,
        "whom": rule.whom,
        "title": rule.title,
    }
    number = number_of(rule.detector)
    if number is not None:
        presets["number"] = number
    if has_words(rule.what):
        presets["words"] = words_of(rule.detector)
    return presets


def rule_of(answers: dict[str, Any], before: Rule | None) -> Rule:
    """Return the rule that was answered for."""
    what = What(answers["what"])
    detector = before.detector if before is not None and before.what is what else DETECTORS[what]()
    if has_words(what):
        detector = with_words(detector, tuple(answers.get("words") or ()))
    if answers.get("number") is not None:
        detector = with_number(detector, answers["number"])
    made = Rule(
        0,
        what,
        detector,
        answers.get("title") or "",
        reaction=Reaction(answers["reaction"]),
        when=When(answers.get("when") or When.ALWAYS),
        whom=Whom(answers.get("whom") or Whom.EVERYBODY),
    )
    return made if before is None else replace(made, number=before.number, state=before.state)


def _named(names: dict[Any, str]) -> Sequence[tuple[Any, str]]:
    return tuple(names.items())


def _rare(default: Any) -> dict[str, Any]:
    return {"rare": True, "default": default}


def _what(asking: Asking) -> What:
    return What(asking.answers.get("what", What.CONTACTS))


def _detector(asking: Asking) -> AnyDetector:
    return DETECTORS[_what(asking)]()


def _parse_words(asking: Asking, reply: Reply) -> tuple[str, ...] | Problem:
    what = _what(asking)
    listed = read_words(reply.text.lower().replace("@", "") if what in {What.LINKS, What.VIA_BOTS} else reply.text)
    if not listed:
        return Problem(say.wrong(asking.texts, Fault.NO_WORDS))
    fault = fault_of(Rule(0, what, with_words(_detector(asking), listed)))
    return listed if fault is None else Problem(say.wrong(asking.texts, fault))


def _parse_number(asking: Asking, reply: Reply) -> int | Problem:
    span = span_of(_detector(asking))
    return integer(span.start, span.stop - 1)(asking, reply)


def _usual(asking: Asking) -> Sequence[Choice]:
    detector = _detector(asking)
    return (Choice(say.number_label(asking.texts, detector), number_of(detector)),)
