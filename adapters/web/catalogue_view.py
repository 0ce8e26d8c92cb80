"""One object of the catalogue: all that is known of it, now or as of a time, read from the log itself."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from adapters.catalogue.field_words import FIELDS
from adapters.catalogue.telling import Happened, Line, NameOf, fact_lines, history_told
from adapters.catalogue.words import BACKWARDS, TIES, catalogue_word
from adapters.incident.json import title_of
from adapters.web.as_of import as_asked
from adapters.web.catalogue_hits import OpenHit, open_hits
from adapters.web.parts import WebParts
from adapters.web.texts import text
from adapters.words.wording import Language
from domain.catalogue.errors import UnknownObjectError
from domain.catalogue.kinds import Kind, PlanFacts
from domain.catalogue.landscape import Landscape, Node
from domain.catalogue.state import CatalogueObject, replay
from domain.catalogue.ties import CARRYING, Bond, Tie
from domain.events import Sealed
from domain.signals import Severity
from handlers.catalogue_desk import history_of
from handlers.history import History
from projections.catalogue import facts_of, object_row
from projections.rows import Row

TIES_SHOWN = 50
"""Of one sort; the others are a click away, in the list."""
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
    """An open incident that reaches the object: `effect` is the worst that it may do, `path` by which way."""

    reference: str
    title: str | None
    severity: Severity
    effect: str
    path: tuple[Node, ...]


class Contact(NamedTuple):
    """Whom to reach, and how: `contact` was sealed and may be erased."""

    node: Node
    kind: str
    contact: str | None
    facts: tuple[Line, ...]


class Plan(NamedTuple):
    """An emergency plan that covers the object."""

    node: Node
    facts: PlanFacts


class ObjectView(NamedTuple):
    """The page. `known` is None when it was not yet registered then."""

    id: UUID
    known: CatalogueObject | None
    kind: str
    facts: tuple[Line, ...]
    ties: tuple[TieGroup, ...]
    contacts: tuple[Contact, ...]
    plans: tuple[Plan, ...]
    incidents: tuple[IncidentLine, ...]
    history: tuple[Happened, ...]
    past: datetime | None

    @property
    def name(self) -> str:
        """What it is called; its id while it is not known."""
        return self.known.facts.name if self.known else str(self.id)

    @property
    def acts(self) -> tuple[str, ...]:
        """What can be done with it now."""
        if self.known is None or self.past:
            return ()
        if self.known.retired:
            return ("reinstate",)
        return ("change", "tie", *(("propose-class",) if self.known.kind is Kind.SERVICE else ()), "retire")

    @property
    def is_plan(self) -> bool:
        """Whether it has a file."""
        return self.known is not None and self.known.kind is Kind.PLAN


def read_object(parts: WebParts, object_id: UUID, language: Language, *, at: str | None = None) -> ObjectView:
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
        known=known,
        kind=catalogue_word(known.kind, language) if known else "",
        facts=tuple(one for one in fact_lines(known.facts, language) if one.name not in _TOLD_ELSEWHERE) if known else (),
        ties=tuple(_groups(seen, object_id, language)),
        contacts=tuple(_contacts(seen_as, seen, object_id, language)),
        plans=tuple(_plans(seen_as, seen, object_id)),
        incidents=tuple(_incident(one, seen, history, language) for one in open_hits(seen_as, seen).get(object_id, ())),
        history=tuple(reversed(told)),
        past=then,
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
    said = [catalogue_word(bond.need, language), catalogue_word(bond.weight, language)] if bond.tie in CARRYING else []
    said += [f"{FIELDS['group'].to(language)}: {bond.group}"] if bond.group else []
    return TieLine(other, catalogue_word(other.kind, language), ", ".join(said), untie)


def _incident(one: OpenHit, seen: Landscape, history: History, language: Language) -> IncidentLine:
    title, way = title_of(one.row, history.unseal), tuple(seen.nodes[each] for each in one.hit.path)
    return IncidentLine(one.reference, title, one.severity, catalogue_word(one.hit.effect, language), way)


def _order(line: TieLine) -> tuple[object, ...]:
    return list(Kind).index(line.other.kind), line.other.name.casefold(), line.other.id


def _contacts(parts: WebParts, seen: Landscape, one: UUID, language: Language) -> Iterable[Contact]:
    """The mailboxes where it is reached, its contracts and suppliers, also those behind a contract."""
    contracts = [bond.to for bond in seen.bonds(one, Tie.UNDER_CONTRACT)]
    direct = [bond.to for bond in seen.bonds(one, Tie.REACHED_AT, Tie.SUPPLIED_BY)]
    behind = [bond.to for contract in contracts for bond in seen.bonds(contract, Tie.SUPPLIED_BY)]
    wanted = dict.fromkeys(each for each in (*direct, *contracts, *behind) if not seen.nodes[each].retired)
    with parts.catalogue() as connection:
        rows = [row for each in wanted if (row := object_row(connection, each)) is not None]
    for row in rows:
        contact = _opened(row, parts.desk.history).get("contact")
        facts = tuple(line for line in fact_lines(facts_of(row), language) if line.name in _OF_A_CONTACT)
        yield Contact(seen.nodes[row["id"]], catalogue_word(row["kind"], language), contact, facts)


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
