"""Whatever a person can meet has words in both languages."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from typing import get_args

import pytest

import adapters.event_store
import adapters.web
import domain
from adapters.incident.event_facts import HIDDEN
from adapters.web.problems import CODES
from adapters.web.server import AddressTakenError
from adapters.web.texts import TEXTS
from adapters.words.error_texts import ERRORS
from adapters.words.field_labels import FIELDS, HINTS, SHORT
from adapters.words.value_labels import HAPPENED, VALUES
from adapters.words.wording import Words
from domain.errors import SporlogError
from domain.events import EVENT_TYPES
from domain.incident.events import Deviation, IncidentEvent, IncidentKind, Nis2Category
from domain.incident.state import Incident, Status
from domain.incident.transitions import BY_STEP
from domain.signals import Severity
from handlers.requests import REQUESTS
from tests.support.tree import ROOT

WEB = ROOT / "adapters" / "web"


def all_words() -> Iterator[tuple[str, Words]]:
    for table in (TEXTS, ERRORS, FIELDS, HINTS, SHORT, HAPPENED, *VALUES.values()):
        yield from table.items()


def test_every_text_is_there_in_both_languages_with_the_same_blanks() -> None:
    for key, words in all_words():
        assert words.da, key
        assert words.en, key
        assert set(re.findall(r"{\w+}", words.da)) == set(re.findall(r"{\w+}", words.en)), key


def test_every_text_is_used_and_every_used_text_is_there() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in [*WEB.glob("*.py"), *WEB.glob("templates/*.html")])
    for table in ("texts.py", "catalogue_texts.py", "map_texts.py", "paper_texts.py", "rule_texts.py", "signal_texts.py"):
        source = source.replace((WEB / table).read_text(encoding="utf-8"), "")
    families = (
        "clock.state.",
        "incident.track.",
        "guide.part.",
        "guide.weight.",
        "guide.decision.",
        "choose.",
        "maintenance.field.",
        "signals.done-",
        "act.",
        "critical.field.",
    )
    unused = {key for key in TEXTS if f'"{key}"' not in source and not key.startswith(families)}
    assert unused == set()
    used = set(re.findall(r"""\bt\("([a-z.-]+)"[,)]""", source))
    assert used - TEXTS.keys() == set()


@pytest.mark.parametrize("step", REQUESTS)
def test_every_field_that_a_step_asks_has_a_question(step: str) -> None:
    assert set(REQUESTS[step].model_fields) - FIELDS.keys() == set()


@pytest.mark.parametrize("event", get_args(IncidentEvent), ids=lambda event: event.__name__)
def test_every_field_that_an_event_tells_has_a_name(event: type) -> None:
    assert set(EVENT_TYPES[event.TOPIC].model_fields) - HIDDEN - FIELDS.keys() - SHORT.keys() == set()  # type: ignore[attr-defined]


def test_every_field_that_a_replay_compares_has_a_name() -> None:
    assert set(Incident.__dataclass_fields__) - {"id", "version", "reference"} - FIELDS.keys() - SHORT.keys() == set()


def enums_asked() -> Iterator[type]:
    yield from (Severity, IncidentKind, Nis2Category, Status)
    for model in REQUESTS.values():
        for info in model.model_fields.values():
            if isinstance(info.annotation, type) and hasattr(info.annotation, "__members__"):
                yield info.annotation


def test_every_value_of_every_choice_has_a_name() -> None:
    for enum in enums_asked():
        assert VALUES[enum.__name__].keys() == {str(member) for member in enum}, enum  # type: ignore[attr-defined]
    for name, model, field in (("depth", "assess", "depth"), ("field", "correct", "field")):
        assert VALUES[name].keys() == set(get_args(REQUESTS[model].model_fields[field].annotation))
    assert VALUES["Deviation"].keys() == set(get_args(Deviation))


def test_every_step_is_told_as_history_in_words_that_do_not_command() -> None:
    commands = {"Registrér", "Vurdér", "Godkend", "Fastsæt", "Luk", "Genåbn", "Ret"}
    for step, transition in BY_STEP.items():
        words = HAPPENED[step].da if step in HAPPENED else transition.danish
        assert words.split()[0] not in commands


REACHING = ("domain.", "handlers.requests", "adapters.event_store.keyring", "adapters.web.")
"""Where errors come from that a request can meet; what stops the start or a rebuild is told by the command line."""


def errors(kind: type[SporlogError]) -> Iterator[type[SporlogError]]:
    yield kind
    for narrower in kind.__subclasses__():
        yield from errors(narrower)


def test_every_error_that_can_reach_a_person_has_a_sentence() -> None:
    for package in (domain, adapters.event_store, adapters.web):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if found.name != "adapters.web.build_assets":
                importlib.import_module(found.name)
    reaching = {e.code for e in errors(SporlogError) if e.__module__.startswith(REACHING) and e is not AddressTakenError}
    assert {"open-statutory-duty", "unavailable", "master-key", "invalid-fields", "position-ahead"} <= reaching
    assert reaching - ERRORS.keys() == set()
    assert set(CODES.values()) - ERRORS.keys() == set()
    source = "".join(path.read_text(encoding="utf-8") for path in WEB.glob("*.py"))
    assert set(re.findall(r'problem\(\s*request, "([a-z-]+)"', source)) - ERRORS.keys() == set()
