"""Adding a rule: by the questions of a form, or ``/policy add links delete`` on one line; and how much rules keep."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.i18n import available_locales, texts_for
from bot.kernel.numerals import fold
from bot.policy.handlers import codes
from bot.policy.handlers.common import by
from bot.policy.rules.detectors import DETECTORS, FAMILIES, AnyField, Family, What, asked, value_of, with_value
from bot.policy.rules.fields import Line, Listed, Number
from bot.policy.rules.message import address_of
from bot.policy.rules.rule import TITLE_LIMIT, Fault, Reaction, Rule, Wrong, read_words, wrong_value
from bot.policy.rules.typed import REACTIONS, read_keeping, read_value
from bot.policy.texts import answers as say
from bot.policy.texts import faults, keeping, members, parts, words
from bot.policy.texts.detectors import FAMILIES as FAMILY_NAMES
from bot.policy.texts.detectors import SAID
from bot.tg.access import Declined
from bot.tg.aside import step_aside
from bot.tg.buttons import rows
from bot.tg.forms import Choice, Form, Problem, Question
from bot.tg.forms.parsers import integer, show_number
from bot.tg.forms.questions import ask_one_of, ask_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from bot.i18n import Html
    from bot.policy.rules.detectors import AnyDetector
    from bot.policy.service.book import PolicyBook
    from bot.tg.context import Context
    from bot.tg.forms import Asking, Reply

_KINDS: dict[str, type[Number | Listed | Line]] = {"words": Listed, "more": Listed, "number": Number, "line": Line}
"""The questions for fields of detectors; a list without which the rule finds nothing is ``words``, another one ``more``."""
_FAMILY_OF = {what: family for family, several in FAMILIES.items() for what in several}


class Adding:
    """Adds rules, and sets how much they keep."""

    def __init__(self, book: PolicyBook) -> None:
        self._book = book

    async def tap(self, _update: Update, context: Context) -> None:
        """Ask for a new rule."""
        await step_aside(context, "cases")
        await context.start_form(codes.FORM)

    async def add(self, _update: Update, context: Context) -> None:
        """``/policy add``: ask; ``/policy add links delete``, ``/policy add length 300 hint``: add it at once."""
        typed = context.args_text
        await step_aside(context, "cases")
        if not typed:
            await context.start_form(codes.FORM)
            return
        what, rest = _named(typed) or (None, "")
        if what is None:
            known = [context.texts.label(SAID[one].name) for one in What]
            raise Declined(faults.no_such_kind(context.texts, typed, known))
        presets = {"family": _FAMILY_OF[what], "what": what}
        reaction, rest = _reaction(rest)
        if reaction is not None:
            presets["reaction"] = reaction
        detector = _filled(what, rest)
        if isinstance(detector, Wrong):
            if not rest:
                await context.start_form(codes.FORM, presets)
                return
            raise Declined(faults.wrong(context.texts, detector))
        await self._add(context, Rule(0, what, detector, reaction=reaction or Reaction.HINT))

    def form(self) -> Form[Any]:
        """Return the form."""
        questions: tuple[Question[Any], ...] = (
            ask_one_of(
                "family",
                words.FAMILY,
                lambda asking: say.ask_family(asking.texts),
                tuple(FAMILY_NAMES.items()),
                Family,
            ),
            Question(
                "what",
                words.WHAT,
                lambda asking: say.ask_what(asking.texts),
                _parse_what,
                What,
                choices=lambda asking: [
                    Choice(asking.texts.label(SAID[what].name), what) for what in _of_family(asking)
                ],
                show=lambda asking, value: asking.texts.gettext(SAID[What(value)].name),
                when=lambda asking: len(_of_family(asking)) > 1,
            ),
            *_field_questions(),
            ask_one_of(
                "reaction",
                words.REACTION,
                lambda asking: say.ask_reaction(asking.texts),
                tuple(parts.REACTIONS.items()),
                Reaction,
                when=lambda asking: _what(asking) is not What.MANUAL,
            ),
            ask_text(
                "title", words.NAME, lambda asking: say.ask_title(asking.texts), TITLE_LIMIT, rare=True, default=""
            ),
        )
        return Form(codes.FORM, words.ADD_TITLE, questions, self.finish, codes.SETTERS, confirm=True)

    async def finish(self, _update: Update, context: Context, answers: dict[str, Any]) -> None:
        """Save what the form asked for."""
        what = What(answers.get("what") or FAMILIES[Family(answers["family"])][0])
        detector = DETECTORS[what]()
        for key, kind in _KINDS.items():
            field = asked(what, kind)
            if field is not None and answers.get(key) is not None:
                value = answers[key]
                detector = with_value(detector, field, tuple(value) if isinstance(value, list) else value)
        reaction = Reaction(answers.get("reaction") or Reaction.HINT)
        await self._add(context, Rule(0, what, detector, answers.get("title") or "", reaction=reaction))

    async def _add(self, context: Context, rule: Rule) -> None:
        outcome = await self._book.add(context.tx, context.group.id, rule, by(context), context.now)
        if isinstance(outcome, Wrong):
            raise Declined(faults.wrong(context.texts, outcome))
        keys = rows((codes.SHOW.key(say.rule_label(context.texts, outcome), context.group, outcome.number),))
        context.reply(say.added(context.texts, outcome), keys)

    # How much is kept

    async def keep(self, _update: Update, context: Context) -> None:
        """``/policy keep 20 for 7 days``."""
        await step_aside(context, "cases")
        await self._keep(context, context.args_text)

    async def tap_keep(self, _update: Update, context: Context) -> None:
        """Ask how much shall be kept."""
        await step_aside(context, "cases")
        await context.start_form(codes.KEEP_FORM)

    def keep_form(self) -> Form[Any]:
        """Return the form that asks how much is kept."""
        question = Question(
            "value",
            words.VALUE,
            lambda asking: keeping.ask_keeping(asking.texts),
            _parse_keeping,
            choices=lambda asking: [Choice(label, text=typed) for label, typed in keeping.usual_keeping(asking.texts)],
        )
        return Form(codes.KEEP_FORM, words.KEEP_TITLE, (question,), self.finish_keep, codes.SETTERS)

    async def finish_keep(self, _update: Update, context: Context, answers: dict[str, Any]) -> None:
        """Set what the form asked for."""
        await self._keep(context, answers["value"])

    async def _keep(self, context: Context, typed: str) -> None:
        wanted = read_keeping(typed)
        kept = wanted and await self._book.keep(context.tx, context.group.id, wanted, by(context), context.now)
        if kept is None:
            raise Declined(faults.keeping(context.texts))
        context.reply(members.kept(context.texts, kept))


def _field_questions() -> tuple[Question[Any], ...]:
    return (
        _ask_list("words", needed=True),
        _ask_list("more", needed=False),
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
    )


def _ask_list(key: str, *, needed: bool) -> Question[Any]:
    def is_asked(asking: Asking) -> bool:
        field = asked(_what(asking), Listed)
        return field is not None and field.needed is needed

    return Question(
        key,
        words.WORDS,
        lambda asking: _ask_field(asking, Listed),
        _parse_words,
        tuple[str, ...],
        optional=not needed,
        default=() if not needed else None,
        when=is_asked,
        show=lambda asking, value: say.words_shown(asking.texts, tuple(value or ())),
    )


# On one line


def _named(typed: str) -> tuple[What, str] | None:
    """Find the detector that a line begins with, in any language, the longest name first; with the rest of the line."""
    line = fold(typed)
    best: tuple[int, What] | None = None
    for what in What:
        names = [fold(texts_for(locale, "UTC").label(SAID[what].name)) for locale in ("en", *available_locales())]
        for name in (*names, what.value, what.value.replace("_", " ")):
            rest = line[len(name) :]
            ends = not (name.isascii() and rest[:1].isascii() and rest[:1].isalnum())
            if line.startswith(name) and ends and (best is None or len(name) > best[0]):
                best = (len(name), what)
    return None if best is None else (best[1], typed[best[0] :].strip(" :：,，"))


def _reaction(rest: str) -> tuple[Reaction | None, str]:
    """Take the reaction off the beginning or the end of the rest of a line."""
    tokens = rest.split()
    if tokens and (found := REACTIONS.get(fold(tokens[0]))) is not None:
        return found, rest[len(tokens[0]) :].strip()
    if tokens and (found := REACTIONS.get(fold(tokens[-1]))) is not None:
        return found, rest[: -len(tokens[-1])].strip()
    return None, rest


def _filled(what: What, rest: str) -> AnyDetector | Wrong:
    """Return a detector with the field that is asked for set to the rest of a line."""
    detector = DETECTORS[what]()
    line = asked(what, Line)
    if line is not None and line.is_link:
        link, rest = _link(rest)
        detector = with_value(detector, line, link)
    field = next((found for kind in (Number, Listed, Line) if (found := asked(what, kind)) is not None), None)
    if field is not None and rest:
        value = read_value(field, rest, value_of(detector, field))
        if isinstance(value, Wrong):
            return value
        detector = with_value(detector, field, value)
    wrongs = (wrong_value(one, value_of(detector, one)) for one in detector.FIELDS)
    return next((wrong for wrong in wrongs if wrong is not None), detector)


def _link(rest: str) -> tuple[str, str]:
    """Take the link out of the rest of a line."""
    word = next((word for word in rest.split() if address_of(word) is not None), "")
    return address_of(word) or "", rest.replace(word, " ", 1).strip(" ,，:：") if word else rest


# In the form


def _of_family(asking: Asking) -> tuple[What, ...]:
    return FAMILIES[Family(asking.answers.get("family", Family.SOURCES))]


def _what(asking: Asking) -> What:
    return What(asking.answers.get("what") or _of_family(asking)[0])


def _parse_what(asking: Asking, reply: Reply) -> What | Problem:
    found = _named(reply.text)
    if found is not None and not found[1]:
        return found[0]
    known = [asking.texts.label(SAID[what].name) for what in _of_family(asking)]
    return Problem(faults.no_such_kind(asking.texts, reply.text, known))


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
    return listed if wrong is None else Problem(faults.wrong(asking.texts, wrong))


def _parse_number(asking: Asking, reply: Reply) -> int | Problem:
    field = _field(asking, Number)
    return integer(field.least, field.most)(asking, reply)


def _parse_line(asking: Asking, reply: Reply) -> str | Problem:
    field = _field(asking, Line)
    value = read_value(field, reply.text, "")
    wrong = value if isinstance(value, Wrong) else wrong_value(field, value)
    return str(value) if wrong is None else Problem(faults.wrong(asking.texts, wrong))


def _usual(asking: Asking) -> Sequence[Choice]:
    field = _field(asking, Number)
    number = value_of(DETECTORS[_what(asking)](), field)
    return (Choice(asking.texts.number(number), number),)


def _parse_keeping(asking: Asking, reply: Reply) -> str | Problem:
    return reply.text if read_keeping(reply.text) is not None else Problem(faults.keeping(asking.texts))
