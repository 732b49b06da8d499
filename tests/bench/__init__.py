"""What the engine costs, measured side by side with bare python-telegram-bot in one run: ``make bench``."""
