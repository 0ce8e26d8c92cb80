"""How a reading is told, to people and to machines."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from adapters.words.wording import Words
from domain.time import rfc3339_utc
from handlers.access_log import Reading

WAYS: Mapping[str, Words] = {
    "page": Words("side", "page"),
    "live": Words("side, der følger med", "page that follows"),
    "api": Words("API", "API"),
    "paper": Words("papir eller eksport", "paper or export"),
    "cli": Words("kommandolinje", "command line"),
}


def reading_object(reading: Reading, name_of: Callable[[UUID], str]) -> dict[str, Any]:
    """As JSON; incidents by their references, in order."""
    return {
        "at": rfc3339_utc(reading.at),
        "who": reading.who,
        "proved": reading.proved,
        "os_user": reading.os_user,
        "way": reading.way,
        "where": reading.where,
        "correlation_id": reading.correlation_id,
        "incidents": sorted(map(name_of, reading.incidents)),
    }
