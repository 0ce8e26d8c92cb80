"""What the organisation records, what it passes over as nothing new, and what it refuses by name."""

import re
from datetime import timedelta

import pytest
from pydantic import ValidationError

from domain.cvr import InvalidCvrError
from domain.errors import SporlogError
from domain.incident.errors import InTheFutureError, ReasonMissingError
from domain.organisation import errors as err
from domain.organisation import events as e
from domain.organisation.state import Organisation, replay
from domain.organisation.steps import decide
from domain.policy import Authority, Policy
from domain.reference import InvalidPrefixError
from domain.roles import Role
from domain.submissions.forms import UnknownFieldError
from tests.support.incidents import NOW, REPORTED_AT
from tests.support.organisations import (
    CVR,
    ENTITY,
    OTHER_CVR,
    WATER,
    changed,
    contact,
    named,
    organisation,
    placed,
    policy,
    registered,
    removed,
    tried,
    vacated,
)

HERE = registered()
ASSESSOR = Role.ASSESSOR
STRICT, LOOSE = Policy(alone_on_duty=False), Policy(four_eyes=False)
FAR = (NOW - REPORTED_AT) / timedelta(hours=1)

NEWS = [
    ((), HERE),
    ((HERE,), registered(WATER, cvr=OTHER_CVR, prefix="VA")),
    ((HERE,), changed(cvr=OTHER_CVR)),
    ((HERE,), changed(authority="Miljøstyrelsen")),
    ((HERE,), placed(ASSESSOR)),
    ((HERE, placed(ASSESSOR)), placed(ASSESSOR, "u-1", "u-2")),
    ((HERE, placed(ASSESSOR)), placed(ASSESSOR, administration="Sundhed")),
    ((HERE, placed(ASSESSOR, "u-1", "u-2", "u-3")), placed(ASSESSOR, "u-1", "u-3", "u-2")),
    ((HERE, placed(ASSESSOR)), vacated(ASSESSOR)),
    ((HERE,), named()),
    ((HERE, named()), tried()),
    ((HERE, named(), tried("u-1", 2)), tried("u-1", 3)),
    ((HERE, named(), tried()), removed()),
    ((), contact()),
    ((contact(),), contact(text=None)),
    ((contact(),), contact(text="Ring 11 11 11 11")),
    ((), policy(STRICT)),
    ((HERE, policy(STRICT)), policy(STRICT, ENTITY)),
    ((policy(STRICT),), policy(None)),
]
OLD_NEWS = [
    ((HERE,), HERE),
    ((HERE,), changed()),
    ((HERE, placed(ASSESSOR)), placed(ASSESSOR)),
    ((HERE,), vacated(ASSESSOR)),
    ((HERE, placed(ASSESSOR)), vacated(ASSESSOR, administration="Sundhed")),
    ((HERE, named()), named()),
    ((HERE, named(), tried("u-1", 3)), named()),
    ((HERE, named(), tried("u-1", 3)), tried("u-1", 2)),
    ((HERE,), removed()),
    ((), contact(text=None)),
    ((), contact(text="")),
    ((contact(),), contact()),
    ((policy(STRICT),), policy(STRICT, reason=None)),
    ((), policy(None)),
]
REFUSED: list[tuple[tuple[e.OrganisationEvent, ...], e.OrganisationEvent, type[SporlogError], str]] = [
    ((), placed(ASSESSOR), err.UnknownEntityError, "no entity 'laerkeborg' on record (known: none)"),
    ((HERE,), named(entity=WATER), err.UnknownEntityError, "(known: laerkeborg)"),
    ((), changed(), err.UnknownEntityError, "register it first"),
    ((), policy(STRICT, ENTITY), err.UnknownEntityError, "laerkeborg"),
    ((), registered(cvr="12345675"), InvalidCvrError, "check digit"),
    ((HERE,), changed(cvr="1"), InvalidCvrError, "eight digits"),
    ((), registered(prefix="Ø"), InvalidPrefixError, "'Ø'"),
    ((HERE,), registered(WATER, cvr=OTHER_CVR), err.PrefixTakenError, "H is that of 'laerkeborg'"),
    ((HERE,), registered(prefix="L"), err.EntityAlreadyRegisteredError, f"with CVR {CVR} and prefix H"),
    ((HERE,), placed(ASSESSOR, "u-1", "u-1"), err.RepeatedDeputyError, "others than the holder 'u-1'"),
    ((HERE,), placed(ASSESSOR, "u-1", "u-2", "u-2"), err.RepeatedDeputyError, "each deputy once"),
    ((HERE, named()), tried("u-9"), err.UnknownFilerError, "'u-9' is no filer of 'laerkeborg' (known: u-1)"),
    ((HERE, named()), tried("u-1", FAR + 1), InTheFutureError, "in the future"),
    ((), policy(STRICT, reason=None), ReasonMissingError, "the general policy: `reason` is empty"),
    ((HERE,), policy(STRICT, ENTITY, ""), ReasonMissingError, "the policy of 'laerkeborg'"),
    ((policy(STRICT),), policy(None, reason=None), ReasonMissingError, "supervision"),
    ((), policy(Policy(phases=("discovery", "tea"))), err.UnknownPhaseError, "no phase 'tea'"),
    ((), policy(Policy(phases=("learning", "learning"))), err.UnknownPhaseError, "twice"),
    ((), policy(Policy(phases=())), err.UnknownPhaseError, "choose from discovery"),
]


