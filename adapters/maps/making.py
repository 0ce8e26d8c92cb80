"""A map of an object, or of all services critical to society, for every surface: the same picture everywhere."""

from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar, NamedTuple
from uuid import UUID

from adapters.maps.content import Content, OpenIncident, content_of, hits_of
from adapters.maps.labels import lettered
from adapters.maps.layering import Piece, Wire
from adapters.maps.layout import Layout, laid_out
from adapters.maps.legend import LEAST, Legend, legend
from adapters.maps.scope import Extent, extent
from adapters.maps.svg import FONT, PAPER, Href, drawn, element, height_of, text_of
from adapters.maps.words import TEXTS
from adapters.words.wording import Language
from domain.catalogue.board import critical_list
from domain.catalogue.kinds import Kind
from domain.catalogue.landscape import Landscape
from domain.errors import NotFoundError

BANDS: Mapping[Kind, int] = {
    Kind.SERVICE: 0,
    Kind.PROCESS: 1,
    Kind.SYSTEM: 2,
    Kind.INTEGRATION: 2,
    Kind.COMPONENT: 3,
    Kind.SUPPLIER: 4,
    Kind.CONTRACT: 4,
    Kind.MAILBOX: 4,
    Kind.PLAN: 4,
}
"""From the citizen at the top down to what hums in the basement, and to who answers for it."""


FARTHEST = 6
"""Steps out from the subject that can be chosen; all of them is another choice."""


class NothingToDrawError(NotFoundError):
    """A map of all services critical to society, and there is none."""

    code: ClassVar[str] = "nothing-to-draw"


class Map(NamedTuple):
    """A map in one language. Without a subject it is of all services critical to society."""

    subject: UUID | None
    name: str
    title: str
    description: str
    language: Language
    extent: Extent
    content: Content
    layout: Layout
    notes: tuple[str, ...]
    """What the map leaves out or gathers, in sentences."""

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the picture with its legend."""
        return max(self.layout.width, LEAST), self.layout.height + self.legend.height

    @property
    def legend(self) -> Legend:
        """How it is read, drawn below it."""
        return legend(self.content, self.layout.height, max(self.layout.width, LEAST), self.language)


def map_of(
    landscape: Landscape,
    one: UUID | None,
    incidents: Iterable[OpenIncident],
    language: Language,
    *,
    depth: int | None = None,
) -> Map:
    """The map of an object that the landscape has, laid out; without one, of all services critical to society.

    Raises `NothingToDrawError` when there are none of those.
    """
    subjects = [one] if one else [service.id for service in critical_list(landscape.nodes.values())]
    if not subjects:
        raise NothingToDrawError(
            "no service is critical to society: propose the class of one, and let somebody else approve it"
        )
    seen = extent(landscape, subjects, depth, upwards=one is not None)
    content = content_of(landscape, seen, hits_of(landscape, incidents))
    bands = [Piece(box.key, BANDS[box.kind], height_of(lettered(box, language))) for box in content.boxes]
    wires = [Wire(line.source, line.target, line.tie) for line in content.lines]
    name = landscape.nodes[one].name if one else TEXTS["critical"].to(language)
    title = TEXTS["title"].to(language).format(name=name) if one else TEXTS["critical-title"].to(language)
    told = _description(seen, content, language)
    notes = tuple(_notes(seen, content, depth, language))
    return Map(one, name, title, told, language, seen, content, laid_out(bands, wires), notes)


def map_svg(landscape: Landscape, one: UUID | None, incidents: Iterable[OpenIncident], language: Language) -> str:
    """The picture of `map_of` without links."""
    return svg_of(map_of(landscape, one, incidents, language))


def svg_of(one: Map, href: Href | None = None, part: tuple[float, float] | None = None) -> str:
    """The picture; with `href` its boxes are links. `part` is from which height to which, for paper."""
    layout = one.layout
    wide, high = one.size
    top, bottom = part or (0.0, high)
    # Several maps may stand on one page: each has ids of its own.
    ident = f"map-{one.subject.hex[:12]}" if one.subject else "map"
    inside = "".join(
        (
            element("title", text_of(one.title), id=f"{ident}-title"),
            element("desc", text_of(one.description), id=f"{ident}-desc"),
            element("rect", x=0, y=top, width=wide, height=bottom - top, fill=PAPER),
            drawn(one.content, layout, one.language, href),
            one.legend.drawing,
        )
    )
    return element(
        "svg",
        inside,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 {top:g} {wide:g} {bottom - top:g}",
        width=wide,
        height=bottom - top,
        # A picture has no links for whoever hears it: with links it is a group of them.
        role="group" if href else "img",
        aria_labelledby=f"{ident}-title",
        aria_describedby=f"{ident}-desc",
        font_family=FONT,
    )


def _description(seen: Extent, content: Content, language: Language) -> str:
    refs = sorted({hit.reference for box in content.boxes for hit in box.hits if not hit.exercise})
    key = {0: "no-incident", 1: "one-incident"}.get(len(refs), "incidents")
    hit = TEXTS[key].to(language).format(count=len(refs), refs=", ".join(refs))
    if content.outside:
        hit += f" {TEXTS['outside'].to(language)}"
    count = len(seen.objects)
    objects = TEXTS["one-object" if count == 1 else "objects"].to(language).format(count=count)
    told = {"objects": objects, "boxes": len(content.boxes), "lines": len(content.lines), "hit": hit}
    return TEXTS["desc"].to(language).format(**told)


def _notes(seen: Extent, content: Content, depth: int | None, language: Language) -> Iterator[str]:
    if seen.beyond:
        yield TEXTS["cut-at-one" if depth == 1 else "cut"].to(language).format(depth=depth)
    if any(not box.single for box in content.boxes):
        yield TEXTS["grouped"].to(language).format(count=len(seen.objects))
