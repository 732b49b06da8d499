"""The database: engines, one writer, transactions, migrations. SQLite by default, PostgreSQL by its address."""
