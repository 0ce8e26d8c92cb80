"""A legal hold keeps an incident from being erased until somebody lifts it, and says since when and why."""

import pytest

from domain.incident import events as e
from domain.incident.errors import AlreadyHeldError, LegalHoldError, NotHeldError, ReasonMissingError
from domain.incident.evolve import replay
from domain.incident.holding import check_not_held
from domain.incident.state import Incident
from tests.spec import given
from tests.support.incidents import INCIDENT, at, closed, meta, reported

HELD = e.HoldPlaced(meta=meta(50), reason="Tilsynet har bedt om sagen")
LIFTED = e.HoldLifted(meta=meta(60), reason="Tilsynet er færdigt")


def incident(*events: e.IncidentEvent) -> Incident:
    found = replay(INCIDENT, (reported(), *events))
    assert found is not None
    return found


def test_a_hold_stands_from_when_it_was_placed_until_it_is_lifted() -> None:
    assert incident(HELD).held_at == at(50)
    assert incident(HELD, LIFTED).held_at is None


def test_what_is_held_is_not_erased_and_the_refusal_says_what_to_do() -> None:
    with pytest.raises(LegalHoldError, match=r"H-2026-0042 has a legal hold since .*lift-hold"):
        check_not_held(incident(HELD))
    check_not_held(incident(HELD, LIFTED))


def test_a_closed_incident_can_be_held_and_stays_closed() -> None:
    over = closed(reason=e.CloseReason.NOT_AN_INCIDENT)
    given(reported(), over).when(HELD).decided()
    assert incident(over, HELD).status == incident(over).status


def test_a_hold_needs_a_reason() -> None:
    given(reported()).when(e.HoldPlaced(meta=meta(50))).then_refused(ReasonMissingError, "place-hold: `reason`")
    given(reported(), HELD).when(e.HoldLifted(meta=meta(60))).then_refused(ReasonMissingError, "lift-hold: `reason`")


def test_there_is_one_hold_at_a_time() -> None:
    given(reported(), HELD).when(HELD).then_refused(AlreadyHeldError, "held since 2026-11-22")
    given(reported()).when(LIFTED).then_refused(NotHeldError, "has no legal hold")
    given(reported(), HELD, LIFTED).when(HELD).decided()
