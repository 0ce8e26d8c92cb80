"""Read models: one file each holds its question, its tables, its fold and its queries."""
