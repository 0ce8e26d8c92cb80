"""The lists for supervision, as tables, JSON and files."""
