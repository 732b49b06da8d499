"""``/case``, ``/cases`` and ``/ledger``: their commands, buttons and forms."""

from bot.violations.ledger.handlers.part import part

__all__ = ["part"]
