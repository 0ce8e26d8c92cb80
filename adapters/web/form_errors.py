"""A refused form: which sentence on top, what to say at which field, which choices to offer."""

from collections.abc import Mapping
from typing import Any

from pydantic import AwareDatetime, BaseModel, ValidationError

from adapters.web.cpr import CprWrittenError
from adapters.web.forms import Option, Wrong, plain
from adapters.web.texts import text
from adapters.words.error_texts import error_words
from adapters.words.wording import Language
from domain.errors import SporlogError
from domain.incident.steps import NEEDS_TEXT
from domain.time import AmbiguousTimeError, NonexistentTimeError, parse_time, rfc3339_local, show_da, show_en
from handlers.requests import REQUESTS

WORDS = {"missing": "field.missing", "string_too_short": "field.missing", "string_too_long": "field.too-long"}


def wrong_form(error: SporlogError, step: str, sent: Mapping[str, str], language: Language) -> Wrong:
    """What to tell about a step's form that the domain or its model refused."""
    # Where no text is needed always, it is the reason that is needed now.
    return wrong_in(error, REQUESTS[step], sent, language, needed=NEEDS_TEXT.get(step, "reason"))


def wrong_in(
    error: SporlogError, model: type[BaseModel], sent: Mapping[str, str], language: Language, *, needed: str = "reason"
) -> Wrong:
    """The same of any form that asks a model's fields; `needed` is the one that lacks when a reason is missing."""
    sentence = error_words(error.code, error.status).to(language)
    fields, choices = dict[str, str](), dict[str, tuple[Option, ...]]()
    if isinstance(error.__cause__, ValidationError):
        for one in error.__cause__.errors(include_url=False):
            fields[str(one["loc"][0])] = text(language, WORDS.get(one["type"], "field.unreadable"))
    elif isinstance(error, CprWrittenError):
        fields |= dict.fromkeys(error.fields, text(language, "field.cpr"))
    elif error.code == "reason-missing":
        fields[needed] = text(language, "field.missing")
    else:
        for name, said in _unreadable_times(model, sent).items():
            fields[name] = error_words(said.code, said.status).to(language)
            if isinstance(said, AmbiguousTimeError | NonexistentTimeError):
                choices[name] = tuple(_reading(instant, language) for instant in said.readings)
    return Wrong(sentence, fields, choices, anyway=isinstance(error, CprWrittenError))


def _reading(instant: Any, language: Language) -> Option:  # noqa: ANN401 - a datetime
    return Option(rfc3339_local(instant), show_en(instant) if language == "en" else show_da(instant))


def _unreadable_times(model: type[BaseModel], sent: Mapping[str, str]) -> dict[str, SporlogError]:
    found: dict[str, SporlogError] = {}
    for name, info in model.model_fields.items():
        if plain(info.annotation) is AwareDatetime and sent.get(name):
            try:
                parse_time(sent[name])
            except SporlogError as error:
                found[name] = error
    return found
