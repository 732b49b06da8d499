"""What forms offer to everybody: their buttons, /cancel, and how each is started."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import N_
from bot.tg.capability import Access, Button, Capability, Command, ResultKind
from bot.tg.forms import view
from bot.tg.forms.display import NAME, PROMPT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.tg.forms.engine import FormEngine

_ANYBODY = Access(needs_group=False)
"""A form's button says itself whose it is; the access of the form is checked at its end."""


def starts_of(capabilities: Iterable[Capability]) -> dict[str, str]:
    """Return how each form is started: its name and the command line that opens it."""
    commands = (c for capability in capabilities for c in (*capability.commands, *capability.settings))
    return {c.form: f"/{c.name} {c.sub}" if c.sub else f"/{c.name}" for c in commands if c.form is not None}


def forms_capability(engine: FormEngine) -> Capability:
    """Return what the engine itself offers: its buttons, /cancel, and the result of sending a question."""
    cancel = Command(
        "cancel", engine.cancel, N_("Close the form you have open here"), usage=("/cancel",), access=_ANYBODY
    )
    return Capability(
        NAME,
        N_("Forms"),
        commands=(cancel,),
        buttons=(
            Button(view.CHOOSE, engine.choose, _ANYBODY),
            Button(view.SKIP, engine.skip, _ANYBODY),
            Button(view.BACK, engine.back, _ANYBODY),
            Button(view.CANCEL, engine.stop, _ANYBODY),
            Button(view.SAVE, engine.save, _ANYBODY),
            Button(view.BESIDE, engine.save_beside, _ANYBODY),
            Button(view.CHANGE, engine.change, _ANYBODY),
            Button(view.MORE, engine.more, _ANYBODY),
            Button(view.AGAIN, engine.ask_again, _ANYBODY),
        ),
        results=(ResultKind(PROMPT, engine.prompt_sent),),
    )
