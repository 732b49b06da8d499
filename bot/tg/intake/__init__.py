"""Updates in: by long polling or by webhook, in batches, confirmed to Telegram only after the commit."""
