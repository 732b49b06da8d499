"""The questions by which a rule is added or changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.policy.handlers import codes
from bot.policy.rules.detectors import DETECTORS, AnyDetector, AnyField, What, asked, value_of, with_value
from bot.policy.rules.fields import Line, Listed, Number
from bot.policy.rules.rule import TITLE_LIMIT, Fault, Reaction, Rule, When, Whom, Wrong, read_words, wrong_value
from bot.policy.texts import answers as say
from bot.policy.texts import words
from bot.policy.texts.detectors import SAID
from bot.tg.forms import Choice, Form, Problem, Question
from bot.tg.forms.parsers import integer, show_number, text
from bot.tg.forms.questions import ask_one_of, ask_text

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from telegram import Update

    from bot.i18n import Html
    from bot.tg.context import Context
    from bot.tg.forms import Asking, Reply

RULE = "rule"
"""The preset that says which rule is changed."""
_KINDS: dict[str, type[Number | Listed | Line]] = {"words": Listed, "number": Number, "line": Line}
"""The questions for fields of detectors."""


def form(finish: Callable[[Update, Context, dict[str, Any]], Awaitable[None]]) -> Form[Any]:
    """Return the form."""
    questions: tuple[Question[Any], ...] = (
        ask_one_of(
            "what",
            words.WHAT,
            lambda asking: say.ask_what(asking.texts),
            _named({what: said.name for what, said in SAID.items()}),
            What,
        ),
        Question(
            "words",
            words.WORDS,
            lambda asking: _ask_field(asking, Listed),
            _parse_words,
            tuple[str, ...],
            optional=True,
            default=(),
            when=lambda asking: asked(_what(asking), Listed) is not None,
            show=lambda asking, value: say.words_shown(asking.texts, tuple(value or ())),
        ),
        Question(
            "number",
            words.NUMBER,
            lambda asking: _ask_field(asking, Number),
            _parse_number,
            int,
            choices=_usual,
            when=lambda asking: asked(_what(asking), Number) is not None,
            show=show_number,
        ),
        Question(
            "line",
            words.LINE,
            lambda asking: _ask_field(asking, Line),
            _parse_line,
            when=lambda asking: asked(_what(asking), Line) is not None,
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
    for key, kind in _KINDS.items():
        field = asked(rule.what, kind)
        if field is not None:
            presets[key] = value_of(rule.detector, field)
    return presets


def rule_of(answers: dict[str, Any], before: Rule | None) -> Rule:
    """Return the rule that was answered for."""
    what = What(answers["what"])
    detector = before.detector if before is not None and before.what is what else DETECTORS[what]()
    for key, kind in _KINDS.items():
        field = asked(what, kind)
        if field is not None and answers.get(key) is not None:
            value = answers[key]
            detector = with_value(detector, field, tuple(value) if isinstance(value, list) else value)
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


def _field(asking: Asking, kind: type[AnyField]) -> AnyField:
    found = asked(_what(asking), kind)
    if found is None:
        raise LookupError(kind.__name__)
    return found


def _ask_field(asking: Asking, kind: type[AnyField]) -> Html:
    return say.ask_field(asking.texts, _what(asking), _field(asking, kind))


def _parse_words(asking: Asking, reply: Reply) -> tuple[str, ...] | Problem:
    field = _field(asking, Listed)
    listed = read_words(reply.text, field.holds)
    wrong = wrong_value(field, listed) if listed else Wrong(Fault.NO_WORDS, field)
    return listed if wrong is None else Problem(say.wrong(asking.texts, wrong))


def _parse_number(asking: Asking, reply: Reply) -> int | Problem:
    field = _field(asking, Number)
    return integer(field.least, field.most)(asking, reply)


def _parse_line(asking: Asking, reply: Reply) -> str | Problem:
    return text(_field(asking, Line).longest)(asking, reply)


def _usual(asking: Asking) -> Sequence[Choice]:
    number = value_of(_detector(asking), _field(asking, Number))
    return (Choice(asking.texts.number(number), number),)
