"""What weighs in the guide's first version, question by question. Each yes counts alike, happened or possible."""

from domain.guide.question import Criterion
from domain.guide.reading import YES
from domain.guide.weighing import Measure, Weighing, Weight

HARD, AGGRAVATING = Weight.HARD, Weight.AGGRAVATING

CRITICAL = {"q1.critical_service": YES, "q2.services": frozenset({"society_critical"})}
NOTICEABLE = frozenset({"noticeable", "serious", "total"})
SERIOUS = frozenset({"serious", "total"})
BARELY = frozenset({"barely", "down"})
SEVERE = {"q1.disruption_now": SERIOUS, "q1.disruption_worst": SERIOUS, "q2.degree": BARELY}

WEIGHINGS: tuple[Weighing | Measure, ...] = (
    Weighing(
        HARD,
        Criterion.OPERATION,
        (CRITICAL, SEVERE),
        "En samfundskritisk ydelse er eller kan blive alvorligt forstyrret",
        "A society-critical service is or could be seriously disrupted",
    ),
    Weighing(
        HARD,
        Criterion.OPERATION,
        (CRITICAL, {"q1.malicious": frozenset({"yes_inside"})}),
        "Uvedkommende kan have haft adgang inde i systemerne bag en samfundskritisk ydelse",
        "Outsiders may have had access inside the systems behind a society-critical service",
    ),
    Weighing(
        HARD,
        Criterion.OPERATION,
        (CRITICAL, {"q2.workaround": frozenset({"none"})}),
        "En samfundskritisk ydelse er uden nøddrift",
        "A society-critical service has no fallback operation",
    ),
    Weighing(
        HARD,
        Criterion.OTHERS,
        ({"q1.safety": YES},),
        "Liv, helbred eller sikkerhed kan blive påvirket",
        "Life, health or safety could be affected",
    ),
    Weighing(
        HARD,
        Criterion.OTHERS,
        ({"q1.data_damage": YES},),
        "Oplysninger er berørt, så betydelig skade for de berørte er realistisk",
        "Data are affected such that considerable harm to those affected is realistic",
    ),
    Weighing(
        HARD,
        Criterion.OTHERS,
        ({"q1.others": YES},),
        "Borgere, virksomheder eller andre myndigheder kan lide betydelig skade",
        "Citizens, businesses or other authorities could suffer considerable damage",
    ),
    Weighing(
        HARD,
        Criterion.OTHERS,
        ({"q2.damage_done": frozenset({"considerable"})},),
        "Betydelig skade er allerede sket",
        "Considerable damage has already been done",
    ),
    Weighing(
        HARD,
        Criterion.OTHERS,
        ({"q2.damage_possible": frozenset({"considerable_realistic"})},),
        "Betydelig skade er realistisk, hvis intet gøres",
        "Considerable damage is realistic if nothing is done about it",
    ),
    Weighing(
        AGGRAVATING,
        Criterion.OPERATION,
        (CRITICAL,),
        "En samfundskritisk ydelse er eller kan blive ramt",
        "A society-critical service is or could be hit",
    ),
    Weighing(
        AGGRAVATING,
        Criterion.OPERATION,
        ({"q1.disruption_now": NOTICEABLE, "q1.disruption_worst": NOTICEABLE},),
        "Driften er eller kan blive mærkbart forstyrret",
        "Operation is or could be noticeably disrupted",
    ),
    Weighing(
        AGGRAVATING,
        Criterion.OTHERS,
        ({"q1.data": YES},),
        "Følsomme eller fortrolige oplysninger kan være berørt",
        "Sensitive or confidential data may be affected",
    ),
    Weighing(
        AGGRAVATING,
        Criterion.NOTICE,
        ({"q1.malicious": frozenset({"yes_inside"})},),
        "Uvedkommende kan have haft adgang inde i systemerne",
        "Outsiders may have had access inside the systems",
    ),
    Weighing(
        AGGRAVATING,
        Criterion.OPERATION,
        ({"q1.spread": frozenset({"administrations", "municipalities", "countries"})},),
        "Flere forvaltninger, kommuner eller lande er eller kan blive ramt",
        "Several administrations, municipalities or countries are or could be hit",
    ),
    Weighing(
        AGGRAVATING,
        Criterion.ECONOMY,
        ({"q1.economy": YES},),
        "Kommunen kan lide et betydeligt økonomisk tab",
        "The municipality could suffer a considerable economic loss",
    ),
    Measure(("q1.economy_amount",), Criterion.ECONOMY, lambda own: own.cost_dkk, "Tabet i kroner", "The loss in DKK"),
    Measure(
        ("q2.duration_so_far", "q2.duration_expected"),
        Criterion.OPERATION,
        lambda own: own.critical_service_down_minutes,
        "Varigheden i minutter",
        "The duration in minutes",
        together=max,
        hard_with=(CRITICAL,),
    ),
    Weighing(
        AGGRAVATING,
        Criterion.OPERATION,
        ({"q2.degree": BARELY | {"reduced"}},),
        "Ydelsen virker ikke fuldt ud",
        "The service does not work fully",
    ),
    Measure(
        ("q2.users_citizens",),
        Criterion.OPERATION,
        lambda own: own.citizens_affected,
        "Antallet af berørte borgere",
        "The number of citizens affected",
    ),
    Measure(
        ("q2.users_vulnerable",),
        Criterion.OTHERS,
        lambda own: own.vulnerable_citizens_affected,
        "Antallet af berørte udsatte borgere",
        "The number of vulnerable citizens affected",
    ),
    Measure(
        ("q2.users_staff",),
        Criterion.OPERATION,
        lambda own: own.staff_unable_to_work,
        "Antallet af medarbejdere uden mulighed for at arbejde",
        "The number of staff unable to work",
    ),
    Weighing(
        AGGRAVATING,
        Criterion.OPERATION,
        ({"q2.area": frozenset({"whole", "beyond"})},),
        "Hele kommunen eller mere er ramt",
        "The whole municipality or more is hit",
    ),
    Measure(
        ("q2.administrations",),
        Criterion.OPERATION,
        lambda own: own.administrations_hit,
        "Antallet af ramte forvaltninger",
        "The number of administrations hit",
        aggravates_from=2,
    ),
    Weighing(
        AGGRAVATING,
        Criterion.OTHERS,
        ({"q2.other_entities": YES},),
        "Andre, der er afhængige af kommunen, kan blive ramt",
        "Others who depend on the municipality could be hit",
    ),
    Weighing(
        AGGRAVATING,
        Criterion.OTHERS,
        ({"q2.data_types": frozenset({"sensitive", "health", "children"})},),
        "Følsomme oplysninger, helbredsoplysninger eller oplysninger om børn er ramt",
        "Sensitive data, health data or data on children are hit",
    ),
    Measure(
        ("q2.data_amount",),
        Criterion.OTHERS,
        lambda own: own.records_exposed,
        "Antallet af berørte poster",
        "The number of records affected",
    ),
    Measure(
        ("q2.cost_operation", "q2.cost_recovery", "q2.cost_claims"),
        Criterion.ECONOMY,
        lambda own: own.cost_dkk,
        "Det samlede tab i kroner",
        "The whole loss in DKK",
    ),
    Weighing(
        AGGRAVATING,
        Criterion.NOTICE,
        ({"q2.vulnerability": frozenset({"yes_spreading"})},),
        "En kendt sårbarhed er udnyttet, og det vil sandsynligvis brede sig",
        "A known vulnerability has been exploited, and it is likely to spread",
    ),
    Weighing(
        AGGRAVATING,
        Criterion.OPERATION,
        ({"q2.recurrence": YES},),
        "Noget lignende er sket for nylig af samme årsag",
        "Something similar has happened recently for the same cause",
    ),
    Weighing(
        Weight.LOWERING,
        Criterion.OPERATION,
        ({"q2.workaround": frozenset({"good"})},),
        "En holdbar nøddrift opvejer ét skærpende forhold",
        "A lasting fallback operation outweighs one aggravating matter",
    ),
)
