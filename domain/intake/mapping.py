"""A mapping: how the JSON of a tool that Sporlog has no format for is read. Data, made from one sample.

Each path is a JMESPath expression (https://jmespath.org/specification.html) within one item; the first that finds a text is
taken. Whether they can be read is checked where they are used (`adapters/intake_formats/mapped.py`).
"""

from typing import Annotated

from pydantic import Field, StringConstraints

from domain.events import Frozen
from domain.signals import Severity, SignalKind, SignalStatus

Path = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Paths = Annotated[tuple[Path, ...], Field(max_length=10)]
Told = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
"""A word as the tool writes it; letters' case does not matter."""


class Mapping(Frozen):
    """Where in a body what stands."""

    items: Path | None = None
    """Where the list of alerts is; None: the body is one alert, or a list of them."""
    key: Paths = ()
    """What makes it the same alert, joined when there are several; none: its bytes."""
    title: Paths = ()
    description: Paths = ()
    severity: Paths = ()
    severities: dict[Told, Severity] = Field(default_factory=dict)
    """The tool's words for Sporlog's; common words are known without."""
    status: Paths = ()
    statuses: dict[Told, SignalStatus] = Field(default_factory=dict)
    detected_at: Paths = ()
    components: Paths = ()
    """Every one that finds something counts, lists too."""
    services: Paths = ()
    category: Paths = ()
    references: Paths = ()
    kind: SignalKind = SignalKind.ALERT
