"""The demo: one story about a municipality that does not exist, told through the real intake and the real desk."""
