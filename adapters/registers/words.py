"""Reading JSON of which any part may be missing, null, or of another generation."""

from collections.abc import Mapping, Sequence
from typing import Any


def inside(value: object, *path: str) -> Any:  # noqa: ANN401 - any JSON value
    """What stands at the path; None where any part of it is missing."""
    for name in path:
        if not isinstance(value, Mapping):
            return None
        value = value.get(name)
    return value


def text(value: object) -> str | None:
    """A text that says something."""
    told = value.strip() if isinstance(value, str) else ""
    return told or None


def listed(value: object) -> Sequence[Any]:
    """A list; empty for anything else."""
    return value if isinstance(value, list) else ()


def told(**facts: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON values
    """Facts without what is not known."""
    return {name: value for name, value in facts.items() if value not in (None, "", [])}
