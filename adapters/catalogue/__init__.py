"""What surfaces share of the catalogue: its words, its JSON, its files."""
