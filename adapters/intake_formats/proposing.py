"""A first mapping, proposed from one sample by the names of its keys, English and Danish. A person looks at what it gives."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from domain.intake.mapping import Mapping
from domain.signals import Severity, SignalStatus

_ITEMS = (
    *("alerts", "alarms", "events", "incidents", "items", "records", "results", "data", "hits"),
    *("alarmer", "hændelser", "sager", "elementer"),
)
_NAMES: dict[str, list[str]] = {
    field: names.split()
    for field, names in {
        "key": "id uuid guid uid alertid alarmid eventid incidentid fingerprint key number nummer sagsnummer løbenummer",
        "title": "title titel subject emne headline overskrift summary alertname alarm rulename name navn message besked",
        "description": "description beskrivelse details detaljer message besked text tekst body reason årsag",
        "severity": "severity alvor alvorlighed severitylevel level niveau priority prioritet criticality kritikalitet urgency",
        "status": "status state tilstand eventstate",
        "detected_at": "detectedat timestamp eventtime occurredat startsat starttime createdat created time date tidspunkt"
        " starttid oprettet tid dato",
        "components": "host hostname hosts device devicename machine computer computername server asset component components"
        " resource instance vært værtsnavn maskine computernavn enhed udstyr komponent komponenter",
        "services": "service services servicename application applikation system fagsystem tjeneste",
        "category": "category kategori eventtype alerttype type class klasse",
        "references": "url link links permalink href weburl reference references",
    }.items()
}
_OF_ONE = ("name", "navn", "hostname", "id", "value")
"""What names an object that stands where a name could: `{"host": {"name": "fs01"}}`."""
_SEVERITIES = {
    "kritisk": Severity.CRITICAL,
    "alvorlig": Severity.HIGH,
    "høj": Severity.HIGH,
    "mellem": Severity.MEDIUM,
    "middel": Severity.MEDIUM,
    "advarsel": Severity.MEDIUM,
    "lav": Severity.LOW,
    "oplysning": Severity.INFO,
}
_STATUSES = {
    "ny": SignalStatus.FIRING,
    "aktiv": SignalStatus.FIRING,
    "åben": SignalStatus.FIRING,
    "løst": SignalStatus.RESOLVED,
    "lukket": SignalStatus.RESOLVED,
    "afsluttet": SignalStatus.RESOLVED,
    "kvitteret": SignalStatus.ACKNOWLEDGED,
}
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_DEEPEST = 4


class _Leaf(NamedTuple):
    """A text or number, or a list of them: its path in JMESPath, and the keys that lead to it, outermost first."""

    path: str
    keys: tuple[str, ...]
    value: Any


def propose(sample: object) -> Mapping:
    """The mapping, each field with at most one path; nothing where no key's name tells. The sample is read JSON."""
    items, first = _first_item(sample)
    leaves = list(_leaves(first, "", ()))
    found = {field: path for field in _NAMES if (path := _best(field, leaves)) is not None}
    if found.get("description") == found.get("title"):
        found.pop("description", None)
    words = {str(leaf.value).strip().casefold() for leaf in leaves if leaf.path in (found.get("severity"), found.get("status"))}
    paths: dict[str, Any] = {field: (path,) for field, path in found.items()}
    # One sample shows one word of a language: whoever writes that one writes the others too.
    severities = _SEVERITIES if words & _SEVERITIES.keys() else {}
    statuses = _STATUSES if words & _STATUSES.keys() else {}
    return Mapping(items=items, severities=severities, statuses=statuses, **paths)


def _first_item(sample: object) -> tuple[str | None, object]:
    if isinstance(sample, list):
        return None, next(iter(sample), None)
    if not isinstance(sample, dict):
        return None, sample
    lists = {key: value for key, value in sample.items() if isinstance(value, list) and any(isinstance(v, dict) for v in value)}
    named = [key for name in _ITEMS for key in lists if _folded(key) == name]
    # A list among facts of the alert itself (its observables, its hosts) is part of it, unless its name says otherwise.
    alone = [key for key in lists if len(sample) == 1]
    for key in (*named, *alone):
        return _quoted(key), next(value for value in lists[key] if isinstance(value, dict))
    return None, sample


def _leaves(value: object, path: str, keys: tuple[str, ...]) -> Iterator[_Leaf]:
    if not isinstance(value, dict) or len(keys) >= _DEEPEST:
        return
    for key, child in value.items():
        here, trail = f"{path}.{_quoted(key)}" if path else _quoted(key), (*keys, _folded(key))
        if isinstance(child, dict):
            yield from _leaves(child, here, trail)
        elif isinstance(child, list) and child and isinstance(child[0], dict):
            yield from _leaves(child[0], f"{here}[]", trail)
        elif child not in (None, "", []) and not isinstance(child, bool):
            yield _Leaf(here, trail, child)


def _best(field: str, leaves: list[_Leaf]) -> str | None:
    ranked = [(len(leaf.keys), rank, leaf.path) for leaf in leaves if (rank := _rank(field, leaf.keys)) is not None]
    return min(ranked)[2] if ranked else None


def _rank(field: str, keys: tuple[str, ...]) -> tuple[int, int] | None:
    names, own, within = _NAMES[field], keys[-1], keys[-2] if len(keys) > 1 else ""
    if within in names and own in _OF_ONE:
        return names.index(within), _OF_ONE.index(own) + 1
    if own not in names:
        return None
    # The name or id of a host is not the title or key of the alert.
    parts = _NAMES["components"] + _NAMES["services"]
    return None if within in parts and field in {"key", "title", "category"} else (names.index(own), 0)


def _folded(key: str) -> str:
    return re.sub(r"[\W_]", "", key.casefold())


def _quoted(key: str) -> str:
    return key if _PLAIN.fullmatch(key) else '"' + key.replace("\\", "\\\\").replace('"', '\\"') + '"'
