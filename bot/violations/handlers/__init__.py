"""Warnings on Telegram: commands, cards, buttons, and what Telegram answered to a mute."""
