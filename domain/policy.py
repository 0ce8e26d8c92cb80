"""What a municipality decides for itself (KL: each justifies its choices at supervision), and who holds which role.

Incidents are decided under an `Authority`: the policy in force, and the holders of the roles. Without an organisation on
record the defaults hold and nobody is kept from acting; that the roles are not placed is then a standing warning.
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from pydantic import Field, PositiveInt

from domain.events import Frozen
from domain.guide.thresholds import Thresholds
from domain.roles import Role

DEFAULT_PHASES = (
    "discovery",
    "first_assessment",
    "full_assessment",
    "authorities",
    "recipients",
    "handling",
    "learning",
)
"""KL's seven phases (chapter 4.4), as keys."""


class Policy(Frozen):
    """Hours are elapsed hours. Every change is an event with its reason."""

    four_eyes: bool = True
    """Nobody approves what they proposed themselves."""
    approve_submissions: bool = True
    """Each notice to an authority is approved before it is sent; sent without, it is approved afterwards."""
    alone_on_duty: bool = True
    """Whoever is alone may approve their own, and a second person approves afterwards (alene på vagt)."""
    approve_within_hours: PositiveInt = 24
    """Until when a second person approves what was done alone, without approval or in an emergency."""
    assess_within_hours: PositiveInt = 4
    assess_from: Literal["registered", "detected"] = "registered"
    """From when the internal limit of the first assessment counts."""
    recipients_within_hours: PositiveInt = 24
    """Internal target for § 15, which says without undue delay."""
    data_subjects_within_hours: PositiveInt = 72
    """Internal target for GDPR art. 34, which says without undue delay."""
    impact_urgency: bool = False
    """Ask impact and urgency when an incident is reported, as ITSM systems do; where both are told they give the severity."""
    phases: tuple[str, ...] = DEFAULT_PHASES
    """Which phases are shown, in which order."""
    notice_order: tuple[str, ...] = ()
    """Keys of the notices' fields that come first, in the order in which the portal has them; one for all kinds."""
    thresholds: Thresholds = Thresholds()
    examples: dict[Literal["operation", "economy", "others"], tuple[str, ...]] = Field(default_factory=dict)
    """Own examples of the three criteria of § 12, stk. 2. SAMSIK's are not shipped."""


class Authority(NamedTuple):
    """The policy, and for each placed role the ids of those who hold it or stand in. A role that is not placed is absent."""

    policy: Policy = Policy()
    holders: Mapping[Role, frozenset[str]] = {}
