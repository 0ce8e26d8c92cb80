"""What a read model is, and what all of them keep beside their own tables: how far they are."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol, TypeAlias
from urllib.parse import quote

import orjson
from sqlalchemy import Connection, MetaData

from domain.events import UPCASTERS, Recorded, StoredRow
from projections.rows import Row, Rows
from projections.views import View

Entry: TypeAlias = Recorded | StoredRow
"""An event in its place: decoded if the projection asked for that, else as stored. The first five fields are the same."""


class Bucket(NamedTuple):
    """A JetStream KV bucket that shows one projection: clear data only, never free text."""

    name: str
    changed: Callable[[Connection, int], Iterable[tuple[str, bytes]]]
    """The documents that changed after a position, as key and bytes; from position 0 all of them. Each tells its `position`.

    Empty bytes: what the key showed was disposed of, and is to be erased.
    """


class Projection(Protocol):
    """A read model: a question, its tables, its fold and its queries.

    The fold is a function of the rows and the events alone: no clock, no chance, no order of a set, no size of a batch shows in
    what it writes. So a rebuild gives the same tables as running live.
    """

    name: str
    """Of the process, the durable, the file and the schema."""
    revision: int
    """Raised when the fold means something else with the same tables: they are then made anew at the next start."""
    metadata: MetaData
    topics: frozenset[str]
    """Current topics whose content the fold reads."""
    places: frozenset[str]
    """Current topics of which the fold only needs to know that they happened, when and where; never decoded."""

    @property
    def views(self) -> tuple[View, ...]:
        """What SQL tools may read."""

    @property
    def buckets(self) -> tuple[Bucket, ...]:
        """What the bus shows."""

    def prefetch(self, rows: Rows, batch: Sequence[StoredRow]) -> None:
        """Read at once the rows that these events will most likely touch; `fold` finds the others by itself."""

    def fold(self, rows: Rows, entry: Entry) -> bool:
        """Fold one event; positions rise from call to call. False if it belongs to nothing known: then nothing came of it."""

    def complete(self, rows: Rows) -> None:
        """Called before the changed rows are written: compute what depends on a row alone."""


def with_older(topics: frozenset[str]) -> frozenset[str]:
    """Current topics and every older version of them that the log may hold."""
    return topics | {old for old in UPCASTERS if newest(old) in topics}


def newest(topic: str) -> str:
    """The current version of a topic."""
    while topic in UPCASTERS:
        topic = UPCASTERS[topic][0]
    return topic


def kv_key(name: str) -> str:
    """A name as part of a KV key: letters, digits, `-` and `_` stay, all else becomes `=` and two hex digits a byte.

    `Økonomi 2.0` is `=C3=98konomi=202=2E0`. A dot separates the parts of a key.
    """
    return quote(name, safe="").replace("%", "=").replace(".", "=2E").replace("~", "=7E")


def kv_document(values: Mapping[str, Any]) -> bytes:
    """A document's bytes: JSON with sorted keys, times RFC 3339 UTC."""
    return orjson.dumps(values, option=orjson.OPT_SORT_KEYS | orjson.OPT_UTC_Z)


def pick(row: Mapping[str, Any], names: Sequence[str]) -> Row:
    """Some columns of a row."""
    return {name: row[name] for name in names}
