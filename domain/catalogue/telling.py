"""What a source tells of one object, as the model of its facts takes it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from domain.catalogue.importing import Problem, Trouble
from domain.catalogue.kinds import MODELS, Kind
from domain.catalogue.mapping import TEXTS

_LONGEST_TEXT = 20_000

Wrong = tuple[str, Trouble, tuple[str, ...]]
"""A field, what is the matter with it, and what the words for that speak of."""


class WrongValuesError(Exception):
    """Some of what is told of an object cannot be used."""

    def __init__(self, wrong: Sequence[Wrong]) -> None:
        super().__init__(wrong)
        self.wrong = wrong

    def problems(self, place: str) -> Iterable[Problem]:
        """As they are told, for an object at that place."""
        return (Problem(place, trouble, told) for _, trouble, told in self.wrong)


def told_of(kind: Kind, raw: Mapping[str, Any], columns: Mapping[str, str]) -> Mapping[str, Any]:
    """Values as the kind's model has them. Raises `WrongValuesError` naming each wrong one by its field's column."""
    texts = {name: raw[name] for name in TEXTS if name in raw}
    told = {name: value for name, value in raw.items() if name not in texts}
    if not told.get("name"):
        raise WrongValuesError([("name", Trouble.NAME_EMPTY, (columns.get("name", "name"),))])
    wrong = list[Wrong]()
    for name, text in texts.items():
        if len(text) > _LONGEST_TEXT:
            what = f"more than {_LONGEST_TEXT} letters"
            wrong.append((name, Trouble.VALUE_WRONG, (columns.get(name, name), f"{text[:20]}…", what, name)))
    try:
        facts = MODELS[kind].model_validate({**told, "kind": kind})
    except ValidationError as error:
        for each in error.errors(include_url=False):
            field = str(each["loc"][0])
            wrong.append((field, Trouble.VALUE_WRONG, (columns.get(field, field), str(told.get(field)), each["msg"], field)))
        raise WrongValuesError(wrong) from error
    if wrong:
        raise WrongValuesError(wrong)
    return {**{name: getattr(facts, name) for name in told}, **texts}
