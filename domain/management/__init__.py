"""The management report: what the executive board asks for of a period, and how each figure of it is computed.

In reading order period -> facts (what figures are made of) -> outages -> measuring -> figures (each defined once) -> breakdowns
-> answers (are we in order, what got worse, what must we decide) -> report -> events (it was sent, the board treated it)
-> schedule (when it is sent by itself).
"""
