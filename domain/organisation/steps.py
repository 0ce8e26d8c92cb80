"""Deciding: from what is on record and what somebody wants recorded to the events that are, or a named refusal."""

from collections.abc import Collection
from datetime import datetime
from typing import assert_never

from domain.cvr import check_cvr
from domain.incident.errors import InTheFutureError, ReasonMissingError
from domain.incident.steps import CLOCK_SKEW
from domain.organisation import errors as err
from domain.organisation import events as e
from domain.organisation.state import Entity, Organisation, Place, Placing, grant_of
from domain.policy import DEFAULT_PHASES, Policy
from domain.reference import check_prefix
from domain.submissions.forms import check_order
from domain.time import rfc3339_local


def decide(organisation: Organisation, proposed: e.OrganisationEvent, *, now: datetime) -> tuple[e.OrganisationEvent, ...]:
    """The events to record: the proposed one, or none when it would change nothing.

    Raises a `RefusedError` for what contradicts the record and an `InvalidInputError` for what cannot be meant.
    """
    if proposed.meta.occurred_at > now + CLOCK_SKEW:
        when = rfc3339_local(proposed.meta.occurred_at)
        msg = f"{proposed.TOPIC}: occurred_at {when} is in the future: record it when it has happened"
        raise InTheFutureError(msg)
    if not isinstance(proposed, _OF_NO_ENTITY) and proposed.entity is not None:
        check_known(organisation, proposed.entity)
    return (proposed,) if _changes_something(organisation, proposed) else ()


_OF_NO_ENTITY = e.EntityRegistered | e.ContactSet | e.AccessGranted | e.AccessWithdrawn
"""Changes that need no registered entity to happen to."""


def _changes_something(  # noqa: C901, PLR0911 - one case an event, kept in one place on purpose
    organisation: Organisation, proposed: e.OrganisationEvent
) -> bool:
    match proposed:
        case e.EntityRegistered():
            return _register(organisation, proposed)
        case e.EntityChanged():
            known = organisation.entities[proposed.entity]
            return known != Entity(check_cvr(proposed.cvr), proposed.authority, proposed.form_set, known.prefix)
        case e.RolePlaced():
            placing = _checked_placing(proposed)
            return organisation.placings.get(Place(proposed.entity, proposed.administration, proposed.role)) != placing
        case e.RoleVacated():
            return Place(proposed.entity, proposed.administration, proposed.role) in organisation.placings
        case e.FilerNamed():
            return proposed.who not in organisation.filers.get(proposed.entity, {})
        case e.FilerTested():
            return _test(organisation, proposed)
        case e.FilerRemoved():
            return proposed.who in organisation.filers.get(proposed.entity, {})
        case e.ContactSet():
            return organisation.contacts.get(proposed.contact, "") != (proposed.text or "")
        case e.PolicySet():
            return _set_policy(organisation, proposed)
        case e.AccessGranted():
            return _grant(organisation, proposed)
        case e.AccessWithdrawn():
            return _withdraw(organisation, proposed)
        case _:
            assert_never(proposed)


def check_known(organisation: Organisation, entity: str) -> None:
    """Raises `UnknownEntityError` for an entity that is not registered."""
    _check_among(organisation.entities, entity)


def check_can_report(organisation: Organisation, entity: str) -> None:
    """Raises `UnknownEntityError` for an entity that can have no incidents here; the log's own can, registered or not."""
    _check_among(organisation.prefixes, entity)


def _check_among(names: Collection[str], entity: str) -> None:
    if entity not in names:
        known = ", ".join(names) or "none"
        msg = f"there is no entity {entity!r} on record (known: {known}): register it first, or correct the name"
        raise err.UnknownEntityError(msg)


def _register(organisation: Organisation, proposed: e.EntityRegistered) -> bool:
    name, prefix = proposed.entity, check_prefix(proposed.prefix)
    entity = Entity(check_cvr(proposed.cvr), proposed.authority, proposed.form_set, prefix)
    known = organisation.entities.get(name)
    if known == entity:
        return False
    if known is not None:
        msg = f"{name!r} is registered already with CVR {known.cvr} and prefix {known.prefix}: change it instead"
        raise err.EntityAlreadyRegisteredError(msg)
    given = organisation.given.get(name, prefix)
    if given != prefix:
        msg = f"the references of {name!r} begin with {given} since this log's first start: register it with that prefix"
        raise err.PrefixFixedError(msg)
    for other, taken in organisation.prefixes.items():
        if other != name and taken == prefix:
            msg = f"the prefix {prefix} is that of {other!r}: choose another one for {name!r}"
            raise err.PrefixTakenError(msg)
    return True


