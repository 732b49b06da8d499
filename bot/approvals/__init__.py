"""The second person: a proposal that waits for somebody else's yes or no, until when, and what happens then."""
