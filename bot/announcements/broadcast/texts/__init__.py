"""What is said about broadcasts."""
