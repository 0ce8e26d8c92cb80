"""Forms made from the steps' request models: whatever a model asks, its form asks, in the reader's language."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from types import MappingProxyType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import AwareDatetime
from pydantic.fields import FieldInfo

from adapters.web.texts import text
from adapters.words.field_labels import FIELDS, HINTS
from adapters.words.value_labels import VALUES, value_label
from adapters.words.wording import Language
from domain.incident.events import Text
from domain.incident.steps import NEEDS_TEXT
from domain.incident.transitions import BY_STEP, Nature
from handlers.requests import COMMON, REQUESTS

Widget = Literal["line", "lines", "area", "time", "date", "select", "radio", "checks"]
"""Of `checks`, several may be chosen: the value holds them with commas between; of `lines`, the value holds a line for each."""
MORE = ("role", "actor", "on_behalf_of")
RARE = ("follows", "channel_reason", "receipt_sha256", "bytes")
"""Own questions of steps that few need either."""
NOT_ASKED = frozenset({"answers", "explanations", "guide_version", "values", "expected_version"})
"""Answers come with the question guide and values with a notice's own page; the version seen travels in a hidden field."""
REPORT_FIRST = ("title", "place", "occurred_at")
DEFAULTS = {"severity": "medium"}
NOTHING: Mapping[str, Any] = MappingProxyType({})
SUGGESTED = frozenset({"service", "supplier"})
"""Names of which the incident's own are suggested, and any other can be written."""
PICKED = frozenset({"services"})
"""Several of what is offered can be picked, and others be written: each in an input of its own."""
INPUTS = 3
"""Of a field that is picked: never fewer, and always one that is empty."""
FEW = 3
"""Choices that are shown side by side instead of in a list."""


class Option(NamedTuple):
    """One choice."""

    value: str
    label: str


class FormField(NamedTuple):
    """One question."""

    name: str
    label: str
    hint: str | None
    widget: Widget
    required: bool
    options: tuple[Option, ...]
    value: str
    error: str | None = None

    @property
    def values(self) -> tuple[str, ...]:
        """Of `lines`: what each input holds."""
        told = self.value.split("\n") if self.value else []
        return (*told, *[""] * max(INPUTS - len(told), 1))


class Form(NamedTuple):
    """A step's form. `more` are the questions that few need; `version` is what the reader saw, for steps that decide on it."""

    step: str
    fields: tuple[FormField, ...]
    more: tuple[FormField, ...]
    version: int | None
    error: str | None = None
    anyway: bool = False
    """Nothing forbids to record it as it is: a second button does."""


class Wrong(NamedTuple):
    """What went wrong with a form that was sent: one sentence, what to say at which field, and choices offered instead."""

    sentence: str
    fields: Mapping[str, str]
    choices: Mapping[str, tuple[Option, ...]]
    anyway: bool = False
    """It was only a warning: what was sent can be recorded as it is."""


def make_form(
    step: str,
    language: Language,
    *,
    version: int | None = None,
    sent: Mapping[str, str] | None = None,
    wrong: Wrong | None = None,
    offered: Mapping[str, tuple[Option, ...]] = NOTHING,
    filled: Mapping[str, str] = NOTHING,
    also_first: Collection[str] = (),
) -> Form:
    """The form of a step, with what was sent kept and what is wrong said.

    `offered` are the choices that the incident itself gives for a field, `filled` the answers that a new form begins with,
    `also_first` the questions of a report that are not kept back.
    """
    fields = {
        name: _choosing(_field(name, info, language, sent or filled, wrong, fresh=sent is None), offered.get(name), language)
        for name, info in REQUESTS[step].model_fields.items()
    }
    asked = [name for name in fields if name not in NOT_ASKED]
    if step == "report":
        first = [*REPORT_FIRST, *also_first]
        more = [name for name in asked if name not in {*first, *MORE}]
    else:
        own = [name for name in asked if name not in COMMON and name not in RARE]
        first = [*sorted(own, key=lambda name: not fields[name].required), "occurred_at"]
        more = [name for name in (*RARE, *MORE) if name in fields]
    decides = BY_STEP[step].nature is Nature.ACT
    return Form(
        step=step,
        fields=tuple(fields[name] for name in first),
        more=tuple(fields[name] for name in more),
        version=version if decides else None,
        error=wrong.sentence if wrong else None,
        anyway=wrong.anyway if wrong else False,
    )


def _field(
    name: str, info: FieldInfo, language: Language, sent: Mapping[str, str], wrong: Wrong | None, *, fresh: bool
) -> FormField:
    kind = plain(info.annotation)
    widget, options = _widget(name, kind, language)
    default = DEFAULTS.get(name, "") if info.is_required() else _shown(info.default)
    value = sent.get(name, default if fresh else "")
    if wrong and name in wrong.choices:
        widget, options = "radio", wrong.choices[name]
    return FormField(
        name=name,
        label=FIELDS[name].to(language),
        hint=HINTS[name].to(language) if name in HINTS else None,
        widget=widget,
        required=info.is_required() and not DEFAULTS.get(name),
        options=options,
        value=value,
        error=wrong.fields.get(name) if wrong else None,
    )


def _choosing(field: FormField, offered: tuple[Option, ...] | None, language: Language) -> FormField:
    if offered is None:
        return field
    if field.name in SUGGESTED:
        return field._replace(options=offered)
    if field.name in PICKED:
        return field._replace(widget="lines", options=offered, hint=text(language, "choose.several"))
    hint = None if offered else text(language, "choose.nothing")
    # A choice that is gone leaves none, lest the browser picks the first one.
    value = field.value if field.value in {option.value for option in offered} else ""
    return field._replace(
        widget="select", options=offered, hint=hint, value=value, label=text(language, f"choose.{field.name}")
    )


def plain(annotation: Any) -> Any:  # noqa: ANN401 - types are the values here
    """The type without `| None` and without the constraints around it, but for long text, which a constraint tells apart."""
    if annotation == Text:
        return annotation
    if get_origin(annotation) in {Union, UnionType}:
        return plain(next(part for part in get_args(annotation) if part is not type(None)))
    return plain(get_args(annotation)[0]) if get_origin(annotation) is Annotated else annotation


def _widget(name: str, kind: Any, language: Language) -> tuple[Widget, tuple[Option, ...]]:  # noqa: ANN401
    if kind is bool:
        return "radio", _options("bool", VALUES["bool"], language)
    if get_origin(kind) is Literal:
        options = _options(name, get_args(kind), language)
    elif isinstance(kind, type) and issubclass(kind, StrEnum):
        options = _options(kind.__name__, [member.value for member in kind], language)
    elif kind is AwareDatetime:
        return "time", ()
    else:
        return ("area" if kind == Text or name in LONG else "line"), ()
    return ("radio" if len(options) <= FEW else "select"), options


LONG = frozenset(NEEDS_TEXT.values()) - {"title"}


def _options(kind: str, values: Any, language: Language) -> tuple[Option, ...]:  # noqa: ANN401 - any collection of values
    return tuple(Option(value, value_label(kind, value, language)) for value in values)


def _shown(default: object) -> str:
    return "" if default is None or not isinstance(default, str) else str(default)
