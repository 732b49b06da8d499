"""Acknowledgement at the edge to Telegram."""
