"""The catalogue as one TOML file: read with every mistake named, written with a Danish comment on each part.

What is written and read again changes nothing. Of a plan's file, and of ties to what is out of use, it says nothing.
"""

import json
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID

from pydantic import ValidationError

from adapters.catalogue.field_words import FIELDS
from adapters.catalogue.words import CLASSES, PLURALS, TIES
from adapters.toml_values import inline, pair
from domain.catalogue.configuration import Configuration, WantedObject
from domain.catalogue.kinds import MODELS, Kind, OutsideId, PlanFacts
from domain.catalogue.state import CatalogueObject
from domain.catalogue.steps import POSSIBLE
from domain.catalogue.ties import Bond, Need, Tie, Weight
from domain.errors import InvalidInputError

SECTIONS: Mapping[str, Kind] = {
    "services": Kind.SERVICE,
    "processes": Kind.PROCESS,
    "systems": Kind.SYSTEM,
    "integrations": Kind.INTEGRATION,
    "components": Kind.COMPONENT,
    "suppliers": Kind.SUPPLIER,
    "contracts": Kind.CONTRACT,
    "mailboxes": Kind.MAILBOX,
    "plans": Kind.PLAN,
}
HEAD = """\
# Kataloget i Sporlog. Ret filen, og indlæs den med: sporlog catalogue import FIL.toml
# Se først, hvad der bliver anderledes, med --dry-run. Kun det bliver registreret, hver ændring for sig, alt eller intet.
# Hvad der ikke står her, bliver, hvor det er; --retire-missing tager det ud af brug.
# En klasse, der er anderledes end den gældende, bliver et forslag: en anden skal godkende det.
# id hører til det, der er i kataloget i forvejen: lad det stå, så kan navnet rettes. Nyt skrives uden id.
# Beskrivelser og kontakter gemmes krypteret i loggen, men står her i klartekst: pas på filen.

# Hvorfor der ændres. Tilsynet spørger efter det.
"""
_KEYS = {"reason", *SECTIONS}
_OWN = ("id", "description", "contact", "class", "class_reason")
_OTHERWISE = {"class": "service_class"}
"""Key of the file to the field of `WantedObject`, where they differ."""


Called = dict[str, list[Kind]]
"""Name or alias to the kinds of the objects that are called that."""


class UnreadableCatalogueError(InvalidInputError):
    """The file is no TOML, or holds keys or values that mean nothing; the message names file, object and key."""

    code: ClassVar[str] = "unreadable-catalogue"


def read_catalogue(path: Path) -> Configuration:
    """Read the file. Raises `UnreadableCatalogueError` naming each wrong key, `OSError`."""
    return parse_catalogue(path.read_bytes(), str(path))


