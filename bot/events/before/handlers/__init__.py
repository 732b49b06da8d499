"""Telegram in, service call, effects out: the time before an event."""
