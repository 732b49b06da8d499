"""What is said about the theme of a group."""
