"""Documents, extracts and what the records system gets."""
