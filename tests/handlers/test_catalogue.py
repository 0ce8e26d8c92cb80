"""The catalogue through the store: many changes at once, none of them or all; the list that the executive board approves."""

import asyncio
from collections.abc import Callable
from datetime import date
from typing import TypeVar

import pytest

from adapters.event_store.application import EventStore
from adapters.event_store.committer import DirectCommitter
from domain.catalogue import errors as err
from domain.catalogue import events as e
from domain.catalogue.board import ListApproved, ListChangedError, ListedService, critical_list, list_sha256
from domain.catalogue.classes import ServiceClass
from domain.catalogue.kinds import Kind
from domain.catalogue.ties import Tie
from domain.errors import ConflictError
from handlers.catalogue import Change, approve_list, change_all
from handlers.landscapes import Landscapes
from handlers.unit_of_work import UnitOfWork
from projections.catalogue import Catalogue, approvals, facts_of, object_row, objects
from projections.rows import Row
from tests.support.catalogues import (
    CARE,
    MAILBOX,
    PLAN,
    SERVER,
    SUPPLIER,
    SYSTEM,
    bond,
    classed,
    described,
    ident,
    new,
    proposed,
    small,
)
from tests.support.incidents import meta
from tests.support.logs import projector
from tests.support.read_databases import OpenDatabase

T = TypeVar("T")


class Kept:
    def __init__(self, store: EventStore, open_read_database: OpenDatabase) -> None:
        self.store, self.projector = store, projector(Catalogue(), open_read_database("catalogue"), store)
        self.landscapes = Landscapes(self.projector.database.snapshot)

    def tell(self, *changes: Change) -> list[int]:
        changed = self.commit(lambda uow: change_all(uow, changes))
        return [one.position for one in changed]

    def commit(self, work: Callable[[UnitOfWork], T]) -> T:
        outcome = asyncio.run(DirectCommitter(self.store).submit(work))
        assert self.projector.catch_up().rejected == []
        return outcome

    def row(self, kind: Kind, name: str) -> Row:
        with self.projector.database.snapshot() as connection:
            found = object_row(connection, ident(kind, name))
        assert found is not None
        return found

    def listed(self) -> tuple[ListedService, ...]:
        self.projector.catch_up()
        return critical_list(self.landscapes.now().nodes.values())


@pytest.fixture
def kept(log_store: EventStore, open_read_database: OpenDatabase) -> Kept:
    return Kept(log_store, open_read_database)


def test_a_landscape_is_told_in_one_act_and_shown_as_it_was_told(kept: Kept) -> None:
    positions = kept.tell(*small())
    assert max(positions) == kept.store.head()
    row = kept.row(Kind.SERVICE, CARE)
    assert (row["service_class"], row["administration"], row["retired"]) == (ServiceClass.SOCIETY_CRITICAL, "Sundhed", False)
    assert facts_of(row).name == CARE
    with kept.projector.database.snapshot() as connection:
        assert [one["name"] for one in objects(connection)] == [CARE, SYSTEM, SERVER, SUPPLIER, MAILBOX, PLAN]
    seen = kept.landscapes.now()
    service, system = ident(Kind.SERVICE, CARE), ident(Kind.SYSTEM, SYSTEM)
    assert [bond.to for bond in seen.needs(service)] == [system]
    assert [source for source, _ in seen.needed_by(ident(Kind.COMPONENT, SERVER))] == [system]
    assert [source for source, _ in seen.bonds_to(service, Tie.COVERS)] == [ident(Kind.PLAN, PLAN)]


def test_names_are_found_by_alias_in_any_spelling_and_by_a_hosts_full_name(kept: Kept) -> None:
    kept.tell(*small())
    seen, server = kept.landscapes.now(), ident(Kind.COMPONENT, SERVER)
    for name in (SERVER, "OMSORG-DB", f"{SERVER}.laerkeborg.example"):
        assert seen.named(name) == (server,)
    assert seen.named("ukendt") == ()


