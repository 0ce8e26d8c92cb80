"""The named refusals. Each message names what is wrong and what to do."""

from typing import ClassVar

from domain.errors import InvalidInputError, NotFoundError


class UnknownSourceError(NotFoundError):
    """No such source is known. Its code is `not-found`, as it was before sources could be added."""


class UnknownMaintenanceError(NotFoundError):
    """No maintenance of that name was announced, or it is over."""

    code: ClassVar[str] = "unknown-maintenance"


class MaintenanceTimesError(InvalidInputError):
    """It ends before it begins, or lasts too long to be planned work."""

    code: ClassVar[str] = "maintenance-times"
