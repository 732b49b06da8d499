"""Share campaigns at the edge to Telegram."""
