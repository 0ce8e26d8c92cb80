"""What the invented municipality delivers, and what that stands on: in place before its first incident, by four eyes.

E-mail and the schools have no emergency plan on purpose: the catalogue's own findings say so.
"""

from collections.abc import Mapping

from adapters.demo.chapters import cast
from adapters.demo.chapters.plans import PLANS
from adapters.demo.landscape import Classes, Drawn, Line, approve, draw, propose
from adapters.demo.steps import BoardApproves, Catalogued, PlanFiled, Step
from adapters.demo.times import Clock, When
from domain.catalogue.classes import ServiceClass
from domain.catalogue.kinds import Kind
from domain.catalogue.ties import Need, Tie, Weight

RECORD, MEDICINE, ROUTES = "Omsorgsjournal", "Medicinmodul", "Ruteplan"
LOGIN, SELF_SERVICE, BENEFIT_SYSTEM = "Nationalt login", "Selvbetjening", "Ydelsessystem"
PORTAL, POST, PRINT = "Skoleportal", "Postsystem", "Print"
NORDLYS, FJORDNET, YDELSESDATA, SKOLEKLIK = "Nordlys Omsorg A/S", "Fjordnet Drift A/S", "Ydelsesdata A/S", "Skoleklik ApS"
"""Invented, as all of it."""
DATABASES = ("visitation", "journalnoter", "hjaelpemidler", "aftaler", "tavle", "statistik", "arkiv")
"""What monitoring calls the databases on the care server's database."""

