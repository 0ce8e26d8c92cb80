"""Maps of what stands on what: which objects (scope, grouping) -> where each goes (layering, ordering, layout) -> the picture.

One picture for page, PDF and pack: an SVG without scripts and fonts, and beside it a table that tells the same.
"""
