"""Taking up SQLite's WAL mode, for every file that Sporlog keeps."""

import sqlite3
import time

RETRY_S = 0.01
CHECKPOINT_PAGES = 16_000
"""Pages in the WAL, 64 MB, before they are written back: SQLite's own 1000 are full with each commit of an alert storm, and an
index page that every commit changes would be written and synced back each time. With 4000 an alert cost a sixth more."""


def begin_wal(connection: sqlite3.Connection, timeout_s: float) -> None:
    """Put the file into WAL mode, which then lasts in it. Raises `sqlite3.OperationalError` after the timeout.

    A new file must be had alone for that, and SQLite fails at once where it would wait for any other lock: two processes that
    start together on one directory meet here.
    """
    give_up = time.monotonic() + timeout_s
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}")
        except sqlite3.OperationalError:
            if time.monotonic() > give_up:
                raise
            time.sleep(RETRY_S)
        else:
            return
