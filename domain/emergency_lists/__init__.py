"""Emergency lists (nødlister) that line-of-business systems write for when they are gone: which are expected, what came.

Of a list the log holds when it came, how long it is and its hash, never what stands in it: those are the citizens' data. In
reading order expected (what a list is to be) -> seen (what lies in its folder, and what is wrong with it) -> events -> state
(with evolve) -> steps (deciding).
"""
