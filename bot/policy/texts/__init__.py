"""Every sentence about rules."""
