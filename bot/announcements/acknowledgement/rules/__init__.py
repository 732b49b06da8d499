"""What is asked, what a tap does, who has read, and who may be reminded when."""
