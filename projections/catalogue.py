"""What do the municipality's services stand on, how critical are they, and who answers for them?

One row per object with its facts as they stand, one per tie, one per approval of the list of critical services. Names are
clear; descriptions and contacts stay sealed: whoever may read them opens `text_sealed` as of event `text_version`.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, cast
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import BigInteger, Boolean, Column, Connection, Index, MetaData, Table, select

from domain.catalogue import events as e
from domain.catalogue.board import Approval, ListApproved, ListedService
from domain.catalogue.classes import ServiceClass
from domain.catalogue.kinds import FACTS, Facts, Kind, ServiceFacts
from domain.catalogue.landscape import Landscape, Node
from domain.catalogue.ties import Bond, Need, Tie, Weight
from domain.events import Recorded, StoredRow
from projections import views
from projections.columns import Id, Instant, OneOf, WordList, Words, instant_of
from projections.projection import Bucket, Entry
from projections.rows import Row, Rows, read_all

METADATA = MetaData()
OBJECTS = Table(
    "objects",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("kind", OneOf(Kind), nullable=False),
    Column("name", Words, nullable=False),
    Column("aliases", WordList(), nullable=False),
    Column("administration", Words),
    Column("owner", Words),
    Column("restoration_order", BigInteger),
    Column("tolerable_downtime_minutes", BigInteger),
    Column("facts", Words, nullable=False),
    Column("service_class", OneOf(ServiceClass)),
    Column("class_number", BigInteger),
    Column("class_at", Instant),
    Column("proposed_class", OneOf(ServiceClass)),
    Column("proposal_number", BigInteger),
    Column("proposed_by", Words),
    Column("proposed_at", Instant),
    Column("retired", Boolean, nullable=False),
    Column("text_sealed", Words),
    Column("text_version", BigInteger, nullable=False),
    Column("registered_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("position", BigInteger, nullable=False),
    Index("objects_kind", "kind"),
    Index("objects_position", "position"),
)
BONDS = Table(
    "bonds",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("tie", OneOf(Tie), primary_key=True),
    Column("to", Id, primary_key=True),
    Column("need", OneOf(Need), nullable=False),
    Column("weight", OneOf(Weight), nullable=False),
    Column("group", Words),
    Column("gone", Boolean, nullable=False),
    Column("position", BigInteger, nullable=False),
    Index("bonds_to", "to"),
)
APPROVALS = Table(
    "list_approvals",
    METADATA,
    Column("number", BigInteger, primary_key=True),
    Column("approved_on", Words, nullable=False),
    Column("case_number", Words),
    Column("list_sha256", Words, nullable=False),
    Column("services", Words, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("position", BigInteger, nullable=False),
)
_LISTED: TypeAdapter[tuple[ListedService, ...]] = TypeAdapter(tuple[ListedService, ...])


class Catalogue:
    """The fold of the catalogue."""

    name = "catalogue"
    revision = 1
    metadata = METADATA
    topics = e.OBJECT_TOPICS | {ListApproved.TOPIC}
    places: frozenset[str] = frozenset()
    views = (views.CATALOGUE,)
    buckets: tuple[Bucket, ...] = ()

    def prefetch(self, rows: Rows, batch: Sequence[StoredRow]) -> None:
        """The objects; ties are found one by one, and only when they change."""
        rows[OBJECTS].fetch({row.aggregate_id for row in batch if row.topic != ListApproved.TOPIC})

    def fold(self, rows: Rows, entry: Entry) -> bool:
        """See `Projection.fold`."""
        recorded = cast("Recorded", entry)
        event = recorded.event
        if isinstance(event, ListApproved):
            rows[APPROVALS].add(_approval(recorded, event))
            return True
        if isinstance(event, e.Registered):
            rows[OBJECTS].add(_begun(recorded, event))
            return True
        row = rows[OBJECTS].change(recorded.aggregate_id)
        if row is None:
            return False
        row |= {"version": recorded.version, "position": recorded.position}
        row["changed_at"] = instant_of(recorded.recorded_at_us)
        if isinstance(event, e.Tied):
            rows[BONDS].add({"id": recorded.aggregate_id, **event.bond._asdict(), "gone": False, "position": recorded.position})
        elif isinstance(event, e.Untied):
            bond = rows[BONDS].change((recorded.aggregate_id, event.tie, event.to))
            if bond is not None:
                bond |= {"gone": True, "position": recorded.position}
        else:
            row |= _changed(row, recorded, cast("e.ObjectEvent", event))
        return True

    def complete(self, rows: Rows) -> None:
        """Nothing is left over."""


def _approval(recorded: Recorded, event: ListApproved) -> Row:
    return {
        "number": event.number,
        "approved_on": event.approved_on.isoformat(),
        "case_number": event.case_number,
        "list_sha256": event.list_sha256,
        "services": _LISTED.dump_json(event.services).decode(),
        "recorded_at": instant_of(recorded.recorded_at_us),
        "version": recorded.version,
        "position": recorded.position,
    }


def _begun(recorded: Recorded, event: e.Registered) -> Row:
    recorded_at = instant_of(recorded.recorded_at_us)
    empty = ("service_class", "class_number", "class_at", "proposed_class", "proposal_number", "proposed_by", "proposed_at")
    return {
        "id": recorded.aggregate_id,
        **_told(recorded, event),
        **dict.fromkeys(empty),
        "retired": False,
        "registered_at": recorded_at,
        "changed_at": recorded_at,
        "version": recorded.version,
        "position": recorded.position,
    }


def _told(recorded: Recorded, event: e.Registered | e.Described) -> Row:
    facts = event.facts
    service = facts if isinstance(facts, ServiceFacts) else None
    return {
        "kind": facts.kind,
        "name": facts.name,
        "aliases": facts.aliases,
        "administration": facts.administration,
        "owner": facts.owner,
        "restoration_order": service and service.restoration_order,
        "tolerable_downtime_minutes": service and service.tolerable_downtime_minutes,
        "facts": FACTS.dump_json(facts).decode(),
        "text_sealed": event.sealed.model_dump_json() if event.sealed else None,
        "text_version": recorded.version,
    }


def _changed(row: Row, recorded: Recorded, event: e.ObjectEvent) -> Row:
    nothing = dict.fromkeys(("proposed_class", "proposal_number", "proposed_by", "proposed_at"))
    match event:
        case e.Described():
            return _told(recorded, event)
        case e.Retired() | e.Reinstated():
            return {"retired": isinstance(event, e.Retired)}
        case e.ClassProposed():
            return {
                "proposed_class": event.service_class,
                "proposal_number": recorded.version,
                "proposed_by": event.meta.actor,
                "proposed_at": event.meta.occurred_at,
            }
        case e.ClassApproved():
            held = {"service_class": row["proposed_class"], "class_number": row["proposal_number"]}
            return {**held, "class_at": event.meta.occurred_at, **nothing}
        case e.ClassRejected():
            return nothing
        case _:
            return {}


def objects(connection: Connection, *kinds: Kind, retired: bool = False) -> list[Row]:
    """Objects by kind and name, those in use unless `retired`: columns of `OBJECTS`."""
    query = select(OBJECTS)
    if kinds:
        query = query.where(OBJECTS.c.kind.in_(kinds))
    if not retired:
        query = query.where(OBJECTS.c.retired.is_(False))
    found = read_all(connection, query)
    order = list(Kind)
    return sorted(found, key=lambda row: (order.index(row["kind"]), row["name"].casefold(), str(row["id"])))


def rows_of(connection: Connection, ids: Sequence[UUID]) -> list[Row]:
    """The objects with these ids, in no order: a page of them at a time, for each id is a parameter of the query."""
    return read_all(connection, select(OBJECTS).where(OBJECTS.c.id.in_(ids)))


def object_row(connection: Connection, one: UUID) -> Row | None:
    """One object by its id."""
    return next(iter(read_all(connection, select(OBJECTS).where(OBJECTS.c.id == one))), None)


def names_of(connection: Connection) -> dict[UUID, str]:
    """What every object is called, those out of use too."""
    return {one: name for one, name in connection.execute(select(OBJECTS.c.id, OBJECTS.c.name))}  # noqa: C416 - rows, not pairs


def facts_of(row: Row) -> Facts:
    """All that is known of it in clear."""
    return FACTS.validate_json(row["facts"])


def approvals(connection: Connection) -> list[Approval]:
    """The approvals of the list of critical services, in their order."""
    return [
        Approval(
            row["number"], date.fromisoformat(row["approved_on"]), _LISTED.validate_json(row["services"]), row["case_number"]
        )
        for row in read_all(connection, select(APPROVALS).order_by(APPROVALS.c.number))
    ]


def landscape(connection: Connection) -> Landscape:
    """All objects and ties as they stand. Reads both tables: keep it for as long as `position` stays the same."""
    names = [OBJECTS.c[name] for name in Node._fields]
    nodes = (Node(*row) for row in connection.execute(select(*names)))
    ties = [BONDS.c[name] for name in ("id", *Bond._fields)]
    return Landscape(nodes, _bonds(connection.execute(select(*ties).where(BONDS.c.gone.is_(False)).order_by(*ties[:3]))))


def _bonds(found: Iterable[Any]) -> Iterable[tuple[UUID, Bond]]:
    for source, *bond in found:
        yield source, Bond(*bond)


def position(connection: Connection) -> int:
    """The position of the last event that changed the catalogue; 0 when it is empty."""
    found = [
        connection.execute(select(table.c.position).order_by(table.c.position.desc()).limit(1)).scalar()
        for table in (OBJECTS, APPROVALS)
    ]
    return max((int(one) for one in found if one is not None), default=0)
