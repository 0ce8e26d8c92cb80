"""The organisation: who reports, who holds which role, who may file, and by which policy; one stream for the whole log.

In reading order events -> state (with evolve) -> steps (deciding) -> configuration (all of it at once) -> warnings.
"""
