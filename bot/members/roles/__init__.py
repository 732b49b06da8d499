"""Who may do what: Telegram's creator and administrators, and roles granted in the bot, kept apart and both shown (R08)."""
