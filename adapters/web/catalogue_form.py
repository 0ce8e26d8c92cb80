"""Forms for the acts on the catalogue: what each asks of which kind, filled in, and what is wrong with what was sent."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pydantic import ValidationError

from adapters.catalogue.field_words import FIELDS, HINTS, HOSTING
from adapters.catalogue.words import BACKWARDS, CLASSES, CRITERIA, KINDS, NEEDS, TIES, WEIGHTS, catalogue_word
from adapters.web.cpr import CprWrittenError
from adapters.web.form_errors import WORDS
from adapters.web.forms import FormField, Option, Widget, Wrong
from adapters.web.texts import text
from adapters.words.error_texts import error_words
from adapters.words.value_labels import value_label
from adapters.words.wording import Language, Words
from domain.catalogue.kinds import MODELS, Kind, PlanFacts
from domain.catalogue.landscape import Landscape
from domain.catalogue.state import CatalogueObject
from domain.catalogue.steps import POSSIBLE
from domain.catalogue.ties import CARRYING, Need, Tie, Weight
from domain.errors import SporlogError
from handlers.catalogue_requests import REASONED

MOST_SUGGESTED = 1000
"""Names in a list to choose from: any other can be written."""
BACK = "fra:"
"""Before a tie that goes from the other object to this one."""
WIDGETS: Mapping[str, Widget] = {
    "criteria": "checks",
    "hosting": "select",
    "personal_data": "radio",
    "processor": "radio",
    "ends_on": "date",
    "dated": "date",
    "review_by": "date",
    "description": "area",
    "contact": "area",
    "reason": "area",
    "tie": "select",
    "need": "select",
    "weight": "radio",
    "service_class": "select",
}
"""All others are a line."""
DEFAULTS = {"personal_data": "false", "processor": "false", "need": Need.OTHER.value, "weight": Weight.STOPS.value}
ASKS_WHY = REASONED | {"plan"}
"""A newer file changes its plan."""
REQUIRED = frozenset({"name", "tie", "to", "need", "weight", "service_class", "personal_data", "processor"})
NOT_ASKED = PlanFacts.OF_THE_FILE | {"kind", "outside"}
"""What comes with the file, and the ids by which other registers know it: a sync's business."""


class Asking(NamedTuple):
    """What a form is made from. `known` is None for an object that is to be registered."""

    act: str
    kind: Kind
    known: CatalogueObject | None
    seen: Landscape
    values: Mapping[str, str]
    wrong: Wrong | None
    language: Language


def asked_names(act: str, kind: Kind) -> tuple[str, ...]:
    """The fields that the act asks of an object of that kind."""
    match act:
        case "register" | "change":
            return (*(name for name in MODELS[kind].model_fields if name not in NOT_ASKED), "description", "contact", "reason")
        case "tie":
            return ("tie", "to", "need", "weight", "group", "reason")
        case "propose-class":
            return ("service_class", "reason")
        case "plan":
            return ("dated", "reason")
        case _:
            return ("reason",)


def form_fields(asking: Asking) -> tuple[FormField, ...]:
    """The form's questions, with what was sent or is known filled in."""
    return tuple(_field(name, asking) for name in asked_names(asking.act, asking.kind))


def _field(name: str, asking: Asking) -> FormField:
    language, wrong = asking.language, asking.wrong
    widget, options = WIDGETS.get(name, "line"), _options(name, asking)
    if wrong and name in wrong.choices:
        widget, options = "radio", wrong.choices[name]
    return FormField(
        name=name,
        label=FIELDS[name].to(language),
        hint=HINTS[name].to(language) if name in HINTS else None,
        widget=widget,
        required=name in REQUIRED or (name == "reason" and asking.act in ASKS_WHY) or (name, asking.act) == ("dated", "plan"),
        options=options,
        value=asking.values.get(name, DEFAULTS.get(name, "")),
        error=wrong.fields.get(name) if wrong else None,
    )


