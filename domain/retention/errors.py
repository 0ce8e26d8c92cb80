"""The named refusals. Each message names what is wrong and what to do."""

from typing import ClassVar

from domain.errors import InvalidInputError, RefusedError


class EffectiveInThePastError(InvalidInputError):
    """Periods cannot hold from a day that is over: what was kept or let go then was so by others."""

    code: ClassVar[str] = "effective-in-the-past"


class NotDueError(RefusedError):
    """Its period has not passed."""

    code: ClassVar[str] = "not-due"
