"""A regulation as a value, its file, and what it would change; nothing here touches a database or Telegram."""
