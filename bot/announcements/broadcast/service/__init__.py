"""What is done with broadcasts."""
