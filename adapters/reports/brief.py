"""One page for the director: what is hit, what has been done, what is unknown, the clocks, and the decision needed now."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from adapters.reports.typesetting import Stamp, typeset
from domain.time import show_da, show_span_da

MAX_ENTRIES, MAX_LETTERS, MAX_HEADLINE, MAX_NAME = 5, 160, 80, 50
"""In each list, and in a text, the headline and a clock's name: they keep the page one page. The rest is in the log."""

NO_DECISION = "Der skal ikke besluttes noget lige nu."
NO_CLOCK = "Ingen frist løber."


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
    decision = brief.decision
    return typeset(
        "brief.typ",
        {
            "title": f"Orientering til ledelsen, {brief.reference}",
            "reference": brief.reference,
            "headline": _cut(brief.title, MAX_HEADLINE) or brief.reference,
            "decision": _cut(decision.question) if decision else None,
            "until": _until(decision),
            "sections": [
                {"heading": heading, "lines": _few(map(_cut, lines)), "empty": empty}
                for heading, lines, empty in _sections(brief)
            ],
            "clocks": [
                {
                    "name": _cut(clock.name, MAX_NAME),
                    "due": show_da(clock.due_at),
                    "state": clock_state(clock, brief.stamp.as_of),
                }
                for clock in brief.clocks[:MAX_ENTRIES]
            ],
            "more_clocks": _more(len(brief.clocks)),
            "stamp": brief.stamp.data,
        },
    )


def brief_text(brief: Brief) -> str:
    """Give the same as plain text, to read aloud or to paste; cut as the page is."""
    clocks = (
        f"- {_cut(clock.name, MAX_NAME)}: frist {show_da(clock.due_at)}. {clock_state(clock, brief.stamp.as_of)}."
        for clock in brief.clocks[:MAX_ENTRIES]
    )
    parts = (
        (*brief.stamp.words, f"Orientering til ledelsen, {brief.reference}", _cut(brief.title, MAX_HEADLINE)),
        ("Beslutning nu", _cut(brief.decision.question) if brief.decision else NO_DECISION, _until(brief.decision)),
        *((heading, *_listed(_few(map(_cut, lines)), empty)) for heading, lines, empty in _sections(brief)),
        ("Frister", *(clocks if brief.clocks else (NO_CLOCK,)), _more(len(brief.clocks))),
        (f"{brief.stamp.entity}. {brief.stamp.origin}.",),
    )
    return "\n\n".join("\n".join(line for line in part if line) for part in parts) + "\n"


def _sections(brief: Brief) -> tuple[tuple[str, tuple[str, ...], str], ...]:
    return (
        ("Hvad er ramt?", brief.hit, "Intet er registreret som ramt."),
        ("Hvad er der gjort?", brief.done, "Der er ikke registreret nogen foranstaltninger."),
        ("Hvad ved vi ikke?", brief.unknown, "Der er ikke registreret noget uafklaret."),
    )


def _listed(lines: list[str], empty: str) -> tuple[str, ...]:
    return tuple(f"- {line}" for line in lines) or (empty,)


def _until(decision: Decision | None) -> str | None:
    return f"Senest {show_da(decision.until)}" if decision and decision.until else None


def clock_state(clock: BriefClock, now: datetime) -> str:
    """How it stands at `now`, in words."""
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
