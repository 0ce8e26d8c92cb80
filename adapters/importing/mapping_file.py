"""A mapping as one TOML file: read with every mistake named, written with a Danish comment on each part."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from pydantic import ValidationError

from adapters.toml_values import pair
from domain.catalogue.mapping import SourceMapping, TieColumn, fields_of
from domain.errors import InvalidInputError

HEAD = """\
# Sådan læses filen: hvilken kolonne er hvad. Ret den, og prøv den med: sporlog catalogue import FIL --mapping DENNE --dry-run
# Kolonner skrives, som de hedder i filen; store og små bogstaver er lige meget. En tom celle siger ingenting.

# Det, der gør det til det samme objekt, når navnet ændres: et id eller et nummer fra kilden, aldrig rækkens nummer.
"""
KIND = """
# Hver rækkes slags. Skriv i stedet kind_column = "..." og [kinds] med kildens ord, hvis en kolonne siger det.
# service, process, system, integration, component, supplier, contract, mailbox, plan
"""
FACTS = """
# Felt = kolonne. Felterne er: {fields}
[facts]
"""
WINS = """
# Felter, hvor kilden gælder, også når de er rettet i Sporlog. Står de ikke her, vises begge, og en person vælger.
"""
VALUES = """
# Kildens ord = Sporlogs ord, felt for felt, som: [values.hosting] og "Ekstern" = "supplier"
"""
TIES = """
# Kolonner, der siger, hvad rækkens objekt hænger sammen med. by = "key", når cellerne er id'er fra samme kilde;
# register_missing = true registrerer navne, der ikke er i kataloget.
"""


class UnreadableMappingError(InvalidInputError):
    """The file is no TOML, or no mapping; the message names each wrong key."""

    code: ClassVar[str] = "unreadable-mapping"


def read_mapping(path: Path) -> SourceMapping:
    """Read the file. Raises `UnreadableMappingError`, `OSError`."""
    try:
        return SourceMapping.model_validate(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UnreadableMappingError(f"{path.name}: no TOML that can be read: {error}") from error
    except ValidationError as error:
        wrong = (f"{'.'.join(map(str, e['loc'])) or 'mapping'}: {e['msg']}" for e in error.errors(include_url=False))
        raise UnreadableMappingError(f"{path.name}: {'; '.join(wrong)}") from error


def write_mapping(mapping: SourceMapping) -> str:
    """The file's text: read again it is the same mapping."""
    return "\n".join(_lines(mapping)).replace("\n\n\n", "\n\n") + "\n"


def _lines(mapping: SourceMapping) -> Iterator[str]:
    yield HEAD + pair("key", mapping.key)
    if mapping.kind is not None:
        yield KIND + pair("kind", mapping.kind.value)
    else:
        yield KIND + pair("kind_column", mapping.kind_column)
    yield WINS + pair("source_wins", mapping.source_wins)
    if mapping.kinds:
        yield "\n[kinds]"
        yield from (pair(_key(told), kind.value) for told, kind in mapping.kinds.items())
    kinds = dict.fromkeys(mapping.kinds.values()) if mapping.kind is None else {mapping.kind: None}
    fields = dict.fromkeys(field for kind in kinds for field in fields_of(kind))
    yield FACTS.format(fields=", ".join(fields)) + "\n".join(pair(*one) for one in mapping.facts.items())
    yield VALUES.rstrip("\n")
    for field, words in mapping.values.items():
        yield f"[values.{field}]"
        yield from (pair(_key(told), ours) for told, ours in words.items())
    yield TIES.rstrip("\n")
    for tie in mapping.ties:
        yield "[[ties]]"
        yield from _tie(tie)


def _tie(tie: TieColumn) -> Iterator[str]:
    for name, value in tie.model_dump(mode="json").items():
        yield pair(name, value)


def _key(word: str) -> str:
    return pair("", word).removeprefix(" = ")
