"""The maps of a pack: one of all services critical to society, for the page and to print, and one of each critical service."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from adapters.maps.content import OpenIncident
from adapters.maps.making import Map, NothingToDrawError, map_of, svg_of
from adapters.maps.paper import map_pdf
from adapters.pack.survey import file_name, stamp_of
from adapters.reports.document import Block, Document, Heading, Lines, Picture
from adapters.reports.typesetting import side_by_side
from adapters.words.wording import Language, Words
from domain.catalogue.classes import ServiceClass
from domain.catalogue.landscape import Landscape
from handlers.pack_contents import Contents

_MARKED = Words("Åbne hændelser er mærket på kortene.", "Open incidents are marked on the maps.")
_NONE = Words("Der er ingen ydelser at tegne endnu.", "There are no services to draw yet.")
LANGUAGES: Sequence[Language] = ("da", "en")


class Maps(NamedTuple):
    """`overview` is empty while no service is critical to society."""

    overview: Mapping[Language, Map]
    files: tuple[tuple[str, bytes], ...]


def draw(contents: Contents, landscape: Landscape, incidents: Sequence[OpenIncident]) -> Maps:
    """Each service as a picture for the screen; those critical to society also on paper, with their ties in a table."""
    overview = {language: one for language in LANGUAGES for one in _overview(landscape, incidents, language)}
    pictures, printed = list[tuple[str, bytes]](), dict[str, Map]()
    if "da" in overview:
        printed["kort/alle-samfundskritiske.pdf"] = overview["da"]
    for number, service in enumerate(contents.services, start=1):
        drawn = map_of(landscape, service.id, incidents, "da")
        name = f"kort/{number:03}-{file_name(service.name)}"
        pictures.append((f"{name}.svg", svg_of(drawn).encode()))
        if service.service_class is ServiceClass.SOCIETY_CRITICAL:
            printed[f"{name}.pdf"] = drawn
    stamp = stamp_of(contents)
    papers = side_by_side(partial(map_pdf, one, stamp) for one in printed.values())
    return Maps(overview, tuple(sorted((*pictures, *zip(printed, papers, strict=True)))))


def maps_document(contents: Contents, maps: Maps, language: Language) -> Document:
    """The overview on the page, and where the others lie."""
    blocks = list[Block]()
    if (drawn := maps.overview.get(language)) is not None:
        blocks += [Heading(drawn.title), Picture(svg_of(drawn), drawn.description)]
    names = tuple(name for name, _ in maps.files)
    if names:
        blocks += [Heading(Words("Kort i pakken", "Maps in the pack").to(language)), Lines(names, marked=True)]
    return Document(
        title=Words("Kort: hvad står på hvad", "Maps: what stands on what").to(language),
        lead=((_MARKED if names else _NONE).to(language),),
        language=language,
        blocks=tuple(blocks),
        stamp=stamp_of(contents),
    )


def _overview(landscape: Landscape, incidents: Sequence[OpenIncident], language: Language) -> Iterable[Map]:
    try:
        yield map_of(landscape, None, incidents, language)
    except NothingToDrawError:
        return
