"""Imports in words: what differs, and what is wrong with a row."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any
from uuid import UUID

from adapters.catalogue.field_words import FIELDS, HINTS, HOSTING
from adapters.catalogue.words import TABLES, TIES, catalogue_word
from adapters.words.wording import Language, Words
from domain.catalogue.importing import Difference, Problem, Trouble
from domain.catalogue.imports import Sort
from domain.catalogue.ties import Bond

SORTS: Mapping[Sort, Words] = {
    Sort.NEW: Words("Ny", "New"),
    Sort.LINKED: Words("Genkendt på navnet", "Known by its name"),
    Sort.RENAMED: Words("Nyt navn", "Renamed"),
    Sort.CHANGED: Words("Ændret i kilden", "Changed in the source"),
    Sort.CONFLICT: Words("Forskel: rettet her", "Differs: changed here"),
    Sort.TIED: Words("Ny forbindelse", "New tie"),
    Sort.UNTIED: Words("Forbindelse væk", "Tie gone"),
    Sort.MISSING: Words("Mangler i kilden", "Missing in the source"),
    Sort.RETURNED: Words("Ude af brug her", "Out of use here"),
}
TROUBLES: Mapping[Trouble, Words] = {
    Trouble.KEY_EMPTY: Words(
        "kolonnen {0}: nøglen er tom, så objektet kan ikke genkendes",
        "column {0}: the key is empty, so the object cannot be known again",
    ),
    Trouble.NAME_EMPTY: Words("kolonnen {0}: navnet er tomt", "column {0}: the name is empty"),
    Trouble.KIND_UNKNOWN: Words(
        "kolonnen {0}: {1!r} er ingen slags i mappingen: skriv den under [kinds]",
        "column {0}: {1!r} is no kind in the mapping: write it under [kinds]",
    ),
    Trouble.VALUE_WRONG: Words("kolonnen {0}: {1!r} kan ikke bruges: {2}", "column {0}: {1!r} cannot be used: {2}"),
    Trouble.KEY_TWICE: Words(
        "nøglen {0!r} står også i {1}: en nøgle er ét objekts", "the key {0!r} is at {1} too: a key is one object's"
    ),
    Trouble.NAME_TWICE: Words(
        "{0} med navnet {1!r} står også i {2}: giv den sit eget navn", "{0} named {1!r} is at {2} too: give it its own name"
    ),
    Trouble.OTHER_KIND: Words(
        "{0!r} er {1} her og {2} i kilden: et objekts slags bliver, giv det en anden nøgle",
        "{0!r} is {1} here and {2} in the source: an object's kind stays, give it another key",
    ),
    Trouble.NO_TARGET: Words(
        "{0} {1!r}: det er hverken her eller i kilden, så forbindelsen er udeladt",
        "{0} {1!r}: it is neither here nor in the source, so the tie is left out",
    ),
    Trouble.NOT_TIED: Words(
        "{0} {1!r}: de to kan ikke hænge sammen sådan, så forbindelsen er udeladt",
        "{0} {1!r}: the two do not belong together so, and the tie is left out",
    ),
}
_ROW = Words("række {0}", "row {0}")
_NOTHING = Words("intet", "nothing")
_YES_NO = (Words("nej", "no"), Words("ja", "yes"))


def place_words(place: str, language: Language) -> str:
    """Where something stands in a source."""
    return _ROW.to(language).format(place) if place.isdecimal() else place


def problem_words(problem: Problem, language: Language) -> str:
    """Where, what is wrong, and what to do."""
    told = [_plain_word(one, language) for one in problem.told]
    if problem.trouble is Trouble.VALUE_WRONG:
        field = problem.told[3]
        # A register has no columns: its fields are called as ours are.
        told[0] = FIELDS[field].to(language) if told[0] == field and field in FIELDS else told[0]
        told[2] = HINTS[field].to(language) if field in HINTS else told[2]
    if problem.trouble in {Trouble.KEY_TWICE, Trouble.NAME_TWICE}:
        told[-1] = place_words(told[-1], language)
    return f"{place_words(problem.place, language)}: {TROUBLES[problem.trouble].to(language).format(*told)}"


def difference_field(difference: Difference, names: Mapping[UUID, str], language: Language) -> str:
    """What it is in which the two differ."""
    bond = difference.source if isinstance(difference.source, Bond) else difference.here
    if isinstance(bond, Bond):
        return f"{TIES[bond.tie].to(language)} {names.get(bond.to, '?')}"
    return FIELDS[difference.field].to(language) if difference.field in FIELDS else ""


def new_words(difference: Difference, language: Language) -> str:
    """What a source tells of a new object besides its name."""
    told = difference.wanted.told if difference.wanted else {}
    facts = ((FIELDS[name].to(language), value) for name, value in told.items() if name != "name")
    return "; ".join(f"{field}: {side_words(value, language)}" for field, value in facts)


def side_words(value: Any, language: Language) -> str:  # noqa: ANN401 - facts are of all types
    """One side of a difference."""
    match value:
        case None | "" | ():
            return _NOTHING.to(language)
        case Bond():
            return f"{catalogue_word(value.weight, language)} ({catalogue_word(value.need, language)})"
        case tuple():
            return ", ".join(_plain_word(one, language) for one in value)
        case _:
            return _plain_word(value, language)


def _plain_word(value: Any, language: Language) -> str:  # noqa: ANN401 - facts are of all types
    if isinstance(value, StrEnum) and type(value) in TABLES:
        return catalogue_word(value, language)
    if isinstance(value, bool):
        return _YES_NO[value].to(language)
    return HOSTING[value].to(language) if value in HOSTING else str(value)
