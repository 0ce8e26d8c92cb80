"""One page for the director: what is hit, what has been done, what is unknown, the clocks, and the decision needed now."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from adapters.reports.typesetting import Stamp, typeset
from domain.time import show_da, show_span_da

MAX_ENTRIES, MAX_LETTERS, MAX_HEADLINE, MAX_NAME = 5, 160, 80, 50
"""In each list, and in a text, the headline and a clock's name: they keep the page one page. The rest is in the log."""


class BriefClock(NamedTuple):
    """A duty with a limit. `done_at` is when it was met."""

    name: str
    due_at: datetime
    done_at: datetime | None = None


class Decision(NamedTuple):
    """What the director must decide, and until when it is of use."""

    question: str
    until: datetime | None = None


class Brief(NamedTuple):
    """Texts are plain Danish, most important first; times are aware."""

    reference: str
    title: str
    stamp: Stamp
    hit: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    clocks: tuple[BriefClock, ...] = ()
    decision: Decision | None = None


def brief_pdf(brief: Brief) -> bytes:
    """Make the page, as PDF/UA-1. Long texts and lists are cut, and say so."""
    now = brief.stamp.as_of
    decision = brief.decision
    return typeset(
        "brief.typ",
        {
            "title": f"Orientering til ledelsen, {brief.reference}",
            "reference": brief.reference,
            "headline": _cut(brief.title, MAX_HEADLINE) or brief.reference,
            "decision": _cut(decision.question) if decision else None,
            "until": f"Senest {show_da(decision.until)}" if decision and decision.until else None,
            "sections": [
                {"heading": heading, "lines": _few(map(_cut, lines)), "empty": empty}
                for heading, lines, empty in (
                    ("Hvad er ramt?", brief.hit, "Intet er registreret som ramt."),
                    ("Hvad er der gjort?", brief.done, "Der er ikke registreret nogen foranstaltninger."),
                    ("Hvad ved vi ikke?", brief.unknown, "Der er ikke registreret noget uafklaret."),
                )
            ],
            "clocks": [
                {"name": _cut(clock.name, MAX_NAME), "due": show_da(clock.due_at), "state": _state(clock, now)}
                for clock in brief.clocks[:MAX_ENTRIES]
            ],
            "more_clocks": _more(len(brief.clocks)),
            "stamp": brief.stamp.data,
        },
    )


def _state(clock: BriefClock, now: datetime) -> str:
    if clock.done_at:
        late = " (efter fristen)" if clock.done_at > clock.due_at else ""
        return f"Opfyldt {show_da(clock.done_at)}{late}"
    span = show_span_da(clock.due_at - now)
    return f"OVERSKREDET med {span}" if now > clock.due_at else f"{span} tilbage"


def _cut(text: str, letters: int = MAX_LETTERS) -> str:
    line = " ".join(text.split())
    return line if len(line) <= letters else f"{line[: letters - 1].rstrip()}…"


def _few(lines: Iterable[str]) -> list[str]:
    told = list(lines)
    more = _more(len(told))
    return [*told[:MAX_ENTRIES], *((more,) if more else ())]


def _more(total: int) -> str | None:
    return f"… og {total - MAX_ENTRIES} flere i loggen" if total > MAX_ENTRIES else None
