"""The data map: every field of a person that the models know, and the places outside of them."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, get_args

from pydantic import BaseModel

from adapters.contract import event_contracts
from adapters.event_store import access_table, ledger_tables, outbox, registers_table, schema, ways_table
from adapters.privacy.fields import Sort, sort_of
from adapters.privacy.places import CLEAR, ELSEWHERE, EVENTS, OF_TABLE, TABLES, Place
from adapters.retention.texts import period_words
from adapters.words.wording import Language, Words
from domain.events import EVENT_TYPES, DomainEvent
from domain.retention.periods import Periods
from projections.casework import Casework
from projections.catalogue import Catalogue
from projections.deadlines import Deadlines
from projections.register import Register
from projections.reporting import Reporting
from projections.signals import Signals

SORT_WORDS: Mapping[Sort, Words] = {
    Sort.TEXT: Words("Fortrolig tekst, krypteret", "Confidential text, sealed"),
    Sort.ID: Words("Id på en person (pseudonym)", "Id of a person (pseudonym)"),
    Sort.CONTACT: Words("Kontaktoplysning", "Contact data"),
    Sort.SEALED: Words("Kryptotekst eller nøgle", "Ciphertext or key"),
    Sort.INDIRECT: Words("Kan pege på en person gennem et andet system", "May point to a person through another system"),
}
BESIDE_THE_STEPS: Mapping[str, tuple[str, ...]] = {
    "data_keys": ("kid", "wrapped", "created_at_us"),
    "place_keys": ("kid", "place", "wrapped"),
    "destroyed": ("id", "kid", "place", "at_us"),
    "relay_mark": ("one", "stream_created", "last_seq", "position"),
}
"""Tables that are made without steps of a schema."""


class Entry(NamedTuple):
    """One field, or one place outside of the models; `sort` is None for the latter. `what` is the reader's language."""

    where: str
    field: str
    sort: Sort | None
    what: str
    place: str
    seen_by: str
    kept: str
    erased: str


def data_map(periods: Periods, language: Language) -> list[Entry]:
    """All of it, events first, by the periods in force. Raises `LookupError` for a field of which nobody said what it is."""

    def entry(where: str, field: str, sort: Sort | None, what: Words, place: Place) -> Entry:
        erased = place.erased if sort is None or place not in EVENTS.values() else CLEAR.get(sort, place.erased)
        kept = " / ".join(period_words(getattr(periods, kind), language) for kind in place.kept)
        how = place.how_long.to(language)
        told = f"{how} ({kept})" if how and kept else how or kept
        return Entry(
            where,
            field,
            sort,
            what.to(language),
            place.name.to(language),
            place.seen_by.to(language),
            told,
            erased.to(language),
        )

    fields = (*_of_events(), *_of_tables())
    return [
        *(entry(where, field, sort, SORT_WORDS[sort], place) for where, field, sort, place in fields),
        *(entry(where, "*", None, what, place) for where, what, place in ELSEWHERE),
    ]


def _of_events() -> Iterator[tuple[str, str, Sort, Place]]:
    common = {path for path, _, _ in event_fields(DomainEvent)}
    contracts = event_contracts()
    for aggregate, place in EVENTS.items():
        for topic in ("", *(one.topic for one in contracts if one.topic.startswith(f"{aggregate}."))):
            model = EVENT_TYPES[topic] if topic else DomainEvent
            for path, name, is_text in event_fields(model):
                sort = Sort.TEXT if is_text else sort_of(topic, name)
                # What every event has is told once; how text is sealed is told of the stored bytes.
                if sort is not None and sort is not Sort.SEALED and (path in common) == (topic == ""):
                    yield topic or f"{aggregate}.*", path, sort, place


def event_fields(model: type[BaseModel], above: str = "") -> Iterator[tuple[str, str, bool]]:
    """Path, name and whether it is confidential of each field, those of what is inside of it too."""
    confidential = model.CONFIDENTIAL_FIELDS if issubclass(model, DomainEvent) else frozenset[str]()
    for name, info in model.model_fields.items():
        yield f"{above}{name}", name, name in confidential
        if name not in confidential:
            for inner in _models(info.annotation):
                yield from event_fields(inner, f"{above}{name}.")


def _models(annotation: Any) -> Iterator[type[BaseModel]]:  # noqa: ANN401 - types are the values here
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)


def _of_tables() -> Iterator[tuple[str, str, Sort, Place]]:
    read = read_tables()
    for table, columns in (store_tables() | read).items():
        place = TABLES["read" if table in read else OF_TABLE.get(table, "store")]
        for column in columns:
            if (sort := sort_of(table.rpartition(" ")[2], column)) is not None:
                yield table, column, sort, place


def read_tables() -> dict[str, tuple[str, ...]]:
    """Columns of every read model's tables, each named with its projection."""
    return {
        f"{projection.name} {table.name}": tuple(column.name for column in table.columns)
        for projection in (Register(), Deadlines(), Reporting(), Casework(), Signals(), Catalogue())
        for table in projection.metadata.sorted_tables
    }


def store_tables() -> dict[str, tuple[str, ...]]:
    """Columns of every table that is no read model's, as their newest schema makes them."""
    return {
        **_made_by(schema.STEPS),
        **_made_by(outbox.STEPS),
        **_made_by(ways_table.STEPS),
        **_made_by(registers_table.STEPS),
        **_made_by(ledger_tables.STEPS),
        **_made_by(access_table.STEPS),
        **BESIDE_THE_STEPS,
    }


def _made_by(steps: Sequence[Sequence[str]]) -> dict[str, tuple[str, ...]]:
    database = sqlite3.connect(":memory:")
    try:
        for statement in (statement for step in steps for statement in step):
            database.execute(statement.format(int="INTEGER", blob="BLOB", serial="INTEGER PRIMARY KEY"))
        tables = [
            str(name) for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid")
        ]
        return {table: tuple(row[1] for row in database.execute(f"PRAGMA table_info({table})")) for table in tables}
    finally:
        database.close()
