"""Telegram in, service call, effects out: signing up in words, on behalf of others, questions, forgiveness."""
