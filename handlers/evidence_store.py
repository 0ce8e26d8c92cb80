"""The port to where evidence lies: content by incident and SHA-256, sealed under a data key of its own per incident.

The same content in two incidents lies there twice, each under its own incident's key: destroying one key, or deleting one
incident's evidence, leaves the other's readable.
"""

from collections.abc import Iterator
from typing import ClassVar, NamedTuple, Protocol
from uuid import UUID

from domain.errors import NotFoundError, SporlogError

HEAD_BYTES = 1024
"""How much of the content's beginning tells its type."""


class Limits(NamedTuple):
    """Bytes: of one file, and of all that an incident keeps."""

    file: int
    incident: int


class EvidenceMissingError(NotFoundError):
    """The log says that Sporlog keeps it, and it is not there."""

    code: ClassVar[str] = "evidence-missing"


class EvidenceErasedError(NotFoundError):
    """The incident's key was destroyed: the content is gone for good, its hash stays in the log."""

    code: ClassVar[str] = "evidence-erased"
    status: ClassVar[int] = 410


class EvidenceDamagedError(SporlogError):
    """What lies there is not what was received."""

    code: ClassVar[str] = "evidence-damaged"


class Received(NamedTuple):
    """Content that is on disk as a whole. `sha256` is of the content as it came, in hex."""

    sha256: str
    size: int
    head: bytes


class Held(NamedTuple):
    """What lies in the store, whether or not the log speaks of it."""

    incident: UUID
    sha256: str


class Incoming(Protocol):
    """Content on its way in. Until `keep` it has no name that anybody reads; a process that dies leaves nothing but litter."""

    def write(self, data: bytes) -> None:
        """Take the next bytes. Raises `UnavailableError` when the disk is full: then nothing is kept."""

    def finish(self) -> Received:
        """All of it came; on disk on return, still without its name. Raises `UnavailableError`."""

    def read(self) -> Iterator[bytes]:
        """What was received, once it is finished: for the scanner."""

    def keep(self) -> None:
        """Give it its name. Durable on return, so that the event which names it may be committed. Raises `UnavailableError`."""

    def discard(self) -> None:
        """Leave nothing behind, unless it was kept."""


class EvidenceStore(Protocol):
    """Safe on several threads and in several processes at once."""

    def receive(self, incident: UUID) -> Incoming:
        """Begin to take content in. Raises `EvidenceErasedError`, `UnavailableError`."""

    def read(self, incident: UUID, sha256: str) -> Iterator[bytes]:
        """The content in pieces.

        Before this returns it is certain that content with this hash lies there, from first to last byte; a damaged piece in
        between ends the iteration with `EvidenceDamagedError`. Raises `EvidenceMissingError`, `EvidenceErasedError`,
        `EvidenceDamagedError`.
        """

    def delete(self, incident: UUID, sha256: str) -> bool:
        """Remove the content; False when it was not there. Durable on return."""

    def delete_all(self, incident: UUID) -> int:
        """Remove all of an incident's content; how many there were. Durable on return."""

    def held(self) -> Iterator[Held]:
        """Everything that lies there under a name."""

    def clear_litter(self) -> int:
        """Remove what processes left that died while content came in; how many there were. Uploads that run are left alone."""
