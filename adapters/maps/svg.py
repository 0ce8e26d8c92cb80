"""A map as SVG: no scripts, no styles, no fonts, so that page, PDF and pack show the same; in print it needs no colour."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from uuid import UUID

from adapters.maps.content import Box, Content, Line
from adapters.maps.labels import Lettering, Style, lettered, name_of
from adapters.maps.layout import Layout, Place, Point
from adapters.maps.shapes import FILLS, INSET, OUTLINES
from adapters.maps.words import DASHES
from adapters.words.wording import Language
from domain.catalogue.classes import ServiceClass
from domain.catalogue.ties import Weight

INK, QUIET, PAPER = "#1a1a1a", "#4d4d4d", "#ffffff"
FONT = "IBM Plex Sans, Arial, Helvetica, Liberation Sans, DejaVu Sans, sans-serif"
PAD = 9.0
"""Above and below the text of a box."""
Href = Callable[[UUID], str]
EDGES: Mapping[ServiceClass, float] = {ServiceClass.SOCIETY_CRITICAL: 3.2, ServiceClass.CRITICAL: 2.2}
"""How thick the outline of a service is, of these classes; 1.3 of all else."""
_ROUND = 5.0
"""A line's corners."""
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HEAVIEST = (None, Weight.BOTHERS, Weight.DEGRADES, Weight.STOPS)


def text_of(written: str) -> str:
    """People's text, as XML takes it."""
    return escape(_NOT_XML.sub("\ufffd", written))


