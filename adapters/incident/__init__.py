"""An incident in words and JSON, as page, command line and papers show it."""
