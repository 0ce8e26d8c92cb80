"""The eight roles of the two tracks (KL's playbook, model 4.3.2 and bilag 4c), and the advisers beside them.

A municipality gives them to mailboxes or users and may put several in one hand; titles differ, the tasks do not.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple


class Track(StrEnum):
    """Spor A is operations, Spor B is compliance; they run in parallel and never wait for each other."""

    A = "A"
    B = "B"
    BOTH = "A+B"


class Role(StrEnum):
    """A task that somebody holds. The last two advise and decide nothing."""

    INCIDENT_RECEIVER = "incident_receiver"
    TECHNICAL_LEAD = "technical_lead"
    SUPPLIER_COORDINATOR = "supplier_coordinator"
    RESTORATION_LEAD = "restoration_lead"
    ASSESSOR = "assessor"
    NOTIFIER = "notifier"
    DOCUMENTATION_LEAD = "documentation_lead"
    DECISION_MAKER = "decision_maker"
    DPO = "dpo"
    SYSTEM_OWNER = "system_owner"


class RoleText(NamedTuple):
    """What people call a role, and what it is there for."""

    track: Track
    danish: str
    english: str
    task_da: str
    task_en: str


ROLES: Mapping[Role, RoleText] = {
    Role.INCIDENT_RECEIVER: RoleText(
        Track.A,
        "Hændelsesmodtager",
        "Incident receiver",
        "Modtager og registrerer hændelser (hvad, hvor, hvornår) og sætter begge spor i gang.",
        "Takes in and registers incidents (what, where, when) and sets both tracks going.",
    ),
    Role.TECHNICAL_LEAD: RoleText(
        Track.A,
        "Teknisk hændelsesansvarlig",
        "Technical incident lead",
        "Leder analyse og inddæmning, begrænser skaden, noterer fakta og giver status til spor B.",
        "Leads analysis and containment, limits the damage, notes facts and gives track B its status.",
    ),
    Role.SUPPLIER_COORDINATOR: RoleText(
        Track.A,
        "Leverandørkoordinator",
        "Supplier coordinator",
        "Inddrager leverandører i tide, indhenter status og sørger for, at de holder krav og frister.",
        "Involves suppliers in time, gets their status and sees to it that they keep demands and limits.",
    ),
    Role.RESTORATION_LEAD: RoleText(
        Track.A,
        "Driftsgenopretningsansvarlig",
        "Service-restoration lead",
        "Planlægger og gennemfører genopretning, prøver af før idriftsættelse og informerer fagområderne.",
        "Plans and carries out restoration, tests before going live and informs the subject areas.",
    ),
    Role.ASSESSOR: RoleText(
        Track.B,
        "Væsentlighedsvurderingsansvarlig",
        "Significance-assessment lead",
        "Gennemgår spørgeguiden, begrunder vurderingen og anbefaler underretning.",
        "Goes through the question guide, gives the reasons and recommends notification.",
    ),
    Role.NOTIFIER: RoleText(
        Track.B,
        "Underretningsansvarlig",
        "Notification lead",
        "Skriver og indsender underretninger på virk.dk i tide og sørger for besked til berørte modtagere.",
        "Writes and submits the notifications on virk.dk in time and sees to it that affected recipients are told.",
    ),
    Role.DOCUMENTATION_LEAD: RoleText(
        Track.B,
        "Governance- og dokumentationsansvarlig",
        "Governance and documentation lead",
        "Sikrer sporbarhed, journalisering og læring og følger op på aftalte tiltag.",
        "Sees to traceability, filing and learning, and follows up on what was agreed.",
    ),
    Role.DECISION_MAKER: RoleText(
        Track.B,
        "Ledelsesbeslutningstager",
        "Management decision-maker",
        "Godkender vurdering og underretning og beslutter eskalering, beredskab og krisestab.",
        "Approves assessment and notification and decides on escalation, contingency and crisis staff.",
    ),
    Role.DPO: RoleText(
        Track.BOTH,
        "Databeskyttelsesrådgiver (DPO)",
        "Data protection officer (DPO)",
        "Rådgiver om brud på persondatasikkerheden; den dataansvarlige beslutter.",
        "Advises on personal data breaches; the controller decides.",
    ),
    Role.SYSTEM_OWNER: RoleText(
        Track.BOTH,
        "Systemejer",
        "System owner",
        "Bidrager med viden om systemet, dets brugere og dets data.",
        "Contributes what is known of the system, its users and its data.",
    ),
}
ADVISERS = frozenset({Role.DPO, Role.SYSTEM_OWNER})
EVERY_TRACK_ROLE = frozenset(Role) - ADVISERS
