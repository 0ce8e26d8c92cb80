"""Whatever is proposed in whatever order, the incident says yes or names its refusal, and its log replays to what it was."""

from datetime import timedelta
from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.deadlines import duties
from domain.errors import InvalidInputError, RefusedError
from domain.incident import events as e
from domain.incident.events import IncidentEvent
from domain.incident.evolve import evolve, replay
from domain.incident.state import Incident
from domain.incident.steps import decide
from domain.incident.transitions import BY_EVENT, Nature
from tests.support.incidents import (
    INCIDENT,
    NOW,
    approved,
    assessed,
    at,
    closed,
    corrected,
    early_warning,
    final_report,
    meta,
    missed,
    mitigated,
    notified,
    reopened,
    reported,
    status_report,
)
from tests.support.proposals import PROPOSALS

HOURS = st.integers(-48, 24 * 100)
KINDS = st.sampled_from(["early_warning", "incident_notification", "final_report", "status_report"])
TEXTS = st.sampled_from([None, "", "Ord"])
FIELDS = st.sampled_from(["title", "description", "place", "severity", "kind", "detected_at", "services", "components"])
VALUES = st.sampled_from([None, "", "low", "threat", "a, b", "2026-11-20 12:00", at(50).isoformat(), "2026-10-25 02:30"])

proposals: st.SearchStrategy[IncidentEvent] = st.one_of(
    st.builds(reported, HOURS),
    st.builds(lambda h, s: assessed(h, significant=s), HOURS, st.booleans()),
    st.builds(approved, HOURS),
    st.builds(lambda h, k, r: e.AwarenessDeclared(meta=meta(h), aware_at=at(k), reason=r), HOURS, HOURS, TEXTS),
    st.builds(early_warning, HOURS),
    st.builds(notified, HOURS),
    st.builds(status_report, HOURS),
    st.builds(final_report, HOURS),
    st.builds(mitigated, HOURS),
    st.builds(lambda r, h, d: closed(r, h, duplicate_of=d), st.sampled_from(e.CloseReason), HOURS, st.none() | st.uuids()),
    st.builds(reopened, HOURS, TEXTS),
    st.builds(corrected, FIELDS, VALUES, HOURS),
    st.builds(missed, KINDS, HOURS),
    st.builds(lambda h, t: e.NoteAdded(meta=meta(h), text=t), HOURS, TEXTS),
    st.builds(lambda h, t: e.MeasureTaken(meta=meta(h), measure=t), HOURS, TEXTS),
    st.builds(lambda h, t: e.EmergencyActionTaken(meta=meta(h), action=t), HOURS, TEXTS),
    st.builds(lambda h, t: e.RecipientsNotified(meta=meta(h), recipients=t), HOURS, TEXTS),
    st.builds(lambda h, t: e.VoluntaryNotificationDeclined(meta=meta(h), reason=t), HOURS, TEXTS),
    st.sampled_from(PROPOSALS),
)


assert len(PROPOSALS) == len(get_args(IncidentEvent))


@given(st.lists(proposals, max_size=30), st.booleans())
@settings(max_examples=300, deadline=None)
def test_any_sequence_of_steps_gives_events_or_named_refusals_and_replays_to_the_same_state(
    steps: list[IncidentEvent],
    report_first: bool,  # noqa: FBT001 - hypothesis passes by position
) -> None:
    incident: Incident | None = None
    log: list[IncidentEvent] = []
    for proposed in [reported(), *steps] if report_first else steps:
        try:
            events = decide(incident, proposed, now=NOW)
        except RefusedError:
            # Facts from outside never are, nor what Sporlog does by itself; an extract it makes because a person asks for it.
            act = BY_EVENT[type(proposed)].nature is Nature.ACT or isinstance(proposed, e.Reported | e.RecordsExtracted)
            assert incident is None or incident.disposed or act
            continue
        except InvalidInputError:
            continue
        for event in events:
            incident = evolve(incident, event, aggregate_id=INCIDENT)
            log.append(event)
        assert incident is not None
        assert incident.version == len(log)
        assert proposed.meta.occurred_at <= NOW + timedelta(minutes=5)
        if isinstance(proposed, e.Closed):
            owed = [duty for duty in duties(incident.clock_facts(), incident.sent) if duty.discharged_at is None]
            assert not [duty for duty in owed if duty.deadline.statutory]
        if incident.aware_at is not None:
            assert incident.detected_at <= incident.aware_at
    assert replay(INCIDENT, log) == incident
    stored = [type(event).model_validate_json(event.model_dump_json(exclude_none=True)) for event in log]
    assert stored == log
    half = len(log) // 2
    assert replay(INCIDENT, log[half:], replay(INCIDENT, log[:half])) == incident
