"""The named refusals. Each message names what is wrong and what to do."""

from typing import ClassVar

from domain.errors import NotFoundError, RefusedError


class UnknownListError(NotFoundError):
    """No emergency list of that name is expected."""

    code: ClassVar[str] = "unknown-emergency-list"


class NoSuchFileError(RefusedError):
    """No whole file of that name, or none at all, lies in the list's folder to be given."""

    code: ClassVar[str] = "no-such-list-file"
