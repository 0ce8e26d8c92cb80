"""The second incident, closed without a duty: phishing that was stopped."""

from adapters.demo.chapters.cast import (
    ASSESSING,
    DESK,
    DOCUMENTING,
    FINANCE_ADMINISTRATION,
    MAIL,
    MAIL_FILTER,
    NOTIFYING,
    TECHNICAL,
)
from adapters.demo.steps import Step, take
from adapters.demo.times import Clock

ANSWERS = {
    "q1.event_kind": "near_miss",
    "q1.cia": "confidentiality",
    "q1.critical_service": "no",
    "q1.disruption_now": "none",
    "q1.disruption_worst": "none",
    "q1.safety": "no",
    "q1.data": "no",
    "q1.malicious": "yes",
    "q1.spread": "none",
    "q1.economy": "no",
    "q1.others": "no",
}

PHISHING: tuple[Step, ...] = (
    Step(
        Clock(9, "08:42:00"),
        take(
            DESK,
            "report",
            occurred=Clock(9, "08:25:00"),
            title="Falske fakturamails stoppet i postfilteret",
            description="14 mails med link til en falsk loginside. Ingen har åbnet linket.",
            place="Økonomi",
            administration=FINANCE_ADMINISTRATION,
            told_by="employee",
            severity="low",
            kind="near_miss",
            services=(MAIL,),
            components=(MAIL_FILTER,),
        ),
    ),
    Step(
        Clock(9, "08:55:00"),
        take(TECHNICAL, "measure", measure="Afsenderens domæne er spærret, og mailene er fjernet fra de 14 postkasser."),
    ),
    Step(
        Clock(9, "09:20:00"),
        take(
            ASSESSING,
            "assess",
            significant=False,
            nis2_category="medium",
            answers=ANSWERS,
            reason="Stoppet, før nogen åbnede linket. Ingen tjenester og ingen oplysninger er berørt.",
        ),
    ),
    Step(
        Clock(9, "09:35:00"),
        take(
            NOTIFYING,
            "decline-voluntary",
            reason="Frivillig underretning er overvejet. Det er en kendt bølge, som myndighederne har varslet om.",
        ),
    ),
    Step(Clock(9, "09:40:00"), take(TECHNICAL, "classify", incident_class="fraud.phishing", tags=("T1566.002",))),
    Step(
        Clock(9, "09:45:00"),
        take(DOCUMENTING, "lesson", area="procedures", lesson="Økonomi ringede med det samme. Det er sådan, det skal være."),
    ),
    Step(
        Clock(9, "09:50:00"),
        take(DOCUMENTING, "close", reason="near_miss", summary="Nærved-hændelse. Ingen pligt til at underrette."),
    ),
)
"""All of it."""
