"""The organisation's file: what is written is read again as it was, and every mistake is named with what is possible."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.organisation.file import UnreadableOrganisationError, read_organisation, write_organisation
from adapters.organisation.texts import CHANGES, CONTACTS, EXAMPLES, POLICY, THRESHOLDS
from domain.organisation.configuration import Configuration, WantedEntity, WantedFiler, WantedRole
from domain.organisation.events import Contact, OrganisationChange
from domain.policy import Policy
from domain.roles import Role
from tests.support.tree import ROOT

EXAMPLE = ROOT / "deploy" / "organisation.toml"
TEXTS = st.text(max_size=40).map(str.strip)
IDS = st.from_regex(r"[^\s]{1,20}", fullmatch=True)
POLICIES = st.none() | st.builds(
    Policy,
    four_eyes=st.booleans(),
    phases=st.lists(st.sampled_from(Policy().phases), unique=True).map(tuple),
    examples=st.dictionaries(st.sampled_from(["operation", "others"]), st.lists(TEXTS).map(tuple)),
)
ROLE = st.builds(
    WantedRole,
    role=st.sampled_from(Role),
    administration=st.none() | TEXTS.filter(bool),
    holder=IDS,
    deputies=st.lists(IDS, max_size=2).map(tuple),
)
TIMES = st.timedeltas(timedelta(0), timedelta(days=300_000)).map(lambda span: datetime(1980, 1, 1, tzinfo=UTC) + span)
FILER = st.builds(WantedFiler, who=IDS, tested=st.none() | TIMES)
CONFIGURATIONS = st.builds(
    Configuration,
    reason=st.none() | TEXTS.filter(bool),
    policy=POLICIES,
    contacts=st.fixed_dictionaries(dict.fromkeys(Contact, TEXTS)),
    entities=st.lists(
        st.builds(
            WantedEntity,
            entity=TEXTS.filter(bool),
            cvr=st.just("12345674"),
            prefix=st.just("H"),
            policy=POLICIES,
            roles=st.lists(ROLE, max_size=3, unique_by=lambda role: (role.role, role.administration)).map(tuple),
            filers=st.lists(FILER, max_size=2, unique_by=lambda filer: filer.who).map(tuple),
        ),
        max_size=2,
        unique_by=lambda entity: entity.entity,
    ).map(tuple),
)


@given(CONFIGURATIONS)
def test_what_is_written_is_read_again_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, configuration: Configuration
) -> None:
    path = tmp_path_factory.mktemp("file") / "organisation.toml"
    path.write_bytes(write_organisation(configuration).encode())
    assert read_organisation(path) == configuration


def wrong(tmp_path: Path, text: str) -> str:
    path = tmp_path / "forkert.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableOrganisationError) as refusal:
        read_organisation(path)
    assert str(path) in str(refusal.value)
    return str(refusal.value)


ENTITY = '[[entities]]\nentity = "x"\ncvr = "12345674"\nprefix = "H"\n'


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("kontakter = 1", "kontakter: there is no such key, possible are version, reason, entities, contacts, policy"),
        (f"{ENTITY}navn = 1", "entities.1.navn: there is no such key, possible are entity, cvr, authority"),
        (f"{ENTITY}[[entities.roles]]\nrolle = 1", "entities.1.roles.1.rolle: there is no such key, possible are role,"),
        ("[policy.thresholds]\nkroner = 1", "policy.thresholds.kroner: there is no such key, possible are critical_service"),
        ("[policy]\nfour_eyes = 'ja'", "policy.four_eyes: Input should be a valid boolean"),
        ("[policy]\nassess_within_hours = '4'", "policy.assess_within_hours: Input should be a valid integer"),
        ("[policy]\nassess_within_hours = 0", "policy.assess_within_hours: Input should be greater than 0"),
        (f"{ENTITY}[[entities.roles]]\nrole = 'chef'\nholder = 'u-1'", "entities.1.roles.1.role: Input should be 'incident_r"),
        (f"{ENTITY}[[entities.roles]]\nrole = 'dpo'", "entities.1.roles.1.holder: Field required"),
        (f"{ENTITY}[[entities.roles]]\nrole = 'dpo'\nholder = 'Bo Hansen'", "entities.1.roles.1.holder: String should match"),
        (f"{ENTITY}[[entities.filers]]\nwho = 'u-1'\ntested = 'i går'", "entities.1.filers.1.tested: Value error, 'i går'"),
        (f"{ENTITY}{ENTITY}", "entity x is there twice"),
        (f"{ENTITY}" + 2 * "[[entities.roles]]\nrole = 'dpo'\nholder = 'u-1'\n", "entities.1: Value error, role dpo is there"),
        ("[contacts]\npoliti = '114'", "Input should be 'virk', 'fallback', 'csirt' or 'data_protection_authority'"),
        ("[contacts", "is no TOML file in UTF-8"),
    ],
)
def test_a_mistake_is_named_with_its_key_and_what_is_possible(tmp_path: Path, text: str, says: str) -> None:
    assert says in wrong(tmp_path, text)


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    path = tmp_path / "latin.toml"
    path.write_bytes("reason = 'Æ'".encode("latin-1"))
    with pytest.raises(UnreadableOrganisationError, match="UTF-8"):
        read_organisation(path)


def test_a_test_without_a_zone_is_copenhagens_time(tmp_path: Path) -> None:
    path = tmp_path / "organisation.toml"
    path.write_text(f"{ENTITY}[[entities.filers]]\nwho = 'u-1'\ntested = 2026-06-01 10:00:00", encoding="utf-8")
    assert read_organisation(path).entities[0].filers[0].tested == datetime(2026, 6, 1, 8, 0, tzinfo=UTC)


def test_everything_in_the_file_has_a_comment_in_danish() -> None:
    assert POLICY.keys() == Policy.model_fields.keys() - {"thresholds", "examples"}
    assert THRESHOLDS.keys() == type(Policy().thresholds).model_fields.keys()
    assert EXAMPLES.keys() == {"operation", "economy", "others"}
    assert CONTACTS.keys() == set(Contact)
    assert CHANGES.keys() == set(OrganisationChange.__subclasses__())


def test_the_example_of_a_small_municipality_is_read_and_is_as_it_would_be_written() -> None:
    example = read_organisation(EXAMPLE)
    assert write_organisation(example) == EXAMPLE.read_text(encoding="utf-8")
