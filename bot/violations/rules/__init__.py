"""The ladder, a case and its states, and what is decided about them; nothing here touches a database or Telegram."""
