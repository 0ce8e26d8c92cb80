"""What an incident is and what the law asks: pure functions and frozen models, no input or output, no clock."""
