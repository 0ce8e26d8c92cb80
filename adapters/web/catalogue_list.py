"""The catalogue as a list: one kind at a time, with what matters of it, a page at a time."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from starlette.datastructures import QueryParams

from adapters.catalogue.field_words import FIELDS
from adapters.catalogue.telling import shown
from adapters.catalogue.words import CLASSES, PLURALS, catalogue_word
from adapters.web.catalogue_hits import OpenHit, OpenHits, Walks
from adapters.web.parts import WebParts
from adapters.web.texts import text
from adapters.words.wording import Language
from domain.catalogue.classes import ServiceClass
from domain.catalogue.kinds import Kind
from domain.catalogue.landscape import Landscape, Node
from domain.catalogue.ties import Tie
from projections.catalogue import facts_of, objects, rows_of
from projections.rows import Row

PAGE_SIZE = 100
UNCLASSED = "ingen"
"""Stands for services without a class where a class is chosen."""
Value = str | tuple[OpenHit, ...]


class Asked(NamedTuple):
    """What the reader chose. `to` shows those that are tied to one object."""

    kind: Kind = Kind.SERVICE
    service_class: str = ""
    administration: str = ""
    text: str = ""
    retired: bool = False
    to: UUID | None = None
    page: int = 1

    @property
    def narrowed(self) -> bool:
        """Whether anything but the kind was chosen."""
        return self._replace(kind=Kind.SERVICE, page=1) != Asked()

    def address(self, **other: object) -> str:
        """The address of this choice with something else chosen."""
        told = {**self._asdict(), **other}
        names = {"kind": "slags", "service_class": "klasse", "administration": "forvaltning", "text": "tekst"}
        names |= {"retired": "udgaaet", "to": "til", "page": "side"}
        chosen = {names[name]: "ja" if value is True else str(value) for name, value in told.items() if value}
        if told["page"] == 1:
            del chosen["side"]
        return f"/katalog?{urlencode(chosen)}"


class Tab(NamedTuple):
    """A kind, and how many are in use."""

    name: str
    objects: int
    address: str
    current: bool


class Line(NamedTuple):
    """An object in the list; `cells` belong to the view's columns."""

    id: UUID
    name: str
    about: str
    retired: bool
    cells: tuple[Value, ...]


class ListView(NamedTuple):
    """The page, in one language. `total` are all that were asked for, `lines` those of this page of `pages`."""

    asked: Asked
    tabs: tuple[Tab, ...]
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    total: int
    pages: int
    previous: str | None
    following: str | None
    administrations: tuple[str, ...]
    classes: tuple[tuple[str, str], ...]
    proposals: int
    tied_to: Node | None
    empty: bool


def asked_of(query: QueryParams) -> Asked:
    """What an address asks for; what cannot be read is not asked for."""
    kind, page = query.get("slags", ""), query.get("side", "")
    try:
        to = UUID(query.get("til", ""))
    except ValueError:
        to = None
    return Asked(
        kind=Kind(kind) if kind in set(Kind) else Kind.SERVICE,
        service_class=query.get("klasse", ""),
        administration=query.get("forvaltning", "").strip(),
        text=query.get("tekst", "").strip(),
        retired="udgaaet" in query,
        to=to,
        page=max(1, int(page)) if page.isdecimal() and len(page) <= len("99999") else 1,
    )


