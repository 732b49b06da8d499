"""Quotas towards Telegram."""
