"""Telegram's side of templates."""
