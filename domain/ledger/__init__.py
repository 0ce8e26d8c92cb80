"""The texts of the transparency log: what of an event is hashed, what of a tree is signed, what proves the one in the other."""
