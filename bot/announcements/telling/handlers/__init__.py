"""Telling everybody at the edge to Telegram."""
