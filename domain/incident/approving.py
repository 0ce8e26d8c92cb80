"""Four eyes: who may approve what, and until when a second person approves what was done without them."""

from datetime import datetime, timedelta

from domain.incident import errors as err
from domain.incident import events as e
from domain.incident.state import Incident
from domain.policy import Authority, Policy


def approve_assessment(
    incident: Incident, approved: e.AssessmentApproved, authority: Authority, now: datetime
) -> e.AssessmentApproved:
    """Approve the last assessment. Raises `AssessmentMissingError`, `OwnApprovalError`, `AloneNotAllowedError`."""
    if incident.significant is None:
        msg = f"{incident.reference} is not assessed: there is nothing to approve yet"
        raise err.AssessmentMissingError(msg)
    alone = _check_four_eyes(incident.work.assessed_by, approved.meta.actor, authority.policy, alone=approved.alone)
    return approved.model_copy(update={"approve_by": approve_by(authority.policy, now) if alone else None, "alone": alone})


def reject_assessment(incident: Incident) -> None:
    """Raises `AssessmentMissingError`. Whoever assessed may also take it back."""
    if incident.significant is None:
        msg = f"{incident.reference} is not assessed: there is nothing to reject"
        raise err.AssessmentMissingError(msg)


def approve_submission(
    incident: Incident, approved: e.SubmissionApproved, authority: Authority, now: datetime
) -> e.SubmissionApproved:
    """Approve the last draft of a kind. Raises also `NothingToApproveError`, `FinalBeforeHandledError`."""
    draft = incident.work.drafts.get(approved.report.value)
    if draft is None:
        msg = f"{incident.reference} has no draft of {approved.report}: write one first (draft-submission)"
        raise err.NothingToApproveError(msg)
    if approved.report.value == "final_report" and incident.handled_at is None and not approved.override:
        msg = (
            f"{incident.reference} is not recorded as handled: while it runs the law asks for a statusrapport. Record that it "
            "is handled, or approve the final report all the same with override"
        )
        raise err.FinalBeforeHandledError(msg)
    alone = _check_four_eyes(draft.actor, approved.meta.actor, authority.policy, alone=approved.alone)
    due = approve_by(authority.policy, now) if alone else None
    return approved.model_copy(update={"draft": draft.number, "alone": alone, "approve_by": due})


def approve_afterwards(incident: Incident, approved: e.ApprovedAfterwards, authority: Authority) -> None:
    """Raises `NothingToApproveError`, `OwnApprovalError`."""
    number = approved.approved_number
    if str(number) not in incident.awaiting:
        waiting = ", ".join(sorted(incident.awaiting, key=int)) or "none"
        msg = f"number {number} of {incident.reference} waits for no approval; waiting: {waiting}"
        raise err.NothingToApproveError(msg)
    if authority.policy.four_eyes and incident.work.proposers.get(number) == approved.meta.actor:
        msg = f"{approved.meta.actor} did number {number} of {incident.reference}: a second person must approve it"
        raise err.OwnApprovalError(msg)


def approve_by(policy: Policy, now: datetime) -> datetime | None:
    """Until when a second person approves; None when the policy asks for no second person."""
    return now + timedelta(hours=policy.approve_within_hours) if policy.four_eyes else None


def _check_four_eyes(proposer: str | None, approver: str, policy: Policy, *, alone: bool) -> bool:
    """Whether this is an approval by somebody alone on duty. Raises `OwnApprovalError`, `AloneNotAllowedError`."""
    if not policy.four_eyes or proposer != approver:
        return False
    if not alone:
        msg = f"{approver} proposed it: a second person must approve. If you are alone on duty, say so (alone)"
        raise err.OwnApprovalError(msg)
    if not policy.alone_on_duty:
        msg = "the policy lets nobody approve their own, also not alone on duty: get hold of a second person"
        raise err.AloneNotAllowedError(msg)
    return True
