"""The management report as people get it: its words, its sections, its files. What is counted is in domain/management."""
