"""What comes from Telegram about recurring announcements, and what goes there."""
