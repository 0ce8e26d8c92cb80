"""How long what is kept, as a file, as JSON and in words."""
