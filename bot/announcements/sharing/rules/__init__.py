"""What may be, and what follows from it; nothing here knows a database or Telegram."""
