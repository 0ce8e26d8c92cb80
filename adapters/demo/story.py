"""The story, as data: what happened in Lærkeborg Kommune, incident by incident. Nobody and nothing in it is real."""

from adapters.demo.alerts import Alertmanager, Wazuh
from adapters.demo.steps import Alert, Missed, Over, Step, Who, take
from adapters.demo.times import Before, Clock
from domain.deadline_rules import DeadlineKind
from domain.roles import Role

PHONE = Who("rolle:vagttelefon", Role.INCIDENT_RECEIVER)
DESK = Who("rolle:servicedesk", Role.INCIDENT_RECEIVER)
TECHNICAL = Who("rolle:driftsvagt", Role.TECHNICAL_LEAD)
RESTORING = Who("rolle:drift", Role.RESTORATION_LEAD)
SUPPLIERS = Who("rolle:leverandoerer", Role.SUPPLIER_COORDINATOR)
ASSESSING = Who("rolle:vurdering", Role.ASSESSOR)
NOTIFYING = Who("rolle:underretning", Role.NOTIFIER)
DOCUMENTING = Who("rolle:dokumentation", Role.DOCUMENTATION_LEAD)
MANAGEMENT = Who("rolle:ledelse", Role.DECISION_MAKER)

HOME_CARE = "Hjemmepleje og medicin"
CITIZEN_SERVICE = "Borgerservice og selvbetjening"
BENEFITS = "Ydelser og udbetaling"
MAIL = "E-mail og kalender"

RANSOMWARE = Wazuh(
    "srv-omsorg-01",
    15,
    100215,
    ("syscheck", "ransomware"),
    "Mulig ransomware: mange filer omdøbt på kort tid",
    "1.214 filer under /srv/omsorg/journal er omdøbt på 60 sekunder",
)
CARE_DOWN = Alertmanager(
    "OmsorgDown",
    "critical",
    "srv-omsorg-01:9100",
    "omsorgsjournal",
    "Omsorgsjournalen svarer ikke",
    "Ingen svar fra omsorgsjournalen i 90 sekunder",
)
LOGIN_DOWN = Alertmanager(
    "NationaltLoginNede",
    "critical",
    "login.national.example",
    "nationalt-login",
    "Fælles nationalt login svarer ikke",
    "Testlogin udefra har fejlet fem gange i træk",
)
FOREIGN_SIGN_IN = Wazuh(
    "m365-laerkeborg",
    12,
    100531,
    ("office365", "authentication_success"),
    "Login fra udlandet til en afdelings fælles postkasse",
    "UserLoggedIn, postkasse-ydelser, land uden for EU, ny enhed, uden flerfaktor",
)

NOTIFICATION = {
    "summary": "Ransomware på én server. Medicinlister var utilgængelige i 38 timer. Ingen borgere kom til skade.",
    "suspected_malicious": "yes",
    "cross_border": "no",
    "severity": "high",
    "impact": "Hjemmepleje og medicin: medicinlister kunne ikke åbnes i 38 timer; nødlister blev brugt.",
    "indicators": "Filendelsen .laerk og en ukendt tjeneste på srv-omsorg-01",
}
"""The notification of the first incident, in the fields of the form."""
FINAL = NOTIFICATION | {
    "root_cause": "Ondsindet handling: en servicekonto uden flerfaktor blev misbrugt.",
    "mitigation.applied": "Serveren er sat op på ny\nData er lagt tilbage fra kopien kl. 01.00\nServicekontoen er lukket",
    "mitigation.ongoing": "Øvrige servicekonti gennemgås",
}
"""Its final report."""
HELD_BACK = (*(32,) * 12, 28)
"""How often the alert came again in each half minute until the server was off the network: 412 times."""