def read_list(parts: WebParts, asked: Asked, walks: Walks, language: Language) -> ListView:
    """Reads the catalogue and the register; call it beside the event loop. Raises `UnavailableError`."""
    seen = parts.landscape()
    found = sorted((node for node in seen.nodes.values() if _is_asked(node, asked, seen)), key=_order)
    pages = max(1, -(-len(found) // PAGE_SIZE))
    page = min(asked.page, pages)
    nodes = found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    with parts.catalogue() as connection:
        rows = {row["id"]: row for row in rows_of(connection, [node.id for node in nodes])}
        services = objects(connection, Kind.SERVICE)
    columns = COLUMNS[asked.kind]
    at = Glance(seen, rows, walks.open_hits(parts, seen), language)
    counts = Counter(node.kind for node in seen.nodes.values() if not node.retired)
    return ListView(
        asked=asked._replace(page=page),
        tabs=tuple(
            Tab(
                PLURALS[kind].to(language), counts[kind], asked.address(kind=kind, page=1, service_class=""), kind is asked.kind
            )
            for kind in Kind
        ),
        columns=tuple(text(language, one.heading) for one in columns),
        lines=tuple(_line(node, columns, at) for node in nodes if node.id in rows),
        total=len(found),
        pages=pages,
        previous=asked.address(page=page - 1) if page > 1 else None,
        following=asked.address(page=page + 1) if page < pages else None,
        administrations=tuple(sorted({node.administration for node in seen.nodes.values() if node.administration})),
        classes=(
            *((one.value, words.to(language)) for one, words in CLASSES.items()),
            (UNCLASSED, text(language, "catalogue.unclassed")),
        ),
        proposals=sum(row["proposed_class"] is not None for row in services),
        tied_to=seen.nodes.get(asked.to) if asked.to else None,
        empty=not seen.nodes,
    )


def _is_asked(node: Node, asked: Asked, seen: Landscape) -> bool:
    if node.kind is not asked.kind or (node.retired and not asked.retired):
        return False
    held = UNCLASSED if node.service_class is None else node.service_class.value
    if asked.kind is Kind.SERVICE and asked.service_class not in ("", held):
        return False
    if asked.administration and (node.administration or "").casefold() != asked.administration.casefold():
        return False
    wanted = asked.text.casefold()
    if wanted and not any(wanted in name.casefold() for name in (node.name, *node.aliases)):
        return False
    return asked.to is None or any(bond.to == asked.to for bond in seen.bonds(node.id))


def _order(node: Node) -> tuple[object, ...]:
    """Services by class, then as they are restored; all others by name."""
    rank = len(ServiceClass) if node.service_class is None else list(ServiceClass).index(node.service_class)
    return rank, node.restoration_order is None, node.restoration_order or 0, node.name.casefold(), node.id


class Glance(NamedTuple):
    """What the cells of a page are made from."""

    seen: Landscape
    rows: Mapping[UUID, Row]
    hits: OpenHits
    language: Language

    def names(self, found: Sequence[UUID]) -> str:
        """Their names; of many, the first and how many more."""
        names = sorted((self.seen.nodes[one].name for one in found if not self.seen.nodes[one].retired), key=str.casefold)
        more = text(self.language, "catalogue.more", count=len(names) - NAMED) if len(names) > NAMED else ""
        return ", ".join(names[:NAMED]) + more if names else "–"


NAMED = 3
Cell = Callable[[Node, Glance], Value]


class Column(NamedTuple):
    """What is told of each object of a kind. `heading` is the text's key."""

    heading: str
    cell: Cell


def _line(node: Node, columns: Sequence[Column], at: Glance) -> Line:
    about = [node.administration] if node.administration else []
    about += [f"{FIELDS['aliases'].to(at.language)}: {', '.join(node.aliases)}"] if node.aliases else []
    return Line(node.id, node.name, " · ".join(about), node.retired, tuple(one.cell(node, at) for one in columns))


def _class(node: Node, at: Glance) -> str:
    proposed = at.rows[node.id]["proposed_class"]
    held = catalogue_word(node.service_class, at.language) if node.service_class else text(at.language, "catalogue.unclassed")
    if proposed is None:
        return held
    return held + text(at.language, "catalogue.proposed-too", proposed=catalogue_word(proposed, at.language))


def _fact(name: str) -> Cell:
    def cell(node: Node, at: Glance) -> str:
        value = getattr(facts_of(at.rows[node.id]), name)
        return shown(name, value, at.language)

    return cell


def _tied(tie: Tie) -> Cell:
    return lambda node, at: at.names([bond.to for bond in at.seen.bonds(node.id, tie)])


def _tied_from(tie: Tie) -> Cell:
    return lambda node, at: at.names([source for source, _ in at.seen.bonds_to(node.id, tie)])


def _open(node: Node, at: Glance) -> Value:
    return at.hits.of(node.id) or text(at.language, "catalogue.no-incidents")


def _plan(node: Node, at: Glance) -> str:
    plans = [source for source, _ in at.seen.bonds_to(node.id, Tie.COVERS) if not at.seen.nodes[source].retired]
    return text(at.language, "organisation.yes" if plans else "catalogue.no-plan")


OPEN = Column("catalogue.column.open", _open)
OWNER = Column("catalogue.column.owner", _fact("owner"))
USED_BY = Column("catalogue.column.used-by", _tied_from(Tie.DEPENDS_ON))
COLUMNS: Mapping[Kind, tuple[Column, ...]] = {
    Kind.SERVICE: (
        Column("catalogue.column.class", _class),
        Column("catalogue.column.order", _fact("restoration_order")),
        Column("catalogue.column.downtime", _fact("tolerable_downtime_minutes")),
        OPEN,
        Column("catalogue.column.plan", _plan),
    ),
    Kind.PROCESS: (OWNER, USED_BY, OPEN),
    Kind.SYSTEM: (OWNER, USED_BY, Column("catalogue.column.supplier", _tied(Tie.SUPPLIED_BY)), OPEN),
    Kind.INTEGRATION: (OWNER, USED_BY, OPEN),
    Kind.COMPONENT: (Column("catalogue.column.sort", _fact("sort")), USED_BY, OPEN),
    Kind.SUPPLIER: (
        Column("catalogue.column.supplies", _tied_from(Tie.SUPPLIED_BY)),
        Column("catalogue.column.processor", _fact("processor")),
    ),
    Kind.CONTRACT: (
        Column("catalogue.column.supplier", _tied(Tie.SUPPLIED_BY)),
        Column("catalogue.column.holds-for", _tied_from(Tie.UNDER_CONTRACT)),
        Column("catalogue.column.ends", _fact("ends_on")),
    ),
    Kind.MAILBOX: (Column("catalogue.column.answers-for", _tied_from(Tie.REACHED_AT)),),
    Kind.PLAN: (
        Column("catalogue.column.covers", _tied(Tie.COVERS)),
        Column("catalogue.column.dated", _fact("dated")),
        Column("catalogue.column.review", _fact("review_by")),
    ),
}
"""What is told of each kind, beside its name."""
