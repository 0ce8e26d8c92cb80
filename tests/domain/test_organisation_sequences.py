"""Whatever is proposed or wanted in whatever order: events or named refusals, and the log replays to the same organisation."""

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.errors import InvalidInputError, RefusedError
from domain.organisation import events as e
from domain.organisation.configuration import Configuration, configuration_of, proposals
from domain.organisation.state import Organisation, evolve, replay
from domain.organisation.steps import decide
from domain.organisation.warnings import warnings
from domain.policy import Policy
from domain.roles import Role
from tests.support.incidents import NOW, meta
from tests.support.organisations import (
    CVR,
    ENTITY,
    OTHER_CVR,
    WATER,
    changed,
    contact,
    granted,
    named,
    placed,
    policy,
    registered,
    removed,
    tried,
    vacated,
)

BEGUN = Organisation(given={ENTITY: "H"})
ENTITIES = st.sampled_from([ENTITY, WATER, "ukendt"])
CVRS = st.sampled_from([CVR, OTHER_CVR, "12345675"])
WHO = st.sampled_from(["u-1", "u-2", "rolle:vagt"])
ROLES = st.sampled_from(list(Role))
WHERE = st.none() | st.sampled_from(["Sundhed", "Teknik"])
POLICIES = st.none() | st.builds(Policy, four_eyes=st.booleans(), phases=st.sampled_from([("learning",), ("tea",)]))
TEXTS = st.sampled_from([None, "", "Ord"])

changes: st.SearchStrategy[e.OrganisationEvent] = st.one_of(
    st.builds(lambda n, c, p: registered(n, cvr=c, prefix=p), ENTITIES, CVRS, st.sampled_from(["H", "VA", "?"])),
    st.builds(lambda n, c: changed(n, cvr=c), ENTITIES, CVRS),
    st.builds(lambda r, h, d, n, a: placed(r, h, *d, entity=n, administration=a), ROLES, WHO, st.lists(WHO), ENTITIES, WHERE),
    st.builds(lambda r, n, a: vacated(r, entity=n, administration=a), ROLES, ENTITIES, WHERE),
    st.builds(named, WHO, ENTITIES),
    st.builds(tried, WHO, st.integers(-48, 24 * 100), ENTITIES),
    st.builds(removed, WHO, ENTITIES),
    st.builds(contact, st.sampled_from(e.Contact), TEXTS),
    st.builds(policy, POLICIES, st.none() | ENTITIES, TEXTS),
    st.builds(lambda w, n, t, r: granted(w, *n, key=t, reason=r), WHO, st.lists(ENTITIES), st.sampled_from("ab"), TEXTS),
)
GROUND: list[e.OrganisationEvent] = [registered(), registered(WATER, cvr=OTHER_CVR, prefix="VA")]


def play(proposed: list[e.OrganisationEvent]) -> tuple[Organisation, list[e.OrganisationEvent]]:
    organisation, log = BEGUN, list[e.OrganisationEvent]()
    for each in proposed:
        try:
            events = decide(organisation, each, now=NOW)
        except (RefusedError, InvalidInputError):
            continue
        for event in events:
            assert decide(organisation, event, now=NOW) == (event,)
            organisation = evolve(organisation, event)
            log.append(event)
        assert decide(organisation, each, now=NOW) == ()
    return organisation, log


@given(st.lists(changes, max_size=30), st.booleans())
@settings(max_examples=200, deadline=None)
def test_any_sequence_of_changes_replays_to_the_same_organisation(
    proposed: list[e.OrganisationEvent],
    known: bool,  # noqa: FBT001 - hypothesis passes by position
) -> None:
    organisation, log = play([*GROUND, *proposed] if known else proposed)

    assert organisation.version == len(log)
    assert replay(log, BEGUN) == organisation
    stored = [type(event).model_validate_json(event.model_dump_json(exclude_none=True)) for event in log]
    assert replay(stored, BEGUN) == organisation
    assert len(set(organisation.prefixes.values())) == len(organisation.prefixes)
    assert organisation.prefixes[ENTITY] == "H"
    keys = [warning.key for warning in warnings(organisation, now=NOW)]
    assert len(set(keys)) == len(keys)


@given(st.lists(changes, max_size=30), st.lists(changes, max_size=30))
@settings(max_examples=200, deadline=None)
def test_the_difference_to_what_is_wanted_makes_it_so_whatever_was_before(
    before: list[e.OrganisationEvent], after: list[e.OrganisationEvent]
) -> None:
    known, _ = play([*GROUND, *before])
    wanted = configuration_of(play([*GROUND, *after])[0]).model_copy(update={"reason": "Vedtaget"})
    assert Configuration.model_validate_json(wanted.model_dump_json(exclude_none=True)) == wanted

    events: list[e.OrganisationEvent] = []
    for proposed in proposals(known, wanted, meta()):
        for event in decide(known, proposed, now=NOW):
            known = evolve(known, event)
            events.append(event)
    assert all(event.reason == "Vedtaget" for event in events)
    assert told(configuration_of(known)) == told(wanted)
    assert [event for proposed in proposals(known, wanted, meta()) for event in decide(known, proposed, now=NOW)] == []


def told(configuration: Configuration) -> object:
    """Without the order in which things were said; a test stays on record although nobody tells it again."""
    shown = configuration.model_dump(exclude={"reason"})
    for entity in shown["entities"]:
        entity["roles"] = sorted(entity["roles"], key=str)
        entity["filers"] = sorted(filer["who"] for filer in entity["filers"])
    return {**shown, "entities": sorted(shown["entities"], key=str)}