STORY: dict[str, tuple[Step, ...]] = {
    # Closed: ransomware on the care server, handled from the first minute to the final report.
    "omsorg": (
        Step(Clock(0, "02:07:06"), Alert(RANSOMWARE, Clock(0, "02:07:04"))),
        *(
            Step(Clock(0, f"02:{7 + half // 2:02}:{half % 2 * 30:02}"), Alert(RANSOMWARE, Clock(0, "02:07:04"), copies))
            for half, copies in enumerate(HELD_BACK, start=1)
        ),
        Step(Clock(0, "02:09:03"), Alert(CARE_DOWN, Clock(0, "02:08:51"))),
        Step(
            Clock(0, "02:14:00"),
            take(TECHNICAL, "emergency-action", action="Serveren srv-omsorg-01 er taget af nettet. Kunne ikke vente."),
        ),
        Step(
            Clock(0, "02:26:00"),
            take(
                TECHNICAL,
                "correct",
                field="components",
                new="srv-omsorg-01, omsorgsjournal",
                reason="Omsorgsjournalen kører på serveren.",
            ),
        ),
        Step(
            Clock(0, "02:27:00"),
            take(
                ASSESSING, "correct", field="services", new=HOME_CARE, reason="Hjemmeplejen slår medicin op i omsorgsjournalen."
            ),
        ),
        Step(
            Clock(0, "02:31:00"),
            take(
                ASSESSING,
                "assess",
                significant=True,
                nis2_category="high",
                reason="Medicinlisterne kan ikke åbnes. Borgere i hjemmeplejen kan få forkert medicin eller ingen.",
            ),
        ),
        Step(
            Clock(0, "02:52:00"),
            take(MANAGEMENT, "approve-assessment", comment="Enig. Kommunens vigtigste ydelse er ramt."),
        ),
        Step(
            Clock(0, "02:53:00"),
            take(MANAGEMENT, "approve-afterwards", approved_number=4, comment="Rigtigt at tage serveren af nettet."),
        ),
        Step(
            Clock(0, "03:10:00"),
            take(RESTORING, "measure", measure="Nødplan for medicin er i gang: nattevagterne bruger de udskrevne nødlister."),
        ),
        Step(
            Clock(0, "03:40:00"),
            take(NOTIFYING, "early-warning", suspected_malicious="yes", cross_border="no", receipt="DEMO-1"),
        ),
        Step(
            Clock(0, "03:50:00"),
            take(
                NOTIFYING,
                "identify-recipients",
                services=(HOME_CARE,),
                recipients="Nattevagter, plejecentre og borgere med medicinhjælp.",
            ),
        ),
        Step(
            Clock(0, "04:10:00"),
            take(
                NOTIFYING,
                "recipients",
                channels=("phone", "direct"),
                recipients="Nattevagter og plejecentre er ringet op. Borgere med medicinhjælp får besked ved morgenbesøget.",
            ),
        ),
        Step(
            Clock(0, "09:15:00"),
            take(
                DOCUMENTING,
                "note",
                occurred=Clock(0, "02:20:00"),
                text="Fra vagtens papirlog: nattevagten ringede og sagde, at medicinlisterne ikke kunne åbnes på tavlen.",
            ),
        ),
        Step(
            Clock(0, "19:40:00"), take(NOTIFYING, "csirt-reply", reply="Modtaget. Bevar diskene, og del indikatorerne med os.")
        ),
        Step(
            Clock(1, "11:30:00"),
            take(RESTORING, "measure", measure="Serveren er sat op på ny. Data er lagt tilbage fra kopien kl. 01.00."),
        ),
        Step(
            Clock(1, "16:00:00"),
            take(RESTORING, "mitigate", summary="Omsorgsjournalen er i drift. Hjemmeplejen har prøvet medicinlisterne."),
        ),
        Step(Clock(2, "11:20:00"), take(NOTIFYING, "draft-submission", report="incident_notification", values=NOTIFICATION)),
        Step(Clock(2, "13:30:00"), take(MANAGEMENT, "approve-submission", report="incident_notification", comment="Godkendt.")),
        Step(
            Clock(2, "14:05:00"),
            take(
                NOTIFYING,
                "incident-notification",
                receipt="DEMO-1-UNDERRETNING",
                summary="Ransomware på én server. Medicinlister utilgængelige i 38 timer. Ingen borgere kom til skade.",
            ),
        ),
        Step(Clock(12, "09:00:00"), take(NOTIFYING, "draft-submission", report="final_report", values=FINAL)),
        Step(Clock(12, "15:00:00"), take(MANAGEMENT, "approve-submission", report="final_report", comment="Godkendt.")),
        Step(
            Clock(13, "10:20:00"),
            take(
                NOTIFYING,
                "final-report",
                receipt="DEMO-1-RAPPORT",
                summary="Adgangen skete med en servicekonto uden flerfaktor. Kontoen er lukket, de øvrige gennemgået.",
            ),
        ),
        Step(
            Clock(13, "15:00:00"),
            take(
                DOCUMENTING,
                "close",
                reason="resolved",
                summary="Alle underretninger er sendt. Nødlister udskrives fremover hver aften.",
            ),
        ),
    ),
    # Closed without a duty: phishing that was stopped.
    "phishing": (
        Step(
            Clock(9, "08:42:00"),
            take(
                DESK,
                "report",
                occurred=Clock(9, "08:25:00"),
                title="Falske fakturamails stoppet i postfilteret",
                description="14 mails med link til en falsk loginside. Ingen har åbnet linket.",
                place="Økonomi",
                severity="low",
                kind="near_miss",
                services=(MAIL,),
                components=("postfilter",),
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
                nis2_category="low",
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
        Step(
            Clock(9, "09:50:00"),
            take(DOCUMENTING, "close", reason="near_miss", summary="Nærved-hændelse. Ingen pligt til at underrette."),
        ),
    ),
    # Red: a shared national sign-in was down. It works again, and the 72-hour notification is not recorded.
    "login": (
        Step(Before(97, 15), Alert(LOGIN_DOWN, Before(97, 16, 30))),
        Step(
            Before(97, 2),
            take(
                SUPPLIERS,
                "correct",
                field="services",
                new=CITIZEN_SERVICE,
                reason="Borgerne logger på selvbetjeningen med det fælles login.",
            ),
        ),
        Step(
            Before(96, 50),
            take(
                ASSESSING,
                "assess",
                significant=True,
                nis2_category="high",
                reason="Ingen borgere kan logge på selvbetjeningen. Årsagen ligger hos udbyderen, uden for kommunen.",
            ),
        ),
        Step(Before(96, 20), take(MANAGEMENT, "approve-assessment", comment="Godkendt.")),
        Step(
            Before(96, 5),
            take(
                NOTIFYING,
                "recipients",
                recipients="Banner på hjemmesiden. Borgerservice tager imod på telefon og ved skranken.",
            ),
        ),
        Step(
            Before(93, 30),
            take(NOTIFYING, "early-warning", suspected_malicious="unknown", cross_border="unknown", receipt="DEMO-3"),
        ),
        Step(Before(91, 58), Over(LOGIN_DOWN, Before(97, 16, 30))),
        Step(
            Before(91, 40),
            take(SUPPLIERS, "mitigate", summary="Udbyderen melder fejlen rettet. Testlogin og selvbetjening virker igen."),
        ),
        Step(
            Before(70),
            take(SUPPLIERS, "note", text="Udbyderen er bedt om en redegørelse for årsagen. Den er lovet inden for en uge."),
        ),
        Step(Before(24, 49, 58), Missed(DeadlineKind.INCIDENT_NOTIFICATION)),
    ),
    # Amber: a foreign sign-in to a department's mailbox. The early warning falls due in 40 minutes.
    "postkasse": (
        Step(Before(23, 58), Alert(FOREIGN_SIGN_IN, Before(23, 58, 20))),
        Step(
            Before(23, 45),
            take(TECHNICAL, "emergency-action", action="Alle sessioner til postkassen er lukket, og adgangskoden er skiftet."),
        ),
        Step(
            Before(23, 30),
            take(ASSESSING, "correct", field="services", new=BENEFITS, reason="Postkassen bruges af ydelsesafdelingen."),
        ),
        Step(
            # Fifty seconds more than 40 minutes to go: the page is opened a little after the start.
            Before(23, 19, 10),
            take(
                ASSESSING,
                "assess",
                significant=True,
                nis2_category="high",
                reason="Fremmede kan have læst borgeres sager i postkassen. Omfanget kendes ikke endnu.",
            ),
        ),
        Step(Before(22, 40), take(MANAGEMENT, "approve-assessment", comment="Godkendt.")),
        Step(
            Before(20, 15),
            take(TECHNICAL, "note", text="Loggen viser ét fremmed login på 11 minutter. Det, der er åbnet, gennemgås."),
        ),
    ),
    # Waiting for you: reported by telephone, not assessed.
    "tablets": (
        Step(
            Before(2, 40),
            take(
                PHONE,
                "report",
                occurred=Before(2, 50),
                title="Tablets i hjemmeplejen viser ingen kørelister",
                description="En leder i hjemmeplejen ringer: dagens kørelister er tomme på alle tablets.",
                place="Hjemmeplejen, distrikt Vest",
                severity="high",
                services=(HOME_CARE,),
                components=("tablets-hjemmepleje", "ruteplan"),
            ),
        ),
        Step(
            Before(2, 10),
            take(DESK, "note", text="Genstart af tablets hjælper ikke. Ruterne deles ud fra de udskrevne nødlister."),
        ),
    ),
}
"""Each incident, by its name within the story, in the order of their references; its first step opens it."""

WAITING = "tablets"
"""The incident that waits for whoever tries the demo."""
