"""The profile of each group, and what is known of private conversations.

A group keeps its number, its settings and its history whatever becomes of its Telegram chat: renamed, turned into a
supergroup, or without the bot for a while. Everything that changes a profile leaves a line in the audit. The profiles are
also held in memory, where they change only once the transaction that changed them is committed.
"""
