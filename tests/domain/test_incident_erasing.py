"""Erasing is proposed and approved by two people, never under a hold, and leaves of the state what it says it leaves."""

from datetime import timedelta
from typing import Any

import pytest

from domain.incident import errors as err
from domain.incident import events as e
from domain.incident.erasing import erasable, reports_of, rest_of
from domain.incident.evolve import replay
from domain.incident.state import Incident, Status
from tests.spec import given
from tests.support.incidents import INCIDENT, NOW, closed, corrected, drafted, early_warning, meta, notified, reported

HELD = e.HoldPlaced(meta=meta(60), reason="Tilsynet har bedt om sagen")


def proposed(number: int = 1, path: str = "title", **more: Any) -> e.RedactionProposed:  # noqa: ANN401 - the event's fields
    told = {"redacted_number": number, "path": path, "legal_basis": "right_to_erasure", "reason": "Et navn", "meta": meta(50)}
    return e.RedactionProposed.model_validate(told | more)


def redacted(proposal: int = 2, actor: str = "u-8", **more: Any) -> e.Redacted:  # noqa: ANN401 - the event's fields
    return e.Redacted.model_validate({"meta": meta(51, actor=actor), "proposal_number": proposal} | more)


def disposal(**more: Any) -> e.DisposalProposed:  # noqa: ANN401 - the event's fields
    told = {"ground": "stated", "archive_check": "delivered", "legal_basis": "archive_rules", "reason": "Gammel"}
    return e.DisposalProposed.model_validate(told | {"meta": meta(900)} | more)


def disposed(proposal: int = 3, actor: str = "u-8") -> e.Disposed:
    return e.Disposed(meta=meta(901, actor=actor), proposal_number=proposal)


def state(*events: e.IncidentEvent) -> Incident:
    found = replay(INCIDENT, events)
    assert found is not None
    return found


def test_what_is_approved_is_what_was_proposed() -> None:
    (approved,) = given(reported(), proposed()).when(redacted()).decided()
    assert isinstance(approved, e.Redacted)
    told = (approved.redacted_number, approved.path, approved.legal_basis, approved.proposed_by, approved.meta.actor)
    assert told == (1, "title", "right_to_erasure", "u-7", "u-8")


def test_nobody_approves_their_own_whatever_the_policy() -> None:
    given(reported(), proposed()).when(redacted(actor="u-7")).then_refused(err.OwnApprovalError, "u-7 proposed number 2")
    given(reported(), closed(), disposal()).when(disposed(actor="u-7")).then_refused(err.OwnApprovalError)


@pytest.mark.parametrize(
    ("before", "approval", "says"),
    [
        ((reported(),), redacted(), "no proposal to erase with number 2 of H|waiting: none"),
        ((reported(), proposed(), redacted(redacted_number=1, path="title")), redacted(), "waiting: none"),
        ((reported(), closed(), disposal()), redacted(3), "proposes a disposal: approve it with dispose"),
        ((reported(), proposed(), closed()), disposed(2), "proposes a redaction: approve it with redact"),
    ],
)
def test_only_a_proposal_that_waits_can_be_approved(
    before: tuple[e.IncidentEvent, ...], approval: e.IncidentEvent, says: str
) -> None:
    given(*before).when(approval).then_refused(err.NothingToApproveError, says)


def test_a_rejected_proposal_waits_no_longer() -> None:
    rejected = e.ErasureRejected(meta=meta(52), proposal_number=2, reason="Skal gemmes")
    given(reported(), proposed()).when(rejected).then(rejected)
    given(reported(), proposed(), rejected).when(redacted()).then_refused(err.NothingToApproveError)
    given(reported()).when(rejected).then_refused(err.NothingToApproveError)


def test_a_legal_hold_keeps_everything() -> None:
    given(reported(), proposed(), HELD).when(redacted()).then_refused(err.LegalHoldError)
    given(reported(), closed(), disposal(), HELD).when(disposed()).then_refused(err.LegalHoldError)


def test_a_retention_period_must_have_passed_at_the_approval_too() -> None:
    ends = NOW - timedelta(days=1)
    passed = disposal(ground="retention_passed", retained_until=ends)
    given(reported(), closed()).when(passed).then(passed)
    given(reported(), closed()).when(disposal(ground="retention_passed")).then_refused(err.RetentionRunsError, "say until when")
    early = ends - timedelta(hours=1)
    given(reported(), closed()).when(passed, now=early).then_refused(err.RetentionRunsError, "is to be kept until")
    given(reported(), closed(), passed).when(disposed(), now=early).then_refused(err.RetentionRunsError)


def test_an_open_incident_is_not_disposed_of() -> None:
    given(reported()).when(disposal()).then_refused(err.StepNotAllowedError, "possible from closed")


def test_after_a_disposal_nothing_more_is_recorded_facts_neither() -> None:
    over = given(reported(), closed(), disposal(), disposed())
    for more in (e.NoteAdded(meta=meta(902), text="Mere"), e.Reopened(meta=meta(902), reason="Igen")):
        over.when(more).then_refused(err.IncidentDisposedError, "H-2026-0042 was disposed of")


def test_the_state_forgets_the_text_that_was_told_last_and_no_other() -> None:
    new = corrected("title", "Nyt", old="Gammelt")
    both = (reported(), new)
    assert state(*both, redacted(redacted_number=1, path="title")).title == "Nyt"
    assert state(*both, redacted(redacted_number=2, path="new")).title is None
    assert state(reported(description="Ord"), redacted(redacted_number=1, path="title")).description == "Ord"
    # The same state from the log without the text, as after the key is destroyed.
    without = (reported(title=None), new, redacted(redacted_number=2, path="new"))
    assert state(*both, redacted(redacted_number=2, path="new")) == state(*without)


def test_a_draft_forgets_the_text_that_is_removed_from_it() -> None:
    draft = drafted("early_warning", values={"summary": "Et navn", "where": "Rådhuset"})
    one = state(reported(), draft, redacted(redacted_number=2, path="values.summary"))
    assert one.work.drafts["early_warning"].values == {"where": "Rådhuset"}
    assert state(reported(), draft, redacted(redacted_number=2, path="values")).work.drafts["early_warning"].values == {}


def test_a_tombstone_has_the_dates_the_category_and_the_notices() -> None:
    told = (reported(), early_warning(), notified(), closed(), disposal(), disposed(5))
    left = state(*told)
    assert (left.status, left.disposed, left.title, left.components) == (Status.CLOSED, True, None, ())
    assert set(left.sent) == {"early_warning", "incident_notification"}
    assert left.detected_at == reported().detected_at
    assert [(one.kind, one.number) for one in reports_of(told)] == [("early_warning", 2), ("incident_notification", 3)]


def test_what_can_be_erased_are_texts_and_the_rest_stays() -> None:
    draft = drafted("early_warning", values={"summary": "Et navn", "where": "Rådhuset"})
    assert erasable(draft) == ("values", "values.summary", "values.where")
    assert rest_of(draft, "values.summary") == {"values": {"where": "Rådhuset"}}
    assert rest_of(draft, "values") == {}
    assert rest_of(reported(description="Ord"), "title") == {"description": "Ord"}
    assert erasable(redacted(kept={"title": "Ord"})) == ()
