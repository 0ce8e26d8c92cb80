"""A first guess at a mapping, from the names of a table's columns, Danish and English; a person edits it before it is used."""

from collections.abc import Mapping

from adapters.importing.tables import Table, UnreadableTableError, plain
from domain.catalogue.kinds import Kind
from domain.catalogue.mapping import SourceMapping, TieColumn, fields_of
from domain.catalogue.ties import Need, Tie, Weight

_KEY = ("uuid", "id", "sys_id", "nr", "nummer", "systemnr", "system-id", "asset tag", "asset_tag", "asset id", "ci id", "key")
_FACTS: Mapping[str, tuple[str, ...]] = {
    "name": ("navn", "name", "systemnavn", "system", "it-system", "titel", "title", "asset name", "ydelse", "komponent"),
    "aliases": ("kaldenavn", "alias", "aliaser", "aliases", "andre navne", "fqdn", "hostname", "værtsnavn"),
    "administration": ("forvaltning", "afdeling", "administration", "department", "område", "location", "domain"),
    "owner": ("systemejer", "ejer", "owner", "owned_by", "ansvarlig"),
    "manager": ("systemansvarlig", "driftsansvarlig", "manager", "managed_by", "forvalter"),
    "hosting": ("drift", "hosting", "driftsted", "hostedat"),
    "personal_data": ("persondata", "personoplysninger", "personal data"),
    "sort": ("type", "category", "kategori", "art", "sys_class_name", "klasse"),
    "cvr": ("cvr", "cvr-nummer", "cvr-nr", "cvrnr"),
    "number": ("kontraktnummer", "aftalenummer", "contract number"),
    "ends_on": ("udløber", "udløb", "slutdato", "end date", "ends_on"),
    "restoration_order": ("retableringsrækkefølge", "rækkefølge", "restoration order"),
    "tolerable_downtime_minutes": ("tolereret nedetid", "nedetid i minutter", "rto (minutter)", "rto minutes"),
    "description": ("beskrivelse", "description", "short_description", "bemærkning", "asset notes", "notes"),
    "contact": ("kontakt", "contact", "telefon", "support"),
}
_SUPPLIER = ("leverandør", "supplier", "vendor", "manufacturer")
_DEPENDS = ("afhænger af", "afhængigheder", "depends on", "depends_on", "kører på", "server", "servere", "servers")


def suggest(table: Table, kind: Kind) -> SourceMapping:
    """A mapping for objects of that kind. Raises `UnreadableTableError` when no column can be a name."""
    columns = {plain(column): column for column in table.columns if column}

    def find(names: tuple[str, ...]) -> str | None:
        return next((columns[name] for name in names if name in columns), None)

    facts = {field: found for field in fields_of(kind) if (found := find(_FACTS.get(field, ()))) is not None}
    key = find(_KEY) or _distinct(table) or facts.get("name")
    if key is None or "name" not in facts:
        raise UnreadableTableError(
            f"no column looks like a name: write the mapping yourself; the columns are {', '.join(table.columns)}"
        )
    ties = list[TieColumn]()
    if kind in {Kind.SYSTEM, Kind.COMPONENT, Kind.INTEGRATION, Kind.CONTRACT} and (supplier := find(_SUPPLIER)):
        ties.append(
            TieColumn(
                column=supplier,
                tie=Tie.SUPPLIED_BY,
                kind=Kind.SUPPLIER,
                weight=Weight.DEGRADES,
                separator=";" if "," in _any(table, supplier) else ",",
                register_missing=True,
            )
        )
    if depends := find(_DEPENDS):
        other = Kind.SYSTEM if kind in {Kind.SERVICE, Kind.PROCESS} else Kind.COMPONENT
        need = Need.WORK if other is Kind.SYSTEM else Need.HOSTING
        ties.append(TieColumn(column=depends, tie=Tie.DEPENDS_ON, kind=other, need=need))
    possible = kind not in {Kind.SUPPLIER, Kind.MAILBOX, Kind.PLAN, Kind.CONTRACT}
    return SourceMapping(
        key=key, kind=kind, facts=facts, ties=tuple(tie for tie in ties if possible or tie.tie is Tie.SUPPLIED_BY)
    )


def _any(table: Table, column: str) -> str:
    return " ".join(row.cells.get(plain(column), "") for row in table.rows[:200])


def _distinct(table: Table) -> str | None:
    """The first column after whose cells no two rows are the same, where its name says that it numbers things."""
    for column in table.columns:
        name = plain(column)
        if not name.endswith((" id", "-id", "_id", " nr", "-nr", " no", "number", "nummer", " tag")):
            continue
        cells = [row.cells.get(name, "") for row in table.rows]
        if all(cells) and len(set(cells)) == len(cells):
            return column
    return None