def parse_catalogue(content: bytes, called: str) -> Configuration:
    """Read a file's content. Raises `UnreadableCatalogueError` naming each wrong key of the file `called` so."""
    try:
        told = tomllib.loads(content.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        msg = f"{called} is no TOML file in UTF-8: {error}"
        raise UnreadableCatalogueError(msg) from error
    wrong = [f"{key}: there is no such key, possible are reason, {', '.join(SECTIONS)}" for key in told.keys() - _KEYS]
    wanted = list(_objects(told, wrong))
    reason = told.get("reason")
    if not isinstance(reason, str | None):
        wrong.append("reason: Input should be a valid string")
    if wrong:
        raise UnreadableCatalogueError(f"{called}: {'; '.join(wrong)}")
    return Configuration(reason=reason, objects=tuple(wanted))


def _objects(told: Mapping[str, Any], wrong: list[str]) -> Iterator[WantedObject]:
    for section, kind in SECTIONS.items():
        tables = told.get(section, [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            wrong.append(f"{section}: write each as a table of its own, [[{section}]]")
            continue
        for number, table in enumerate(tables, start=1):
            place = f"{section} {number}" + (f" ({table['name']})" if isinstance(table.get("name"), str) else "")
            possible = _possible(kind)
            strange = [key for key in table if key not in possible]
            wrong += [f"{place}: {key}: there is no such key, possible are {', '.join(possible)}" for key in strange]
            if strange:
                continue
            try:
                # By way of JSON: a strict reading of it takes lists and names as they are written, and a "4" is no number.
                yield WantedObject.model_validate_json(json.dumps(_wanted(kind, table), default=_as_text), strict=True)
            except ValidationError as error:
                wrong += [f"{place}: {_where(one['loc'])}: {one['msg']}" for one in error.errors(include_url=False)]


def _possible(kind: Kind) -> tuple[str, ...]:
    facts = [name for name in MODELS[kind].model_fields if name not in {"kind", *PlanFacts.OF_THE_FILE}]
    own = [name for name in _OWN if kind is Kind.SERVICE or not name.startswith("class")]
    return (*facts, *own, *_ties_of(kind))


def _ties_of(kind: Kind) -> list[Tie]:
    return [tie for tie, (sources, _) in POSSIBLE.items() if kind in sources]


def _wanted(kind: Kind, table: Mapping[str, Any]) -> dict[str, Any]:
    facts: dict[str, Any] = {"kind": kind}
    ties, own = dict[str, Any](), dict[str, Any]()
    for key, value in table.items():
        if key in _OWN:
            own[_OTHERWISE.get(key, key)] = value
        elif key in set(Tie):
            ties[key] = value
        else:
            facts[key] = [_outside(one) for one in value] if key == "outside" and isinstance(value, list) else value
    return {"facts": facts, "ties": ties, **own}


def _outside(told: object) -> object:
    if not isinstance(told, str):
        return told
    register, _, ident = told.partition(":")
    return {"register_name": register.strip(), "id": ident.strip()}


def _where(loc: tuple[int | str, ...]) -> str:
    parts = [part for part in loc if part not in {"facts", "ties", *Kind}]
    names = {field: key for key, field in _OTHERWISE.items()}
    return ".".join(str(part + 1) if isinstance(part, int) else names.get(part, part) for part in parts) or "the object"


def _as_text(value: object) -> str:
    assert isinstance(value, date | datetime | time), "TOML has no other types than JSON's and these"  # noqa: S101
    return value.isoformat()


def write_catalogue(known: Mapping[UUID, CatalogueObject]) -> str:
    """The file's text: everything in use, by kind and name."""
    return HEAD + "\n".join(_lines(known)) + "\n"


def _lines(known: Mapping[UUID, CatalogueObject]) -> Iterator[str]:
    yield '# reason = "..."'
    used = sorted((one for one in known.values() if not one.retired), key=lambda one: one.facts.name.casefold())
    called: Called = {}
    for one in used:
        for name in {_key(name) for name in (one.facts.name, *one.facts.aliases)}:
            called.setdefault(name, []).append(one.kind)
    for section, kind in SECTIONS.items():
        yield f"\n# {PLURALS[kind].da}. {_explained(kind)}"
        for one in used:
            if one.kind is kind:
                yield f"[[{section}]]"
                yield from _object(one, called, known)
                yield ""


def _explained(kind: Kind) -> str:
    facts = [f"{name}: {FIELDS[name].da.lower()}" for name in _possible(kind) if name in FIELDS and name != "name"]
    ties = [f"{tie}: {TIES[tie].da}" for tie in _ties_of(kind)]
    return "; ".join([*facts, *ties])


def _object(one: CatalogueObject, called: Called, known: Mapping[UUID, CatalogueObject]) -> Iterator[str]:
    yield pair("name", one.facts.name)
    yield pair("id", str(one.id))
    for field in type(one.facts).model_fields:
        value = getattr(one.facts, field)
        if field not in {"name", "kind", *PlanFacts.OF_THE_FILE} and value not in (None, (), False):
            yield pair(field, tuple(map(_shown, value)) if isinstance(value, tuple) else value)
    yield from (pair(text, value) for text in ("description", "contact") if (value := getattr(one, text)))
    yield from _class(one)
    for tie in _ties_of(one.kind):
        bonds = [bond for place, bond in one.bonds.items() if place[0] is tie and not known[bond.to].retired]
        if bonds:
            yield f"{tie} = ["
            yield from (f"  {_tie(bond, known[bond.to], called)}," for bond in bonds)
            yield "]"


def _class(one: CatalogueObject) -> Iterator[str]:
    if waits := one.proposal:
        held = f", nu gælder: {CLASSES[one.service_class].da}" if one.service_class else ""
        yield f"# Foreslået af {waits.by}, venter på godkendelse{held}"
        yield pair("class", waits.service_class)
    elif one.classed:
        yield pair("class", one.classed.service_class)
    if reason := one.proposal.reason if one.proposal else one.classed and one.classed.reason:
        yield pair("class_reason", reason)


def _tie(bond: Bond, other: CatalogueObject, called: Called) -> str:
    kinds = [kind for kind in called[_key(other.facts.name)] if kind in POSSIBLE[bond.tie][1]]
    twins = kinds.count(other.kind) > 1
    told: dict[str, object] = {"to": str(other.id) if twins else other.facts.name}
    if len(kinds) > 1 and not twins:
        told["kind"] = other.kind
    usual = {"need": Need.OTHER, "weight": Weight.STOPS, "group": None}
    told |= {name: getattr(bond, name) for name, value in usual.items() if getattr(bond, name) != value}
    return inline(told)


def _key(name: str) -> str:
    return name.strip().casefold()


def _shown(value: object) -> object:
    return f"{value.register_name}:{value.id}" if isinstance(value, OutsideId) else value
