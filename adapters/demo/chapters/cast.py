"""Who and what the story is about: role mailboxes, services, systems and components. Nobody and nothing of it is real."""

from adapters.demo.steps import Who
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
ADVISING = Who("rolle:dpo", Role.DPO)

CARE_ADMINISTRATION = "Sundhed og Omsorg"
CITIZEN_ADMINISTRATION = "Borger og Ydelser"
FINANCE_ADMINISTRATION = "Økonomi og Digitalisering"

HOME_CARE = "Hjemmepleje og medicin"
NURSING = "Sygepleje og genoptræning"
CITIZEN_SERVICE = "Borgerservice og selvbetjening"
BENEFITS = "Ydelser og udbetaling"
SCHOOLS = "Skoler og dagtilbud"
MAIL = "E-mail og kalender"

CARE_RECORD, MEDICINE, ROUTES = "omsorgsjournal", "medicin", "ruteplan"
NATIONAL_LOGIN, SELF_SERVICE = "nationalt-login", "selvbetjening"
BENEFIT_SYSTEM, SCHOOL_PORTAL = "ydelsessystem", "skoleportal"
MAIL_SYSTEM, PRINTING = "postsystem", "print"

CARE_SERVER, CARE_STORAGE, CARE_DATABASE = "srv-omsorg-01", "lager-omsorg-01", "db-omsorg-01"
ROUTE_SERVER, TABLETS = "srv-ruteplan-01", "tablets-hjemmepleje"
LOGIN_ADDRESS, WEB_SERVER, SPARE_WEB_SERVER = "login.national.example", "srv-web-01", "srv-web-02"
BENEFIT_SERVER, SCHOOL_SERVER = "srv-ydelser-01", "srv-skole-01"
TENANT, MAILBOX, MAIL_FILTER = "m365-laerkeborg", "postkasse-ydelser", "postfilter"
PRINT_SERVER = "print-01"


def names(*several: str) -> str:
    """Names as `correct` takes them."""
    return ", ".join(several)
