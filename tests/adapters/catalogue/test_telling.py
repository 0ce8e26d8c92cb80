from typing import Any, get_args

import pytest

from adapters.catalogue.field_words import FIELDS, HAPPENED, HINTS, HOSTING
from adapters.catalogue.telling import fact_lines, history_told
from domain.catalogue import events as e
from domain.catalogue.classes import ServiceClass
from domain.catalogue.kinds import FACTS, MODELS, Kind, SystemFacts
from domain.catalogue.ties import Need, Tie, Weight
from domain.events import DomainEvent, Recorded
from tests.support.catalogues import CARE, SYSTEM, approved, described, ident, proposed, registered, tied


def recorded(*events: DomainEvent) -> list[Recorded]:
    care = ident(Kind.SERVICE, CARE)
    return [Recorded(n, n, care, n, event.TOPIC, event) for n, event in enumerate(events, 1)]


def test_every_field_of_every_kind_and_change_has_a_name_in_both_languages() -> None:
    asked = {name for model in MODELS.values() for name in model.model_fields} - {"kind"}
    told = {name for event in get_args(e.ObjectEvent) for name in event.model_fields} - DomainEvent.FILLED_IN
    assert (asked | told) - {"facts", "alone"} == set(FIELDS)
    assert set(HINTS) <= set(FIELDS)
    assert set(HAPPENED) == e.OBJECT_TOPICS
    assert set(HOSTING) == set(get_args(get_args(SystemFacts.model_fields["hosting"].annotation)[0]))
    for words in (*FIELDS.values(), *HINTS.values(), *HOSTING.values(), *HAPPENED.values()):
        assert words.da, words
        assert words.en, words


def test_facts_are_told_in_words_and_what_nobody_told_is_left_out() -> None:
    facts: dict[str, Any] = {"kind": "service", "name": CARE, "restoration_order": 1, "tolerable_downtime_minutes": 240}
    service = FACTS.validate_python({**facts, "criteria": ("life_and_health", "safety")})
    assert [(one.name, one.value) for one in fact_lines(service, "da")] == [
        ("criteria", "Liv og helbred, Sikkerhed for mennesker"),
        ("restoration_order", "1"),
        ("tolerable_downtime_minutes", "4 t 0 min"),
    ]
    system = FACTS.validate_python({"kind": "system", "name": SYSTEM, "hosting": "own", "personal_data": True})
    assert [one.value for one in fact_lines(system, "en")] == ["Own operation", "Yes"]


def test_a_history_says_what_changed_and_why() -> None:
    system = ident(Kind.SYSTEM, SYSTEM)
    told = history_told(
        recorded(
            registered(Kind.SERVICE, CARE, restoration_order=1),
            described(Kind.SERVICE, CARE, restoration_order=2, contact="Ring", reason="Ny rækkefølge"),
            tied(Tie.DEPENDS_ON, system, need=Need.WORK, weight=Weight.STOPS, group="par"),
            e.Untied(meta=registered(Kind.SERVICE, CARE).meta, tie=Tie.DEPENDS_ON, to=system),
            proposed(ServiceClass.CRITICAL),
            approved(5).model_copy(update={"service_class": ServiceClass.CRITICAL, "alone": True}),
        ),
        {system: SYSTEM}.__getitem__,
        "da",
    )
    assert [(one.heading, one.lines[0]) for one in told] == [
        ("Registreret", f"Ydelse: {CARE}"),
        ("Ændret", "Genopretning, nummer i rækken: 1 → 2"),
        ("Knyttet", f"afhænger af {SYSTEM}"),
        ("Løst fra", f"afhænger af {SYSTEM}"),
        ("Klasse foreslået", "Kritisk"),
        ("Klasse godkendt", "Kritisk"),
    ]
    assert told[1].lines[1] == "Kontakt"
    assert told[1].reason == "Ny rækkefølge"
    assert told[2].lines[1] == "arbejdet, stopper uden, reservegruppe par"
    assert "fire øjne" in told[5].lines[1]


@pytest.mark.parametrize("kind", list(Kind))
def test_an_object_of_which_only_the_name_is_known_tells_no_line(kind: Kind) -> None:
    assert fact_lines(FACTS.validate_python({"kind": kind, "name": "x"}), "da") == []