def _checked_placing(proposed: e.RolePlaced) -> Placing:
    placing = Placing(proposed.holder, proposed.deputies)
    if len(placing.ids) != 1 + len(proposed.deputies):
        msg = f"{proposed.role} in {proposed.entity!r}: name each deputy once, and others than the holder {proposed.holder!r}"
        raise err.RepeatedDeputyError(msg)
    return placing


def _test(organisation: Organisation, proposed: e.FilerTested) -> bool:
    filers = organisation.filers.get(proposed.entity, {})
    if proposed.who not in filers:
        known = ", ".join(filers) or "none"
        msg = f"{proposed.who!r} is no filer of {proposed.entity!r} (known: {known}): name them as one first"
        raise err.UnknownFilerError(msg)
    last = filers[proposed.who]
    # Told late, after a newer test: what counts is the newest.
    return last is None or last < proposed.meta.occurred_at


def _set_policy(organisation: Organisation, proposed: e.PolicySet) -> bool:
    whose = "the general policy" if proposed.entity is None else f"the policy of {proposed.entity!r}"
    if proposed.policy is not None:
        _check_phases(whose, proposed.policy)
        check_order(proposed.policy.notice_order)
    if organisation.policies.get(proposed.entity) == proposed.policy:
        return False
    _check_reason(whose, proposed.reason)
    return True


def _check_phases(whose: str, policy: Policy) -> None:
    unknown = [phase for phase in policy.phases if phase not in DEFAULT_PHASES]
    if unknown or not policy.phases or len(set(policy.phases)) != len(policy.phases):
        wrong = f"there is no phase {', '.join(map(repr, unknown))}" if unknown else "no phase is shown, or one of them twice"
        msg = f"{whose}: {wrong}: choose from {', '.join(DEFAULT_PHASES)}, each once"
        raise err.UnknownPhaseError(msg)


def _grant(organisation: Organisation, proposed: e.AccessGranted) -> bool:
    holder = proposed.holder
    for entity in proposed.entities:
        check_can_report(organisation, entity)
    _check_audit(proposed)
    known = organisation.grants.get(holder)
    if known is not None:
        wanted = grant_of(proposed)
        if known._replace(since=wanted.since, reason=wanted.reason) == wanted:
            return False
        opens = "as an auditor" if known.period else f"to {', '.join(known.entities) or 'every entity'}"
        msg = f"{holder!r} has access already, {opens}: withdraw it first"
        raise err.AccessAlreadyGrantedError(msg)
    _check_reason(f"access for {holder!r}", proposed.reason)
    return True


def _check_audit(proposed: e.AccessGranted) -> None:
    start, end = proposed.valid_from, proposed.valid_until
    about = f"access for {proposed.holder!r}"
    if not proposed.incidents and (start or end):
        msg = f"{about}: a period is an audit's: name the incidents too, or leave the period out"
        raise err.AuditIncompleteError(msg)
    if proposed.incidents and (start is None or end is None or not proposed.entities):
        msg = f"{about}: an audit of single incidents needs from when until when, and the incidents' entities"
        raise err.AuditIncompleteError(msg)
    if start and end and not start < end:
        msg = f"{about}: it ends {rfc3339_local(end)}, before it begins {rfc3339_local(start)}: correct one of them"
        raise err.AuditIncompleteError(msg)


def _withdraw(organisation: Organisation, proposed: e.AccessWithdrawn) -> bool:
    holder = proposed.holder
    if holder not in organisation.grants:
        known = ", ".join(organisation.grants) or "none"
        msg = f"{holder!r} has no access (known: {known}): look at the list of those who have, and correct the id"
        raise err.UnknownHolderError(msg)
    _check_reason(f"access of {holder!r}", proposed.reason)
    return True


def _check_reason(about: str, reason: str | None) -> None:
    if not reason:
        msg = f"{about}: `reason` is empty: say in a few words why, it is asked for at supervision"
        raise ReasonMissingError(msg)
