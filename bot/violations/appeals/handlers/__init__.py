"""Appeals on Telegram: making one, the card of those who decide, and what follows a decision."""
