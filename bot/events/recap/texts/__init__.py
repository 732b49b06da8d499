"""The words of what follows an event."""
