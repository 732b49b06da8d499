"""What is said about signing up in words and on behalf of others."""
