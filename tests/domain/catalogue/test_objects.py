"""What the catalogue records of an object, what it passes over as nothing new, and what it refuses by name."""

import pytest

from domain.catalogue import errors as err
from domain.catalogue import events as e
from domain.catalogue.classes import Effect, ServiceClass, severity_of
from domain.catalogue.events import object_id
from domain.catalogue.kinds import MODELS, Kind
from domain.catalogue.state import CatalogueObject, replay
from domain.catalogue.steps import POSSIBLE, decide
from domain.catalogue.ties import Need, Tie, Weight
from domain.errors import SporlogError
from domain.incident.errors import ReasonMissingError
from domain.signals import Severity
from tests.support.catalogues import CARE, SERVER, SYSTEM, WHY, approved, described, ident, proposed, registered, tied
from tests.support.incidents import meta

SERVICE, SYSTEM_ID = ident(Kind.SERVICE, CARE), ident(Kind.SYSTEM, SYSTEM)
BEGUN = registered(Kind.SERVICE, CARE)
RETIRED = e.Retired(meta=meta(), reason=WHY)
REINSTATED = e.Reinstated(meta=meta(), reason=WHY)
HIGH, LOW = ServiceClass.SOCIETY_CRITICAL, ServiceClass.IMPORTANT
ON_SYSTEM = tied(Tie.DEPENDS_ON, SYSTEM_ID, need=Need.WORK, weight=Weight.STOPS)
UNTIED = e.Untied(meta=meta(), tie=Tie.DEPENDS_ON, to=SYSTEM_ID)
REJECTED = e.ClassRejected(meta=meta(), proposal_number=2, reason=WHY)


def known(*events: e.ObjectEvent) -> CatalogueObject | None:
    return replay(SERVICE, events)


@pytest.mark.parametrize(
    ("before", "proposed_event"),
    [
        ((), BEGUN),
        ((BEGUN,), described(Kind.SERVICE, CARE, restoration_order=1)),
        ((BEGUN,), described(Kind.SERVICE, CARE, contact="Ring")),
        ((BEGUN,), RETIRED),
        ((BEGUN, RETIRED), REINSTATED),
        ((BEGUN,), ON_SYSTEM),
        ((BEGUN, ON_SYSTEM), tied(Tie.DEPENDS_ON, SYSTEM_ID, need=Need.WORK, weight=Weight.BOTHERS)),
        ((BEGUN, ON_SYSTEM), UNTIED),
        ((BEGUN, ON_SYSTEM, RETIRED), UNTIED),
        ((BEGUN,), proposed(HIGH)),
        ((BEGUN, proposed(HIGH)), proposed(LOW)),
        ((BEGUN, proposed(HIGH)), REJECTED),
    ],
)
def test_what_is_new_is_recorded_as_it_was_proposed(before: tuple[e.ObjectEvent, ...], proposed_event: e.ObjectEvent) -> None:
    assert decide(known(*before), proposed_event, other=Kind.SYSTEM) == (proposed_event,)


@pytest.mark.parametrize(
    ("before", "proposed_event"),
    [
        ((BEGUN,), BEGUN),
        ((BEGUN,), described(Kind.SERVICE, CARE)),
        ((BEGUN, RETIRED), RETIRED),
        ((BEGUN,), REINSTATED),
        ((BEGUN, ON_SYSTEM), ON_SYSTEM),
        ((BEGUN,), UNTIED),
        ((BEGUN, proposed(HIGH)), proposed(HIGH)),
        ((BEGUN, proposed(HIGH), approved(2)), proposed(HIGH)),
    ],
)
def test_what_is_so_already_is_not_recorded_again(before: tuple[e.ObjectEvent, ...], proposed_event: e.ObjectEvent) -> None:
    assert decide(known(*before), proposed_event, other=Kind.SYSTEM) == ()


