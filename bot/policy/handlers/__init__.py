"""Rules on Telegram: what everybody reads, what managers set, and what follows a message that breaks one."""
