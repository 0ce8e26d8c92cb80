"""The fourth incident, amber: a foreign sign-in to a department's mailbox. The early warning falls due in 40 minutes."""

from adapters.demo.alerts import Wazuh
from adapters.demo.chapters.cast import (
    ADVISING,
    ASSESSING,
    BENEFITS,
    MAIL,
    MAIL_SYSTEM,
    MAILBOX,
    MANAGEMENT,
    NOTIFYING,
    TECHNICAL,
    TENANT,
    names,
)
from adapters.demo.steps import Alert, Step, take
from adapters.demo.times import Before

FOREIGN_SIGN_IN = Wazuh(
    TENANT,
    12,
    100531,
    ("office365", "authentication_success"),
    "Login fra udlandet til en afdelings fælles postkasse",
    "UserLoggedIn, postkasse-ydelser, land uden for EU, ny enhed, uden flerfaktor",
)
EMERGENCY = 3
"""The number of the emergency action within the incident."""
ANSWERS = {
    "q1.event_kind": "incident",
    "q1.cia": "confidentiality",
    "q1.critical_service": "no",
    "q1.disruption_now": "none",
    "q1.disruption_worst": "noticeable",
    "q1.safety": "unknown",
    "q1.data": "yes_possible",
    "q1.data_types": "confidential.cpr",
    "q1.data_damage": "yes_possible",
    "q1.malicious": "yes_inside",
    "q1.spread": "none",
    "q1.economy": "unknown",
    "q1.others": "yes_possible",
}
WORDS = {"q1.data_damage": "Sager om udbetalinger, med CPR-numre og kontonumre."}
WARNING = {
    "suspected_malicious": "yes",
    "cross_border": "unknown",
    "summary": "Fremmed login fra udlandet til en afdelings postkasse. Adgangen er lukket. Omfanget undersøges.",
}
"""The early warning as it was approved: the two facts that the law asks, and a sentence."""

MAILBOX_STEPS: tuple[Step, ...] = (
    Step(Before(23, 58), Alert(FOREIGN_SIGN_IN, Before(23, 58, 20))),
    Step(
        Before(23, 45),
        take(TECHNICAL, "emergency-action", action="Alle sessioner til postkassen er lukket, og adgangskoden er skiftet."),
    ),
    Step(
        Before(23, 30),
        take(
            ASSESSING, "correct", field="services", new=names(MAIL, BENEFITS), reason="Postkassen bruges af ydelsesafdelingen."
        ),
    ),
    Step(
        Before(23, 28),
        take(
            TECHNICAL,
            "correct",
            field="components",
            new=names(TENANT, MAIL_SYSTEM, MAILBOX),
            reason="Alarmen nævner postkassen i sin tekst.",
        ),
    ),
    Step(
        # Fifty seconds more than 40 minutes to go: the page is opened a little after the start.
        Before(23, 19, 10),
        take(
            ASSESSING,
            "assess",
            significant=True,
            nis2_category="high",
            answers=ANSWERS,
            explanations=WORDS,
            reason="Fremmede kan have læst borgeres sager i postkassen. Omfanget kendes ikke endnu.",
        ),
    ),
    Step(Before(22, 40), take(MANAGEMENT, "approve-assessment", comment="Godkendt.")),
    Step(
        Before(22, 38),
        take(MANAGEMENT, "approve-afterwards", approved_number=EMERGENCY, comment="Rigtigt at lukke adgangen straks."),
    ),
    Step(
        Before(22),
        take(ADVISING, "dpo-advice", advice="Gå ud fra et brud, indtil loggen viser andet. Risikoen er mulig, måske høj."),
    ),
    Step(
        Before(21, 50),
        take(
            ASSESSING,
            "breach",
            breach_aware_at=Before(22),
            risk="possible",
            data_types=("confidential", "cpr"),
            data_subjects=340,
            nature="Fremmede har haft adgang til postkassen i 11 minutter og kan have læst sager.",
            consequences="Misbrug af CPR-numre og kontonumre.",
            measures="Adgangen er lukket. Det, der er åbnet, gennemgås.",
        ),
    ),
    Step(
        Before(21, 30),
        take(TECHNICAL, "classify", incident_class="intrusions.unprivileged-account-compromise", tags=("T1078.004",)),
    ),
    Step(
        Before(20, 15),
        take(
            TECHNICAL,
            "note",
            to_track="B",
            text="Loggen viser ét fremmed login på 11 minutter. Det, der er åbnet, gennemgås.",
        ),
    ),
    Step(Before(1, 50), take(NOTIFYING, "draft-submission", report="early_warning", values=WARNING)),
    Step(Before(1, 10), take(MANAGEMENT, "approve-submission", report="early_warning", comment="Godkendt. Send den nu.")),
)
"""All of it."""
