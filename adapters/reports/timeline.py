"""The course of an incident, event by event, to be kept, as PDF and as one page of HTML.

The PDF is PDF/A-2a (ISO 19005-2) for the archive and PDF/UA-1 (ISO 14289-1) for whoever reads with a screen reader.
"""

from datetime import UTC
from functools import cache
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from adapters.reports.typesetting import TEMPLATES, Stamp, typeset
from adapters.wording import Language, Words
from domain.time import show_da, show_en

_TITLE = Words("Forløb af hændelse {reference}", "Course of incident {reference}")
_LEAD = Words(
    "Alle hændelser i sagen i den rækkefølge, de blev ført i loggen. Tider er dansk tid. Teksterne er kommunens; at intet er "
    "ændret siden, viser bundtets øvrige filer.",
    "All events of the incident in the order in which they were logged. Times are Danish. The texts are the municipality's; "
    "that nothing was changed since is shown by the other files of the bundle.",
)


class Told(NamedTuple):
    """One thing that an event tells."""

    label: str
    lines: tuple[str, ...]


class TimelineEntry(NamedTuple):
    """An event in words. `when` and `who` are sentences, `marks` what must not be overlooked."""

    position: int
    label: str
    when: str
    who: str
    marks: tuple[str, ...]
    facts: tuple[Told, ...]

    @property
    def data(self) -> dict[str, Any]:
        """As JSON values."""
        return {**self._asdict(), "facts": [fact._asdict() for fact in self.facts]}


class Timeline(NamedTuple):
    """An incident's events as of the stamp; the same timeline gives the same bytes."""

    reference: str
    language: Language
    entries: tuple[TimelineEntry, ...]
    stamp: Stamp


def timeline_pdf(timeline: Timeline) -> bytes:
    """Dated with the stamp's time, which PDF/A wants to know."""
    as_of = timeline.stamp.as_of.astimezone(UTC)
    names = ("year", "month", "day", "hour", "minute", "second")
    return typeset("timeline.typ", {**_data(timeline), "date": {name: getattr(as_of, name) for name in names}}, archival=True)


def timeline_html(timeline: Timeline) -> bytes:
    """A page that needs nothing beside it."""
    return _page().render(data=_data(timeline)).encode()


@cache
def _page() -> Template:
    loader = FileSystemLoader(TEMPLATES)
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return made.get_template("timeline.html")


def _data(timeline: Timeline) -> dict[str, Any]:
    language, stamp = timeline.language, timeline.stamp
    show = show_en if language == "en" else show_da
    return {
        "language": language,
        "title": _TITLE.to(language).format(reference=timeline.reference),
        "lead": _LEAD.to(language),
        "entries": [{"number": f"{n}.", **entry.data} for n, entry in enumerate(timeline.entries, start=1)],
        "stamp": {**stamp.data, "origin": f"Sporlog, position {stamp.position}, {show(stamp.as_of)}"},
    }
