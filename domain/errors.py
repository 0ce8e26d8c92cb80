"""Every error that Sporlog raises on purpose, by what the caller can do about it.

A `code` is stable and part of the contract (problem details, CLI, tests); the message says what is wrong, where, and what
to do. Danish texts for people live with the surface that shows them.
"""

from typing import ClassVar


class SporlogError(Exception):
    """The root. `code` names the error for machines, `status` is its HTTP status."""

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 500


class InvalidInputError(SporlogError):
    """What was sent cannot be read or lacks something: correct it and send it again. Nothing was written."""

    code: ClassVar[str] = "invalid-input"
    status: ClassVar[int] = 422


class NotFoundError(SporlogError):
    """What was named does not exist here."""

    code: ClassVar[str] = "not-found"
    status: ClassVar[int] = 404


class RefusedError(SporlogError):
    """The domain says no to one of Sporlog's own acts. Nothing was written. Facts from outside are never refused."""

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 409


class ConflictError(SporlogError):
    """Somebody else wrote first: read again, decide again."""

    code: ClassVar[str] = "version-conflict"
    status: ClassVar[int] = 412


class UnavailableError(SporlogError):
    """The store or the bus cannot take this now (locked, full, away). Nothing was accepted; the same call may succeed later."""

    code: ClassVar[str] = "unavailable"
    status: ClassVar[int] = 503
