"""What stands in a box: its kind and class, its name, what hits it."""

from collections.abc import Sequence
from enum import Enum, auto
from typing import NamedTuple

from adapters.catalogue.words import KINDS, PLURALS, catalogue_word
from adapters.maps.content import Box, OpenIncident
from adapters.maps.layering import WIDTH
from adapters.maps.lettering import width, wrapped
from adapters.maps.shapes import INSET
from adapters.maps.words import REACHED, TEXTS
from adapters.words.value_labels import value_label
from adapters.words.wording import Language
from domain.catalogue.landscape import Node


class Style(Enum):
    """How a line is written."""

    SMALL = auto()
    NAME = auto()
    HIT = auto()
    HIT_ON = auto()
    """The second line of one."""
    REACHED = auto()


SMALL, NAME = 12.0, 14.0
_ROOM = WIDTH - 2 * INSET
_TAG_ROOM = _ROOM - 16
"""Beside the sign of an incident."""
_HEIGHTS = {Style.SMALL: 15.0, Style.NAME: 17.0, Style.HIT: 19.0, Style.HIT_ON: 19.0, Style.REACHED: 19.0}
_NAME_LINES, _NAMED, _INCIDENTS = 6, 3, 3


class Lettering(NamedTuple):
    """A line of text."""

    text: str
    style: Style

    @property
    def size(self) -> float:
        """Of its letters."""
        return NAME if self.style is Style.NAME else SMALL

    @property
    def height(self) -> float:
        """How much of the box it takes."""
        return _HEIGHTS[self.style]


def lettered(box: Box, language: Language) -> list[Lettering]:
    """The lines from the top. What is too long is cut, and whole in the picture's title and in the table."""
    lines = [Lettering(line, Style.SMALL) for line in _above(box, language)]
    lines += (Lettering(line, Style.NAME) for line in wrapped(name_of(box, language), NAME, _ROOM, _NAME_LINES))
    lines += (Lettering(line, Style.SMALL) for said in _below(box, language) for line in wrapped(said, SMALL, _ROOM, 2))
    shown = box.hits if len(box.hits) <= _INCIDENTS else box.hits[: _INCIDENTS - 1]
    for hit in shown:
        first, *rest = _fitted(_told(hit, language), _TAG_ROOM)
        lines += (Lettering(first, Style.HIT), *(Lettering(line, Style.HIT_ON) for line in rest))
    if len(shown) < len(box.hits):
        more = TEXTS["more-incidents"].to(language).format(count=len(box.hits) - len(shown))
        lines.append(Lettering(more, Style.HIT))
    if box.reached and not box.hits:
        lines.append(Lettering(REACHED[box.reached].to(language), Style.REACHED))
    return lines


def name_of(box: Box, language: Language) -> str:
    """The object's name, or how many of which kind."""
    if box.single:
        return box.single.name
    kinds = PLURALS[box.kind].to(language).casefold()
    return TEXTS["group"].to(language).format(count=len(box.members), kinds=kinds)


def hit_words(hit: OpenIncident, language: Language) -> str:
    """`H-2026-0042 · Kritisk`."""
    return " · ".join(_told(hit, language))


def _told(hit: OpenIncident, language: Language) -> list[str]:
    said = [hit.reference, value_label("Severity", hit.severity, language)]
    return [*said, TEXTS["exercise"].to(language)] if hit.exercise else said


def state_words(box: Box, language: Language) -> list[str]:
    """What is said of a box now, for the table and for whoever cannot see it."""
    said = [hit_words(hit, language) for hit in box.hits]
    return [*said, REACHED[box.reached].to(language)] if box.reached and not box.hits else said


def _above(box: Box, language: Language) -> list[str]:
    said = [KINDS[box.kind].to(language)]
    return _fitted([*said, catalogue_word(box.service_class, language)] if box.service_class else said, _ROOM)


def _fitted(parts: Sequence[str], room: float) -> list[str]:
    """As many side by side as there is room for."""
    lines = [parts[0]]
    for part in parts[1:]:
        together = f"{lines[-1]} · {part}"
        if width(together, SMALL) <= room:
            lines[-1] = together
        else:
            lines.append(part)
    return lines


def _below(box: Box, language: Language) -> list[str]:
    said = []
    if not box.single:
        names = [one.name for one in box.members[:_NAMED]]
        said.append(TEXTS["of"].to(language).format(names=", ".join(names)))
    if _administration(box.members):
        said.append(str(box.members[0].administration))
    if box.single and box.single.retired:
        said.append(TEXTS["retired"].to(language))
    if box.beyond:
        said.append(TEXTS["beyond"].to(language).format(count=box.beyond))
    return said


def _administration(members: tuple[Node, ...]) -> bool:
    """Of several, only what they share is said."""
    return members[0].administration is not None and len({one.administration for one in members}) == 1
