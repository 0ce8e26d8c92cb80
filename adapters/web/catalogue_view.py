"""One object of the catalogue: all that is known of it, now or as of a time, read from the log itself."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple
from urllib.parse import quote
from uuid import UUID

from adapters.catalogue.impact_words import class_in_words, path_in_words
from adapters.catalogue.telling import Happened, Line, NameOf, bond_words, fact_lines, history_told
from adapters.catalogue.words import BACKWARDS, TIES, catalogue_word
from adapters.incident.json import title_of
from adapters.web.as_of import as_asked
from adapters.web.catalogue_hits import OpenHit, Walks
from adapters.web.evidence_view import size_in_words
from adapters.web.parts import WebParts
from adapters.web.texts import text
from adapters.words.wording import Language
from domain.catalogue.errors import UnknownObjectError
from domain.catalogue.impact import roll_up, services_among
from domain.catalogue.kinds import Kind, PlanFacts
from domain.catalogue.landscape import Landscape, Node
from domain.catalogue.state import CatalogueObject, replay
from domain.catalogue.ties import Bond, Tie
from domain.events import Sealed
from domain.signals import Severity
from handlers.catalogue_desk import history_of, object_of
from handlers.history import History
from handlers.impact import what_if
from projections.catalogue import facts_of, object_row
from projections.rows import Row

TIES_SHOWN = 50
"""Of one sort; the others are a click away, in the list."""
CONTACTS_SHOWN = 30
NEWEST = 20
"""Incidents that ever hit it, and components with alerts."""
_TOLD_ELSEWHERE = PlanFacts.OF_THE_FILE | {"administration"}


class TieLine(NamedTuple):
    """A tie as seen from the object."""

    other: Node
    kind: str
    words: str
    untie: str
    """Where it is untied; of a tie that the other one has, that one's form."""


class TieGroup(NamedTuple):
    """Ties of one sort in one direction: the first of `total`."""

    heading: str
    lines: tuple[TieLine, ...]
    total: int
    rest: str | None
    """Where all of them stand."""


class IncidentLine(NamedTuple):
    """An open incident that reaches the object: `effect` is the worst that it may do, `path` by which way, in words."""

    reference: str
    title: str | None
    severity: Severity
    effect: str
    path: str


class ServiceLine(NamedTuple):
    """A service that is hit should the object fail."""

    node: Node
    held: str
    effect: str
    path: str


class Until(NamedTuple):
    """What hit the object, or anything that it stands on, until now: the newest incidents of all, and the alerts."""

    total: int
    newest: tuple[Row, ...]
    alerts: tuple[Row, ...]


class Contact(NamedTuple):
    """Whom to reach, and how: `contact` was sealed and may be erased."""

    node: Node
    kind: str
    contact: str | None
    facts: tuple[Line, ...]
    via: str | None
    """What the object depends on, when the contact is that one's."""


class Plan(NamedTuple):
    """An emergency plan that covers the object."""

    node: Node
    facts: PlanFacts


class ObjectView(NamedTuple):
    """The page. `known` is None when it was not yet registered then: its name is the one that it has now."""

    id: UUID
    name: str
    known: CatalogueObject | None
    kind: str
    facts: tuple[Line, ...]
    ties: tuple[TieGroup, ...]
    contacts: tuple[Contact, ...]
    plans: tuple[Plan, ...]
    incidents: tuple[IncidentLine, ...]
    services: tuple[ServiceLine, ...]
    until: Until | None
    """None in the past."""
    history: tuple[Happened, ...]
    past: datetime | None
    language: Language

    @property
    def acts(self) -> tuple[str, ...]:
        """What can be done with it now."""
        if self.known is None or self.past:
            return ()
        if self.known.retired:
            return ("reinstate",)
        return ("change", "tie", *(("propose-class",) if self.known.kind is Kind.SERVICE else ()), "retire")

    @property
    def as_asked(self) -> str:
        """What addresses that lead on from the past say of it."""
        return f"?at={quote(self.past.isoformat())}" if self.past else ""

    @property
    def file_size(self) -> str:
        """Of a plan's file, in words."""
        facts = self.known.facts if self.known else None
        return size_in_words(facts.bytes, self.language) if isinstance(facts, PlanFacts) else ""


def read_object(parts: WebParts, object_id: UUID, walks: Walks, language: Language, *, at: str | None = None) -> ObjectView:
    """Reads the log; call it beside the event loop.

    Raises `UnknownObjectError`, `InvalidInputError` for a time that is none, `UnavailableError`.
    """
    seen_as, history = as_asked(parts, at, None), parts.desk.history
    everything = history_of(history, object_id)
    if not everything:
        raise UnknownObjectError(f"the catalogue holds nothing with the id {object_id}: look for it in the list")
    then = seen_as.clock() if at else None
    recorded = [one for one in everything if then is None or one.recorded_at <= then]
    known, seen = replay(object_id, (one.event for one in recorded)), seen_as.landscape()
    told = history_told(recorded, namer(seen, language), language)
    return ObjectView(
        id=object_id,
        name=(known or object_of(history, object_id)).facts.name,
        known=known,
        kind=catalogue_word(known.kind, language) if known else "",
        facts=tuple(one for one in fact_lines(known.facts, language) if one.name not in _TOLD_ELSEWHERE) if known else (),
        ties=tuple(_groups(seen, object_id, language)),
        contacts=tuple(_contacts(seen_as, seen, object_id, language)),
        plans=tuple(_plans(seen_as, seen, object_id)),
        incidents=tuple(_incident(one, seen, history, language) for one in walks.open_hits(seen_as, seen).of(object_id)),
        services=tuple(_services(seen, object_id, language)),
        until=_until(seen_as, seen, object_id) if then is None and object_id in seen.nodes else None,
        history=tuple(reversed(told)),
        past=then,
        language=language,
    )


