"""The command line for scenarios that begin on the machine: what a municipality types, on a store of the test's own."""

from tests.adapters.cli.conftest import sporlog, worker

__all__ = ["sporlog", "worker"]
