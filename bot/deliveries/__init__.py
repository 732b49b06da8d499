"""What became of messages: those that may or may not have arrived are shown to a manager, never silently repeated.

A lost right, or a group that threw the bot out, is told to whoever runs the group.
"""
