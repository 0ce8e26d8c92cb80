"""How a map is read: below it, and only what is on it."""

from collections.abc import Iterator
from typing import NamedTuple

from adapters.catalogue.words import WEIGHTS
from adapters.maps.content import Content
from adapters.maps.layout import MARGIN
from adapters.maps.lettering import width
from adapters.maps.svg import EDGES, INK, PAPER, arrow, hatching, lettering, line, passes, path, ring, warning
from adapters.maps.words import TEXTS
from adapters.words.wording import Language
from domain.catalogue.ties import Weight

LEAST = 600.0
"""A narrower picture has no room for it."""
_SIZE, _LINE, _SIGN, _APART = 12.0, 22.0, 46.0, 26.0
_ACROSS = ((0.0, 0.0), (36.0, 0.0))
_FRAME = "M 0 -9 H 36 V 9 H 0 Z"


class Legend(NamedTuple):
    """The drawing, from `top` downwards, and how high it is."""

    drawing: str
    height: float


def legend(content: Content, top: float, room: float, language: Language) -> Legend:
    """In lines as wide as the picture."""
    x, y = MARGIN, top + _LINE
    parts = [lettering(TEXTS["legend"].to(language), x, y, _SIZE, bold=True)]
    y += _LINE
    for says, sign in _entries(content, language):
        wide = _SIGN + width(says, _SIZE)
        if x > MARGIN and x + wide > room - MARGIN:
            x, y = MARGIN, y + _LINE
        parts.append(_moved(sign, x, y - 4))
        parts.append(lettering(says, x + _SIGN, y, _SIZE))
        x += wide + _APART
    return Legend("".join(parts), y + MARGIN - top)


def _moved(sign: str, x: float, y: float) -> str:
    return f'<g transform="translate({x:g} {y:g})">{sign}</g>'


def _entries(content: Content, language: Language) -> Iterator[tuple[str, str]]:
    """Text and sign; a sign is 36 wide, and goes from its left end at its middle height."""
    lines, boxes = content.lines, content.boxes
    weights = {one.weight for one in lines}
    for weight in Weight:
        if weight in weights:
            yield WEIGHTS[weight].to(language), line(_ACROSS, weight) + _head()
    others = (
        ("legend-tie", None in weights, line(_ACROSS, None)),
        ("legend-alternative", any(one.alternative for one in lines), line(_ACROSS, Weight.STOPS) + ring(((18, -6), (18, 0)))),
        ("legend-hit", any(box.hits for box in boxes), path(_FRAME, fill=INK) + warning(12, -6, fill=PAPER)),
        ("legend-reached", any(box.reached and not box.hits for box in boxes), hatching(12, -6)),
        ("legend-travels", any(passes(one, content) for one in lines), line(_ACROSS, Weight.STOPS, heavy=True)),
        ("legend-class", any(box.service_class in EDGES for box in boxes), path("M 2 -7 H 34 V 7 H 2 Z", width=3.2)),
        ("legend-subject", any(box.subject for box in boxes), path(_FRAME) + path("M 4 -5 H 32 V 5 H 4 Z")),
        (
            "legend-many",
            any(not box.single for box in boxes),
            path("M 6 -4 H 36 V 9 H 6 Z") + path("M 0 -9 H 30 V 4 H 0 Z", fill=PAPER),
        ),
    )
    yield from ((TEXTS[key].to(language), sign) for key, there, sign in others if there)


def _head() -> str:
    return f'<g transform="rotate(-90 36 0)">{arrow(((36.0, -8.0), (36.0, 0.0)))}</g>'
