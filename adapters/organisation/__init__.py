"""The organisation as a file, as JSON and in words."""
