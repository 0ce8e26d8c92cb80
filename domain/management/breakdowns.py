"""How the incidents of a period divide: by severity, class, cause, supplier and the like. Each defined once."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from domain.management.facts import Act, Case, Facts, Trace

SEVERITIES = ("critical", "high", "medium", "low", "info")
UNKNOWN = ""
"""The part of those of which it is not known."""


class Breakdown(NamedTuple):
    """One way to divide. `parts` gives each part's name and what lies in it; `values` says whose words the names are."""

    key: str
    name: str
    name_en: str
    definition: str
    definition_en: str
    values: str
    parts: Callable[[Facts], dict[str, tuple[Trace, ...]]]


def _cases(part: Callable[[Case], Iterable[str]]) -> Callable[[Facts], dict[str, tuple[Trace, ...]]]:
    def divide(facts: Facts) -> dict[str, tuple[Trace, ...]]:
        return _sorted((name, case.trace) for case in facts.incidents for name in part(case))

    return divide


def _severities(facts: Facts) -> dict[str, tuple[Trace, ...]]:
    found = _cases(lambda case: (case.severity,))(facts)
    return {name: found.get(name, ()) for name in SEVERITIES}


def _acts(choose: Callable[[Act], bool]) -> Callable[[Facts], dict[str, tuple[Trace, ...]]]:
    def divide(facts: Facts) -> dict[str, tuple[Trace, ...]]:
        start, end = facts.period.start, facts.period.end
        return _sorted((one.act, one.trace) for one in facts.acts if start <= one.at < end and choose(one))

    return divide


def _silent(facts: Facts) -> dict[str, tuple[Trace, ...]]:
    return _sorted((one.subject or UNKNOWN, one.trace) for one in facts.acts if one.act == "silent")


def _sorted(pairs: Iterable[tuple[str, Trace]]) -> dict[str, tuple[Trace, ...]]:
    """The largest part first, then by name; what is not known last."""
    found: dict[str, list[Trace]] = {}
    for name, trace in pairs:
        found.setdefault(name, []).append(trace)
    order = sorted(found, key=lambda name: (name == UNKNOWN, -len(found[name]), name))
    return {name: tuple(found[name]) for name in order}


_SENT_NOTHING = frozenset({"down", "degraded", "restored", "follow_up", "lesson", "silent"})
BREAKDOWNS: tuple[Breakdown, ...] = (
    Breakdown(
        "severity",
        "Hændelser efter alvor",
        "Incidents by severity",
        "Periodens hændelser efter den alvor, de har nu.",
        "The period's incidents by the severity that they have now.",
        "Severity",
        _severities,
    ),
    Breakdown(
        "class",
        "Hændelser efter klasse",
        "Incidents by class",
        "Periodens hændelser efter hovedklasse i ENISA's taksonomi (RSIT).",
        "The period's incidents by main class of ENISA's taxonomy (RSIT).",
        "rsit",
        _cases(lambda case: ((case.incident_class or UNKNOWN).partition(".")[0],)),
    ),
    Breakdown(
        "cause",
        "Årsager",
        "Causes",
        "Periodens hændelser efter grundlæggende årsag, som den senest blev fundet.",
        "The period's incidents by root cause, as it was found last.",
        "cause",
        _cases(lambda case: (case.cause or UNKNOWN,)),
    ),
    Breakdown(
        "supplier",
        "Leverandører",
        "Suppliers",
        "Leverandører, der blev tilkaldt i periodens hændelser.",
        "Suppliers that were called in for the period's incidents.",
        "",
        _cases(lambda case: case.suppliers),
    ),
    Breakdown(
        "submission_kinds",
        "Underretninger efter slags",
        "Notices by kind",
        "Det, der blev sendt, eller efter overvejelse ikke blev sendt, i perioden.",
        "What was sent, or considered and not sent, in the period.",
        "notice",
        _acts(lambda one: one.act not in _SENT_NOTHING),
    ),
    Breakdown(
        "silent",
        "Kilder, der tav",
        "Sources that fell silent",
        "Værktøjer, der ikke lod høre fra sig så ofte, som de skulle, i perioden.",
        "Tools that were not heard from as often as they should be, in the period.",
        "",
        _silent,
    ),
)
BREAKDOWN: dict[str, Breakdown] = {one.key: one for one in BREAKDOWNS}
