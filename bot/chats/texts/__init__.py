"""What the bot says about groups and their settings."""
