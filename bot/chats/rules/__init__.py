"""What a profile may hold, how people type it, and what follows from how the bot stands in a chat. Pure."""