def element(name: str, content: str = "", **attributes: str | float | None) -> str:
    """`x_y` is written `x-y`; what is None is left out."""
    told = "".join(
        f' {key.replace("_", "-")}="{escape(value if isinstance(value, str) else f"{value:g}")}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{told}>{content}</{name}>" if content else f"<{name}{told}/>"


def path(d: str, *, stroke: str = INK, width: float = 1.3, fill: str = "none", dash: str | None = None) -> str:
    """An outline."""
    return element("path", d=d, fill=fill, stroke=stroke, stroke_width=width, stroke_dasharray=dash)


def lettering(text: str, x: float, y: float, size: float, *, fill: str = INK, bold: bool = False) -> str:
    """A line of text from x; y is its baseline."""
    return element("text", text_of(text), x=x, y=y, font_size=size, fill=fill, font_weight="bold" if bold else None)


def line(points: Sequence[Point], weight: Weight | None, *, heavy: bool = False) -> str:
    """A tie, with round corners."""
    width, stroke = (3.4, INK) if heavy else (1.5, INK) if weight else (1.1, QUIET)
    return path(_rounded(points), width=width, stroke=stroke, dash=DASHES[weight])


def arrow(points: Sequence[Point]) -> str:
    """The head, where the last point is."""
    (_, before), (x, y) = points[-2:]
    back = 8.0 if before < y else -8.0
    return path(f"M {x:g} {y:g} L {x - 4.5:g} {y - back:g} H {x + 4.5:g} Z", fill=INK, width=0.5)


def ring(points: Sequence[Point]) -> str:
    """Where the first point is: of several that it could stand on, one is enough."""
    (x, y), (_, after) = points[:2]
    return element("circle", cx=x, cy=y + (6 if after > y else -6), r=3.5, fill=PAPER, stroke=INK, stroke_width=1.3)


def warning(x: float, y: float, *, fill: str) -> str:
    """The sign of an incident, 12 wide, from its upper left corner."""
    triangle = element("path", d=f"M {x + 6:g} {y:g} L {x + 12:g} {y + 11:g} H {x:g} Z", fill=fill)
    mark = PAPER if fill == INK else INK
    return triangle + path(f"M {x + 6:g} {y + 3.5:g} V {y + 7:g} M {x + 6:g} {y + 8.2:g} V {y + 9.6:g}", stroke=mark, width=1.5)


def hatching(x: float, y: float) -> str:
    """The sign of what is reached, 12 wide, from its upper left corner."""
    strokes = ((0, 6, 6, 0), (0, 12, 12, 0), (6, 12, 12, 6))
    lines = " ".join(f"M {x + x1:g} {y + y1:g} L {x + x2:g} {y + y2:g}" for x1, y1, x2, y2 in strokes)
    return path(f"M {x:g} {y:g} H {x + 12:g} V {y + 12:g} H {x:g} Z", width=1, fill=PAPER) + path(lines, width=1)


def height_of(lines: Iterable[Lettering]) -> float:
    """Of a box with this text."""
    return 2 * PAD + sum(each.height for each in lines)


def drawn(content: Content, layout: Layout, language: Language, href: Href | None) -> str:
    """Everything but what is around it."""
    routes = {(one.wire.source, one.wire.target, one.wire.strand): one.points for one in layout.routes}
    lines = sorted(content.lines, key=lambda one: (passes(one, content), _HEAVIEST.index(one.weight)))
    parts = [line(_points(routes, one), one.weight, heavy=passes(one, content)) for one in lines]
    parts += (element("circle", cx=x, cy=y, r=2.6, fill=INK) for x, y in layout.forks)
    parts += (_box(box, layout.places[box.key], language, href) for box in content.boxes)
    parts += dict.fromkeys(arrow(_points(routes, one)) for one in lines if one.weight)
    parts += dict.fromkeys(ring(_points(routes, one)) for one in lines if one.alternative)
    return "".join(parts)


def passes(one: Line, content: Content) -> bool:
    """Whether the failure of what an open incident names may come up along it."""
    return one.weight is not None and one.source in content.troubled and one.target in content.troubled


def _points(routes: Mapping[tuple[str, str, str], Sequence[Point]], one: Line) -> Sequence[Point]:
    return routes[one.source, one.target, one.tie]


def _rounded(points: Sequence[Point]) -> str:
    parts = [f"M {points[0][0]:g} {points[0][1]:g}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        start, end = _towards(corner, before), _towards(corner, after)
        parts.append(f"L {start[0]:g} {start[1]:g} Q {corner[0]:g} {corner[1]:g} {end[0]:g} {end[1]:g}")
    parts.append(f"L {points[-1][0]:g} {points[-1][1]:g}")
    return " ".join(parts)


def _towards(corner: Point, other: Point) -> Point:
    dx, dy = other[0] - corner[0], other[1] - corner[1]
    length = abs(dx) + abs(dy)
    share = min(_ROUND, length / 2) / length
    return corner[0] + dx * share, corner[1] + dy * share


def _box(box: Box, place: Place, language: Language, href: Href | None) -> str:
    outline = OUTLINES[box.kind]
    retired = box.single is not None and box.single.retired
    parts = []
    if box.subject:
        around = Place(place.x - 5, place.y - 5, place.width + 10, place.height + 10)
        parts.append(path(OUTLINES[box.kind](around), width=1.3))
    if not box.single:
        parts.append(path(outline(Place(place.x + 5, place.y + 5, place.width, place.height)), fill=PAPER))
    edge = EDGES.get(box.service_class, 1.3) if box.service_class else 1.3
    parts.append(path(outline(place), fill=FILLS[box.kind], width=edge, dash="5 4" if retired else None))
    parts.append("".join(_written(lettered(box, language), place)))
    if href and box.single:
        return element("a", "".join(parts), href=href(box.single.id))
    whole = box.single.name if box.single else ", ".join(one.name for one in box.members)
    return element("g", element("title", text_of(f"{name_of(box, language)}: {whole}")) + "".join(parts))


def _written(lines: Sequence[Lettering], place: Place) -> Iterator[str]:
    y, x = place.y + PAD, place.x + INSET
    for each in lines:
        size, high = each.size, each.height
        base = y + (high + size) / 2 - size * 0.14
        match each.style:
            case Style.HIT | Style.HIT_ON:
                yield element("rect", x=x - 4, y=y + 1, width=place.width - 2 * INSET + 8, height=high - 1, fill=INK)
                if each.style is Style.HIT:
                    yield warning(x, y + 3.5, fill=PAPER)
                yield lettering(each.text, x + 18, base, size, fill=PAPER)
            case Style.REACHED:
                yield hatching(x, y + 3.5)
                yield lettering(each.text, x + 18, base, size)
            case Style.NAME:
                yield lettering(each.text, x, base, size, bold=True)
            case _:
                yield lettering(each.text, x, base, size, fill=QUIET)
        y += high
