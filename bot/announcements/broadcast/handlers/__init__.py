"""Broadcasts towards Telegram."""
