"""What people read about events."""
