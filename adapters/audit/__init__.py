"""The ledger, its bundle and who read what, as surfaces tell it."""