def test_one_refusal_leaves_nothing_of_all_the_changes(kept: Kept) -> None:
    kept.tell(*small())
    head = kept.store.head()
    changes = [new(Kind.SYSTEM, "Løn"), bond((Kind.SYSTEM, "Løn"), Tie.DEPENDS_ON, (Kind.COMPONENT, "ukendt"))]
    with pytest.raises(err.UnknownObjectError):
        kept.tell(*changes)
    assert kept.store.head() == head


def test_who_saw_an_older_version_decides_again(kept: Kept) -> None:
    kept.tell(*small())
    service = ident(Kind.SERVICE, CARE)
    seen = kept.row(Kind.SERVICE, CARE)["version"]
    kept.tell(Change(service, described(Kind.SERVICE, CARE, restoration_order=2), expected=seen))
    with pytest.raises(ConflictError, match=f"you saw {seen}"):
        kept.tell(Change(service, described(Kind.SERVICE, CARE, restoration_order=3), expected=seen))


def test_a_tie_that_is_gone_carries_nothing_and_can_come_back(kept: Kept) -> None:
    kept.tell(*small())
    service, system = ident(Kind.SERVICE, CARE), ident(Kind.SYSTEM, SYSTEM)
    kept.tell(Change(service, e.Untied(meta=meta(), tie=Tie.DEPENDS_ON, to=system)))
    assert kept.landscapes.now().needs(service) == []
    kept.tell(bond((Kind.SERVICE, CARE), Tie.DEPENDS_ON, (Kind.SYSTEM, SYSTEM)))
    assert [one.to for one in kept.landscapes.now().needs(service)] == [system]


def test_what_is_out_of_use_is_needed_by_nobody_and_stays_in_the_catalogue(kept: Kept) -> None:
    kept.tell(*small())
    system = ident(Kind.SYSTEM, SYSTEM)
    kept.tell(Change(system, e.Retired(meta=meta(), reason="Afløst")))
    assert kept.landscapes.now().needs(ident(Kind.SERVICE, CARE)) == []
    with kept.projector.database.snapshot() as connection:
        assert SYSTEM not in [row["name"] for row in objects(connection)]
        assert SYSTEM in [row["name"] for row in objects(connection, retired=True)]


def test_the_board_approves_the_list_that_it_saw_and_no_other(kept: Kept) -> None:
    kept.tell(*small())
    seen = kept.listed()
    assert [one.name for one in seen] == [CARE]
    approval = ListApproved(meta=meta(), approved_on=date(2026, 11, 20), list_sha256=list_sha256(seen), case_number="26/1")
    approved, _ = kept.commit(lambda uow: approve_list(uow, approval, kept.listed))
    assert (approved.number, approved.services) == (1, seen)
    kept.tell(new(Kind.SERVICE, "Vand"), *classed("Vand", ServiceClass.SOCIETY_CRITICAL, 2))
    with pytest.raises(ListChangedError):
        kept.commit(lambda uow: approve_list(uow, approval, kept.listed))
    again = approval.model_copy(update={"list_sha256": list_sha256(kept.listed())})
    assert kept.commit(lambda uow: approve_list(uow, again, kept.listed))[0].number == 2
    with kept.projector.database.snapshot() as connection:
        assert [(one.number, len(one.services)) for one in approvals(connection)] == [(1, 1), (2, 2)]


def test_a_class_that_waits_is_shown_beside_the_one_that_holds(kept: Kept) -> None:
    kept.tell(*small())
    kept.tell(Change(ident(Kind.SERVICE, CARE), proposed(ServiceClass.CRITICAL)))
    row = kept.row(Kind.SERVICE, CARE)
    assert (row["service_class"], row["proposed_class"]) == (ServiceClass.SOCIETY_CRITICAL, ServiceClass.CRITICAL)
    assert row["proposed_by"] == "u-1"
