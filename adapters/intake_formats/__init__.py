"""What each tool sends, as signals: one file a format, one contract (contract.py), one list (formats.py)."""
