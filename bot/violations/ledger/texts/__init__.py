"""What is said, drawn and written down when somebody looks through the ledger."""