CRITERIA = {
    cast.HOME_CARE: ("life_and_health", "vulnerable_citizens"),
    cast.NURSING: ("life_and_health", "vulnerable_citizens"),
    cast.BENEFITS: ("money_to_citizens", "statutory_deadlines"),
    cast.CITIZEN_SERVICE: ("statutory_deadlines",),
    cast.MAIL: ("many_services",),
}
OBJECTS: tuple[tuple[Kind, str, Mapping[str, object]], ...] = (
    *(
        (
            Kind.SERVICE,
            name,
            {
                "administration": administration,
                "owner": owner,
                "restoration_order": order,
                "tolerable_downtime_minutes": minutes,
                "availability_target": target,
                "criteria": CRITERIA.get(name, ()),
            },
        )
        for order, (name, administration, owner, minutes, target) in enumerate(
            (
                (cast.HOME_CARE, cast.CARE_ADMINISTRATION, "rolle:systemejeromsorg", 60, 99.9),
                (cast.NURSING, cast.CARE_ADMINISTRATION, "rolle:systemejeromsorg", 240, 99.5),
                (cast.BENEFITS, cast.CITIZEN_ADMINISTRATION, "rolle:systemejerborger", 1440, 99.0),
                (cast.CITIZEN_SERVICE, cast.CITIZEN_ADMINISTRATION, "rolle:systemejerborger", 480, 99.0),
                (cast.MAIL, cast.FINANCE_ADMINISTRATION, "rolle:systemejeroekonomi", 480, 99.5),
                (cast.SCHOOLS, cast.CITIZEN_ADMINISTRATION, "rolle:systemejerborger", 2880, 98.0),
            ),
            start=1,
        )
    ),
    (Kind.PROCESS, "Medicin gives ved besøg", {"administration": cast.CARE_ADMINISTRATION}),
    (Kind.PROCESS, "Morgenens ruter lægges", {"administration": cast.CARE_ADMINISTRATION}),
    (Kind.PROCESS, "Ydelser beregnes og udbetales", {"administration": cast.CITIZEN_ADMINISTRATION}),
    *(
        (
            Kind.SYSTEM,
            name,
            {
                "aliases": (alias,) if alias != name.lower() else (),
                "hosting": hosting,
                "owner": owner,
                "personal_data": personal,
            },
        )
        for name, alias, hosting, owner, personal in (
            (RECORD, cast.CARE_RECORD, "own", "rolle:systemejeromsorg", True),
            (MEDICINE, cast.MEDICINE, "own", "rolle:systemejeromsorg", True),
            (ROUTES, cast.ROUTES, "own", "rolle:systemejeromsorg", True),
            (LOGIN, cast.NATIONAL_LOGIN, "shared", "rolle:systemejerborger", True),
            (SELF_SERVICE, cast.SELF_SERVICE, "own", "rolle:systemejerborger", True),
            (BENEFIT_SYSTEM, cast.BENEFIT_SYSTEM, "supplier", "rolle:systemejerborger", True),
            (PORTAL, cast.SCHOOL_PORTAL, "supplier", "rolle:systemejerborger", True),
            (POST, cast.MAIL_SYSTEM, "cloud", "rolle:systemejeroekonomi", True),
            (PRINT, cast.PRINTING, "own", "rolle:systemejeroekonomi", False),
        )
    ),
    (Kind.INTEGRATION, "Besøg fra Omsorgsjournal til Ruteplan", {}),
    *(
        (Kind.COMPONENT, name, {"sort": sort, "owner": cast.RESTORING.actor})
        for name, sort in (
            (cast.CARE_SERVER, "server"),
            (cast.CARE_STORAGE, "storage"),
            (cast.ROUTE_SERVER, "server"),
            (cast.TABLETS, "client"),
            (cast.LOGIN_ADDRESS, "sign-in"),
            (cast.WEB_SERVER, "server"),
            (cast.SPARE_WEB_SERVER, "server"),
            (cast.BENEFIT_SERVER, "server"),
            (cast.SCHOOL_SERVER, "server"),
            (cast.TENANT, "cloud"),
            (cast.MAILBOX, "mailbox"),
            (cast.MAIL_FILTER, "filter"),
            (cast.PRINT_SERVER, "server"),
        )
    ),
    (Kind.COMPONENT, cast.CARE_DATABASE, {"sort": "database", "owner": cast.RESTORING.actor, "aliases": DATABASES}),
    (Kind.SUPPLIER, NORDLYS, {"processor": True, "contact": "Opdigtet: support@nordlys.example, 00 00 01 00, hele døgnet"}),
    (Kind.SUPPLIER, FJORDNET, {"contact": "Opdigtet: drift@fjordnet.example, 00 00 02 00, hverdage 7-17"}),
    (Kind.SUPPLIER, YDELSESDATA, {"processor": True, "contact": "Opdigtet: hotline@ydelsesdata.example, 00 00 03 00"}),
    (Kind.SUPPLIER, SKOLEKLIK, {"processor": True, "contact": "Opdigtet: hjælp@skoleklik.example, 00 00 04 00"}),
    (Kind.CONTRACT, "Drift af omsorgsjournal", {"number": "K-2024-17", "respond_minutes": 30, "restore_minutes": 240}),
    (Kind.CONTRACT, "Ydelsessystem som tjeneste", {"number": "K-2023-08", "respond_minutes": 60, "restore_minutes": 480}),
    (Kind.MAILBOX, "Vagttelefonen", {"owner": cast.PHONE.actor, "contact": "Opdigtet: 00 00 00 10, hele døgnet"}),
    (Kind.MAILBOX, "Servicedesk", {"owner": cast.DESK.actor, "contact": "Opdigtet: servicedesk@laerkeborg.example"}),
    (Kind.MAILBOX, "Systemejer, omsorg", {"owner": "rolle:systemejeromsorg", "contact": "Opdigtet: 00 00 00 21"}),
    (Kind.MAILBOX, "Systemejer, borger", {"owner": "rolle:systemejerborger", "contact": "Opdigtet: 00 00 00 22"}),
    *((Kind.PLAN, plan.name, {"administration": plan.administration, "owner": plan.owner}) for plan in PLANS),
)

_S, _P, _Y, _I, _C = Kind.SERVICE, Kind.PROCESS, Kind.SYSTEM, Kind.INTEGRATION, Kind.COMPONENT
VISITS = "Besøg fra Omsorgsjournal til Ruteplan"


def _needs(one: tuple[Kind, str], other: tuple[Kind, str], need: Need, weight: Weight, group: str | None = None) -> Line:
    return Line(one, Tie.DEPENDS_ON, other, need, weight, group)


