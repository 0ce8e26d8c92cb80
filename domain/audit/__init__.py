"""The audit: what is handed to a supervisor or an auditor, and what is on record of that."""
