"""The one table of steps: which event, whose word it is, whose track, which paragraph, and from which status.

A FACT happened outside Sporlog and is always recorded, with its deviations. An ACT is Sporlog's own (assess, close, move a
clock) and is refused by name when its status or its conditions are wrong. SYSTEM steps are never taken by a person.
"""

from enum import StrEnum
from typing import NamedTuple

from domain.events import DomainEvent
from domain.incident import events as e
from domain.incident.state import Status
from domain.roles import Track


class Nature(StrEnum):
    """Who decides whether the step can be recorded."""

    FACT = "fact"
    ACT = "act"
    SYSTEM = "system"


class Transition(NamedTuple):
    """`allowed_from` binds acts; a fact outside of it is recorded with the deviation `after-close`."""

    step: str
    event: type[DomainEvent]
    nature: Nature
    track: Track
    paragraph: str
    danish: str
    english: str
    allowed_from: frozenset[Status]


OPEN = frozenset({Status.REPORTED, Status.ASSESSED, Status.MITIGATED})
ANY = frozenset(Status)
A, B, BOTH = Track.A, Track.B, Track.BOTH
FACT, ACT, SYSTEM = Nature.FACT, Nature.ACT, Nature.SYSTEM

TRANSITIONS: tuple[Transition, ...] = (
    Transition("report", e.Reported, FACT, BOTH, "§ 6", "Registrér hændelse", "Report", frozenset()),
    Transition("attach-signal", e.SignalAttached, SYSTEM, A, "§ 6", "Alarm tilknyttet", "Signal attached", OPEN),
    Transition("measure", e.MeasureTaken, FACT, A, "§ 6", "Foranstaltning udført", "Measure taken", OPEN),
    Transition("emergency-action", e.EmergencyActionTaken, FACT, A, "§ 6", "Nødhandling udført", "Emergency action", OPEN),
    Transition("note", e.NoteAdded, FACT, BOTH, "§ 6", "Notat", "Note", ANY),
    Transition("assess", e.Assessed, ACT, B, "§ 12, stk. 2", "Vurdér væsentlighed", "Assess significance", OPEN),
    Transition("approve-assessment", e.AssessmentApproved, ACT, B, "§ 7", "Godkend vurdering", "Approve assessment", OPEN),
    Transition("declare-awareness", e.AwarenessDeclared, ACT, B, "§ 13, stk. 1", "Fastsæt kendskab", "Declare awareness", OPEN),
    Transition(
        "early-warning", e.EarlyWarningSent, FACT, B, "§ 13, stk. 1, nr. 1", "Tidlig varsling sendt", "Early warning sent", OPEN
    ),
    Transition(
        "incident-notification",
        e.IncidentNotificationSent,
        FACT,
        B,
        "§ 13, stk. 1, nr. 2",
        "Hændelsesunderretning sendt",
        "Incident notification sent",
        OPEN,
    ),
    Transition(
        "status-report", e.StatusReportSent, FACT, B, "§ 13, stk. 1, nr. 5", "Statusrapport sendt", "Status report sent", OPEN
    ),
    Transition(
        "final-report", e.FinalReportSent, FACT, B, "§ 13, stk. 1, nr. 4", "Endelig rapport sendt", "Final report sent", OPEN
    ),
    Transition("recipients", e.RecipientsNotified, FACT, B, "§ 15", "Modtagere underrettet", "Recipients notified", OPEN),
    Transition(
        "decline-voluntary",
        e.VoluntaryNotificationDeclined,
        FACT,
        B,
        "§ 14",
        "Frivillig underretning fravalgt",
        "Voluntary notification declined",
        OPEN,
    ),
    Transition("deadline-missed", e.DeadlineMissed, SYSTEM, B, "§ 13", "Frist overskredet", "Deadline missed", ANY),
    Transition("mitigate", e.Mitigated, FACT, A, "§ 3, nr. 13", "Hændelsen er håndteret", "Mitigated", OPEN),
    Transition("close", e.Closed, ACT, BOTH, "§ 6", "Luk hændelse", "Close", OPEN),
    Transition("reopen", e.Reopened, ACT, BOTH, "§ 6", "Genåbn hændelse", "Reopen", frozenset({Status.CLOSED})),
    Transition("correct", e.Corrected, ACT, BOTH, "§ 6", "Ret oplysning", "Correct", ANY),
)

BY_EVENT: dict[type[DomainEvent], Transition] = {t.event: t for t in TRANSITIONS}
BY_STEP: dict[str, Transition] = {t.step: t for t in TRANSITIONS}
