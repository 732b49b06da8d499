"""How many messages each member wrote on each day of the group's own calendar (R01)."""
