"""Submissions towards Telegram."""
