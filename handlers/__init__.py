"""What reacts: plain functions over ports, and the one table of who listens to what."""
