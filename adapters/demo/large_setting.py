"""What the large demo has besides its incidents: the whole catalogue before them, attacks that came to nothing between them."""

from collections.abc import Iterator
from random import Random

from adapters.demo.alerts import Wazuh
from adapters.demo.chapters.catalogue import CLASSES, DRAWN, steps
from adapters.demo.landscape import Drawn
from adapters.demo.large import GAP_S, HOUR, YEARS_S
from adapters.demo.large_catalogue import large_classes, large_landscape, spots
from adapters.demo.steps import Alert, Step
from adapters.demo.times import Before

SEED = 43400
ATTEMPTS_FOR_AN_INCIDENT = 0.5
ATTACKS = (
    (5, 5503, ("authentication_failed",), "Afvist login", "Failed password for invalid user admin"),
    (6, 31101, ("web", "attack"), "Forespørgsel efter sårbar adresse", "GET /.env HTTP/1.1 404"),
    (8, 5712, ("authentication_failures",), "Mange afviste login fra samme adresse", "40 afviste login på et minut"),
    (10, 31151, ("web", "attack"), "Mange mistænkelige forespørgsler", "SQL i adressen, afvist af filteret"),
)
"""Too light to open an incident: they are counted on their component."""


def whole_catalogue() -> tuple[Step, ...]:
    """The story's catalogue and all that the large one has besides, in place before the first incident of two years ago."""
    large = large_landscape()
    drawn = Drawn((*DRAWN.objects, *large.objects), (*DRAWN.lines, *large.lines))
    at = (_hours_before(20), _hours_before(16), _hours_before(12), _hours_before(8))
    return steps(at, _hours_before(8), drawn=drawn, classes={**CLASSES, **large_classes()})


def attempts(incidents: int) -> Iterator[Step]:
    """Attacks on components, in the order in which they come: half as many as there are incidents."""
    chance = Random(SEED)  # noqa: S311 - no secret: the same attacks at every start are the point
    seconds = sorted((chance.randrange(GAP_S, YEARS_S) for _ in range(int(incidents * ATTEMPTS_FOR_AN_INCIDENT))), reverse=True)
    places = spots()
    for at in seconds:
        level, rule, groups, title, log = chance.choice(ATTACKS)
        # Some servers stand nearer to the net than others.
        spot = places[int(len(places) * chance.random() ** 3)]
        seen = Before(0, 0, at)
        yield Step(seen, Alert(Wazuh(spot.component, level, rule, groups, title, log), seen, chance.randrange(1, 30)))


def _hours_before(hours: int) -> Before:
    return Before(0, 0, YEARS_S + hours * HOUR)
