"""What an incident's bundle holds of organisation, intake's rules and catalogue: what its events refer to, as it stood.

Not the municipality's whole landscape: of the organisation the incident's own entity, the roles that somebody acted in and the
policy; of the intake the sources whose alerts it has, and the rules by which alerts are placed. Of each what was in force when
the incident began, and every change until its last event. Contacts, grants of access, tokens and secrets are referred to by no
event and are never along. Of the catalogue see `domain.audit.catalogue_reach`.
"""

from collections.abc import Hashable, Iterable, Sequence
from uuid import UUID

from domain.audit.catalogue_reach import Between, names_in, referred_objects
from domain.events import Recorded
from domain.incident import events as e
from domain.intake import events as i
from domain.organisation import events as o


class Reach:
    """Is shown the events of one or more incidents in order, and then tells which settings they refer to."""

    def __init__(self) -> None:
        self._first, self._last = 0, 0
        self._named: set[tuple[str, Hashable]] = set()
        self._called: set[str] = set()

    def see(self, recorded: Recorded) -> None:
        """One more event of an incident."""
        self._first, self._last = self._first or recorded.position, recorded.position
        self._called.update(filter(None, names_in(recorded)))
        event, role = recorded.event, recorded.event.meta.role
        if role:
            self._named.add(("role", role))
        match event:
            case e.Reported():
                self._named |= {("entity", event.entity), ("policy", event.entity), ("policy", None)}
            case e.SignalAttached():
                self._named |= {("source", signal.source) for signal in event.signals} | {("rules", None)}
            case e.RoleAssigned():
                self._named.add(("role", event.assigned_role.value))
            case _:
                pass

    def referred(self, settings: Iterable[Recorded]) -> list[int]:
        """Positions of the settings that were referred to: events of the organisation's and the intake's streams, in order."""
        needed, before, since = self._needed(), dict[Hashable, int](), list[int]()
        for one in settings:
            about = _about(one)
            if one.position > self._last or about is None or about[:2] not in needed:
                continue
            if one.position < self._first:
                before[about] = one.position
            else:
                since.append(one.position)
        return sorted([*before.values(), *since])

    @property
    def names_objects(self) -> bool:
        """Whether the events name anything that a catalogue could hold."""
        return bool(self._called)

    def referred_objects(self, catalogue: Sequence[Recorded]) -> dict[UUID, list[int]]:
        """The catalogue's objects that were referred to, with the positions of their events that belong along."""
        return referred_objects(self._called, catalogue, Between(self._first, self._last))

    def _needed(self) -> set[tuple[str, Hashable]]:
        entities = {about for kind, about in self._named if kind == "entity"}
        roles = {about for kind, about in self._named if kind == "role"}
        return self._named | {("placing", (entity, role)) for entity in entities for role in roles}


def _about(recorded: Recorded) -> tuple[str, Hashable, Hashable] | None:
    """(kind, of whom, which): the last one of each is what was in force. None for what no event refers to."""
    found: tuple[str, Hashable, Hashable] | None = None
    match recorded.event:
        case o.EntityRegistered() | o.EntityChanged() as one:
            found = "entity", one.entity, one.TOPIC
        case o.RolePlaced() | o.RoleVacated() as one:
            found = "placing", (one.entity, one.role.value), one.administration
        case o.PolicySet() as one:
            found = "policy", one.entity, None
        case i.SourceSet() | i.SourceRemoved() | i.MappingSaved() as one:
            found = "source", one.source, one.TOPIC
        case i.RulesSet():
            found = "rules", None, None
        case _:
            pass
    return found
