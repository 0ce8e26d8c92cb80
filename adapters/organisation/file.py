"""The organisation as one TOML file: read with every mistake named, written with a Danish comment on each part.

What is written and read again is the same configuration; times are written in UTC, strings as JSON writes them.
"""

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, ClassVar

from pydantic import BaseModel, ValidationError

from adapters.organisation.texts import CONTACTS, EXAMPLES, POLICY, THRESHOLDS, Label
from adapters.toml_values import pair
from domain.errors import InvalidInputError
from domain.organisation.configuration import Configuration, WantedEntity, WantedFiler, WantedRole
from domain.policy import Policy
from domain.roles import ROLES

HEAD = """\
# Organisationen i Sporlog. Ret filen, og indlæs den med: sporlog organisation import FIL
# Kun det, der er anderledes, bliver registreret, hver ændring for sig. Det, der mangler her, bliver fjernet igen,
# dog ikke enheder: de skal stå her. Personer og postkasser skrives som id'er, aldrig som navne.
# Kontakter gemmes krypteret i loggen, men står her i klartekst: pas på filen.

# Hvorfor der ændres. Skal udfyldes, når retningslinjerne ændres: kommunen skal kunne begrunde sine valg ved tilsyn.
"""
ROLE_KEYS = "\n".join(f"#   {role:20} {text.danish}" for role, text in ROLES.items())
ENTITY_HEAD = """
# En indberettende enhed: kommunen selv, og hvert selskab med eget CVR-nummer, som fører sin log her.
# entity er navnet på hændelserne; loggens egen enhed hedder det samme som i SPORLOG_ENTITY.
# prefix står først i enhedens referencer og kan ikke ændres siden.
"""
ROLES_HEAD = f"""
# Hvem der har hver rolle, og hvem der træder til, i rækkefølge. Med administration gælder det kun i den forvaltning.
{ROLE_KEYS}
"""
FILERS_HEAD = """
# Hvem der kan indsende på virk.dk for enhedens CVR-nummer med MitID, og hvornår det sidst blev afprøvet:
# tested = 2026-06-01 10:00:00 (dansk tid). Står det her ikke, gælder den afprøvning, der er registreret.
"""
_MODELS: Mapping[str, type[BaseModel]] = {
    "entities": WantedEntity,
    "roles": WantedRole,
    "filers": WantedFiler,
    "policy": Policy,
    "thresholds": type(Policy().thresholds),
}


class UnreadableOrganisationError(InvalidInputError):
    """The file is no TOML, or holds keys or values that mean nothing; the message names file and key."""

    code: ClassVar[str] = "unreadable-organisation"


def read_organisation(path: Path) -> Configuration:
    """Read the file. Raises `UnreadableOrganisationError` naming each wrong key, `OSError`."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        msg = f"{path} is no TOML file in UTF-8: {error}"
        raise UnreadableOrganisationError(msg) from error
    try:
        # By way of JSON: a strict reading of it takes lists and names as they are written, and a "4" is no number.
        return Configuration.model_validate_json(json.dumps(told, default=_as_text), strict=True)
    except ValidationError as error:
        wrong = "; ".join(_told(one["loc"], one["type"], one["msg"]) for one in error.errors(include_url=False))
        msg = f"{path}: {wrong}"
        raise UnreadableOrganisationError(msg) from error


def write_organisation(configuration: Configuration) -> str:
    """The file's text: what is on record, and as comments what else could be."""
    return HEAD + "\n".join(_lines(configuration)) + "\n"


def _as_text(value: object) -> str:
    assert isinstance(value, date | datetime | time), "TOML has no other types than JSON's and these"  # noqa: S101
    return value.isoformat()


def _told(place: tuple[int | str, ...], kind: str, message: str) -> str:
    key = ".".join(f"{part + 1}" if isinstance(part, int) else part for part in place) or "the file"
    if kind != "extra_forbidden":
        return f"{key}: {message}"
    above = [part for part in place[:-1] if isinstance(part, str)]
    model = _MODELS[above[-1]] if above else Configuration
    return f"{key}: there is no such key, possible are {', '.join(model.model_fields)}"


def _lines(wanted: Configuration) -> Iterator[str]:
    yield pair("reason", wanted.reason) if wanted.reason else '# reason = "..."'
    yield "\n# Hvor myndigheder og CSIRT træffes: adresse, telefon, og hvad man gør."
    yield "[contacts]"
    for contact, label in CONTACTS.items():
        yield f"# {label.danish}"
        yield pair(contact, wanted.contacts.get(contact, ""))
    yield "\n# Retningslinjer for alle enheder, der ikke har deres egne. Udkommenteret gælder det, der står."
    yield from _policy("policy", wanted.policy)
    for entity in wanted.entities:
        yield ENTITY_HEAD + "[[entities]]"
        for name in ("entity", "cvr", "authority", "form_set", "prefix"):
            yield pair(name, getattr(entity, name))
        yield from _tables("roles", ROLES_HEAD, entity.roles)
        yield from _tables("filers", FILERS_HEAD, entity.filers)
        if entity.policy is not None:
            yield "\n# Enhedens egne retningslinjer i stedet for de fælles."
            yield from _policy("entities.policy", entity.policy)


def _tables(name: str, head: str, tables: Sequence[BaseModel]) -> Iterator[str]:
    yield head.rstrip("\n")
    for table in tables:
        yield f"[[entities.{name}]]"
        yield from (pair(key, value) for key, value in table if value not in (None, ()))


def _policy(table: str, policy: Policy | None) -> Iterator[str]:
    shown, mark = policy or Policy(), "# " if policy is None else ""
    for name, values, labels in (
        ("", shown, POLICY),
        (".thresholds", shown.thresholds, THRESHOLDS),
        (".examples", shown.examples, EXAMPLES),
    ):
        yield f"{mark}[{table}{name}]"
        yield from _labelled(values, labels, mark)


def _labelled(values: BaseModel | Mapping[Any, Any], labels: Mapping[str, Label], mark: str) -> Iterator[str]:
    for key, label in labels.items():
        value = values.get(key) if isinstance(values, Mapping) else getattr(values, key)
        yield f"# {label.danish}"
        yield f"# {key} =" if value is None else mark + pair(key, value)
