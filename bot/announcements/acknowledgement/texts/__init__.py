"""What is said about acknowledgements."""
