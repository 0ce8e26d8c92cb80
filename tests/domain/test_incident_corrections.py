"""A correction keeps the old value in the log, in clear only what is clear anyway, and is itself never ambiguous."""

import pytest

from domain.errors import InvalidInputError
from domain.events import DomainEvent
from domain.incident.corrections import as_text
from domain.incident.errors import AwareBeforeDetectionError, InTheFutureError, NothingToCorrectError, ReasonMissingError
from domain.incident.events import BreachRegistered, CorrectableField, Corrected
from domain.incident.evolve import replay
from domain.incident.state import Incident
from domain.time import AmbiguousTimeError
from tests.spec import given
from tests.support.incidents import INCIDENT, assessed, at, aware, closed, corrected, meta, reported

BEFORE = reported(description="Fejl 500", services=("sager",))


def after(*events: DomainEvent) -> Incident:
    state = replay(INCIDENT, (BEFORE, *events))
    assert state is not None
    return state


def decided(proposed: Corrected) -> Corrected:
    (event,) = given(BEFORE).when(proposed).decided()
    assert isinstance(event, Corrected)
    return event


@pytest.mark.parametrize(
    ("field", "new", "old"),
    [
        ("title", "Sagssystemet er nede", "Sagssystemet svarer ikke"),
        ("description", "", "Fejl 500"),
        ("place", "Rådhuset", None),
    ],
)
def test_a_confidential_field_is_corrected_under_seal_and_the_old_value_is_filled_in(
    field: CorrectableField, new: str, old: str | None
) -> None:
    event = decided(corrected(field, new, old="noget andet"))
    assert (event.old, event.new, event.clear_old, event.clear_new) == (old, new, None, None)
    assert getattr(after(event), field) == (new or None)


@pytest.mark.parametrize(
    ("field", "new", "clear_old", "clear_new"),
    [
        ("severity", " low ", "high", "low"),
        ("kind", "near_miss", "incident", "near_miss"),
        ("components", "db-1, ,db-2", "db-1", "db-1, db-2"),
        ("services", "", "sager", ""),
        ("detected_at", "20.11.2026 kl. 14.20", "2026-11-20T14:20:00+00:00", "2026-11-20T13:20:00+00:00"),
    ],
)
def test_a_clear_field_is_corrected_in_clear(field: CorrectableField, new: str, clear_old: str, clear_new: str) -> None:
    event = decided(corrected(field, new))
    assert (event.old, event.new, event.clear_old, event.clear_new) == (None, None, clear_old, clear_new)
    assert as_text(getattr(after(event), field)) == clear_new


def test_taking_a_text_out_is_a_correction_too() -> None:
    event = decided(corrected("description", None))
    assert (event.old, event.new) == ("Fejl 500", "")
    assert after(event).description is None


def test_an_erased_correction_leaves_the_field_as_it_was() -> None:
    erased = decided(corrected("title", "Nyt")).model_copy(update={"old": None, "new": None})
    assert after(erased).title == BEFORE.title


@pytest.mark.parametrize(
    ("field", "new", "says"),
    [
        ("severity", "high", "severity is 'high' already"),
        ("title", "Sagssystemet svarer ikke", "already"),
        ("description", "Fejl 500", "already"),
        ("place", None, "place is None already"),
        ("components", "db-1", "components is 'db-1' already"),
        ("title", " ", "title cannot be empty"),
        ("severity", "terrible", "use one of critical, high, medium, low, info"),
        ("kind", None, "use one of incident, near_miss, threat, planned_work"),
    ],
)
def test_what_corrects_nothing_is_refused(field: CorrectableField, new: str | None, says: str) -> None:
    given(BEFORE).when(corrected(field, new)).then_refused(NothingToCorrectError, says)


def test_a_correction_needs_its_reason() -> None:
    given(BEFORE).when(corrected("title", "Nyt", reason="")).then_refused(ReasonMissingError)


def test_detection_is_corrected_by_the_rules_for_times() -> None:
    given(BEFORE).when(corrected("detected_at", "2026-10-25 02:30")).then_refused(AmbiguousTimeError)
    given(BEFORE).when(corrected("detected_at", "2026-11-20 16:20", hours=0), now=at(0)).then_refused(
        InTheFutureError, "^detected_at "
    )
    with pytest.raises(InvalidInputError):
        given(BEFORE).when(corrected("detected_at", "i går")).decided()


def test_detection_cannot_be_moved_behind_awareness() -> None:
    before = given(BEFORE, assessed(1), aware(1))
    before.when(corrected("detected_at", at(2).isoformat())).then_refused(AwareBeforeDetectionError, "declare the awareness")
    assert before.when(corrected("detected_at", at(1).isoformat())).decided()


def test_detection_cannot_be_moved_behind_the_awareness_of_a_breach() -> None:
    before = given(BEFORE, BreachRegistered(meta=meta(2), breach_aware_at=at(1), risk="possible"))
    before.when(corrected("detected_at", at(2).isoformat())).then_refused(AwareBeforeDetectionError, "of the breach")
    assert before.when(corrected("detected_at", at(1).isoformat())).decided()


@pytest.mark.parametrize(
    ("word", "yes"), [("yes", True), ("Ja", True), ("true", True), ("no", False), ("nej", False), ("False", False)]
)
def test_a_yes_or_no_is_read_in_both_languages(word: str, *, yes: bool) -> None:
    before = BEFORE.model_copy(update={"trust_service": not yes})
    (event,) = given(before).when(corrected("trust_service", word)).decided()
    assert isinstance(event, Corrected)
    assert event.clear_new == ("yes" if yes else "no")


def test_a_closed_incident_can_still_be_corrected() -> None:
    (event,) = given(BEFORE, closed()).when(corrected("title", "Nyt")).decided()
    assert isinstance(event, Corrected)


def test_a_long_list_is_corrected_and_can_be_read_back() -> None:
    names = ", ".join(f"db-{number}" for number in range(400))
    event = decided(corrected("components", names))
    assert Corrected.model_validate_json(event.model_dump_json()) == event
    assert len(after(event).components) == 400
