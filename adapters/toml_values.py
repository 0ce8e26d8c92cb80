"""Values as TOML writes them, for the files that people edit."""

import json
from collections.abc import Mapping
from datetime import date


def pair(key: str, value: object) -> str:
    """One line: a key and its value."""
    return f"{key} = {_value(value)}"


def inline(values: Mapping[str, object]) -> str:
    """A table in one line."""
    return f"{{ {', '.join(pair(key, value) for key, value in values.items())} }}"


def _value(value: object) -> str:
    match value:
        case date():
            return value.isoformat()
        case tuple():
            return f"[{', '.join(map(_value, value))}]"
        case _:
            # TOML's strings, numbers and booleans are JSON's, but for this one character.
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
