"""How alerts come in and what becomes of them: sources, mappings, rules of correlation, announced maintenance."""
