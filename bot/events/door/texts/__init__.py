"""What is said at the door and about money."""
