"""Telegram in, service call, effects out: the core of events."""
