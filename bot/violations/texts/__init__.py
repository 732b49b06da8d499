"""Every sentence about warnings and cases."""
