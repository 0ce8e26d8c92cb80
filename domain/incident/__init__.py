"""The incident: one room, in reading order events -> state -> transitions -> steps (deciding) -> evolve."""
