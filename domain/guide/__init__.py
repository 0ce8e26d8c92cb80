"""The question guide: which questions there are, and what their answers recommend. A person decides."""
