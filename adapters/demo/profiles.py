"""What kinds of incidents the large demo is made of, and how often each comes."""

from typing import NamedTuple

from adapters.demo.chapters import cast


class Profile(NamedTuple):
    """One kind. `significant` is how many of them are, of one; `weight` how often it comes beside the others."""

    title: str
    services: tuple[str, ...]
    components: tuple[str, ...]
    administration: str
    incident_class: str
    cause: str
    cause_key: str
    cause_text: str
    measure: str
    lesson_area: str
    lesson: str
    weight: int
    significant: float
    kind: str = "incident"
    third_party: bool = False
    malicious: str = "no"


PROFILES = (
    Profile(
        "Omsorgsjournalen svarer langsomt",
        (cast.HOME_CARE,),
        (cast.CARE_SERVER, cast.CARE_RECORD),
        cast.CARE_ADMINISTRATION,
        "availability.outage",
        "system_failures",
        "omsorgsjournal-hukommelse",
        "Serveren løb tør for hukommelse.",
        "Serveren er genstartet med mere hukommelse.",
        "technology",
        "Hold øje med hukommelsen, før den er brugt op.",
        14,
        0.12,
    ),
    Profile(
        "Tablets i hjemmeplejen kan ikke logge på",
        (cast.HOME_CARE, cast.NURSING),
        (cast.TABLETS, cast.ROUTES),
        cast.CARE_ADMINISTRATION,
        "availability.misconfiguration",
        "human_errors",
        "udloebet-certifikat",
        "Et certifikat var udløbet.",
        "Certifikatet er fornyet.",
        "procedures",
        "Certifikater skal stå i kalenderen en måned før de udløber.",
        10,
        0.06,
    ),
    Profile(
        "Selvbetjeningen er nede",
        (cast.CITIZEN_SERVICE,),
        (cast.WEB_SERVER, cast.SELF_SERVICE),
        cast.CITIZEN_ADMINISTRATION,
        "availability.outage",
        "third_party_failures",
        "driftsleverandoer",
        "Leverandøren havde et strømsvigt.",
        "Siden er flyttet til reserveserveren.",
        "suppliers",
        "Kontrakten skal sige, hvor længe siden må være nede.",
        9,
        0.1,
        third_party=True,
    ),
    Profile(
        "Udbetalinger er forsinket",
        (cast.BENEFITS,),
        (cast.BENEFIT_SERVER, cast.BENEFIT_SYSTEM),
        cast.CITIZEN_ADMINISTRATION,
        "availability.outage",
        "system_failures",
        "natkoersel",
        "Natkørslen gik i stå.",
        "Kørslen er begyndt forfra.",
        "criticality",
        "Natkørslen er mere kritisk, end vi havde skrevet.",
        7,
        0.08,
    ),
    Profile(
        "Skoleportalen er overbelastet",
        (cast.SCHOOLS,),
        (cast.SCHOOL_SERVER, cast.SCHOOL_PORTAL),
        cast.CITIZEN_ADMINISTRATION,
        "availability.ddos",
        "malicious_actions",
        "overbelastning",
        "Mange kald fra få adresser udefra.",
        "Adresserne er spærret.",
        "technology",
        "Spærring kan være automatisk.",
        6,
        0.07,
        malicious="yes",
    ),
    Profile(
        "Fremmed login til en postkasse",
        (cast.MAIL,),
        (cast.TENANT, cast.MAILBOX),
        cast.FINANCE_ADMINISTRATION,
        "intrusions.unprivileged-account-compromise",
        "malicious_actions",
        "adgangskode-gaettet",
        "Adgangskoden var brugt et andet sted.",
        "Adgangskoden er skiftet, og sessionerne er lukket.",
        "procedures",
        "Flerfaktor skal gælde fælles postkasser også.",
        5,
        0.3,
        malicious="yes",
    ),
    Profile(
        "Phishing stoppet i postfilteret",
        (cast.MAIL,),
        (cast.MAIL_FILTER,),
        cast.FINANCE_ADMINISTRATION,
        "fraud.phishing",
        "malicious_actions",
        "phishing",
        "Falske mails udefra.",
        "Mailene er fjernet.",
        "procedures",
        "De, der melder phishing, skal have et svar.",
        18,
        0.0,
        kind="near_miss",
        malicious="yes",
    ),
    Profile(
        "Sårbarhed varslet i en webserver",
        (cast.CITIZEN_SERVICE,),
        (cast.WEB_SERVER, cast.SPARE_WEB_SERVER),
        cast.FINANCE_ADMINISTRATION,
        "vulnerable.vulnerable-system",
        "system_failures",
        "saarbarhed",
        "En sårbarhed i et modul, som vi bruger.",
        "Modulet er opdateret.",
        "risk_assessment",
        "Listen over moduler skal holdes ved lige.",
        8,
        0.0,
        kind="threat",
    ),
    Profile(
        "Fælles nationalt login svarer ikke",
        (cast.CITIZEN_SERVICE, cast.BENEFITS, cast.SCHOOLS),
        (cast.LOGIN_ADDRESS, cast.NATIONAL_LOGIN),
        cast.CITIZEN_ADMINISTRATION,
        "availability.outage",
        "third_party_failures",
        "faelles-login",
        "Fejl hos udbyderen.",
        "Borgerservice tager imod på telefon.",
        "contingency",
        "Telefonen skal kunne bemandes på ti minutter.",
        3,
        0.4,
        third_party=True,
    ),
    Profile(
        "Printserveren svarer ikke",
        (cast.CITIZEN_SERVICE,),
        (cast.PRINT_SERVER, cast.PRINTING),
        cast.FINANCE_ADMINISTRATION,
        "availability.outage",
        "system_failures",
        "printkoe",
        "Køen var fuld.",
        "Køen er tømt.",
        "other",
        "Køen kan tømme sig selv.",
        20,
        0.0,
    ),
)
"""The large demo draws from these."""
