"""Quiet hours on Telegram: setting them, opening, closing and reminding."""
