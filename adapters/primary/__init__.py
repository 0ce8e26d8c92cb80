"""Which house this is, and what it heard of others: who may write the log."""
