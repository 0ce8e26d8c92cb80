from collections.abc import Sequence

from domain.audit.reach import Reach
from domain.events import DomainEvent, Recorded
from domain.incident.events import RoleAssigned
from domain.intake.events import INTAKE, RulesSet, SecretSet, SourceSet, TokenIssued
from domain.organisation.events import ORGANISATION
from domain.policy import Policy
from domain.roles import Role
from tests.support.incidents import INCIDENT, assessed, meta, mitigated, reported
from tests.support.logs import attached
from tests.support.organisations import changed, contact, granted, named, placed, policy, registered, vacated


def at(position: int, event: DomainEvent) -> Recorded:
    stream = {"organisation": ORGANISATION, "intake": INTAKE}.get(event.TOPIC.partition(".")[0], INCIDENT)
    return Recorded(position, position, stream, position, event.TOPIC, event)


def referred(incident: Sequence[tuple[int, DomainEvent]], settings: Sequence[tuple[int, DomainEvent]]) -> list[int]:
    found = Reach()
    for position, event in incident:
        found.see(at(position, event))
    return found.referred(at(position, event) for position, event in settings)


PLAIN = [(10, reported()), (20, assessed(meta=meta(1, role="assessor"))), (30, mitigated())]


def test_the_entity_the_roles_that_were_acted_in_and_the_policy_are_along_as_they_stood() -> None:
    settings = [
        (1, registered()),
        (2, placed(Role.ASSESSOR, "u-1")),
        (3, placed(Role.ASSESSOR, "u-7")),
        (4, policy(Policy())),
        (12, changed(authority="Energistyrelsen")),
        (13, vacated(Role.ASSESSOR)),
        (31, placed(Role.ASSESSOR, "u-9")),
    ]
    assert referred(PLAIN, settings) == [1, 3, 4, 12, 13]


def test_other_entities_other_roles_contacts_grants_and_filers_are_not() -> None:
    settings = [
        (1, registered("havnen", prefix="HV")),
        (2, placed(Role.DPO, "u-1")),
        (3, placed(Role.ASSESSOR, "u-1", entity="havnen")),
        (4, contact()),
        (5, granted()),
        (6, named()),
        (7, policy(Policy(), "havnen")),
    ]
    assert referred(PLAIN, settings) == []


def test_a_role_that_was_assigned_in_the_incident_brings_whoever_else_held_it() -> None:
    assigned = RoleAssigned(meta=meta(), assigned_role=Role.NOTIFIER, holder="u-3")
    assert referred([*PLAIN, (40, assigned)], [(1, placed(Role.NOTIFIER, "u-1")), (2, placed(Role.DPO, "u-1"))]) == [1]


def test_sources_and_rules_are_along_where_alerts_are_and_secrets_never() -> None:
    settings = [
        (1, SourceSet(meta=meta(), source="wazuh", format="wazuh")),
        (2, SourceSet(meta=meta(), source="zabbix", format="zabbix")),
        (3, TokenIssued(meta=meta(), source="wazuh", token_sha256="0" * 64)),
        (4, SecretSet(meta=meta(), source="wazuh", secret="hemmelig")),
        (5, RulesSet(meta=meta(), rules=())),
        (6, RulesSet(meta=meta(), rules=())),
    ]
    assert referred(PLAIN, settings) == []
    assert referred([*PLAIN, (40, attached(1))], settings) == [1, 6]


def test_of_no_incident_nothing_is_along() -> None:
    assert referred([], [(1, registered())]) == []
