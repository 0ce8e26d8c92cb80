"""Who may read here, for which entities, and what is left of the organisation for somebody who may read some only."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from pydantic import ValidationError

from domain.errors import SporlogError
from domain.incident.errors import ReasonMissingError
from domain.organisation import errors as err
from domain.organisation import events as e
from domain.organisation.access import Extent, is_audit, lies_in, shows
from domain.organisation.events import ORGANISATION
from domain.organisation.state import Organisation, replay
from domain.organisation.steps import decide
from domain.policy import Policy
from domain.roles import Role
from tests.support.incidents import NOW
from tests.support.organisations import (
    ENTITY,
    OTHER_CVR,
    WATER,
    contact,
    granted,
    named,
    organisation,
    placed,
    policy,
    registered,
    withdrawn,
)

INCIDENT = UUID("00000000-0000-4000-8000-000000000001")
TOWN = (registered(), registered(WATER, cvr=OTHER_CVR, prefix="VA"))


def test_a_grant_names_the_entities_that_it_opens_and_without_any_it_opens_all() -> None:
    state = organisation(*TOWN, granted("u-1", WATER), granted("u-2", key="en-anden"))

    assert state.grants["u-1"].scope == Extent(frozenset({WATER}))
    assert not lies_in(state.grants["u-1"].scope, ENTITY)
    assert not lies_in(state.grants["u-1"].scope, None)
    assert state.grants["u-2"].scope is None
    assert lies_in(state.grants["u-2"].scope, "en, der kommer senere")


def test_the_logs_own_entity_can_be_granted_before_it_is_registered() -> None:
    begun = Organisation(given={ENTITY: "H"})
    assert decide(begun, granted("u-1", ENTITY), now=NOW) == (granted("u-1", ENTITY),)


def test_the_same_grant_again_is_nothing_new_and_after_a_withdrawal_it_is() -> None:
    state = organisation(*TOWN, granted())
    assert decide(state, granted(), now=NOW) == ()
    (gone,) = decide(state, withdrawn(), now=NOW)
    after = replay([gone], state)
    assert after.grants == {}
    assert decide(after, granted(), now=NOW) == (granted(),)


@pytest.mark.parametrize(
    ("before", "proposed", "error", "says"),
    [
        (TOWN, granted("u-1", "naboby"), err.UnknownEntityError, "no entity 'naboby' on record (known: laerkeborg, vand)"),
        ((*TOWN, granted()), granted(key="en-ny"), err.AccessAlreadyGrantedError, "to every entity: withdraw it first"),
        ((*TOWN, granted("u-1", WATER)), granted(), err.AccessAlreadyGrantedError, "'u-1' has access already, to vand"),
        ((*TOWN, granted("u-2")), withdrawn(), err.UnknownHolderError, "'u-1' has no access (known: u-2)"),
        ((), withdrawn(), err.UnknownHolderError, "(known: none)"),
        ((), granted(reason=None), ReasonMissingError, "access for 'u-1': `reason` is empty"),
        ((granted(),), withdrawn(reason=""), ReasonMissingError, "access of 'u-1'"),
    ],
)
def test_what_cannot_be_is_refused_by_name(
    before: tuple[e.OrganisationEvent, ...], proposed: e.OrganisationEvent, error: type[SporlogError], says: str
) -> None:
    with pytest.raises(error, match=re.escape(says)):
        decide(organisation(*before), proposed, now=NOW)


def test_a_token_itself_has_no_room_in_the_log() -> None:
    with pytest.raises(ValidationError, match="token_sha256"):
        e.AccessGranted(meta=granted().meta, holder="u-1", token_sha256="x" * 43)


def test_who_may_read_one_entity_sees_what_is_its_own_and_what_holds_for_all() -> None:
    whole = organisation(
        *TOWN,
        placed(Role.ASSESSOR, "u-1"),
        placed(Role.ASSESSOR, "u-9", entity=WATER),
        named("u-1"),
        named("u-9", entity=WATER),
        contact(),
        policy(Policy(four_eyes=False)),
        policy(Policy(alone_on_duty=False), ENTITY),
        granted("u-9", WATER),
    )
    seen = whole.within(Extent(frozenset({WATER})))

    assert whole.within(None) == whole
    assert (set(seen.entities), set(seen.filers), set(seen.prefixes)) == ({WATER}, {WATER}, {WATER})
    assert [placing.holder for placing in seen.placings.values()] == ["u-9"]
    assert seen.authority(WATER, None) == whole.authority(WATER, None)
    assert seen.authority(ENTITY, None).policy == Policy(four_eyes=False)
    assert seen.contacts == whole.contacts
    assert seen.grants == {}
    assert seen.version == whole.version


DAY = timedelta(days=1)


def audit(**fields: object) -> e.AccessGranted:
    named = {"entities": (ENTITY,), "incidents": (INCIDENT,), "valid_from": NOW, "valid_until": NOW + DAY}
    return granted("u-9").model_copy(update={**named, **fields})


def test_an_audit_opens_its_incidents_alone_and_from_its_beginning_until_before_its_end() -> None:
    grant = organisation(*TOWN, audit()).grants["u-9"]
    assert is_audit(grant.scope)
    assert not is_audit(Extent(frozenset({ENTITY})))
    assert shows(grant.scope, INCIDENT, ENTITY)
    for incident, entity in ((ORGANISATION, ENTITY), (INCIDENT, WATER), (INCIDENT, None)):
        assert not shows(grant.scope, incident, entity)
    held = [grant.holds(NOW + span) for span in (-timedelta.resolution, 0 * DAY, DAY - timedelta.resolution, DAY)]
    assert held == [False, True, True, False]
    assert organisation(*TOWN, granted()).grants["u-1"].holds(NOW + 1000 * DAY)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"valid_until": None}, "needs from when until when"),
        ({"valid_from": None}, "needs from when until when"),
        ({"entities": ()}, "and the incidents' entities"),
        ({"incidents": ()}, "a period is an audit's: name the incidents too"),
        ({"valid_until": NOW}, "before it begins"),
    ],
)
def test_an_audit_that_lacks_something_is_refused(fields: dict[str, Any], says: str) -> None:
    with pytest.raises(err.AuditIncompleteError, match=re.escape(says)):
        decide(organisation(*TOWN), audit(**fields), now=NOW)


def test_an_audit_of_other_incidents_or_another_time_is_another_access() -> None:
    state = organisation(*TOWN, audit())
    assert decide(state, audit(), now=NOW) == ()
    for other in ({"incidents": (INCIDENT, ORGANISATION)}, {"valid_until": NOW + 2 * DAY}):
        with pytest.raises(err.AccessAlreadyGrantedError):
            decide(state, audit(**other), now=NOW)
