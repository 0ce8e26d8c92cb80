"""One incident as it stands, for the parts of its page that tell of it."""

from typing import NamedTuple

from adapters.web.clocks import Clock
from adapters.web.numbers import Told
from adapters.words.wording import Language
from domain.incident.state import Incident
from domain.policy import Policy
from handlers.readings import Moment


class Standing(NamedTuple):
    """`told` says in a line what the incident's nth event was; all words are in `language`."""

    incident: Incident
    moments: tuple[Moment, ...]
    clocks: tuple[Clock, ...]
    policy: Policy
    told: Told
    language: Language
