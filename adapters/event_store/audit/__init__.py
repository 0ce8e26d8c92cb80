"""`sporlog audit verify`: the live store held against the ledger, its checkpoints and what stands outside the house."""
