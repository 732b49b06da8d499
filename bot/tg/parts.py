"""A large capability is its core and its parts; a part is the value of a capability too, and :func:`joined` makes one of all."""

from __future__ import annotations

from dataclasses import fields, replace
from itertools import chain
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.tg.capability import Capability


def joined(core: Capability, parts: Sequence[Capability]) -> Capability:
    """Return the core with all that its parts offer, in their order; name, title and digest stay the core's."""
    tables = [field.name for field in fields(core) if isinstance(getattr(core, field.name), tuple)]
    everything: dict[str, Any] = {
        table: tuple(chain.from_iterable(getattr(one, table) for one in (core, *parts))) for table in tables
    }
    audit = dict(chain.from_iterable(one.audit.items() for one in (core, *parts)))
    return replace(core, **everything, audit=audit)
