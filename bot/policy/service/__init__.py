"""Keeping a group's rules, and judging messages by them."""
