"""Values and pure rules that every other package may use; no I/O but the clock's reading."""
