"""How two objects of the catalogue belong together, and what it means when the other one fails."""

from enum import StrEnum
from typing import NamedTuple
from uuid import UUID


class Tie(StrEnum):
    """Read from the object to the other one: the service *depends on* the system."""

    DEPENDS_ON = "depends_on"
    SUPPLIED_BY = "supplied_by"
    """A system, integration or component to its supplier."""
    UNDER_CONTRACT = "under_contract"
    REACHED_AT = "reached_at"
    """Any object to the mailbox or telephone where somebody answers for it."""
    COVERS = "covers"
    """An emergency plan to the service whose fallback it describes: the sharp reference of KL's case 4."""


CARRYING = frozenset({Tie.DEPENDS_ON, Tie.SUPPLIED_BY})
"""Along these a failure travels."""


class Need(StrEnum):
    """What an object is depended on for."""

    HOSTING = "hosting"
    DATA = "data"
    SIGN_IN = "sign_in"
    NETWORK = "network"
    INTEGRATION = "integration"
    POWER = "power"
    WORK = "work"
    """People use it for their work."""
    OTHER = "other"


class Weight(StrEnum):
    """How critical a dependency is: what becomes of the object when the other one is gone. The worst comes first."""

    STOPS = "stops"
    DEGRADES = "degrades"
    BOTHERS = "bothers"


class Bond(NamedTuple):
    """One tie as it stands."""

    tie: Tie
    to: UUID
    need: Need = Need.OTHER
    weight: Weight = Weight.STOPS
    group: str | None = None
    """Of several that bear the same word, one is enough: a second server, another route."""
