"""What is decided at the door and about money: values and pure decisions."""
