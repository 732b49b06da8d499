"""What is said about quotas."""
