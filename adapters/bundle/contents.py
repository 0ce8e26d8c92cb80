"""The bundle's files of lines: one pass over the chosen events each, so that no more than a thousand are in memory."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple
from uuid import UUID

import orjson

from domain.audit.tree_cover import RootFold, cover
from domain.catalogue.events import Described, Registered
from domain.errors import SporlogError
from domain.events import Sealed, StoredRow
from domain.incident.events import EvidenceAttached, SignalAttached
from domain.intake.events import SecretSet
from domain.ledger.entry import leaf_of
from domain.merkle import NodeOf
from handlers.history import History

Rows = Callable[[], Iterable[StoredRow]]
"""Begins a pass over the chosen events, by position."""
WITHHELD = frozenset({SecretSet.TOPIC})
"""Texts that no bundle opens, with keys or without: whoever has them can send alerts in the source's name."""
CONTACTS = frozenset({Registered.TOPIC, Described.TOPIC})
"""Texts that a bundle of incidents does not open either: an object's contact may be a person's, and no event refers to it."""
_HASH = re.compile(rb'"([0-9a-f]{64})"')


class StoreDiffersError(SporlogError):
    """The store's events are not those that were logged: no bundle can prove them."""

    code = "store-differs-from-ledger"


class SignedTree(NamedTuple):
    """The checkpoint (a signed note) that everything is proven by, the keys that sign for the log, and the tree's nodes."""

    note: bytes
    origin: str
    size: int
    root: bytes
    vkeys: tuple[str, ...]
    node_of: NodeOf


def event_lines(rows: Iterable[StoredRow]) -> Iterator[bytes]:
    r"""`{"aggregate_id":"...","position":42,"recorded_at_us":...,"state":"{\"meta\":...}","topic":"...","version":3}`.

    `state` is the stored bytes as a text: encoded in UTF-8 they are what was hashed, byte for byte.
    """
    for row in rows:
        try:
            yield _line({**row._asdict(), "aggregate_id": str(row.aggregate_id), "state": row.state.decode()})
        except UnicodeDecodeError as error:
            msg = f"event {row.position} is not UTF-8 any more: the store was changed, look with `sporlog audit verify`"
            raise StoreDiffersError(msg) from error


def proof_lines(rows: Iterable[StoredRow], tree: SignedTree) -> Iterator[bytes]:
    """`hidden <first leaf> <how many> <hash>` and `event <leaf> <hash>`, in the order of the tree.

    Raises `StoreDiffersError` at the end when they do not lead to the checkpoint's root.
    """
    fold = RootFold()
    for (start, end), node, shown in cover(((row.position - 1, leaf_of(row)) for row in rows), tree.size, tree.node_of):
        fold.add(end - start, node)
        place = f"event {start}" if shown else f"hidden {start} {end - start}"
        yield f"{place} {node.hex()}\n".encode()
    if fold.root != tree.root:
        msg = f"the store's events do not lead to the checkpoint of position {tree.size}: look with `sporlog audit verify`"
        raise StoreDiffersError(msg)


def opened_lines(rows: Iterable[StoredRow], history: History, withheld: frozenset[str] = WITHHELD) -> Iterator[bytes]:
    """`{"fields":{"title":"..."},"position":42}` of each event that has confidential fields; null: erased, or withheld."""
    for row, sealed in _sealed(rows):
        fields = None if row.topic in withheld else history.unseal(row.aggregate_id, row.version, sealed)
        more = {"withheld": True} if row.topic in withheld else {}
        yield _line({"position": row.position, "fields": fields, **more})


def key_lines(rows: Iterable[StoredRow], history: History, withheld: frozenset[str] = WITHHELD) -> Iterator[bytes]:
    """`{"key":"<hex>","position":42}`: opens this event's text and no other. None for what was erased or is withheld."""
    for row, sealed in _sealed(rows):
        key = None if row.topic in withheld else history.text_key(row.aggregate_id, row.version, sealed)
        if key is not None:
            yield _line({"position": row.position, "key": key.hex()})


def payloads_named(rows: Iterable[StoredRow]) -> list[str]:
    """The hashes (hex) of everything that tools sent for these events, sorted; erased ones too."""
    found = set[bytes]()
    for row in rows:
        if row.topic == SignalAttached.TOPIC or row.topic.startswith("signals."):
            found.update(bytes.fromhex(digest.decode()) for digest in _HASH.findall(row.state))
    return [digest.hex() for digest in sorted(found)]


def evidence_named(rows: Iterable[StoredRow]) -> list[tuple[UUID, str]]:
    """The evidence that Sporlog keeps for these events, each content once: an incident that has it, and its hash (hex)."""
    found = dict[str, UUID]()
    for row in rows:
        if row.topic == EvidenceAttached.TOPIC and (told := orjson.loads(row.state)).get("stored"):
            found.setdefault(told["sha256"], row.aggregate_id)
    return [(incident, digest) for digest, incident in sorted(found.items())]


def _sealed(rows: Iterable[StoredRow]) -> Iterator[tuple[StoredRow, Sealed]]:
    for row in rows:
        # Looked for before it is parsed: most events of a large log have no text.
        if b'"sealed":' in row.state and (sealed := orjson.loads(row.state).get("sealed")) is not None:
            yield row, Sealed.model_validate(sealed)


def _line(value: dict[str, Any]) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)
