"""The kinds of steps that the story is written in."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from adapters.demo.alerts import Alertmanager, Wazuh
from adapters.demo.landscape import Make
from adapters.demo.times import When
from domain.deadline_rules import DeadlineKind
from domain.organisation.configuration import Configuration
from domain.roles import Role


class Who(NamedTuple):
    """A role mailbox. No person is in the story."""

    actor: str
    role: Role


class Alert(NamedTuple):
    """A tool sends what it saw at `seen`, so many times over in one body."""

    alert: Wazuh | Alertmanager
    seen: When
    copies: int = 1


class Over(NamedTuple):
    """A tool says that what it saw at `seen` is over: the same alert, resolved."""

    alert: Alertmanager
    seen: When


class Take(NamedTuple):
    """Somebody takes a step (`report` opens the incident), which happened at `occurred` if not as it is recorded.

    A field that is a time of the story becomes the instant.
    """

    who: Who
    step: str
    fields: Mapping[str, object]
    occurred: When | None = None


def take(who: Who, step: str, occurred: When | None = None, **fields: object) -> Take:
    """A step as the story tells it."""
    return Take(who, step, fields, occurred)


class Missed(NamedTuple):
    """Sporlog itself notes that a limit in law has passed."""

    kind: DeadlineKind


class Organise(NamedTuple):
    """Somebody puts the organisation on record: what is wanted, of the log's entity and its prefix."""

    who: Who
    wanted: Callable[[str, str], Configuration]


class FilingTested(NamedTuple):
    """Somebody notes that a filer tried out filing."""

    who: Who
    filer: str


class Catalogued(NamedTuple):
    """Somebody changes the catalogue: all of these changes in one commit."""

    who: Who
    make: Make


class PlanFiled(NamedTuple):
    """Somebody attaches an emergency plan's file, Markdown."""

    who: Who
    plan: str
    text: str
    dated: date


class BoardApproves(NamedTuple):
    """The executive board approved the list of critical services: those of these that are."""

    who: Who
    services: tuple[str, ...]
    approved_on: When
    case_number: str


class Step(NamedTuple):
    """One thing that is recorded at `at`."""

    at: When
    what: Alert | Over | Take | Missed | Organise | FilingTested | Catalogued | PlanFiled | BoardApproves
