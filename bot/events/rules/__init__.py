"""What an event is, who gets a seat, and how an event is written on one line. Pure."""
