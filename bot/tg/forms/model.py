"""What a form is made of. A question's parser is pure: a value, or a :class:`Problem` that says what is wanted."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from bot.i18n import Html, Texts
from bot.tg.capability import EVERYONE, Access

if TYPE_CHECKING:
    from datetime import datetime

    from telegram import Update

    from bot.kernel.groups import Group
    from bot.tg.context import Context
    from bot.tg.effects import Keyboard

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Asking:
    """The circumstances of a question: in which language, when, for which group, and what was answered before.

    ``partial`` is what the last :class:`Problem` with this question left behind. ``in_public`` says that the group reads along.
    """

    texts: Texts
    now: datetime
    group: Group | None
    answers: Mapping[str, Any]
    partial: str = ""
    in_public: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """What the person answered. ``html`` keeps the formatting; ``media`` is (kind, file_id); ``user_id`` a text mention or
    the author of a forwarded message; ``location`` latitude and longitude in degrees; ``file`` the bytes of a small text file;
    ``album`` the chat and id of the album to which its file belongs (:mod:`bot.tg.albums`), and ``files`` all of that album, if the
    question takes one.
    """

    text: str
    html: str = ""
    media: tuple[str, str] | None = None
    user_id: int | None = None
    location: tuple[float, float] | None = None
    file: bytes | None = None
    album: tuple[int, str] | None = None
    files: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer offered as a button; ``value`` goes through the question's type like a parsed one.

    With ``text`` the tap is read as if that had been typed: for an answer that must be checked when it is given.
    ``others`` are answers to other questions that it gives too, as in :class:`Told`.
    """

    label: str
    value: Any = None
    text: str | None = None
    others: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """The answer will not do: a sentence that says what is wrong and what would be right, perhaps with choices.

    ``partial`` is handed to the next parse of the same question: the day, say, when only its hour is missing.
    """

    html: Html
    choices: tuple[Choice, ...] = ()
    partial: str = ""


@dataclass(frozen=True, slots=True)
class Told(Generic[T]):
    """An answer that answers other questions too, by their keys: the length, say, beside the start."""

    value: T
    others: Mapping[str, Any]


def _always(_asking: Asking) -> bool:
    return True


def _no_choices(_asking: Asking) -> Sequence[Choice]:
    return ()


@dataclass(frozen=True, slots=True)
class Question(Generic[T]):
    """One question.

    ``type`` is what msgspec stores and restores the value as. ``optional`` offers *Skip*, which answers ``default``.
    ``when`` leaves the question out. ``typed`` False takes buttons only. ``show`` says the answer back in the summary; without
    it a button's answer is said in the words of its button, and any other as it was typed.
    ``takes_album`` waits until all of an album has come that answers it, and hands all of it to the parser.
    A ``rare`` question is not asked: it has its ``default`` from the start, the summary leaves it out while it has, and it is
    found under *More*.
    """

    key: str
    label: str
    """The name of the field in the summary, an ``N_`` string."""
    prompt: Callable[[Asking], Html]
    parse: Callable[[Asking, Reply], T | Told[T] | Problem]
    type: Any = str
    choices: Callable[[Asking], Sequence[Choice]] = _no_choices
    optional: bool = False
    default: Any = None
    typed: bool = True
    takes_album: bool = False
    rare: bool = False
    when: Callable[[Asking], bool] = _always
    show: Callable[[Asking, Any], Html] | None = None

    def said(self, asking: Asking, value: Any) -> Html:
        """Say an answer back."""
        if self.show is not None:
            return self.show(asking, value)
        labels = (choice.label for choice in self.choices(asking) if choice.text is None and choice.value == value)
        return Html.escape(next(labels, "" if value is None else str(value)))


@dataclass(frozen=True, slots=True)
class Form(Generic[T]):
    """A table of questions and what to do with the answers (``finish(update, context, answers)``).

    ``confirm`` shows all answers with *Save*, *Change*, *Back* and *Cancel* before ``finish``; a function says for which
    answers that is wanted. ``access`` is checked again at the end.
    ``finish`` gets every answer of a question that was to be asked, and all presets. What it raises undoes the whole turn:
    after :class:`~bot.tg.access.Declined` the form stands where it stood before the last answer.
    ``presets`` gives answers that are known wherever the form is started; those it is started with go before them.
    ``gather`` takes every typed answer at once, as long as the form is open, and says what came of it; the form's buttons, and
    words that repeat the label of one, end it. It is called for each file of an album.
    ``keys`` makes buttons of other things that are shown below the first question.
    ``beside`` is a second button beside *Save*: the key that is True among the answers when it was tapped, and its label.
    """

    name: str
    title: str
    questions: tuple[Question[Any], ...]
    finish: Callable[[Update, Context, dict[str, Any]], Awaitable[None]]
    access: Access = EVERYONE
    confirm: bool | Callable[[Asking], bool] = False
    presets: Callable[[Context], Awaitable[Mapping[str, Any]]] | None = None
    gather: Callable[[Context, Mapping[str, Any], Reply], Awaitable[Html]] | None = None
    beside: tuple[str, str] | None = None
    keys: Callable[[Asking], Keyboard] | None = None
