"""The third incident, red: a shared national sign-in was down. It works again, and the 72-hour notification is not recorded."""

from adapters.demo.alerts import Alertmanager
from adapters.demo.chapters.cast import (
    ASSESSING,
    BENEFIT_SERVER,
    BENEFIT_SYSTEM,
    BENEFITS,
    CITIZEN_SERVICE,
    LOGIN_ADDRESS,
    MANAGEMENT,
    NATIONAL_LOGIN,
    NOTIFYING,
    SCHOOL_PORTAL,
    SCHOOL_SERVER,
    SCHOOLS,
    SELF_SERVICE,
    SPARE_WEB_SERVER,
    SUPPLIERS,
    TECHNICAL,
    WEB_SERVER,
    names,
)
from adapters.demo.steps import Alert, Missed, Over, Step, take
from adapters.demo.times import After, Before
from domain.deadline_rules import DeadlineKind

LOGIN_DOWN = Alertmanager(
    "NationaltLoginNede",
    "critical",
    LOGIN_ADDRESS,
    NATIONAL_LOGIN,
    "Fælles nationalt login svarer ikke",
    "Testlogin udefra har fejlet fem gange i træk",
)
PROVIDER = "Fælleslogin Drift"
ANSWERS = {
    "q1.event_kind": "incident",
    "q1.cia": "availability",
    "q1.critical_service": "yes_happened",
    "q1.disruption_now": "total",
    "q1.disruption_worst": "total",
    "q1.safety": "no",
    "q1.data": "no",
    "q1.malicious": "unknown",
    "q1.spread": "municipalities",
    "q1.economy": "no",
    "q1.others": "yes_possible",
    "q1.supplier": "shared_solution",
}
WORDS = {"q1.supplier": "Udbyderen underretter for sig selv. Pligten for vores ydelser er vores egen."}
NOTIFICATION = {
    "summary": "Fælles nationalt login var nede i lidt over fem timer. Ingen borgere kunne logge på selvbetjeningen.",
    "suspected_malicious": "no",
    "cross_border": "no",
    "severity": "high",
    "impact": "Borgerservice tog imod på telefon og ved skranken. Ansøgninger med frist den dag blev modtaget på papir.",
    "indicators": "Ingen kendte",
}
"""Written in time, and never approved: that is how the limit was passed."""

NATIONAL_LOGIN_STEPS: tuple[Step, ...] = (
    Step(Before(97, 15), Alert(LOGIN_DOWN, Before(97, 16, 30))),
    Step(
        Before(97, 2),
        take(
            SUPPLIERS,
            "correct",
            field="services",
            new=names(CITIZEN_SERVICE, BENEFITS, SCHOOLS),
            reason="Borgerne logger på selvbetjening, ydelser og skoleportal med det fælles login.",
        ),
    ),
    Step(
        Before(97),
        take(
            TECHNICAL,
            "correct",
            field="components",
            new=names(
                *(LOGIN_ADDRESS, NATIONAL_LOGIN, SELF_SERVICE, WEB_SERVER, SPARE_WEB_SERVER),
                *(BENEFIT_SYSTEM, BENEFIT_SERVER, SCHOOL_PORTAL, SCHOOL_SERVER),
            ),
            reason="Alle fire løsninger bruger det fælles login.",
        ),
    ),
    Step(
        Before(96, 55),
        take(
            SUPPLIERS,
            "engage-supplier",
            supplier=PROVIDER,
            answer_by=Before(94),
            request="Hvad er der galt, og hvornår virker det igen?",
            contact="Driftstelefonen",
        ),
    ),
    Step(
        Before(96, 52),
        take(TECHNICAL, "service-degraded", service=CITIZEN_SERVICE, degree="down", text="Ingen kan logge på."),
    ),
    Step(
        Before(96, 50),
        take(
            ASSESSING,
            "assess",
            significant=True,
            nis2_category="high",
            answers=ANSWERS,
            explanations=WORDS,
            reason="Ingen borgere kan logge på selvbetjeningen. Årsagen ligger hos udbyderen, uden for kommunen.",
        ),
    ),
    Step(Before(96, 20), take(MANAGEMENT, "approve-assessment", comment="Godkendt.")),
    Step(
        Before(96, 10),
        take(
            NOTIFYING,
            "identify-recipients",
            services=(CITIZEN_SERVICE, BENEFITS, SCHOOLS),
            recipients="Borgere, der skal bruge selvbetjeningen i dag.",
        ),
    ),
    Step(
        Before(96, 5),
        take(
            NOTIFYING,
            "recipients",
            channels=("web", "phone"),
            recipients="Banner på hjemmesiden. Borgerservice tager imod på telefon og ved skranken.",
        ),
    ),
    Step(
        Before(94, 20),
        take(SUPPLIERS, "supplier-report", supplier=PROVIDER, told="Fejl efter en opdatering. Den bliver rullet tilbage."),
    ),
    Step(
        Before(93, 30),
        take(NOTIFYING, "early-warning", suspected_malicious="unknown", cross_border="unknown", receipt="DEMO-3"),
    ),
    Step(Before(91, 58), Over(LOGIN_DOWN, Before(97, 16, 30))),
    Step(
        Before(91, 52),
        take(TECHNICAL, "test-restoration", service=CITIZEN_SERVICE, passed=True, result="Testlogin virker ti gange af ti."),
    ),
    Step(Before(91, 48), take(TECHNICAL, "service-restored", service=CITIZEN_SERVICE, text="Borgerne kan logge på igen.")),
    Step(
        Before(91, 40),
        take(SUPPLIERS, "mitigate", summary="Udbyderen melder fejlen rettet. Testlogin og selvbetjening virker igen."),
    ),
    Step(Before(88), take(NOTIFYING, "csirt-reply", reply="Modtaget. Flere kommuner har meldt det samme.")),
    Step(
        Before(71),
        take(
            SUPPLIERS,
            "root-cause",
            cause="third_party_failures",
            third_party=True,
            cause_key="faelles-login",
            text="En opdatering hos udbyderen af det fælles login slog fejl.",
        ),
    ),
    Step(Before(70, 30), take(TECHNICAL, "classify", incident_class="availability.outage")),
    Step(
        Before(70),
        take(
            SUPPLIERS,
            "engage-supplier",
            supplier=PROVIDER,
            answer_by=After(98),
            request="Skriftlig redegørelse for årsagen og for, hvad der hindrer en gentagelse.",
            contact="Den kontraktansvarlige",
        ),
    ),
    Step(Before(48), take(NOTIFYING, "draft-submission", report="incident_notification", values=NOTIFICATION)),
    Step(Before(24, 49, 58), Missed(DeadlineKind.INCIDENT_NOTIFICATION)),
)
"""All of it."""
