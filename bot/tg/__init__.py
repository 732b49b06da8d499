"""Telegram at the edge: updates in, effects out, and the tables by which a capability says what it offers."""
