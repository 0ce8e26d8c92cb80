"""The event store: an eventsourcing application on SQLite or PostgreSQL, its keyring, its write transaction and committer."""
