"""Every sentence about appeals."""
