"""The leaf of an event: a text that names the place and the bytes of what was stored, and holds nothing that must be erased."""

from hashlib import sha256

from domain.events import StoredRow
from domain.merkle import leaf_hash


def entry(row: StoredRow) -> bytes:
    """The bytes that are hashed as the event's leaf, of the bytes as stored: never of a re-serialisation.

    A confidential field stands in `state` as ciphertext, so that its key can be destroyed and the proof still holds::

        sporlog/event/v1
        42
        6f1c0f6e-3c5f-4a54-9a4e-0c9a5f3d2b10
        3
        incident.mitigated.1
        1795184400123457
        <SHA-256 of state, hex>

    Position, aggregate's id, version in its stream, topic, recorded_at in microseconds since 1970 UTC; a line feed ends each.
    """
    return (
        f"sporlog/event/v1\n{row.position}\n{row.aggregate_id}\n{row.version}\n{row.topic}\n{row.recorded_at_us}\n"
        f"{sha256(row.state).hexdigest()}\n"
    ).encode()


def leaf_of(row: StoredRow) -> bytes:
    """The leaf's hash. Its index in the tree is position - 1."""
    return leaf_hash(entry(row))
