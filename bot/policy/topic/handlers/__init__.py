"""Stopped topics on Telegram: stopping and resuming, the card, and what follows a message."""
