"""The catalogue: services, what they stand on, who supplies it, and the plans for when it fails; one stream for each object.

In reading order kinds (what an object is) -> ties (what it depends on) -> events -> state (with evolve) -> steps (deciding);
landscape is all objects together, board is what concerns the list of critical services as a whole.
"""
