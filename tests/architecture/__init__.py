"""Who may import whom, and that the linters see it."""
