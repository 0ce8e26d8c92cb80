"""The catalogue of events is a contract: stored topics, sealed text, and old versions that are still read."""

import re
from collections.abc import Iterator
from typing import Any, ClassVar, get_args

import orjson
import pytest
from eventsourcing.utils import clear_topic_cache, resolve_topic
from pydantic import ValidationError

import domain.audit.events
import domain.catalogue.board
import domain.catalogue.events
import domain.catalogue.imports
import domain.emergency_lists.events
import domain.incident.events
import domain.intake.events
import domain.ledger.events
import domain.management.events
import domain.organisation.events
import domain.pack
import domain.primary
import domain.retention.events
import domain.signals
from adapters.event_store.application import EventStore
from domain.audit.events import AUDIT_EVENTS
from domain.catalogue.board import CatalogueEvent
from domain.catalogue.imports import ImportEvent
from domain.emergency_lists.events import EmergencyListEvent
from domain.events import (
    CONFIDENTIAL,
    EVENT_TYPES,
    UPCASTERS,
    Confidential,
    DomainEvent,
    Meta,
    clear_fields,
    cloudevents_type,
    subject_of,
    upcast,
)
from domain.incident.events import IncidentEvent, NoteAdded, Reported
from domain.intake.events import IntakeEvent
from domain.ledger.events import LedgerEvent
from domain.management.events import ManagementEvent
from domain.organisation.events import OrganisationEvent
from domain.pack import PackEvent
from domain.primary import PrimaryDeclared
from domain.retention.events import RetentionEvent
from domain.signals import SignalsEvent
from tests.support.incidents import INCIDENT, assessed, meta
from tests.support.stores import appending

EVENTS: tuple[type[DomainEvent], ...] = (
    *get_args(IncidentEvent),
    *get_args(SignalsEvent),
    *get_args(OrganisationEvent),
    *get_args(IntakeEvent),
    *get_args(LedgerEvent),
    *get_args(RetentionEvent),
    *get_args(CatalogueEvent),
    *get_args(ImportEvent),
    *get_args(EmergencyListEvent),
    *get_args(PackEvent),
    *get_args(ManagementEvent),
    PrimaryDeclared,
    *AUDIT_EVENTS,
)
MODULES = (
    domain.incident.events,
    domain.signals,
    domain.organisation.events,
    domain.intake.events,
    domain.ledger.events,
    domain.retention.events,
    domain.catalogue.events,
    domain.catalogue.board,
    domain.catalogue.imports,
    domain.emergency_lists.events,
    domain.pack,
    domain.primary,
    domain.management.events,
    domain.audit.events,
)
OLD, CURRENT = "test.text-written.1", "test.text-written.2"


def concrete(model: type[DomainEvent]) -> Iterator[type[DomainEvent]]:
    for each in model.__subclasses__():
        yield from concrete(each)
        if each.__module__.startswith(tuple(module.__name__ for module in MODULES)):
            yield each


def test_every_event_is_in_the_catalogue_under_its_own_topic() -> None:
    named = [event for event in concrete(DomainEvent) if "TOPIC" in event.__dict__]
    assert set(named) == set(EVENTS)
    assert {event.TOPIC: event for event in EVENTS} == {t: e for t, e in EVENT_TYPES.items() if not t.startswith("test.")}
    assert len({event.TOPIC for event in EVENTS}) == len(EVENTS)


@pytest.mark.parametrize("event", EVENTS, ids=lambda e: e.__name__)
def test_an_event_says_its_topic_itself_and_in_the_right_shape(event: type[DomainEvent]) -> None:
    assert "TOPIC" in event.__dict__, "an inherited topic is another event's"
    assert re.fullmatch(
        r"(incident|signals|organisation|intake|ledger|retention|audit|catalogue|emergency-list|pack|primary|management)(\.[a-z]+(-[a-z]+)*)\.[1-9]\d*",
        event.TOPIC,
    )
    assert resolve_topic(event.TOPIC) is event
    aggregate, name, version = event.TOPIC.split(".")
    assert subject_of(event.TOPIC, INCIDENT) == f"event.{aggregate}.{INCIDENT}.{name}"
    assert cloudevents_type(event.TOPIC) == f"dk.sporlog.{aggregate}.{name}.v{version}"
    assert event.__doc__


@pytest.mark.parametrize("event", EVENTS, ids=lambda e: e.__name__)
def test_a_field_that_may_be_none_may_be_left_out(event: type[DomainEvent]) -> None:
    """Stored states leave None out, and confidential fields are None while sealed."""
    for name, field in event.model_fields.items():
        if CONFIDENTIAL in field.metadata or type(None) in get_args(field.annotation):
            assert not field.is_required(), name
            assert field.default is None, name
        assert (name in event.CONFIDENTIAL_FIELDS) == (CONFIDENTIAL in field.metadata)


@pytest.mark.parametrize("event", EVENTS, ids=lambda e: e.__name__)
def test_what_subscribers_see_in_clear_is_everything_but_the_sealed_fields(event: type[DomainEvent]) -> None:
    assert set(clear_fields(event)) | event.CONFIDENTIAL_FIELDS | {"sealed"} == set(event.model_fields)
    assert not set(clear_fields(event)) & event.CONFIDENTIAL_FIELDS


