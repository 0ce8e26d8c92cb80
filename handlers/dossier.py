"""An incident's dossier: what notices, the director's brief and the records system are filled in from, as of any position."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from domain.errors import NotFoundError
from domain.incident.state import Incident
from domain.organisation.events import ORGANISATION
from domain.organisation.state import Organisation
from domain.organisation.state import replay as replay_organisation
from domain.policy import Policy
from domain.submissions.fields import FIELD_BY_KEY
from domain.submissions.known import Known
from handlers.desk import Desk
from handlers.known_facts import known_of
from handlers.readings import Moment


class Dossier(NamedTuple):
    """What was known after `moments` (at least one), under the organisation of that time."""

    moments: tuple[Moment, ...]
    organisation: Organisation
    known: Known

    @property
    def incident(self) -> Incident:
        """As it stood."""
        return self.moments[-1].after

    @property
    def position(self) -> int:
        """The last event that the dossier knows of."""
        return self.moments[-1].recorded.position

    @property
    def as_of(self) -> datetime:
        """When the store took that event, UTC: the same dossier has the same time for ever."""
        return self.moments[-1].recorded.recorded_at

    @property
    def policy(self) -> Policy:
        """What the entity had decided for itself."""
        return self.organisation.authority(self.incident.entity, self.incident.administration).policy

    @property
    def field_order(self) -> tuple[str, ...]:
        """The notices' fields that the entity wants first. A key that there is no field of any more is passed over."""
        return tuple(key for key in self.policy.notice_order if key in FIELD_BY_KEY)

    def until(self, position: int) -> "Dossier":
        """What was known after the event at that position, and nothing later, of the incident itself."""
        return make_dossier([m for m in self.moments if m.recorded.position <= position], self.organisation)


def make_dossier(moments: Sequence[Moment], organisation: Organisation) -> Dossier:
    """Put together what these moments (at least one) tell. Pure: the same moments give the same dossier."""
    return Dossier(tuple(moments), organisation, known_of(moments, organisation))


def read_dossier(desk: Desk, reference: str, *, position: int | None = None) -> Dossier:
    """Read it from the log, as of a position or now. Raises `NotFoundError`, also when nothing was recorded by then."""
    moments = desk.replay(reference, position=position)
    if not moments:
        msg = f"{reference} was not yet recorded at position {position}: ask for a later one"
        raise NotFoundError(msg)
    changes = desk.history.read_stream(ORGANISATION, upto=position)
    organisation = replay_organisation((one.event for one in changes), Organisation())
    return make_dossier(moments, organisation.within(desk.scope))