def _options(name: str, asking: Asking) -> tuple[Option, ...]:  # noqa: PLR0911 - one case a field
    language, nodes = asking.language, asking.seen.nodes.values()
    if name in CHOICES:
        return tuple(Option(value, words.to(language)) for value, words in CHOICES[name].items())
    match name:
        case "personal_data" | "processor":
            return tuple(Option(value, value_label("bool", value, language)) for value in ("true", "false"))
        case "administration":
            return _names(node.administration for node in nodes)
        case "owner" | "manager":
            return _names(node.owner for node in nodes)
        case "tie":
            return tuple(_tie_option(value, kinds, language) for value, kinds in ties_of(asking.kind).items())
        case "to":
            possible = frozenset().union(*ties_of(asking.kind).values())
            return _names(node.name for node in asking.seen.of_kind(*possible))[:MOST_SUGGESTED]
        case _:
            return ()


CHOICES: Mapping[str, Mapping[str, Words]] = {
    "criteria": {one.value: words for one, words in CRITERIA.items()},
    "hosting": HOSTING,
    "need": {one.value: words for one, words in NEEDS.items()},
    "weight": {one.value: words for one, words in WEIGHTS.items()},
    "service_class": {one.value: words for one, words in CLASSES.items()},
}


def _names(found: Iterable[str | None]) -> tuple[Option, ...]:
    names = dict.fromkeys(one for one in found if one)
    return tuple(Option(one, one) for one in sorted(names, key=str.casefold))


def ties_of(kind: Kind) -> dict[str, frozenset[Kind]]:
    """The ties that an object of that kind may have, from it and to it, each with the kinds at the other end."""
    forth = {tie.value: targets for tie, (sources, targets) in POSSIBLE.items() if kind in sources}
    back = {f"{BACK}{tie}": sources for tie, (sources, targets) in POSSIBLE.items() if kind in targets}
    return forth | back


def _tie_option(value: str, kinds: frozenset[Kind], language: Language) -> Option:
    tie = Tie(value.removeprefix(BACK))
    words = (BACKWARDS if value.startswith(BACK) else TIES)[tie].to(language)
    others = ", ".join(KINDS[kind].to(language).lower() for kind in Kind if kind in kinds)
    return Option(value, f"{words} ({others})")


def known_values(known: CatalogueObject) -> dict[str, str]:
    """What a form that changes an object begins with."""
    told = {**known.facts.model_dump(mode="json"), "description": known.description, "contact": known.contact}
    return {name: _written(name, told[name]) for name in asked_names("change", known.kind) if name != "reason"}


def _written(name: str, value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case list():
            # As ticked boxes are sent.
            return ("," if WIDGETS.get(name) == "checks" else ", ").join(map(str, value))
        case _:
            return str(value)


def carried(tie: str, sent: Mapping[str, str]) -> dict[str, str]:
    """What a tie is told with: only those along which a failure travels have a need, a weight and spares."""
    own = {"tie": tie, "reason": sent.get("reason", "")}
    return own | {name: sent[name] for name in ("need", "weight", "group") if name in sent and tie in CARRYING}


def wrong_act(error: SporlogError, sent: Mapping[str, str], seen: Landscape, language: Language) -> Wrong:
    """What to tell about a form that the domain or its model refused."""
    fields, choices = dict[str, str](), dict[str, tuple[Option, ...]]()
    cause = error.__cause__
    if isinstance(cause, ValidationError):
        for one in cause.errors(include_url=False):
            fields[_asked(one["loc"])] = text(language, WORDS.get(one["type"], "field.unreadable"))
    elif isinstance(error, CprWrittenError):
        fields |= dict.fromkeys(error.fields, text(language, "field.cpr"))
    elif error.code == "reason-missing":
        fields["reason"] = text(language, "field.missing")
    elif error.code in {"unknown-object", "ambiguous-object"} and "to" in sent:
        fields["to"] = error_words(error.code, error.status).to(language)
        found = [seen.nodes[one] for one in seen.named(sent["to"])] if error.code == "ambiguous-object" else []
        if found:
            choices["to"] = tuple(Option(str(one.id), f"{catalogue_word(one.kind, language)}: {one.name}") for one in found)
    sentence = error_words(error.code, error.status).to(language)
    return Wrong(sentence, fields, choices, anyway=isinstance(error, CprWrittenError))


def _asked(loc: tuple[int | str, ...]) -> str:
    """The field of the form that a model's place means: pydantic names `facts`, the kind, the field and the place in it."""
    return next((str(one) for one in loc if one != "facts" and one not in set(Kind)), "name")
