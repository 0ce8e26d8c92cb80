"""The same as the picture, as rows to be read one by one."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from adapters.catalogue.words import KINDS, TIES, WEIGHTS, catalogue_word
from adapters.maps.content import Box, Line
from adapters.maps.labels import name_of, state_words
from adapters.maps.making import Map
from adapters.maps.words import TEXTS
from adapters.words.wording import Language
from domain.catalogue.landscape import Node


class TableRow(NamedTuple):
    """A box in words. `members` are all its objects when there are several."""

    kind: str
    name: str
    single: Node | None
    members: tuple[Node, ...]
    service_class: str
    administration: str
    state: tuple[str, ...]
    ties: tuple[str, ...]


COLUMNS = ("kind", "name", "class", "administration", "state", "onwards")
"""Their headings, as keys of the words of maps."""


def rows_of(one: Map) -> list[TableRow]:
    """A row for each box, from the top of the picture to its bottom, from left to right."""
    places = one.layout.places
    boxes = sorted(one.content.boxes, key=lambda box: (places[box.key].y, places[box.key].x))
    names = {box.key: name_of(box, one.language) for box in boxes}
    onwards: dict[str, list[str]] = {box.key: [] for box in boxes}
    for line in one.content.lines:
        onwards[line.source].append(_tie(line, names[line.target], one.language))
    return [_row(box, onwards[box.key], one.language) for box in boxes]


def _row(box: Box, onwards: Sequence[str], language: Language) -> TableRow:
    return TableRow(
        kind=KINDS[box.kind].to(language),
        name=name_of(box, language),
        single=box.single,
        members=() if box.single else box.members,
        service_class=catalogue_word(box.service_class, language) if box.service_class else "",
        administration=", ".join(_distinct(node.administration for node in box.members)),
        state=(*state_words(box, language), *_marks(box, language)),
        ties=tuple(onwards),
    )


def _distinct(words: Iterable[str | None]) -> list[str]:
    return sorted({word for word in words if word}, key=str.casefold)


def _marks(box: Box, language: Language) -> list[str]:
    retired = [TEXTS["retired"].to(language)] if box.single and box.single.retired else []
    return [*retired, TEXTS["beyond"].to(language).format(count=box.beyond)] if box.beyond else retired


def _tie(line: Line, to: str, language: Language) -> str:
    said = [WEIGHTS[line.weight].to(language)] if line.weight else []
    if line.alternative:
        said.append(TEXTS["alternative"].to(language))
    if line.ties > 1:
        said.append(TEXTS["times"].to(language).format(count=line.ties))
    inside = f" ({'; '.join(said)})" if said else ""
    return f"{TIES[line.tie].to(language)} {to}{inside}"
