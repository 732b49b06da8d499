"""What is asked of the commands in the tables: how each is called and typed, and who may use it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.kernel.roles import Standing
    from bot.tg.capability import Capability, Command


def path_of(command: Command) -> str:
    """Return a command's stable name: "warn", "event.create"."""
    return f"{command.name}.{command.sub}" if command.sub else command.name


def line_of(command: Command) -> str:
    """Return a command as it is typed: "/event create"."""
    return f"/{command.name} {command.sub}" if command.sub else f"/{command.name}"


def commands_of(capability: Capability) -> tuple[Command, ...]:
    """Return all commands of a capability."""
    return (*capability.commands, *capability.settings)


def all_of(capabilities: Iterable[Capability]) -> Iterator[Command]:
    """Return the commands of all capabilities, in their order."""
    return (command for capability in capabilities for command in commands_of(capability))


def may_use(command: Command, standing: Standing | None, *, private: bool = False) -> bool:
    """Say whether the reader has the right a command asks for; without a standing only what asks for none."""
    right = command.access.right
    return right is None or (private and is_own(command)) or (standing is not None and standing.may(right))


def is_own(command: Command) -> bool:
    """Say whether a command needs a right in a group only, and is about the person's own in private."""
    return command.access.right is not None and not command.access.needs_group
