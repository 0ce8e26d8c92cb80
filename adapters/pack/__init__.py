"""The offline emergency pack: what stands in it, how it gets onto its drive whole, and how a clean machine goes on from it."""
