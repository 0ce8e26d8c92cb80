"""What is recorded of imports, in the catalogue's own stream: how a source is read, what was taken over, kept, undone."""

from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from pydantic import NonNegativeInt

from domain.catalogue.events import CatalogueChange
from domain.catalogue.mapping import SourceMapping
from domain.errors import ConflictError, NotFoundError, RefusedError
from domain.events import DomainEvent, Frozen
from domain.incident.events import Number, Sha256, Word


class Sort(StrEnum):
    """In what way a source differs from the catalogue."""

    NEW = "new"
    LINKED = "linked"
    """An object of that kind and name is here, and not yet known under the source's id."""
    RENAMED = "renamed"
    """The same id has another name there."""
    CHANGED = "changed"
    """The source says something new of what nobody changed here."""
    CONFLICT = "conflict"
    """It was changed here too, or was here before the source was ever read: a person chooses."""
    TIED = "tied"
    UNTIED = "untied"
    """The source had told of the tie, and does so no longer."""
    MISSING = "missing"
    """The source knew it, and does so no longer."""
    RETURNED = "returned"
    """It is out of use here, and the source has it."""


class SourceMappingSaved(CatalogueChange):
    """This is how a source is read from now on; an earlier one stays in the log."""

    TOPIC: ClassVar[str] = "catalogue.mapping-saved.1"

    source: Word
    mapping: SourceMapping


class ImportRecorded(CatalogueChange):
    """What a person chose to take over from a source. The changes themselves bear the same correlation id."""

    TOPIC: ClassVar[str] = "catalogue.import-recorded.1"
    FILLED_IN: ClassVar[frozenset[str]] = DomainEvent.FILLED_IN | {"number", "counts", "events"}

    number: NonNegativeInt = 0
    """Counts up over all sources."""
    source: Word
    file_sha256: Sha256 | None = None
    """Of the file; None: the source was asked."""
    counts: dict[Sort, int]
    """How many differences of each sort were taken over."""
    events: NonNegativeInt
    """How many events of objects it led to; they lie right before this one."""


class KeptDifference(Frozen):
    """A person saw what the source says, and kept what is here."""

    object_id: UUID
    field: str
    value_sha256: Sha256
    """Of what the source said: once it says something else, the difference is shown again."""


class DifferencesKept(CatalogueChange):
    """What is here stays, although the source says otherwise."""

    TOPIC: ClassVar[str] = "catalogue.differences-kept.1"

    source: Word
    kept: tuple[KeptDifference, ...]


class ImportUndone(CatalogueChange):
    """What an import led to was taken back, as far as nobody changed it since."""

    TOPIC: ClassVar[str] = "catalogue.import-undone.1"
    FILLED_IN: ClassVar[frozenset[str]] = DomainEvent.FILLED_IN | {"undone", "left"}

    import_number: Number
    undone: NonNegativeInt = 0
    """How many objects were taken back."""
    left: NonNegativeInt = 0
    """How many were changed since, and stay."""


ImportEvent = SourceMappingSaved | ImportRecorded | DifferencesKept | ImportUndone


class NoMappingError(NotFoundError):
    """No mapping is saved for that source."""

    code: ClassVar[str] = "no-mapping"


class NoImportError(NotFoundError):
    """There is no import of that number."""

    code: ClassVar[str] = "no-import"


class AlreadyUndoneError(RefusedError):
    """The import was undone before."""

    code: ClassVar[str] = "import-undone"


class DifferenceGoneError(ConflictError):
    """What was chosen is no difference any more."""

    code: ClassVar[str] = "difference-gone"


class TargetMissingError(RefusedError):
    """A tie leads to what is new itself, and was not chosen."""

    code: ClassVar[str] = "tie-target-missing"
