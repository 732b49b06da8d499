"""A Telegram to try and to test the bot without a token: the emulated Bot API, its chat page and its control surface."""
