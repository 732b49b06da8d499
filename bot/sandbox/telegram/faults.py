"""Faults to be had on demand."""

from __future__ import annotations

from dataclasses import dataclass, field

KINDS = ("429", "403", "400", "500", "timeout_before", "timeout_after", "reset", "html502")


@dataclass
class Fault:
    """What goes wrong with the next ``count`` calls of a method (``*``: of any but getUpdates)."""

    method: str
    kind: str
    count: int = 1
    retry_after: int = 3
    chat_id: int | None = None
    description: str | None = None


@dataclass
class Faults:
    """The faults that wait."""

    waiting: list[Fault] = field(default_factory=list)

    def add(
        self,
        method: str,
        kind: str,
        count: int = 1,
        *,
        retry_after: int = 3,
        chat_id: int | None = None,
        description: str | None = None,
    ) -> Fault:
        """Let the next ``count`` calls of a method (in one chat) fail.

        :raises ValueError: for a kind there is not.
        """
        if kind not in KINDS:
            raise ValueError(f"no such fault: {kind}; there are {', '.join(KINDS)}")
        fault = Fault(method, kind, count, retry_after, chat_id, description)
        self.waiting.append(fault)
        return fault

    def clear(self) -> None:
        """Let everything work again."""
        self.waiting.clear()

    def take(self, method: str, chat_id: str | None) -> Fault | None:
        """Use up and return the fault that hits a call, if there is one."""
        for fault in self.waiting:
            hit = fault.method.lower() == method.lower() or (fault.method == "*" and method != "getUpdates")
            if hit and fault.chat_id in (None, number_of(chat_id)):
                fault.count -= 1
                if fault.count <= 0:
                    self.waiting.remove(fault)
                return fault
        return None


def number_of(chat_id: str | None) -> int | None:
    """Read a chat id, ``None`` from a @name or nothing."""
    try:
        return int(chat_id or "")
    except ValueError:
        return None
