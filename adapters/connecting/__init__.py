"""What surfaces share of sources, rules and alerts."""