def namer(seen: Landscape, language: Language) -> NameOf:
    """What each object is called; in words, what the landscape does not hold."""
    return lambda one: seen.nodes[one].name if one in seen.nodes else text(language, "catalogue.unknown")


def _groups(seen: Landscape, one: UUID, language: Language) -> Iterable[TieGroup]:
    out, into = defaultdict[Tie, list[TieLine]](list), defaultdict[Tie, list[TieLine]](list)
    for bond in seen.bonds(one):
        out[bond.tie].append(
            _line(seen.nodes[bond.to], bond, language, f"/katalog/{one}/trin/untie?tie={bond.tie}&to={bond.to}")
        )
    for source, bond in seen.bonds_to(one):
        into[bond.tie].append(
            _line(seen.nodes[source], bond, language, f"/katalog/{source}/trin/untie?tie={bond.tie}&to={one}&fra={one}")
        )
    for found, headings, far in ((out, TIES, False), (into, BACKWARDS, True)):
        for tie in Tie:
            if lines := sorted(found[tie], key=_order):
                rest = f"/katalog?slags={lines[0].other.kind}&til={one}" if far and len(lines) > TIES_SHOWN else None
                shown = tuple(lines if rest is None else lines[:TIES_SHOWN])
                yield TieGroup(headings[tie].to(language), shown, len(lines), rest)


def _line(other: Node, bond: Bond, language: Language, untie: str) -> TieLine:
    return TieLine(other, catalogue_word(other.kind, language), bond_words(bond, language), untie)


def _incident(one: OpenHit, seen: Landscape, history: History, language: Language) -> IncidentLine:
    title, way = title_of(one.row, history.unseal), path_in_words(one.hit.path, seen, language)
    return IncidentLine(one.reference, title, one.severity, catalogue_word(one.hit.effect, language), way)


def _services(seen: Landscape, one: UUID, language: Language) -> Iterable[ServiceLine]:
    for hit in services_among(seen, roll_up(seen, [one])):
        if hit.node.id != one:
            way = path_in_words(hit.path, seen, language)
            yield ServiceLine(hit.node, class_in_words(hit, language), catalogue_word(hit.effect, language), way)


def _until(parts: WebParts, seen: Landscape, one: UUID) -> Until:
    with parts.register() as incidents, parts.signals() as alerts:
        found = what_if(seen, one, incidents, alerts, limit=NEWEST, scope=parts.desk.scope)
    return Until(found.incidents.total, tuple(found.incidents.newest), found.alerts[:NEWEST])


def _order(line: TieLine) -> tuple[object, ...]:
    return list(Kind).index(line.other.kind), line.other.name.casefold(), line.other.id


def _contacts(parts: WebParts, seen: Landscape, one: UUID, language: Language) -> Iterable[Contact]:
    """The mailboxes where it is reached, its contracts and suppliers; then those of what it depends on at once."""
    wanted: dict[UUID, UUID] = {}
    for of in (one, *(bond.to for bond in seen.bonds(one, Tie.DEPENDS_ON))):
        contracts = [bond.to for bond in seen.bonds(of, Tie.UNDER_CONTRACT)]
        direct = [bond.to for bond in seen.bonds(of, Tie.REACHED_AT, Tie.SUPPLIED_BY)]
        behind = [bond.to for contract in contracts for bond in seen.bonds(contract, Tie.SUPPLIED_BY)]
        for each in (*direct, *contracts, *behind):
            if not seen.nodes[each].retired and len(wanted) < CONTACTS_SHOWN:
                wanted.setdefault(each, of)
    with parts.catalogue() as connection:
        rows = [row for each in wanted if (row := object_row(connection, each)) is not None]
    for row in rows:
        contact = _opened(row, parts.desk.history).get("contact")
        facts = tuple(line for line in fact_lines(facts_of(row), language) if line.name in _OF_A_CONTACT)
        of = wanted[row["id"]]
        via = None if of == one else seen.nodes[of].name
        yield Contact(seen.nodes[row["id"]], catalogue_word(row["kind"], language), contact, facts, via)


_OF_A_CONTACT = frozenset({"number", "ends_on", "respond_minutes", "restore_minutes"})


def _plans(parts: WebParts, seen: Landscape, one: UUID) -> Iterable[Plan]:
    sources = [source for source, _ in seen.bonds_to(one, Tie.COVERS) if not seen.nodes[source].retired]
    with parts.catalogue() as connection:
        rows = [row for each in sources if (row := object_row(connection, each)) is not None]
    for row in rows:
        facts = facts_of(row)
        if isinstance(facts, PlanFacts):
            yield Plan(seen.nodes[row["id"]], facts)


def _opened(row: Row, history: History) -> Mapping[str, str | None]:
    """What was sealed of it; nothing once its key was destroyed."""
    if row["text_sealed"] is None:
        return {}
    return history.unseal(row["id"], row["text_version"], Sealed.model_validate_json(row["text_sealed"])) or {}
