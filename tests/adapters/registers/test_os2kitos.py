"""OS2kitos: usages, contracts and suppliers in our words, both generations of fields, what changed and what was deleted."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from adapters.register_settings import RegisterSettings
from adapters.registers.os2kitos import OS2Kitos
from domain.catalogue.kinds import Kind
from domain.catalogue.ties import Need, Tie
from handlers.registers import Pulled, RegisterFailedError, wanted_of
from tests.support.registers import NOW, ORGANISATION, PASSWORD, USER, RegisterServer, contract, kitos_server, usage
from tests.support.tree import ROOT

SAMPLES = ROOT.parent / "shared" / "samples" / "os2kitos"


@pytest.fixture
def server() -> Iterator[RegisterServer]:
    with kitos_server() as running:
        yield running


def pull(server: RegisterServer, cursor: str = "", days: int = 0) -> Pulled:
    register = OS2Kitos(RegisterSettings(server.url, USER, PASSWORD, ORGANISATION), lambda: NOW + timedelta(days=days))
    return register.pull(cursor)


def test_a_usage_becomes_a_system_with_its_contract_and_its_supplier(server: RegisterServer) -> None:
    relations = [{"uuid": "r", "toSystemUsage": {"uuid": "u2", "name": "Løn"}, "relationInterface": {"uuid": "i"}}]
    server.rows["it-system-usages"] = [usage("u1", "Omsorg", outgoingSystemRelations=relations), usage("u2", "Løn")]
    server.rows["it-contracts"] = [contract("k1", "Drift af Omsorg", "u1")]
    wanted, problems = wanted_of(pull(server).objects)
    assert problems == []
    care, _pay, supplier, made = wanted
    assert care.told == {
        "name": "Omsorg",
        "administration": "Sundhed",
        "owner": "os2kitos:u-u1",
        "hosting": "supplier",
        "personal_data": True,
        "business_critical": True,
    }
    assert [(tie.tie, tie.named) for tie in care.ties] == [
        (Tie.DEPENDS_ON, "u2"),
        (Tie.UNDER_CONTRACT, "k1"),
        (Tie.SUPPLIED_BY, "l-1"),
    ]
    assert care.ties[0].need is Need.INTEGRATION
    assert (supplier.kind, dict(supplier.told)) == (Kind.SUPPLIER, {"name": "Leverandør A/S", "cvr": "22222226"})
    assert (made.kind, made.told["number"], made.told["ends_on"].isoformat()) == (Kind.CONTRACT, "K-7", "2027-12-31")


@pytest.mark.parametrize(
    ("fields", "hosting", "critical"),
    [
        ({"general": {"hostedAt": "OnPremise", "isBusinessCritical": "No", "isSociallyCritical": "Yes"}}, "own", True),
        ({"general": {"hostedAt": 2, "isBusinessCritical": 1}}, "supplier", True),
        ({"general": {}, "gdpr": {"hostedAt": 1, "businessCritical": "Yes"}}, "own", True),
        ({"general": None, "gdpr": {"hostedAt": "Hybrid", "businessCritical": "No"}}, "shared", False),
        ({"general": {"hostedAt": "Undecided", "isBusinessCritical": None}, "gdpr": None}, None, None),
    ],
)
def test_both_generations_words_and_numbers_say_the_same(
    server: RegisterServer, fields: dict[str, Any], hosting: str | None, critical: object
) -> None:
    server.rows["it-system-usages"] = [usage("u1", "Omsorg") | fields]
    (one,) = pull(server).objects
    assert (one.facts.get("hosting"), one.facts.get("business_critical")) == (hosting, critical)


def test_the_next_look_asks_for_what_changed_and_what_was_deleted(server: RegisterServer) -> None:
    server.rows["it-system-usages"] = [usage("u1", "Omsorg"), usage("u2", "Løn", lastModified="2026-11-28T10:00:00Z")]
    first = pull(server)
    assert first.whole
    server.rows["it-system-usages"][0] |= {"lastModified": "2026-11-29T08:00:00Z"}
    server.rows["deleted"] = [
        {"entityUuid": "u9", "entityType": "ItSystemUsage", "occurredAtUtc": "2026-11-29T09:00:00Z"},
        {"entityUuid": "k9", "entityType": "ItContract", "occurredAtUtc": "2026-11-29T07:00:00Z"},
    ]
    server.asked.clear()
    second = pull(server, first.cursor)
    assert (second.whole, [one.key for one in second.objects], set(second.gone)) == (False, ["u2", "u1"], {"u9", "k9"})
    assert server.asked[0][1]["changedSinceGtEq"].startswith("2026-11-28T09:55:00")
    assert json.loads(second.cursor)["since"].startswith("2026-11-29T09:00:00")


def test_after_a_week_and_with_a_cursor_that_cannot_be_read_all_is_read_again(server: RegisterServer) -> None:
    server.rows["it-system-usages"] = [usage("u1", "Omsorg")]
    cursor = pull(server).cursor
    assert not pull(server, cursor, days=6).whole
    assert pull(server, cursor, days=8).whole
    for broken in ("}", "[]", '{"since": "i går"}'):
        assert pull(server, broken).whole


def test_what_is_no_longer_in_use_is_gone(server: RegisterServer) -> None:
    unused = {"general": {"validity": {"lifeCycleStatus": "NotInUse"}}}
    deactivated = {"systemContext": {"uuid": "s", "name": "Gammelt", "deactivated": True}}
    server.rows["it-system-usages"] = [usage("u1", "Omsorg"), usage("u2", "Løn", **unused), usage("u3", "x", **deactivated)]
    pulled = pull(server)
    assert ([one.key for one in pulled.objects], set(pulled.gone)) == (["u1"], {"u2", "u3"})


def test_a_token_that_expired_is_renewed_once(server: RegisterServer) -> None:
    server.rows["it-system-usages"] = [usage(f"u{number}", f"System {number}") for number in range(150)]
    server.faults = [(401, {}, b"")]
    assert len(pull(server).objects) == 150
    assert server.tokens == 2
    server.faults = [(401, {}, b""), (401, {}, b"")]
    with pytest.raises(RegisterFailedError, match="401"):
        pull(server)


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the published samples are not on this machine")
def test_published_samples_are_read(server: RegisterServer) -> None:
    samples = ["it-system-usage-valid-main-contract.json", "it-system-usages-v2.json"]
    first, rest = (json.loads((SAMPLES / name).read_text(encoding="utf-8")) for name in samples)
    server.rows["it-system-usages"] = [first, *rest]
    slight, full = pull(server).objects  # by lastModified, which the slight one lacks
    assert full.facts == {
        "name": "System 3",
        "aliases": ["kaldenavn"],
        "administration": "Direktørområde",
        "hosting": "own",
        "personal_data": True,
        "business_critical": True,
    }
    assert [tie.to for tie in full.ties] == ["90a6cdc4-8ab0-4955-a7df-6067c21a10b1"]
    assert slight.facts == {"name": "SecondOrganizationDefaultTestItSystem"}
