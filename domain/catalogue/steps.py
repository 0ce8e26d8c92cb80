"""Deciding: from an object as it stands and what somebody wants recorded to the events that are, or a named refusal."""

from collections.abc import Mapping
from typing import assert_never

from domain.catalogue import errors as err
from domain.catalogue import events as e
from domain.catalogue.kinds import Kind
from domain.catalogue.state import CatalogueObject, Proposal
from domain.catalogue.ties import Tie
from domain.incident.errors import ReasonMissingError

_STANDS_ON = frozenset({Kind.SERVICE, Kind.PROCESS, Kind.SYSTEM, Kind.INTEGRATION, Kind.COMPONENT})
POSSIBLE: Mapping[Tie, tuple[frozenset[Kind], frozenset[Kind]]] = {
    Tie.DEPENDS_ON: (_STANDS_ON, _STANDS_ON),
    Tie.SUPPLIED_BY: (_STANDS_ON | {Kind.CONTRACT}, frozenset({Kind.SUPPLIER})),
    Tie.UNDER_CONTRACT: (_STANDS_ON, frozenset({Kind.CONTRACT})),
    Tie.REACHED_AT: (frozenset(Kind) - {Kind.MAILBOX}, frozenset({Kind.MAILBOX})),
    Tie.COVERS: (frozenset({Kind.PLAN}), frozenset({Kind.SERVICE, Kind.PROCESS, Kind.SYSTEM})),
}
"""From which kinds to which."""


def decide(
    known: CatalogueObject | None, proposed: e.ObjectEvent, *, other: Kind | None = None, four_eyes: bool = True
) -> tuple[e.ObjectEvent, ...]:
    """The events to record: the proposed one, or none when it would change nothing.

    `other` is the kind of the object at a tie's other end. Raises a `RefusedError` for what contradicts the record, an
    `InvalidInputError` for what cannot be meant, `UnknownObjectError` for an object that there is none of.
    """
    if isinstance(proposed, e.Registered):
        return _registered(known, proposed)
    if known is None:
        msg = "the catalogue holds no such object: register it first"
        raise err.UnknownObjectError(msg)
    if known.retired and not isinstance(proposed, e.Reinstated | e.Retired | e.Untied):
        msg = f"{known.facts.name!r} is out of use: reinstate it first"
        raise err.RetiredError(msg)
    return _decided(known, proposed, other, four_eyes=four_eyes)


def _registered(known: CatalogueObject | None, proposed: e.Registered) -> tuple[e.ObjectEvent, ...]:
    if known is None:
        return (proposed,)
    if (known.facts, known.description, known.contact) == (proposed.facts, proposed.description, proposed.contact):
        return ()
    msg = (
        f"a {proposed.facts.kind} named {proposed.facts.name!r} is in the catalogue, now as {known.facts.name!r}:"
        " change that one, or choose another name"
    )
    raise err.AlreadyRegisteredError(msg)


def _decided(  # noqa: C901, PLR0911 - one case an event, kept in one place on purpose
    known: CatalogueObject, proposed: e.ObjectEvent, other: Kind | None, *, four_eyes: bool
) -> tuple[e.ObjectEvent, ...]:
    match proposed:
        case e.Described():
            return _described(known, proposed)
        case e.Retired():
            return () if known.retired else (_reasoned(proposed),)
        case e.Reinstated():
            return (_reasoned(proposed),) if known.retired else ()
        case e.Tied():
            _check_tie(known, proposed, other)
            return () if known.bonds.get((proposed.tie, proposed.to)) == proposed.bond else (proposed,)
        case e.Untied():
            return (proposed,) if (proposed.tie, proposed.to) in known.bonds else ()
        case e.ClassProposed():
            return _proposed(known, proposed)
        case e.ClassApproved():
            proposal = _waiting(known, proposed.proposal_number)
            alone = proposal.by == proposed.meta.actor
            if alone and four_eyes:
                msg = f"{proposal.by} proposed the class of {known.facts.name!r}: somebody else must approve it"
                raise err.SameEyesError(msg)
            filled = {"service_class": proposal.service_class, "alone": alone}
            return (proposed.model_copy(update=filled),)
        case e.ClassRejected():
            _waiting(known, proposed.proposal_number)
            return (_reasoned(proposed),)
        case e.Registered():
            msg = "registering is decided before"
            raise AssertionError(msg)
        case _:
            assert_never(proposed)


def _described(known: CatalogueObject, proposed: e.Described) -> tuple[e.ObjectEvent, ...]:
    if proposed.facts.kind is not known.kind:
        msg = f"{known.facts.name!r} is a {known.kind}, not a {proposed.facts.kind}: register a new object instead"
        raise err.KindFixedError(msg)
    if (known.facts, known.description, known.contact) == (proposed.facts, proposed.description, proposed.contact):
        return ()
    return (_reasoned(proposed),)


def _proposed(known: CatalogueObject, proposed: e.ClassProposed) -> tuple[e.ObjectEvent, ...]:
    if known.kind is not Kind.SERVICE:
        msg = f"{known.facts.name!r} is a {known.kind}: only services have a class"
        raise err.NotAServiceError(msg)
    if known.proposal is None and known.service_class is proposed.service_class:
        return ()
    if known.proposal is not None and known.proposal.service_class is proposed.service_class:
        return ()
    return (_reasoned(proposed),)


def _waiting(known: CatalogueObject, number: int) -> Proposal:
    if known.proposal is None or known.proposal.number != number:
        msg = f"no class of {known.facts.name!r} waits under number {number}: look at it again"
        raise err.NoSuchProposalError(msg)
    return known.proposal


def _check_tie(known: CatalogueObject, proposed: e.Tied, other: Kind | None) -> None:
    if other is None:
        msg = f"to: the catalogue holds no object {proposed.to}: register it first"
        raise err.UnknownObjectError(msg)
    sources, targets = POSSIBLE[proposed.tie]
    if proposed.to == known.id or known.kind not in sources or other not in targets:
        msg = f"a {known.kind} is not tied to {'itself' if proposed.to == known.id else f'a {other}'} by {proposed.tie}"
        raise err.TieImpossibleError(msg)


def _reasoned(proposed: e.CatalogueChange) -> e.ObjectEvent:
    if not proposed.reason:
        msg = "reason: say why; the catalogue is what supervision asks about"
        raise ReasonMissingError(msg)
    return proposed  # type: ignore[return-value]  # whatever came in, of the same class
