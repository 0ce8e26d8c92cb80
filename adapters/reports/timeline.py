"""The course of an incident, or its documents, one by one, to be kept: as PDF and as one page of HTML.

The PDF is PDF/A-2a (ISO 19005-2) for the archive and PDF/UA-1 (ISO 14289-1) for whoever reads with a screen reader.
"""

from functools import cache
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from adapters.reports.typesetting import TEMPLATES, Stamp, date_of, typeset
from adapters.words.wording import Language, Words
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


class Listed(NamedTuple):
    """Entries under a title; the same list gives the same bytes."""

    title: str
    lead: str
    language: Language
    entries: tuple[TimelineEntry, ...]
    stamp: Stamp
    marks: tuple[str, ...] = ()
    """What stands on every page beside the stamp's words."""

    @property
    def data(self) -> dict[str, Any]:
        """As the templates take it."""
        show = show_en if self.language == "en" else show_da
        stamp, words = self.stamp, [*self.marks, *self.stamp.words]
        return {
            "language": self.language,
            "title": self.title,
            "lead": self.lead,
            "entries": [{"number": f"{n}.", **entry.data} for n, entry in enumerate(self.entries, start=1)],
            "stamp": {**stamp.data, "words": words, "origin": f"Sporlog, position {stamp.position}, {show(stamp.as_of)}"},
            "date": date_of(stamp),
        }


class Timeline(NamedTuple):
    """An incident's events as of the stamp; the same timeline gives the same bytes."""

    reference: str
    language: Language
    entries: tuple[TimelineEntry, ...]
    stamp: Stamp


def timeline_pdf(timeline: Timeline) -> bytes:
    """See `listed_pdf`."""
    return listed_pdf(_listed(timeline))


def timeline_html(timeline: Timeline) -> bytes:
    """See `listed_html`."""
    return listed_html(_listed(timeline))


def listed_pdf(listed: Listed) -> bytes:
    """Dated with the stamp's time, which PDF/A wants to know."""
    return typeset("timeline.typ", listed.data, archival=True)


def listed_html(listed: Listed) -> bytes:
    """A page that needs nothing beside it."""
    return _page().render(data=listed.data).encode()


@cache
def _page() -> Template:
    loader = FileSystemLoader(TEMPLATES)
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return made.get_template("timeline.html")


def _listed(timeline: Timeline) -> Listed:
    title = _TITLE.to(timeline.language).format(reference=timeline.reference)
    return Listed(title, _LEAD.to(timeline.language), timeline.language, timeline.entries, timeline.stamp)
