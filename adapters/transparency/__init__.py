"""The ledger's outside: keys and signatures, the tree's tiles, the checkpoints' files."""
