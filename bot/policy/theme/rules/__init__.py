"""The off-theme clock, the words of a theme, and the line of prepared posts; nothing here touches a database or Telegram."""
