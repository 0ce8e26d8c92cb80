"""OS2compliance: assets of any version, their suppliers, and a list that must be whole."""

import json
from collections.abc import Iterator, Sequence

import pytest

from adapters.register_settings import RegisterSettings
from adapters.registers.os2compliance import OS2Compliance
from domain.catalogue.kinds import Kind
from domain.catalogue.ties import Tie
from handlers.registers import RegisterFailedError, RegisterObject
from tests.support.registers import PASSWORD, RegisterServer, asset, compliance_server


@pytest.fixture
def server() -> Iterator[RegisterServer]:
    with compliance_server() as running:
        yield running


def pull(server: RegisterServer) -> Sequence[RegisterObject]:
    return OS2Compliance(RegisterSettings(server.url, "", PASSWORD)).pull("").objects


def test_an_asset_becomes_a_system_with_its_supplier_and_its_description_stays_there(server: RegisterServer) -> None:
    server.rows["assets"] = [asset(7, "Omsorg", departments=[{"uuid": "d", "name": "Sundhed"}])]
    supplier, system = pull(server)
    assert (supplier.kind, supplier.key, supplier.facts) == (Kind.SUPPLIER, "supplier:9", {"name": "Leverandør A/S"})
    assert system.facts == {
        "name": "Omsorg",
        "administration": "Sundhed",
        "owner": "os2compliance:u-7",
        "personal_data": True,
        "business_critical": True,
    }
    assert [(tie.tie, tie.source, tie.to) for tie in system.ties] == [(Tie.SUPPLIED_BY, "asset:7", "supplier:9")]


def test_an_older_version_with_few_fields_and_no_pages_is_read(server: RegisterServer) -> None:
    server.faults = [(200, {}, b'[{"id": 7, "name": "Omsorg", "criticality": "NON_CRITICAL"}]')]
    (one,) = pull(server)
    assert one.facts == {"name": "Omsorg", "business_critical": False}


def test_fewer_assets_than_it_counts_is_an_error(server: RegisterServer) -> None:
    body = json.dumps({"totalPages": 1, "page": 0, "totalCount": 3, "count": 1, "content": [asset(1, "x")]})
    server.faults = [(200, {}, body.encode())]
    with pytest.raises(RegisterFailedError, match="counts 3 assets and sent 1"):
        pull(server)
