"""What is wanted of the ledger, as values and as people type it."""
