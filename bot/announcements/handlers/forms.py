"""The forms: what to announce, other words, when."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.announcements import service
from bot.announcements.handlers import codes
from bot.announcements.handlers.commands import FORM, FORM_AT, FORM_EDIT, FORM_WHEN, SAID, WORDS_ONLY
from bot.announcements.handlers.reading import ALBUM, album_in, content_of_reply
from bot.announcements.rules.content import Content, Empty
from bot.announcements.texts import card as say_card
from bot.announcements.texts import replies as say
from bot.announcements.texts import words
from bot.announcements.texts.settings import MENU as SETTINGS
from bot.i18n import Html
from bot.kernel.roles import Right
from bot.tg.buttons import column
from bot.tg.forms import Asking, Choice, Form, Problem, Question, Reply, Told
from bot.tg.forms import texts as say_form
from bot.tg.forms.parsers import moment, show_moment
from bot.tg.forms.questions import ask_integer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from bot.announcements.handlers.work import Work
    from bot.tg.context import Context
    from bot.tg.effects import Keyboard

_MOMENT = moment()
_WAITING = "waiting"
"""The preset that holds how much waits with the parts."""
_RIGHTS = "rights"
"""The preset that holds what the person may do: nothing else is offered."""


def forms(work: Work) -> tuple[Form[Any], ...]:
    """Return the forms, with the jobs they end in."""

    async def draft(_update: Update, context: Context, answers: dict[str, Any]) -> None:
        await work.draft(context, answers["content"], album_in(answers))

    async def draft_for(_update: Update, context: Context, answers: dict[str, Any]) -> None:
        await work.draft_for(context, answers["content"], answers["at"], album_in(answers))

    async def edit(_update: Update, context: Context, answers: dict[str, Any]) -> None:
        await work.edit(context, answers["number"], answers["content"], album_in(answers))

    async def schedule(_update: Update, context: Context, answers: dict[str, Any]) -> None:
        await work.schedule(context, answers["number"], answers["at"])

    def menu(asking: Asking) -> Keyboard:
        group, texts = asking.group, asking.texts
        if group is None:
            return ()
        rights = frozenset(asking.answers.get(_RIGHTS, ()))
        parts = work.posting.menu_keys(texts, group, asking.answers.get(_WAITING, {}), rights)
        listed = codes.LIST.key(texts.label(words.MENU_LIST), group, 1)
        settings = codes.SETTINGS.key(texts.label(SETTINGS), group)
        return column([listed, *parts, *([settings] if Right.SETTINGS in rights else [])], 2)

    async def waiting(context: Context) -> dict[str, Any]:
        counts = await work.posting.menu_counts(context.scope, context.group)
        return {_WAITING: counts, _RIGHTS: sorted(context.standing.rights)}

    return (
        Form(FORM, words.FORM_TITLE, (_content(),), draft, access=codes.AUTHORS, keys=menu, presets=waiting),
        Form(FORM_AT, words.FORM_AT_TITLE, (_content(), _time()), draft_for, access=codes.PUBLISHERS, confirm=True),
        Form(FORM_EDIT, words.FORM_EDIT_TITLE, (_number(), _change()), edit, access=codes.AUTHORS),
        Form(FORM_WHEN, words.FORM_WHEN_TITLE, (_number(), _time()), schedule, access=codes.PUBLISHERS, confirm=True),
    )


def _number() -> Question[int]:
    # Always preset: the button or the line that starts the form names the announcement.
    return ask_integer("number", words.NUMBER, lambda asking: asking.texts.gettext(words.NUMBER), 1)


def _content() -> Question[Content]:
    return Question(
        "content",
        words.CONTENT,
        lambda asking: say.ask_content(asking.texts),
        _parse_whole,
        Content,
        show=_show,
    )


def _change() -> Question[Content]:
    # How long the words may be depends on the file they stay with, so they are checked where they are saved.
    return Question("content", words.CONTENT, _ask_change, _parse_part, Content, show=_show)


def _time() -> Question[datetime]:
    def ask(asking: Asking) -> Html:
        unclear = _unclear(asking)
        return say.ask_time(asking.texts, say_form.time_examples(asking.texts)) if unclear is None else unclear.html

    def parse(asking: Asking, reply: Reply) -> datetime | Problem:
        # The hour alone goes with the day the line named.
        unclear = None if asking.partial else _unclear(asking)
        return _MOMENT(asking if unclear is None else replace(asking, partial=unclear.partial), reply)

    def readings(asking: Asking) -> Sequence[Choice]:
        unclear = _unclear(asking)
        return () if unclear is None else unclear.choices

    def show(asking: Asking, value: Any) -> Html:
        note = say_card.quiet_note(asking.texts, asking.group, value) if asking.group is not None else None
        shown = show_moment(asking, value)
        return shown if note is None else Html("{}\n{}").format(shown, note)

    return Question("at", words.TIME, ask, parse, datetime, choices=readings, show=show)


def _unclear(asking: Asking) -> Problem | None:
    """Return what is unclear about the time on the line that opened the form."""
    said = asking.answers.get(SAID)
    found = _MOMENT(replace(asking, partial=""), Reply(said)) if isinstance(said, str) else None
    return found if isinstance(found, Problem) else None


def _parse_whole(asking: Asking, reply: Reply) -> Content | Told[Content] | Problem:
    content = content_of_reply(reply)
    problem = service.problem_of(content)
    return _told(content, reply) if problem is None else Problem(say.refused(asking.texts, problem))


def _told(content: Content, reply: Reply) -> Content | Told[Content]:
    return content if reply.album is None else Told(content, {ALBUM: reply.album})


def _ask_change(asking: Asking) -> Html:
    return say.ask_change(asking.texts, words_only=asking.answers.get(WORDS_ONLY) is True)


def _parse_part(asking: Asking, reply: Reply) -> Content | Told[Content] | Problem:
    content = content_of_reply(reply)
    if content.html or content.kind is not None:
        return _told(content, reply)
    return Problem(say.refused(asking.texts, Empty()))


def _show(asking: Asking, value: Content) -> Html:
    return words.shown(asking.texts, value)
