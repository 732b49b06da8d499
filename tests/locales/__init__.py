"""The translations: taken from the code, kept up to date, checked."""