def test_free_text_and_names_are_confidential() -> None:
    """A new `str` field of an event is either confidential or named here as clear, on purpose."""
    clear = {
        "reference", "entity", "guide_version", "kind", "field", "clear_old", "clear_new", "source",
        "administration", "holder", "owner", "to", "supplier", "service", "case_number",  # ids and names of things, not people
        "incident_class", "cause_key", "recommendation", "rung", "form_version",  # words of ours
        "sha256", "redacted_sha256", "receipt_sha256", "filed_sha256", "token_sha256", "media_type", "claimed_type",
        "path", "archive_reference", "proposed_by",  # of an erasure: a field's name, a number, an opaque id
        "cvr", "authority", "form_set", "prefix", "who", "vkey", "follows",
            "source_event_ids", "format", "zone", "signature_header", "name", "components",  # of the intake
        "zip_sha256",  # of a bundle
        "list_name", "list_sha256", "manifest_sha256", "label", "group", "period", "report_sha256",  # of things, never a folder
        "month", "key",  # of retention: a month, and the name of its key
    }  # fmt: skip
    for event in EVENTS:
        for name, field in clear_fields(event).items():
            if str in (field.annotation, *get_args(field.annotation)):
                assert name in clear, f"{event.__name__}.{name}"
    with pytest.raises(ValidationError, match="pattern"):
        assessed(answers={"drift": "Ring til Bjørn"})
    assert assessed(answers={"drift": "ja"}).answers == {"drift": "ja"}


def test_an_event_is_frozen_and_takes_nothing_unknown() -> None:
    note = NoteAdded(meta=meta(), text="Ord")
    with pytest.raises(ValidationError, match="frozen"):
        note.text = "Andre ord"  # type: ignore[misc]
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        NoteAdded.model_validate({"meta": meta(), "tekst": "Ord"})
    with pytest.raises(ValidationError, match="timezone"):
        Meta(actor="u-7", channel="web", occurred_at="2026-11-20T14:20:00", correlation_id="c-1")  # type: ignore[arg-type]


@pytest.fixture
def versions() -> Iterator[tuple[type[DomainEvent], type[DomainEvent]]]:
    """The same event as stored once and as it is now: the number became text, a clear and a sealed field were renamed."""

    class TextWrittenOnce(DomainEvent):
        TOPIC: ClassVar[str] = OLD

        pages: int
        where: str
        text: Confidential[str] = None

    class TextWritten(DomainEvent):
        TOPIC: ClassVar[str] = CURRENT

        pages: str
        place: str
        words: Confidential[str] = None

    yield TextWrittenOnce, TextWritten
    for topic in (OLD, CURRENT):
        EVENT_TYPES.pop(topic, None)
    UPCASTERS.pop(OLD, None)
    clear_topic_cache()


def now_current(state: dict[str, Any]) -> dict[str, Any]:
    rest = {name: value for name, value in state.items() if name not in {"where", "text"}}
    words = {"words": state["text"]} if "text" in state else {}
    return {**rest, **words, "place": state["where"], "pages": str(state["pages"])}


def test_an_old_version_is_read_as_the_current_one_and_its_stored_bytes_stay(
    store: EventStore, versions: tuple[type[DomainEvent], type[DomainEvent]]
) -> None:
    old, current = versions
    written = old.model_validate({"meta": meta(), "pages": 3, "where": "arkiv", "text": "Fortroligt"})
    store.commit([appending(INCIDENT, written)])  # type: ignore[arg-type]
    before = store.rows()
    del EVENT_TYPES[OLD]  # the class of an old version is gone from the code
    UPCASTERS[OLD] = (CURRENT, now_current)

    (sealed,), (opened,) = store.read(0, 1), store.read_stream(INCIDENT)
    assert type(opened.event) is current
    assert (opened.topic, opened.version) == (CURRENT, 1)
    expected = current.model_validate({"meta": meta(), "pages": "3", "place": "arkiv", "words": "Fortroligt"})
    assert opened.event.model_copy(update={"sealed": None}) == expected
    assert sealed.event.model_copy(update={"sealed": None}) == expected.model_copy(update={"words": None})
    assert store.rows() == before
    (row,) = before
    assert (row.topic, orjson.loads(row.state)["where"]) == (OLD, "arkiv")
    assert store.rows(topics=[OLD]) == before


def test_versions_are_climbed_one_step_at_a_time() -> None:
    UPCASTERS["test.a.1"] = ("test.a.2", lambda state: {**state, "steps": [*state["steps"], 2]})
    UPCASTERS["test.a.2"] = ("test.a.3", lambda state: {**state, "steps": [*state["steps"], 3]})
    try:
        assert upcast("test.a.1", {"steps": []}) == ("test.a.3", {"steps": [2, 3]})
        assert upcast("test.a.2", {"steps": []}) == ("test.a.3", {"steps": [3]})
        assert upcast(Reported.TOPIC, {"as": "is"}) == (Reported.TOPIC, {"as": "is"})
    finally:
        del UPCASTERS["test.a.1"], UPCASTERS["test.a.2"]
