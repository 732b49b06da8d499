"""Regulations on Telegram: ready-made ones, files, and taking one back."""
