"""The named refusals. Each message names what is wrong and what to do."""

from typing import ClassVar

from domain.errors import InvalidInputError, NotFoundError, RefusedError


class UnknownObjectError(NotFoundError):
    """The catalogue holds no such object."""

    code: ClassVar[str] = "unknown-object"


class AmbiguousObjectError(InvalidInputError):
    """Several objects are called that: the message names each with its id."""

    code: ClassVar[str] = "ambiguous-object"


class AlreadyRegisteredError(RefusedError):
    """An object of that kind and name is in the catalogue."""

    code: ClassVar[str] = "already-registered"


class KindFixedError(RefusedError):
    """What an object is stays: one of another kind is another object."""

    code: ClassVar[str] = "kind-fixed"


class TieImpossibleError(InvalidInputError):
    """Objects of these kinds do not belong together so, or it is one and the same object."""

    code: ClassVar[str] = "tie-impossible"


class NotAServiceError(InvalidInputError):
    """Only services have a class."""

    code: ClassVar[str] = "not-a-service"


class RetiredError(RefusedError):
    """It is out of use: reinstate it first."""

    code: ClassVar[str] = "object-retired"


class NoSuchProposalError(RefusedError):
    """No class of that number waits: it was decided on, or never proposed."""

    code: ClassVar[str] = "no-such-proposal"


class SameEyesError(RefusedError):
    """Whoever proposed a class does not approve it: the policy asks for four eyes."""

    code: ClassVar[str] = "same-eyes"
