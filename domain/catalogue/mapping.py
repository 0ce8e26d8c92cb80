"""How a source's columns are read as objects of the catalogue: data, made once for each source and saved with its name."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from domain.catalogue.kinds import MODELS, Kind
from domain.catalogue.steps import POSSIBLE
from domain.catalogue.ties import Need, Tie, Weight
from domain.events import Frozen

Column = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
"""A column's name as the file has it; letters' case does not matter."""
Cell = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]

TEXTS = ("description", "contact")
"""What is known of an object beside its facts: sealed when it is stored."""
_OURS = frozenset({"kind", "outside", "sha256", "bytes", "media_type"})


def fields_of(kind: Kind) -> tuple[str, ...]:
    """What a source may tell of an object of this kind."""
    return (*(name for name in MODELS[kind].model_fields if name not in _OURS), *TEXTS)


class TieColumn(Frozen):
    """A column whose cells name what the row's object is tied to."""

    column: Column
    tie: Tie
    kind: Kind
    """Of the objects that the cells name."""
    by: Literal["name", "key"] = "name"
    """Whether the cells hold names, or keys of the same source."""
    separator: Annotated[str, StringConstraints(min_length=1, max_length=3)] = ","
    """Between several in one cell."""
    need: Need = Need.OTHER
    weight: Weight = Weight.STOPS
    register_missing: bool = False
    """Whether a name that the catalogue does not hold is registered, as is sensible for suppliers."""


class SourceMapping(Frozen):
    """Which column is what. A row without a key, or of a kind that has no word here, is an error of that row."""

    key: Column
    """What makes it the same object when its name changes: never the row's number."""
    kind: Kind | None = None
    """Of every row; else `kind_column` tells."""
    kind_column: Column | None = None
    kinds: dict[Cell, Kind] = Field(default_factory=dict)
    """The words in `kind_column` for ours."""
    facts: dict[str, Column]
    """Field to column. An empty cell tells nothing: it never empties a field."""
    values: dict[str, dict[Cell, str]] = Field(default_factory=dict)
    """By field: the source's words for ours."""
    ties: tuple[TieColumn, ...] = ()
    source_wins: tuple[str, ...] = ()
    """Fields in which the source is taken over although they were changed here too."""

    @model_validator(mode="after")
    def _makes_sense(self) -> "SourceMapping":
        if (self.kind is None) == (self.kind_column is None):
            raise ValueError("give either kind, the same for every row, or kind_column")
        if self.kind_column is not None and not self.kinds:
            raise ValueError("kind_column needs [kinds]: which word means which kind")
        if "name" not in self.facts:
            raise ValueError("facts.name is missing: which column holds the object's name")
        kinds = set(self.kinds.values()) if self.kind is None else {self.kind}
        known = {field for kind in kinds for field in fields_of(kind)}
        if unknown := sorted({*self.facts, *self.values, *self.source_wins} - known):
            msg = f"{', '.join(unknown)}: no field of {', '.join(sorted(kinds))}; the fields are {', '.join(sorted(known))}"
            raise ValueError(msg)
        for one in self.ties:
            sources, targets = POSSIBLE[one.tie]
            if not kinds & sources or one.kind not in targets:
                raise ValueError(f"column {one.column!r}: {', '.join(sorted(kinds))} is not tied to a {one.kind} by {one.tie}")
        return self
