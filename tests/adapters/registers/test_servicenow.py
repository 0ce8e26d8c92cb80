"""ServiceNow: items and relations in our words, plain values or pairs, and rows that may not be read."""

from collections.abc import Iterator, Sequence

import pytest

from adapters.register_settings import TABLES, RegisterSettings
from adapters.registers.servicenow import ServiceNow
from domain.catalogue.kinds import Kind
from domain.catalogue.ties import Need
from handlers.registers import RegisterFailedError, RegisterObject
from tests.support.registers import PASSWORD, USER, RegisterServer, ci, relation, servicenow_server


@pytest.fixture
def server() -> Iterator[RegisterServer]:
    with servicenow_server() as running:
        yield running


def pull(server: RegisterServer) -> Sequence[RegisterObject]:
    return ServiceNow(RegisterSettings(server.url, USER, PASSWORD, TABLES)).pull("").objects


def test_items_and_relations_become_objects_and_ties_whichever_end_tells(server: RegisterServer) -> None:
    server.rows = {
        "cmdb_ci_service": [ci("s1", "Hjemmepleje", "cmdb_ci_service_auto")],
        "cmdb_ci_appl": [ci("a1", "Omsorg", "cmdb_ci_appl") | {"department": {"display_value": "Sundhed", "value": "d1"}}],
        "cmdb_ci_server": [ci("c1", "srv-1", fqdn="srv-1.laerkeborg.dk"), ci("c2", "srv-2", install_status="7")],
        "cmdb_rel_ci": [
            relation("s1", "a1", "Depends on::Used by"),
            relation("c1", "a1", "Hosts::Hosted on"),
            relation("a1", "c2", "Runs on::Runs"),
            relation("a1", "c1", "Members::Member of"),
        ],
    }
    service, system, component = pull(server)
    assert [one.kind for one in (service, system, component)] == [Kind.SERVICE, Kind.SYSTEM, Kind.COMPONENT]
    assert system.facts == {"name": "Omsorg", "administration": "Sundhed"}
    assert component.facts == {"name": "srv-1", "aliases": ["srv-1.laerkeborg.dk"], "sort": "server"}
    ties = [(tie.source, tie.to, tie.need) for one in (service, system, component) for tie in one.ties]
    assert ties == [("s1", "a1", Need.OTHER), ("a1", "c1", Need.HOSTING)]


def test_plain_texts_instead_of_pairs_are_read_too(server: RegisterServer) -> None:
    server.rows = {"cmdb_ci_server": [{"sys_id": "c1", "name": "srv-1", "sys_class_name": "cmdb_ci_linux_server"}]}
    (one,) = pull(server)
    assert one.facts == {"name": "srv-1", "sort": "linux_server"}


def test_rows_that_its_user_may_not_read_do_not_look_deleted(server: RegisterServer) -> None:
    server.rows["cmdb_ci_server"] = [ci(f"c{number}", f"srv-{number}") for number in range(3)]
    server.rows["cmdb_ci_server"][1]["hidden"] = True
    with pytest.raises(RegisterFailedError, match="counts 3 rows in cmdb_ci_server and shows 2"):
        pull(server)
