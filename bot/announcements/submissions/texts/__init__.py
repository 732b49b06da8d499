"""What is said about submissions."""
