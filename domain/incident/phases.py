"""The phases in which an incident is handled (KL's playbook, chapter 4.4). Which are shown, and in which order, is policy."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple


class Phase(StrEnum):
    """KL's seven. They overlap in time: handling begins before the assessment is done."""

    DISCOVERY = "discovery"
    FIRST_ASSESSMENT = "first_assessment"
    FULL_ASSESSMENT = "full_assessment"
    AUTHORITIES = "authorities"
    RECIPIENTS = "recipients"
    HANDLING = "handling"
    LEARNING = "learning"


class PhaseText(NamedTuple):
    """What a phase is called, and what it is for."""

    danish: str
    english: str
    purpose_da: str
    purpose_en: str


PHASES: Mapping[Phase, PhaseText] = {
    Phase.DISCOVERY: PhaseText(
        "Opdagelse", "Detection", "Noget er unormalt og bliver meldt internt.", "Something is out of order and is told."
    ),
    Phase.FIRST_ASSESSMENT: PhaseText(
        "Første vurdering",
        "First assessment",
        "Kan hændelsen være væsentlig, og skal den underrettes?",
        "May the incident be significant, and must it be notified?",
    ),
    Phase.FULL_ASSESSMENT: PhaseText(
        "Uddybende vurdering",
        "In-depth assessment",
        "Et dokumenteret grundlag for håndtering og underretning.",
        "A documented basis for handling and notification.",
    ),
    Phase.AUTHORITIES: PhaseText(
        "Underretning til myndighederne",
        "Notification of the authorities",
        "Rettidig og korrekt underretning gennem virk.dk.",
        "Timely and correct notification through virk.dk.",
    ),
    Phase.RECIPIENTS: PhaseText(
        "Underretning til berørte modtagere",
        "Notification of affected recipients",
        "De berørte får hurtigt at vide, hvad der er sket, og hvad de kan gøre.",
        "Those affected soon learn what has happened and what they can do.",
    ),
    Phase.HANDLING: PhaseText(
        "Håndtering og afværgeforanstaltninger",
        "Handling and containment",
        "Skaden begrænses, og driften genoprettes.",
        "The damage is limited and operation restored.",
    ),
    Phase.LEARNING: PhaseText(
        "Opfølgning og læring",
        "Follow-up and learning",
        "Erfaringen bliver til forbedringer.",
        "What was learnt becomes improvements.",
    ),
}
