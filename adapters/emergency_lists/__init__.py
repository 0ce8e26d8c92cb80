"""Emergency lists outside: the folders on their drives, and what is said of them to people and machines."""
