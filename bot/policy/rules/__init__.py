"""What a message is, what may be noticed in it, and what a group's rule says about it."""
