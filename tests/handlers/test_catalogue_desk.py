"""Acts on the catalogue as people ask for them: parsed once, refused by name, durable; plans' files on both databases."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, cast
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Connection

from adapters.event_store.application import EventStore
from adapters.event_store.committer import DirectCommitter
from adapters.main import open_evidence
from domain.catalogue import errors as err
from domain.catalogue.board import ListChangedError, list_sha256
from domain.catalogue.classes import ServiceClass
from domain.catalogue.kinds import Kind, PlanFacts, ServiceFacts
from domain.catalogue.landscape import Landscape, Node
from domain.errors import ConflictError, UnavailableError
from handlers import evidence_check
from handlers.catalogue import Changed, change_all
from handlers.catalogue_desk import act_on, approve_critical, critical_now, history_of
from handlers.catalogue_requests import CATALOGUE_REQUESTS, parse_act, with_facts, wrong_fields
from handlers.desk import Desk, OtherActorError
from handlers.evidence import (
    DigestMismatchError,
    EmptyEvidenceError,
    EvidenceRoom,
    EvidenceTooLargeError,
    Scan,
    Sending,
)
from handlers.evidence_store import Limits
from handlers.plans import InfectedPlanError, NoPlanFileError, NotAPlanError, attach_plan, fetch_plan
from handlers.requests import InvalidFieldsError, Origin
from handlers.unit_of_work import Committer, UnitOfWork
from projections.catalogue import Catalogue, landscape
from tests.support.catalogues import CARE, MAILBOX, PLAN, SYSTEM, classed, ident, new, small
from tests.support.logs import projector
from tests.support.read_databases import OpenDatabase

ORIGIN = Origin("u-1", "api", "c-1", datetime(2026, 11, 22, 9, tzinfo=UTC))
ANY = Landscape((), ())
DAY = date(2026, 6, 1)
ONE = ident(Kind.PLAN, PLAN)


class Found:
    """A scanner that finds something in everything."""

    async def scan(self, content: Iterator[bytes]) -> Scan:
        return Scan("infected" if b"".join(content) else "clean", "Eicar")


class Kept:
    def __init__(self, store: EventStore, folder: Path) -> None:
        self.store = store
        self.desk = Desk(DirectCommitter(store), store, "laerkeborg", uuid4)
        self.room = EvidenceRoom(open_evidence(folder / "evidence", store.keyring), None, Limits(1000, 1000))
        asyncio.run(self.desk.committer.submit(lambda uow: change_all(uow, small())))

    def act(self, act: str, one: UUID | None = None, *, seen: Landscape = ANY, **fields: object) -> Changed:
        return asyncio.run(act_on(self.desk, act, fields, ORIGIN, seen=seen, object_id=one))

    def attach(self, content: bytes, one: UUID = ONE, room: EvidenceRoom | None = None, **sending: Any) -> Changed:  # noqa: ANN401
        told = Sending({"reason": "Ny udgave"}, **sending)
        return asyncio.run(attach_plan(self.desk, room or self.room, one, told, pieces(content), dated=DAY, origin=ORIGIN))


async def pieces(content: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(content), 7):
        yield content[start : start + 7]


@pytest.fixture
def kept(store: EventStore, tmp_path: Path) -> Kept:
    return Kept(store, tmp_path)


def test_an_object_is_registered_changed_and_told_of_by_whoever_acts(kept: Kept) -> None:
    facts = with_facts(Kind.SERVICE, {"name": "Vand", "aliases": "vandværk, drikkevand", "criteria": "supply", "owner": ""})
    done = kept.act("register", **facts, description="Drikkevand til alle", actor="u-7", role="system_owner")
    told = cast("ServiceFacts", done.object.facts)
    assert (told.aliases, told.criteria, told.owner) == (("vandværk", "drikkevand"), ("supply",), None)
    one = done.object.id
    changed = kept.act("change", one, **with_facts(Kind.SERVICE, {"name": "Vand", "restoration_order": "2"}), reason="Ny rang")
    assert cast("ServiceFacts", changed.object.facts).restoration_order == 2
    history = history_of(kept.store, one)
    assert [(each.version, each.event.meta.actor, each.event.meta.role) for each in history] == [
        (1, "u-7", "system_owner"), (2, "u-1", None),
    ]  # fmt: skip
    assert getattr(history[0].event, "description") == "Drikkevand til alle"  # noqa: B009 - of one of several events


def test_who_saw_an_older_version_is_told_so_and_nothing_is_written(kept: Kept) -> None:
    head = kept.store.head()
    with pytest.raises(ConflictError, match="you saw 1"):
        kept.act("retire", ident(Kind.SERVICE, CARE), reason="Lukket", expected_version=1)
    assert kept.store.head() == head


def test_another_object_is_named_as_people_name_it(kept: Kept, open_read_database: OpenDatabase) -> None:
    tables = projector(Catalogue(), open_read_database("catalogue"), kept.store)
    tables.catch_up()
    with tables.database.snapshot() as connection:
        seen = landscape(connection)
    service = ident(Kind.SERVICE, CARE)
    done = kept.act("tie", service, seen=seen, tie="reached_at", to=MAILBOX.upper())
    assert done.object.bonds.keys() >= {("reached_at", ident(Kind.MAILBOX, MAILBOX))}
    assert seen.one_named("OMSORG-DB") == seen.one_named(str(ident(Kind.COMPONENT, "srv-omsorg-01")))
    with pytest.raises(err.UnknownObjectError, match="nothing named 'Ukendt'"):
        kept.act("tie", service, seen=seen, tie="reached_at", to="Ukendt")


def test_a_name_of_several_is_nobodys_until_the_kind_or_the_use_decides() -> None:
    twins = Landscape([*landscape_of(new(Kind.SYSTEM, "Vand"), new(Kind.SERVICE, "Vand"))], ())
    with pytest.raises(err.AmbiguousObjectError, match=r"system 'Vand' .*service 'Vand'"):
        twins.one_named("vand")
    assert twins.one_named("vand", Kind.SERVICE) == ident(Kind.SERVICE, "Vand")
    gone = Landscape([node._replace(retired=node.kind is Kind.SYSTEM) for node in twins.nodes.values()], ())
    assert gone.one_named("vand") == ident(Kind.SERVICE, "Vand")


def landscape_of(*changes: Any) -> Iterator[Any]:  # noqa: ANN401 - changes in, nodes out
    for one in changes:
        yield Node(one.object_id, one.event.facts.kind, one.event.facts.name)


@pytest.mark.parametrize(
    ("act", "fields", "wrong"),
    [
        ("register", {"facts": {"kind": "service", "name": "", "restoration_order": 0}}, {"name", "restoration_order"}),
        ("register", {"facts": {"kind": "boat", "name": "x"}}, {"facts"}),
        ("register", {}, {"facts"}),
        ("register", {"facts": {"kind": "supplier", "name": "x", "cvr": "12"}, "colour": "red"}, {"cvr", "colour"}),
        ("change", {"facts": {"kind": "plan", "name": "x"}}, {"reason"}),
        ("retire", {}, {"reason"}),
        ("approve-class", {"proposal_number": 0}, {"proposal_number"}),
        ("propose-class", {"service_class": "vital", "reason": "x"}, {"service_class"}),
        ("approve-list", {"approved_on": "i går", "list_sha256": "0"}, {"approved_on", "list_sha256"}),
    ],
)
def test_each_wrong_field_is_named(act: str, fields: dict[str, object], wrong: set[str]) -> None:
    with pytest.raises(InvalidFieldsError) as refused:
        parse_act(act, fields, UUID)
    assert set(wrong_fields(refused.value)) == wrong
    assert "service." not in str(refused.value).replace("facts.service: ", "")


def test_what_sporlog_fills_in_is_asked_of_nobody() -> None:
    filled = {"number", "services", "alone", "meta", "sealed"}
    assert [act for act, model in CATALOGUE_REQUESTS.items() if filled & model.model_fields.keys()] == []
    assert "service_class" not in CATALOGUE_REQUESTS["approve-class"].model_fields


def test_who_has_access_of_their_own_acts_as_nobody_else(kept: Kept) -> None:
    own = kept.desk.of("u-9", None)
    with pytest.raises(OtherActorError):
        asyncio.run(act_on(own, "retire", {"reason": "x", "actor": "u-1"}, ORIGIN, seen=ANY, object_id=ONE))


def test_a_plans_file_is_there_whole_before_the_plan_names_it(kept: Kept) -> None:
    content = b"%PDF-1.7 " + b"x" * 300
    done = kept.attach(content)
    facts = cast("PlanFacts", done.object.facts)
    assert (facts.bytes, facts.media_type, facts.dated) == (309, "application/pdf", DAY)
    file = fetch_plan(kept.desk, kept.room, ONE)
    assert b"".join(file.content) == content
    assert kept.attach(content).events == ()
    # Newer and older editions are both there: a replay shows what people had in their hands.
    second = kept.attach(b"# Plan 2")
    assert b"".join(fetch_plan(kept.desk, kept.room, ONE).content) == b"# Plan 2"
    assert b"".join(fetch_plan(kept.desk, kept.room, ONE, upto=second.position - 1).content) == content
    assert evidence_check.orphans(kept.store, kept.room.store) == []
    assert len(evidence_check.named(kept.store)) == 2
    named = list(evidence_check.named(kept.store).items())
    assert [one.condition for one in evidence_check.verify(kept.room.store, named, lambda _: None)] == ["whole", "whole"]


def test_changing_a_plan_keeps_its_file_and_nobody_names_another(kept: Kept) -> None:
    digest = cast("PlanFacts", kept.attach(b"# Plan").object.facts).sha256
    facts = {"kind": "plan", "name": "Nødplan", "review_by": "2027-01-01"}
    changed = cast("PlanFacts", kept.act("change", ONE, facts=facts, reason="Nyt navn").object.facts)
    assert (changed.name, changed.sha256, changed.bytes, changed.review_by) == ("Nødplan", digest, 6, date(2027, 1, 1))
    with pytest.raises(InvalidFieldsError, match="attach that instead"):
        kept.act("change", ONE, facts={**facts, "sha256": "0" * 64}, reason="x")
    with pytest.raises(InvalidFieldsError, match="attach that instead"):
        kept.act("register", facts={"kind": "plan", "name": "Ny", "sha256": "0" * 64})


@pytest.mark.parametrize(
    ("content", "sending", "error"),
    [
        (b"", {}, EmptyEvidenceError),
        (b"x" * 1001, {}, EvidenceTooLargeError),
        (b"x", {"length": 1001}, EvidenceTooLargeError),
        (b"x", {"sha256": "0" * 64}, DigestMismatchError),
    ],
)
def test_a_file_that_is_refused_leaves_nothing(kept: Kept, content: bytes, sending: dict[str, Any], error: type) -> None:
    head = kept.store.head()
    with pytest.raises(error):
        kept.attach(content, **sending)
    assert (kept.store.head(), list(kept.room.store.held())) == (head, [])


def test_a_file_with_malware_and_one_for_what_is_no_plan_are_refused(kept: Kept) -> None:
    with pytest.raises(InfectedPlanError, match="Eicar"):
        kept.attach(b"x", room=EvidenceRoom(kept.room.store, Found(), kept.room.limits))
    with pytest.raises(NotAPlanError, match=SYSTEM):
        kept.attach(b"x", ident(Kind.SYSTEM, SYSTEM))
    with pytest.raises(err.UnknownObjectError):
        kept.attach(b"x", uuid4())
    kept.act("retire", ONE, reason="Afløst")
    with pytest.raises(err.RetiredError):
        kept.attach(b"x")
    assert list(kept.room.store.held()) == []
    with pytest.raises(NoPlanFileError):
        fetch_plan(kept.desk, kept.room, ONE)


class Dies:
    """The disk is full when the transaction is to be committed."""

    def __init__(self, store: EventStore) -> None:
        self.inner = DirectCommitter(store)

    async def submit(self, work: Callable[[UnitOfWork], Changed]) -> Changed:
        def dying(uow: UnitOfWork) -> Changed:
            work(uow)
            raise UnavailableError("disk full")

        return await self.inner.submit(dying)


def test_a_file_whose_event_was_never_committed_is_an_orphan_and_no_plan_names_it(kept: Kept) -> None:
    head, whole = kept.store.head(), kept.desk
    kept.desk = replace(whole, committer=cast("Committer", Dies(kept.store)))
    with pytest.raises(UnavailableError):
        kept.attach(b"# Plan")
    assert kept.store.head() == head
    (orphan,) = evidence_check.orphans(kept.store, kept.room.store)
    assert orphan.incident == ONE
    assert asyncio.run(evidence_check.tidy(whole.committer, kept.store, kept.room.store)).orphans == (orphan,)


def test_the_list_that_was_seen_is_approved_and_never_one_that_the_tables_have_not_reached(
    kept: Kept, open_read_database: OpenDatabase
) -> None:
    tables = projector(Catalogue(), open_read_database("catalogue"), kept.store)

    @contextmanager
    def opened() -> Iterator[Connection]:
        with tables.database.snapshot() as connection:
            yield connection

    def approve(seen: str) -> int:
        fields = {"approved_on": "2026-11-20", "list_sha256": seen, "case_number": "26/1"}
        return asyncio.run(approve_critical(kept.desk, fields, ORIGIN, opened))[0].number

    with pytest.raises(UnavailableError, match="behind the log"):
        critical_now(kept.store, opened)
    tables.catch_up()
    seen = list_sha256(critical_now(kept.store, opened))
    assert approve(seen) == 1
    changes = [new(Kind.SERVICE, "Vand"), *classed("Vand", ServiceClass.SOCIETY_CRITICAL, 2)]
    asyncio.run(kept.desk.committer.submit(lambda uow: change_all(uow, changes)))
    with pytest.raises(UnavailableError):
        approve(seen)
    tables.catch_up()
    with pytest.raises(ListChangedError):
        approve(seen)
    assert approve(list_sha256(critical_now(kept.store, opened))) == 2
