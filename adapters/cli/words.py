"""Danish and English for what the log holds as keys: the labels of all surfaces, as they read inside a sentence."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, get_args, get_origin

from adapters.cli.language import ENGLISH, say
from adapters.words.field_labels import FIELDS, HINTS, SHORT
from adapters.words.value_labels import HAPPENED, VALUES
from domain.deadline_rules import RULES
from domain.incident.transitions import BY_EVENT, BY_STEP

_DUTIES = {rule.kind.value: (rule.name, rule.name_en) for rule in RULES}
_NAMES = ("Virk", "Datatilsynet", "Sporlog", "Art.", "Spor A", "Spor B")
"""Begin with a capital wherever they stand."""


def plain(annotation: Any) -> Any:  # noqa: ANN401 - types are the values here
    """A field's type without `| None` and without pydantic's marks."""
    if get_origin(annotation) is Annotated:
        return plain(get_args(annotation)[0])
    parts = [part for part in get_args(annotation) if part is not type(None)]
    if type(None) in get_args(annotation) and len(parts) == 1:
        return plain(parts[0])
    return annotation


def kind_of(name: str, annotation: Any) -> str:  # noqa: ANN401 - types are the values here
    """By what the labels of a field's values are found: the enum's class name, or the field's own."""
    kind = plain(annotation)
    if get_origin(kind) is tuple:
        kind = get_args(kind)[0]
    return kind.__name__ if isinstance(kind, type) and issubclass(kind, StrEnum) else name


def _kinds() -> Mapping[str, tuple[str, ...]]:
    """Field to the kinds of its values; `kind` and `reason` are of one in one event and of another in the next."""
    found: dict[str, tuple[str, ...]] = {"status": ("Status",), "deviations": ("Deviation",), "role": ("Role",)}
    for event in BY_EVENT:
        for name, info in event.model_fields.items():
            found[name] = tuple(dict.fromkeys((*found.get(name, ()), kind_of(name, info.annotation))))
    return found


_KINDS = _kinds()


def word(value: object, *kinds: str) -> str:
    """A stored value of one of these kinds (see `VALUES`) as people say it; else a duty's name, else the value itself."""
    if value is None:
        return ""
    key = str(value).lower() if isinstance(value, bool) else str(value)
    words = next((VALUES[kind][key] for kind in kinds if key in VALUES.get(kind, {})), None)
    label = say(*words) if words else say(*_DUTIES[key]) if key in _DUTIES else None
    return key if label is None else _inside(label)


def fact_word(name: str, value: object) -> str:
    """A field's stored value as people say it."""
    return word(value, *_KINDS.get(name, ()), name)


def _inside(label: str) -> str:
    # What has more capitals than its first letter is a name or an abbreviation.
    first = label.partition(" ")[0]
    ordinary = (len(first) == 1 or first[1:].islower()) and not label.startswith(_NAMES)
    return label[0].lower() + label[1:] if ordinary else label


def field_name(name: str) -> str:
    """What a field is called when it is asked for."""
    return say(*FIELDS[name])


def field_hint(name: str) -> str:
    """What one should know to fill in a field; empty where it goes without saying."""
    return say(*HINTS[name]) if name in HINTS else ""


def fact_name(name: str) -> str:
    """What a field is called when it is known."""
    return say(*(SHORT.get(name) or FIELDS[name]))


def step_name(step: str) -> str:
    """What a step is called as a thing to do."""
    return BY_STEP[step].english if ENGLISH else BY_STEP[step].danish


def happened(step: str) -> str:
    """What a step is called once it is history."""
    return say(*HAPPENED[step]) if step in HAPPENED else step_name(step)


def role_name(role: str) -> str:
    """What a role is called; one that this Sporlog does not know is itself."""
    known = VALUES["Role"].get(role)
    return say(*known) if known else role