TIES: tuple[Line, ...] = (
    _needs((_S, cast.HOME_CARE), (_Y, RECORD), Need.WORK, Weight.STOPS),
    _needs((_S, cast.HOME_CARE), (_Y, MEDICINE), Need.WORK, Weight.STOPS),
    _needs((_S, cast.HOME_CARE), (_P, "Medicin gives ved besøg"), Need.WORK, Weight.STOPS),
    _needs((_S, cast.HOME_CARE), (_P, "Morgenens ruter lægges"), Need.WORK, Weight.DEGRADES),
    _needs((_P, "Medicin gives ved besøg"), (_Y, MEDICINE), Need.WORK, Weight.STOPS),
    _needs((_P, "Morgenens ruter lægges"), (_Y, ROUTES), Need.WORK, Weight.STOPS),
    _needs((_S, cast.NURSING), (_Y, RECORD), Need.WORK, Weight.DEGRADES),
    _needs((_S, cast.NURSING), (_Y, ROUTES), Need.WORK, Weight.DEGRADES),
    _needs((_S, cast.CITIZEN_SERVICE), (_Y, SELF_SERVICE), Need.WORK, Weight.STOPS),
    _needs((_S, cast.CITIZEN_SERVICE), (_Y, LOGIN), Need.SIGN_IN, Weight.DEGRADES),
    _needs((_S, cast.CITIZEN_SERVICE), (_Y, PRINT), Need.WORK, Weight.BOTHERS),
    _needs((_S, cast.BENEFITS), (_P, "Ydelser beregnes og udbetales"), Need.WORK, Weight.STOPS),
    _needs((_P, "Ydelser beregnes og udbetales"), (_Y, BENEFIT_SYSTEM), Need.WORK, Weight.STOPS),
    _needs((_S, cast.BENEFITS), (_Y, LOGIN), Need.SIGN_IN, Weight.DEGRADES),
    _needs((_S, cast.BENEFITS), (_C, cast.MAILBOX), Need.WORK, Weight.DEGRADES),
    _needs((_S, cast.SCHOOLS), (_Y, PORTAL), Need.WORK, Weight.STOPS),
    _needs((_S, cast.SCHOOLS), (_Y, LOGIN), Need.SIGN_IN, Weight.DEGRADES),
    _needs((_S, cast.MAIL), (_Y, POST), Need.WORK, Weight.STOPS),
    _needs((_Y, RECORD), (_C, cast.CARE_SERVER), Need.HOSTING, Weight.STOPS),
    _needs((_Y, RECORD), (_C, cast.CARE_DATABASE), Need.DATA, Weight.STOPS),
    _needs((_Y, RECORD), (_C, cast.CARE_STORAGE), Need.DATA, Weight.STOPS),
    _needs((_Y, MEDICINE), (_Y, RECORD), Need.DATA, Weight.STOPS),
    _needs((_Y, ROUTES), (_I, VISITS), Need.INTEGRATION, Weight.DEGRADES),
    _needs((_I, VISITS), (_Y, RECORD), Need.DATA, Weight.STOPS),
    _needs((_Y, ROUTES), (_C, cast.ROUTE_SERVER), Need.HOSTING, Weight.STOPS),
    _needs((_Y, ROUTES), (_C, cast.TABLETS), Need.WORK, Weight.DEGRADES),
    _needs((_Y, LOGIN), (_C, cast.LOGIN_ADDRESS), Need.SIGN_IN, Weight.STOPS),
    _needs((_Y, SELF_SERVICE), (_C, cast.WEB_SERVER), Need.HOSTING, Weight.STOPS, "web"),
    _needs((_Y, SELF_SERVICE), (_C, cast.SPARE_WEB_SERVER), Need.HOSTING, Weight.STOPS, "web"),
    _needs((_Y, BENEFIT_SYSTEM), (_C, cast.BENEFIT_SERVER), Need.HOSTING, Weight.STOPS),
    _needs((_Y, PORTAL), (_C, cast.SCHOOL_SERVER), Need.HOSTING, Weight.STOPS),
    _needs((_Y, POST), (_C, cast.TENANT), Need.HOSTING, Weight.STOPS),
    _needs((_Y, POST), (_C, cast.MAIL_FILTER), Need.NETWORK, Weight.DEGRADES),
    _needs((_C, cast.MAILBOX), (_C, cast.TENANT), Need.HOSTING, Weight.STOPS),
    _needs((_Y, PRINT), (_C, cast.PRINT_SERVER), Need.HOSTING, Weight.STOPS),
    Line((_Y, RECORD), Tie.SUPPLIED_BY, (Kind.SUPPLIER, NORDLYS), weight=Weight.BOTHERS),
    Line((_Y, RECORD), Tie.UNDER_CONTRACT, (Kind.CONTRACT, "Drift af omsorgsjournal")),
    Line((Kind.CONTRACT, "Drift af omsorgsjournal"), Tie.SUPPLIED_BY, (Kind.SUPPLIER, NORDLYS)),
    Line((_Y, SELF_SERVICE), Tie.SUPPLIED_BY, (Kind.SUPPLIER, FJORDNET), weight=Weight.DEGRADES),
    Line((_Y, BENEFIT_SYSTEM), Tie.SUPPLIED_BY, (Kind.SUPPLIER, YDELSESDATA), weight=Weight.DEGRADES),
    Line((_Y, BENEFIT_SYSTEM), Tie.UNDER_CONTRACT, (Kind.CONTRACT, "Ydelsessystem som tjeneste")),
    Line((Kind.CONTRACT, "Ydelsessystem som tjeneste"), Tie.SUPPLIED_BY, (Kind.SUPPLIER, YDELSESDATA)),
    Line((_Y, PORTAL), Tie.SUPPLIED_BY, (Kind.SUPPLIER, SKOLEKLIK), weight=Weight.DEGRADES),
    *(Line((_Y, name), Tie.REACHED_AT, (Kind.MAILBOX, "Systemejer, omsorg")) for name in (RECORD, MEDICINE, ROUTES)),
    *(Line((_Y, name), Tie.REACHED_AT, (Kind.MAILBOX, "Systemejer, borger")) for name in (LOGIN, BENEFIT_SYSTEM, PORTAL)),
    *(Line((_Y, name), Tie.REACHED_AT, (Kind.MAILBOX, "Servicedesk")) for name in (SELF_SERVICE, POST, PRINT)),
    *(Line((_S, name), Tie.REACHED_AT, (Kind.MAILBOX, "Vagttelefonen")) for name in (cast.HOME_CARE, cast.NURSING)),
    *(Line((Kind.PLAN, plan.name), Tie.COVERS, (_S, service)) for plan in PLANS for service in plan.services),
)
DRAWN = Drawn(OBJECTS, TIES)
CLASSES: Classes = {
    cast.HOME_CARE: (ServiceClass.SOCIETY_CRITICAL, "Borgere kan få forkert medicin eller ingen, og besøg kan falde ud."),
    cast.NURSING: (ServiceClass.SOCIETY_CRITICAL, "Sår og behandlinger tåler ikke at vente til næste dag."),
    cast.BENEFITS: (ServiceClass.SOCIETY_CRITICAL, "Borgere uden andre penge får ingen mad, hvis udbetalingen falder ud."),
    cast.CITIZEN_SERVICE: (ServiceClass.CRITICAL, "Frister i loven løber, også når selvbetjeningen er nede."),
    cast.MAIL: (ServiceClass.CRITICAL, "De andre ydelser bruger den til at aftale nøddrift."),
    cast.SCHOOLS: (ServiceClass.IMPORTANT, "Skolerne kan undervise uden, og forældre kan ringes op."),
}


def steps(
    at: tuple[When, When, When, When], approved_on: When, *, drawn: Drawn = DRAWN, classes: Classes = CLASSES
) -> tuple[Step, ...]:
    """It is drawn, its classes are proposed, approved by somebody else, and the board approves the list; in this order."""
    drawing, proposing, approving, board = at
    return (
        Step(drawing, Catalogued(cast.RESTORING, draw(drawn))),
        *(Step(drawing, PlanFiled(cast.RESTORING, plan.name, plan.text, plan.dated)) for plan in PLANS),
        Step(proposing, Catalogued(cast.ASSESSING, propose(classes))),
        Step(approving, Catalogued(cast.MANAGEMENT, approve(classes))),
        Step(board, BoardApproves(cast.MANAGEMENT, tuple(classes), approved_on, "D-2026-1104")),
    )


CATALOGUE = steps(
    (Clock(-39, "09:00:00"), Clock(-38, "10:30:00"), Clock(-37, "13:15:00"), Clock(-34, "14:00:00")), Clock(-35, "09:00:00")
)
"""As the story has it: a few days after the organisation, and well before the first incident."""
