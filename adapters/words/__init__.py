"""What fields, values, errors and messages are called by people."""
