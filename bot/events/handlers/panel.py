"""The organiser's panel of an event: everything that can be done with it now, as buttons (R05).

It opens with ``/event 3`` in private, and by the button on the card, which works for organisers only. What is told there is
for those who run the group: it is shown in private where they can be reached. A part adds its own buttons as ``Part.panel``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.events.handlers import board, codes, finding, planning
from bot.events.handlers.coming import is_number
from bot.events.rules.event import Phase
from bot.events.texts import panel as say
from bot.tg.aside import step_aside
from bot.tg.buttons import column

if TYPE_CHECKING:
    from collections.abc import Callable

    from telegram import Update

    from bot.events.handlers.coming import Coming
    from bot.events.handlers.finding import Meant
    from bot.events.rules.event import Event
    from bot.i18n import Html, Texts
    from bot.kernel.groups import Group
    from bot.tg.buttons import ButtonCode
    from bot.tg.context import Context
    from bot.tg.effects import Key, Keyboard

LIVE: Final = frozenset({Phase.OPEN, Phase.PAST_DEADLINE, Phase.CLOSED})
"""Members know of it, and it is still to come."""
DRAFT: Final = frozenset({Phase.DRAFT})
PAST: Final = frozenset({Phase.CANCELLED, Phase.OVER})
ANY: Final = LIVE | DRAFT | PAST
_WIDTH = 2


def _always(_event: Event) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Entry:
    """A button on the panel: an ``N_`` label, and a code that carries ``before`` and then the event, in these phases.

    ``when`` leaves it out for some events.

    The handler behind the code answers to a tap by an organiser: it edits the panel's message, or says something new.
    """

    label: str
    code: ButtonCode
    phases: frozenset[Phase]
    before: tuple[str, ...] = ()
    when: Callable[[Event], bool] = _always

    def key(self, texts: Texts, group: Group, event_id: int) -> Key:
        """Return the button for an event."""
        return self.code.key(texts.label(self.label), group, *self.before, event_id)


ENTRIES: Final[tuple[Entry, ...]] = (
    Entry(say.EDIT, codes.DO, LIVE | DRAFT, ("edit",)),
    Entry(say.CARD, codes.SHOW, LIVE | PAST),
    Entry(say.CLOSE, codes.DO, frozenset({Phase.OPEN, Phase.PAST_DEADLINE}), ("close",)),
    Entry(say.REOPEN, codes.DO, frozenset({Phase.CLOSED}), ("reopen",)),
    Entry(say.CANCEL, codes.DO, LIVE, ("cancel",)),
)
"""What the core can do with an event."""


class Panel:
    """The panel with the buttons of the core and of all parts."""

    def __init__(self, coming: Coming, entries: tuple[Entry, ...] = ()) -> None:
        self._coming = coming
        self._entries = (*ENTRIES, *entries)

    async def bare(self, update: Update, context: Context) -> None:
        """``/event``: what is coming up; ``/event 3``: an event."""
        if is_number(context):
            await self.show(update, context)
        else:
            await self._coming.bare(update, context)

    async def show(self, _update: Update, context: Context) -> None:
        """``/event show 3``: the card, and in private what an organiser can do; of a draft only that."""
        meant = await finding.named(context, "/event show", codes.SHOW)
        if meant is not None:
            await self._show(context, meant)

    async def show_picked(self, _update: Update, context: Context, event_id: int) -> None:
        """Show an event that was chosen by a button."""
        meant = await finding.picked(context, event_id)
        if meant is not None:
            await self._show(context, meant)

    async def _show(self, context: Context, meant: Meant) -> None:
        if meant.event.phase(context.now).is_public:
            await board.post_here(context, meant.event)
            if not context.private or not finding.may_organise(context):
                return
        await step_aside(context)
        context.reply(*self.view(context, meant))

    async def manage(self, _update: Update, context: Context, event_id: int) -> None:
        """Open the panel by the button on a card."""
        meant = await finding.picked(context, event_id)
        if meant is not None:
            await step_aside(context)
            context.toast_empty()
            context.reply(*self.view(context, meant))

    async def back(self, _update: Update, context: Context, event_id: int) -> None:
        """Put the panel where something else of it was shown."""
        meant = await finding.picked(context, event_id)
        if meant is not None:
            context.edit(*self.view(context, meant))

    async def do(self, _update: Update, context: Context, verb: str, event_id: int) -> None:
        """Do one of the things of the core; what is said of it at once heads the panel."""
        meant = await finding.picked(context, event_id)
        if meant is None:
            return
        said = await planning.do(context, verb, meant)
        now = await finding.picked(context, event_id) if said is not None else None
        if now is not None:
            context.edit(*self.view(context, now, said))

    def view(self, context: Context, meant: Meant, note: Html | None = None) -> tuple[Html, Keyboard]:
        """Return the panel of an event as it is now, headed by what was just done."""
        texts, event = context.texts, meant.event
        phase = event.phase(context.now)
        keys = [
            entry.key(texts, context.group, event.id)
            for entry in self._entries
            if phase in entry.phases and entry.when(event)
        ]
        return say.panel(texts, event, meant.tally, context.now, note), column(keys, _WIDTH)
