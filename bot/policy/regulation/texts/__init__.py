"""What is said about regulations."""
