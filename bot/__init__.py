"""Qunguan (群管): a Telegram bot for the people who run groups."""

__version__ = "0.1.0"
