"""The way out: effects are stored with the state they follow from, and sent under Telegram's limits after the commit."""
