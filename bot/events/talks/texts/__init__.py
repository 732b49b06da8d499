"""Talks in words: speakers, the link and the call to the start, questions (R05)."""
