"""Registers that others keep of the municipality's systems, read over HTTP behind one contract (`handlers.registers`)."""
