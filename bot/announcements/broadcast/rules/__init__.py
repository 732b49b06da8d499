"""What a broadcast is, and how far it is: pure rules."""