@pytest.mark.parametrize(
    ("before", "proposed_event", "error"),
    [
        ((), RETIRED, err.UnknownObjectError),
        ((BEGUN,), registered(Kind.SERVICE, CARE, restoration_order=2), err.AlreadyRegisteredError),
        ((BEGUN,), described(Kind.SYSTEM, CARE), err.KindFixedError),
        ((BEGUN, RETIRED), described(Kind.SERVICE, CARE, restoration_order=1), err.RetiredError),
        ((BEGUN,), tied(Tie.DEPENDS_ON, SERVICE), err.TieImpossibleError),
        ((BEGUN,), tied(Tie.SUPPLIED_BY, SYSTEM_ID), err.TieImpossibleError),
        ((registered(Kind.SYSTEM, SYSTEM),), proposed(HIGH), err.NotAServiceError),
        ((BEGUN,), approved(2), err.NoSuchProposalError),
        ((BEGUN, proposed(HIGH)), approved(1), err.NoSuchProposalError),
        ((BEGUN, proposed(HIGH)), approved(2, actor="u-1"), err.SameEyesError),
        ((BEGUN, proposed(HIGH), approved(2)), REJECTED, err.NoSuchProposalError),
        ((BEGUN,), RETIRED.model_copy(update={"reason": None}), ReasonMissingError),
        ((BEGUN,), described(Kind.SERVICE, CARE, restoration_order=1, reason=None), ReasonMissingError),
        ((BEGUN,), proposed(HIGH, reason=None), ReasonMissingError),
    ],
)
def test_what_contradicts_the_record_is_refused_by_name(
    before: tuple[e.ObjectEvent, ...], proposed_event: e.ObjectEvent, error: type[SporlogError]
) -> None:
    with pytest.raises(error):
        decide(known(*before), proposed_event, other=Kind.SYSTEM)


def test_a_tie_to_what_nobody_registered_is_refused() -> None:
    with pytest.raises(err.UnknownObjectError, match="register it first"):
        decide(known(BEGUN), ON_SYSTEM, other=None)


def test_a_class_holds_once_somebody_else_approved_it_and_tells_why() -> None:
    waiting = known(BEGUN, proposed(HIGH))
    assert waiting is not None
    assert (waiting.service_class, waiting.proposal and waiting.proposal.service_class) == (None, HIGH)
    (event,) = decide(waiting, approved(2))
    assert isinstance(event, e.ClassApproved)
    assert (event.service_class, event.alone) == (HIGH, False)
    holds = known(BEGUN, proposed(HIGH), event)
    assert holds is not None
    assert holds.classed is not None
    assert (holds.service_class, holds.classed.reason, holds.proposal) == (HIGH, WHY, None)


def test_where_the_policy_asks_for_no_four_eyes_the_record_says_that_it_was_one_pair() -> None:
    (event,) = decide(known(BEGUN, proposed(HIGH)), approved(2, actor="u-1"), four_eyes=False)
    assert isinstance(event, e.ClassApproved)
    assert event.alone


def test_a_rejected_class_leaves_the_one_that_held() -> None:
    number = 4
    rejected = e.ClassRejected(meta=meta(), proposal_number=number, reason=WHY)
    after = known(BEGUN, proposed(HIGH), approved(2), proposed(LOW), rejected)
    assert after is not None
    assert (after.service_class, after.proposal, after.version) == (HIGH, None, 5)


def test_every_kind_has_facts_of_its_own_and_every_tie_its_kinds() -> None:
    assert MODELS.keys() == set(Kind)
    assert POSSIBLE.keys() == set(Tie)


def test_the_same_name_of_one_kind_is_one_object_in_any_spelling() -> None:
    assert object_id(Kind.COMPONENT, SERVER) == object_id(Kind.COMPONENT, f" {SERVER.upper()} ")
    assert object_id(Kind.COMPONENT, SERVER) != object_id(Kind.SYSTEM, SERVER)


def test_severity_falls_with_class_and_with_effect() -> None:
    worst_first = list(Severity)
    for effect in Effect:
        column = [worst_first.index(severity_of(one, effect)) for one in ServiceClass]
        assert column == sorted(column)
    for one in ServiceClass:
        row = [worst_first.index(severity_of(one, effect)) for effect in Effect]
        assert row == sorted(row)
    assert severity_of(HIGH, Effect.STOPPED) is Severity.CRITICAL
