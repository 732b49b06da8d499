"""Announcements at the edge to Telegram."""
