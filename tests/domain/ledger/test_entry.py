"""The entry's bytes are a contract: a proof handed out today must verify in ten years."""

from hashlib import sha256
from uuid import UUID

from domain.events import StoredRow
from domain.ledger.entry import entry, leaf_of

ROW = StoredRow(42, 1_795_184_400_123_457, UUID("6f1c0f6e3c5f4a549a4e0c9a5f3d2b10"), 3, "incident.mitigated.1", b'{"a":1}')


def test_an_entry_names_the_place_and_hashes_the_stored_bytes() -> None:
    assert entry(ROW) == (
        b"sporlog/event/v1\n42\n6f1c0f6e-3c5f-4a54-9a4e-0c9a5f3d2b10\n3\nincident.mitigated.1\n1795184400123457\n"
        b"015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862\n"
    )
    assert leaf_of(ROW) == sha256(b"\0" + entry(ROW)).digest()


def test_every_stored_column_shows_in_the_entry() -> None:
    changed = [
        ROW._replace(position=43),
        ROW._replace(recorded_at_us=1_795_184_400_123_458),
        ROW._replace(aggregate_id=UUID(int=1)),
        ROW._replace(version=4),
        ROW._replace(topic="incident.mitigated.2"),
        ROW._replace(state=b'{"a": 1}'),
    ]
    assert len(changed) == len(StoredRow._fields)
    assert len({entry(row) for row in [ROW, *changed]}) == 7
