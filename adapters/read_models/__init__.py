"""The databases of the read tables: a SQLite file or a PostgreSQL schema per projection."""
