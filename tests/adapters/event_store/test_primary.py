"""Only the primary house writes: on both databases, under the lock, in every process."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest

from adapters.event_store.application import EventStore
from adapters.primary.house import House
from domain.incident.events import NoteAdded
from domain.primary import PRIMARY, Elsewhere, NotPrimaryError, PrimaryDeclared
from handlers import primary
from handlers.unit_of_work import UnitOfWork
from tests.support.incidents import meta
from tests.support.stores import Stores


def a_note(uow: UnitOfWork) -> int:
    return uow.append(uuid4(), [NoteAdded(meta=meta(), text="x")], expected=0)


def declared(house: House | None, label: str) -> PrimaryDeclared:
    return PrimaryDeclared(meta=meta(), house=house.id if house else None, label=label, from_position=1, reason="Strømsvigt")


def write(store: EventStore) -> None:
    (outcome,) = store.commit([a_note])
    if isinstance(outcome, Exception):
        raise outcome


def declare(store: EventStore, house: House | None) -> None:
    (outcome,) = store.commit([partial(primary.record, proposed=declared(house, "maskinen"))])
    assert outcome == store.head()


@pytest.fixture
def houses(stores: Stores, tmp_path: Path) -> tuple[EventStore, EventStore]:
    """One log, opened in two houses, as a copied log would be."""
    first, second = stores.open(), stores.open()
    first.house, second.house = House(tmp_path / "hus"), House(tmp_path / "laptop")
    return first, second


def test_while_nobody_declared_anything_everybody_writes_and_no_house_is_made(
    houses: tuple[EventStore, EventStore], tmp_path: Path
) -> None:
    for store in houses:
        write(store)
        assert store.read_only() is None
    assert not (tmp_path / "hus" / "house").exists()


def test_once_a_house_is_declared_every_other_one_writes_nothing(houses: tuple[EventStore, EventStore]) -> None:
    home, laptop = houses
    write(home)
    declare(laptop, laptop.house)
    write(laptop)
    head = home.head()
    with pytest.raises(NotPrimaryError, match="maskinen"):
        write(home)
    assert home.head() == head
    assert "maskinen" in (home.read_only() or "")
    # Handed over nobody writes, until the next one is declared; the house that handed over hears of it in the log.
    declare(laptop, None)
    for store in houses:
        with pytest.raises(NotPrimaryError, match="handed over"):
            write(store)
    declare(home, home.house)
    write(home)
    with pytest.raises(NotPrimaryError):
        write(laptop)


def test_what_shares_a_transaction_with_a_declaration_is_not_let_through(houses: tuple[EventStore, EventStore]) -> None:
    home, laptop = houses
    declare(laptop, laptop.house)
    head = home.head()
    works: list[Callable[[UnitOfWork], int]] = [a_note, partial(primary.record, proposed=declared(home.house, "hjemme"))]
    with pytest.raises(NotPrimaryError):
        home.commit(works)
    assert home.head() == head
    assert len(home.read_stream(PRIMARY)) == 1


def test_a_house_that_was_told_stays_read_only_also_in_a_new_process(stores: Stores, tmp_path: Path) -> None:
    store = stores.open()
    store.house = House(tmp_path / "hus")
    write(store)
    told = Elsewhere(
        log=store.log_sha256() or "",
        house=uuid4(),
        label="laptop",
        from_position=1,
        declared_at=datetime(2026, 11, 29, tzinfo=UTC),
    )
    store.house.hear(told)
    with pytest.raises(NotPrimaryError, match="from position 1 on laptop"):
        write(store)
    again = stores.open()
    again.house = House(tmp_path / "hus")
    with pytest.raises(NotPrimaryError):
        write(again)
    # An older notice takes nothing back, and one's own is no news.
    store.house.hear(told.model_copy(update={"house": store.house.id, "declared_at": datetime(2026, 11, 30, tzinfo=UTC)}))
    assert store.house.told == told
