"""When an incident may end."""

from domain.deadlines import duties
from domain.incident import errors as err
from domain.incident.events import Closed, CloseReason
from domain.incident.state import Incident
from domain.time import rfc3339_local


def check_close(incident: Incident, closed: Closed) -> None:
    """Raises `OpenDutyError`, `AssessmentMissingError`, `NotMitigatedError`, `DuplicateOfMissingError`."""
    owed = [duty.deadline for duty in duties(incident.clock_facts(), incident.sent) if duty.owed]
    statutory = [deadline for deadline in owed if deadline.statutory]
    if statutory:
        names = ", ".join(f"{d.kind} ({d.paragraph}, due {rfc3339_local(d.due_at)})" for d in statutory)
        msg = f"{incident.reference} cannot be closed, still owed: {names}. Record them when sent, or assess the incident anew"
        raise err.OpenDutyError(msg)
    asked = incident.significant is not False and "interim" in incident.triggers
    if asked and incident.sent.keys().isdisjoint({"interim_report", "final_report"}):
        # Without a date of the CSIRT's it has no clock, and is owed all the same.
        msg = f"{incident.reference} cannot be closed, the CSIRT asked for a foreløbig rapport: record interim-report when sent"
        raise err.OpenDutyError(msg)
    match closed.reason:
        case CloseReason.RESOLVED if incident.significant is None:
            msg = f"{incident.reference} was never assessed: assess it, or close it with another reason than resolved"
            raise err.AssessmentMissingError(msg)
        case CloseReason.RESOLVED if incident.handled_at is None:
            msg = f"{incident.reference} is not recorded as mitigated: record that first"
            raise err.NotMitigatedError(msg)
        case CloseReason.NOT_SIGNIFICANT if incident.significant is not False:
            msg = f"{incident.reference} is not assessed as not significant: record that assessment with its reason first"
            raise err.AssessmentMissingError(msg)
        case CloseReason.DUPLICATE if closed.duplicate_of is None or closed.duplicate_of == incident.id:
            msg = f"{incident.reference}: name the other incident in duplicate_of"
            raise err.DuplicateOfMissingError(msg)
        case _:
            pass
