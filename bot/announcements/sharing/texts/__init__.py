"""What is said about share campaigns."""