@pytest.mark.parametrize(("before", "proposed"), NEWS)
def test_a_change_is_recorded_as_proposed_and_then_is_nothing_new(
    before: tuple[e.OrganisationEvent, ...], proposed: e.OrganisationEvent
) -> None:
    state = organisation(*before)

    assert decide(state, proposed, now=NOW) == (proposed,)
    after = replay([proposed], state)
    assert after != state
    assert after.version == len(before) + 1
    assert decide(after, proposed, now=NOW) == ()


@pytest.mark.parametrize(("before", "proposed"), OLD_NEWS)
def test_what_is_so_already_gives_no_event(before: tuple[e.OrganisationEvent, ...], proposed: e.OrganisationEvent) -> None:
    assert decide(organisation(*before), proposed, now=NOW) == ()


@pytest.mark.parametrize(("before", "proposed", "error", "says"), REFUSED)
def test_what_cannot_be_is_refused_by_name_and_says_what_to_do(
    before: tuple[e.OrganisationEvent, ...], proposed: e.OrganisationEvent, error: type[SporlogError], says: str
) -> None:
    with pytest.raises(error, match=re.escape(says)) as refusal:
        decide(organisation(*before), proposed, now=NOW)
    assert type(refusal.value) is error


def test_the_logs_own_entity_keeps_its_prefix_when_it_is_registered_later() -> None:
    begun = Organisation(given={ENTITY: "H"})

    with pytest.raises(err.PrefixFixedError, match="begin with H"):
        decide(begun, registered(prefix="L"), now=NOW)
    with pytest.raises(err.PrefixTakenError, match="that of 'laerkeborg'"):
        decide(begun, registered(WATER, prefix="H"), now=NOW)
    assert decide(begun, registered(), now=NOW) == (registered(),)
    assert replay([registered(WATER, prefix="VA")], begun).prefixes == {ENTITY: "H", WATER: "VA"}


def test_a_holder_is_an_id_without_room_for_a_sentence() -> None:
    assert placed(ASSESSOR, "rolle:vurdering").holder == "rolle:vurdering"
    with pytest.raises(ValidationError, match="pattern"):
        placed(ASSESSOR, "Bjørn fra IT")


def test_without_an_organisation_the_defaults_hold_and_no_role_is_placed() -> None:
    assert Organisation().authority(ENTITY, None) == Authority()


def test_an_entitys_own_policy_goes_before_the_general_one() -> None:
    both = organisation(HERE, registered(WATER, cvr=OTHER_CVR, prefix="VA"), policy(STRICT), policy(LOOSE, WATER))

    assert both.authority(ENTITY, None).policy == STRICT
    assert both.authority(WATER, None).policy == LOOSE
    assert replay([policy(None, WATER)], both).authority(WATER, None).policy == STRICT


def test_an_administrations_holders_go_before_the_entitys_and_deputies_count_as_holders() -> None:
    state = organisation(
        HERE,
        placed(ASSESSOR, "u-1", "u-2"),
        placed(Role.NOTIFIER, "u-3"),
        placed(ASSESSOR, "u-4", administration="Sundhed"),
        placed(Role.DPO, "dpo@laerkeborg.example"),
    )

    assert state.authority(ENTITY, None).holders == {
        ASSESSOR: {"u-1", "u-2"}, Role.NOTIFIER: {"u-3"}, Role.DPO: {"dpo@laerkeborg.example"},
    }  # fmt: skip
    assert state.authority(ENTITY, "Sundhed").holders[ASSESSOR] == {"u-4"}
    assert state.authority(ENTITY, "Sundhed").holders[Role.NOTIFIER] == {"u-3"}
    assert state.authority(ENTITY, "Teknik") == state.authority(ENTITY, None)
    assert state.authority(WATER, None).holders == {}


def test_a_policy_that_orders_fields_which_no_notice_has_is_refused() -> None:
    there = organisation(registered())
    (event,) = decide(there, policy(Policy(notice_order=("summary", "time.aware"))), now=NOW)
    assert isinstance(event, e.PolicySet)
    with pytest.raises(UnknownFieldError, match="resume"):
        decide(there, policy(Policy(notice_order=("resume",))), now=NOW)
