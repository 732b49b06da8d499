"""Pictures, and the tool that cuts their fonts."""
