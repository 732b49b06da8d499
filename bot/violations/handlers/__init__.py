"""Warnings on Telegram: commands, cards, buttons, and what Telegram answered to a mute."""

from bot.violations.handlers.capability import capability, decision_kinds, retry_refused

__all__ = ["capability", "decision_kinds", "retry_refused"]
