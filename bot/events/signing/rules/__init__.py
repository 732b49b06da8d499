"""Decisions of signing up in words and on behalf of others."""
