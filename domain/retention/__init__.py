"""How long each kind of record is kept, and what was deleted when its time was up: periods -> events -> state -> steps."""
