"""The catalogue as a file: written and read again it changes nothing; what is wrong is named with its place."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import pytest

from adapters.catalogue.file import SECTIONS, UnreadableCatalogueError, parse_catalogue, write_catalogue
from adapters.catalogue.starter import starter_catalogue
from adapters.event_store.application import EventStore
from adapters.event_store.committer import DirectCommitter
from domain.catalogue import events as e
from domain.catalogue.classes import ServiceClass
from domain.catalogue.configuration import Configuration, Proposals, UnclearCatalogueError, proposals
from domain.catalogue.kinds import Kind
from domain.catalogue.ties import Tie
from domain.errors import ConflictError
from domain.incident.errors import ReasonMissingError
from handlers.catalogue import Change, change_all
from handlers.catalogue_configuring import configure, states
from handlers.desk import Desk
from tests.support.catalogues import CARE, MAILBOX, PLAN, SERVER, SUPPLIER, SYSTEM, bond, described, ident, new, proposed, small
from tests.support.incidents import meta


def wanted(text: str) -> Configuration:
    return parse_catalogue(text.encode(), "katalog.toml")


class Kept:
    def __init__(self, store: EventStore) -> None:
        self.store, self.desk = store, Desk(DirectCommitter(store), store, "laerkeborg", uuid4)

    def tell(self, *changes: Change) -> None:
        asyncio.run(self.desk.committer.submit(lambda uow: change_all(uow, changes)))

    def compare(self, text: str, *, retire_missing: bool = False) -> Proposals:
        return proposals(states(self.store), wanted(text), meta(), retire_missing=retire_missing)

    def make(self, text: str, *, retire_missing: bool = False) -> list[tuple[UUID, str]]:
        found = self.compare(text, retire_missing=retire_missing)
        asyncio.run(configure(self.desk, found))
        return [(one, type(event).__name__) for one, event in found.events]

    @property
    def text(self) -> str:
        return write_catalogue(states(self.store))


@pytest.fixture
def kept(store: EventStore) -> Kept:
    return Kept(store)


def test_the_sections_are_the_kinds() -> None:
    assert sorted(SECTIONS.values()) == sorted(Kind)


def test_what_is_written_and_read_again_changes_nothing(kept: Kept) -> None:
    kept.tell(*small())
    facts: dict[str, Any] = {
        "aliases": ("ehr", 'a "b"'),
        "hosting": "cloud",
        "outside": [{"register_name": "os2kitos", "id": "17"}],
    }
    kept.tell(
        Change(ident(Kind.SYSTEM, SYSTEM), described(Kind.SYSTEM, SYSTEM, **facts, contact="Linje 1\nLinje 2")),
        new(Kind.CONTRACT, "Drift", ends_on="2027-01-01", respond_minutes=30),
        new(Kind.PROCESS, CARE),
        Change(ident(Kind.SERVICE, CARE), proposed(ServiceClass.CRITICAL)),
        Change(ident(Kind.PLAN, PLAN), described(Kind.PLAN, PLAN, sha256="ab" * 32, bytes=7, dated="2026-06-01")),
        # Two of one name: a tie to one of them must still be clear.
        Change(uuid4(), new(Kind.COMPONENT, SERVER).event),
        bond((Kind.SYSTEM, SYSTEM), Tie.DEPENDS_ON, (Kind.COMPONENT, SERVER), group="servere"),
    )
    head = kept.store.head()
    assert kept.make(kept.text) == []
    assert kept.store.head() == head
    assert "dated = 2026-06-01" in kept.text
    assert '{ to = "Hjemmepleje og medicin", kind = "service" }' in kept.text
    assert "# Foreslået af u-1, venter på godkendelse, nu gælder: Samfundskritisk" in kept.text


def test_the_starter_catalogue_makes_a_catalogue_whose_classes_wait_for_four_eyes(kept: Kept) -> None:
    made = kept.make(starter_catalogue())
    assert kept.make(starter_catalogue()) == []
    assert kept.make(kept.text) == []
    known = states(kept.store).values()
    services = [one for one in known if one.kind is Kind.SERVICE]
    assert len(services) >= 25
    assert {"Hjemmepleje og medicin", "Plejecentre", "Bosteder og botilbud"} <= {one.facts.name for one in services}
    assert [one.facts.name for one in services if one.proposal is None or not one.proposal.reason or one.classed] == []
    assert [one.facts.name for one in services if not one.bonds and one.facts.name != "Biblioteker og kultur"] == []
    assert {one.proposal.service_class for one in services if one.proposal} == set(ServiceClass)
    assert len(made) == kept.store.head()


def test_each_difference_is_one_event_and_carries_the_reason(kept: Kept) -> None:
    kept.tell(*small())
    text = kept.text.replace("restoration_order = 1", "restoration_order = 2").replace(f'name = "{SERVER}"', 'name = "srv-2"')
    text = text.replace(f'to = "{SERVER}"', 'to = "srv-2"').replace('need = "work"', 'need = "data"')
    text = text.replace("# reason", 'reason = "Efter øvelsen"\n#').replace("society_critical", "important")
    text += '[[services]]\nname = "Vand"\nclass = "critical"\ndepends_on = ["srv-2"]\n'
    vand, service, server = ident(Kind.SERVICE, "Vand"), ident(Kind.SERVICE, CARE), ident(Kind.COMPONENT, SERVER)
    assert kept.make(text) == [
        (vand, "Registered"),
        (service, "Described"),
        (server, "Described"),
        (service, "Tied"),
        (vand, "Tied"),
        (service, "ClassProposed"),
        (vand, "ClassProposed"),
    ]
    assert states(kept.store)[server].facts.name == "srv-2"
    assert {one.event.reason for one in kept.store.read_stream(vand)} == {"Efter øvelsen"}  # type: ignore[attr-defined]
    assert kept.make(kept.text) == []


def test_what_the_file_leaves_out_is_told_and_stays_until_it_is_asked_for(kept: Kept) -> None:
    kept.tell(*small())
    text = kept.text[: kept.text.index("[[suppliers]]")].replace("# reason =", 'reason = "Oprydning" #')
    found = kept.compare(text)
    assert {one.facts.name for one in found.missing} == {SUPPLIER, PLAN, MAILBOX}
    with pytest.raises(UnclearCatalogueError):
        kept.compare(text.replace("Leverandør A/S", "Ukendt leverandør"))
    made = kept.make(text, retire_missing=True)
    assert sorted(kind for _, kind in made) == ["Retired"] * 3
    # What is out of use comes back with the file that has it, and the ties to it stood all the time.
    assert kept.make(text) == []
    again = text + '[[suppliers]]\nname = "Leverandør A/S"\ncontact = "support@leverandoer.example"\n'
    assert [kind for _, kind in kept.make(again)] == ["Reinstated"]


def test_without_a_reason_nothing_that_stands_is_changed(kept: Kept) -> None:
    kept.tell(*small())
    head = kept.store.head()
    text = kept.text + '[[services]]\nname = "Vand"\n'
    with pytest.raises(ReasonMissingError):
        kept.make(text.replace("restoration_order = 1", "restoration_order = 2"))
    assert kept.store.head() == head


def test_what_somebody_changed_since_it_was_compared_is_not_overwritten(kept: Kept) -> None:
    kept.tell(*small())
    text = kept.text.replace("# reason", 'reason = "x"\n#').replace("restoration_order = 1", "restoration_order = 2")
    found = kept.compare(text + '[[services]]\nname = "Vand"\n')
    kept.tell(Change(ident(Kind.SERVICE, CARE), described(Kind.SERVICE, CARE, restoration_order=9)))
    head = kept.store.head()
    with pytest.raises(ConflictError, match="you saw"):
        asyncio.run(configure(kept.desk, found))
    kept.tell(new(Kind.SERVICE, "Vand"))
    new_one = [(one, event) for one, event in found.events if isinstance(event, e.Registered)]
    with pytest.raises(ConflictError, match="you saw 0"):
        asyncio.run(configure(kept.desk, found._replace(events=tuple(new_one))))
    assert kept.store.head() == head + 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[services]\n", "is no TOML file in UTF-8"),
        ("[[ydelser]]\nname = 'x'\n", "ydelser: there is no such key, possible are reason, services"),
        ("services = 3\n", "services: write each as a table of its own, [[services]]"),
        ("reason = 3\n", "reason: "),
        ("[[services]]\nname = 'Vand'\nfarve = 'blå'\n", "services 1 (Vand): farve: there is no such key, possible are name"),
        ("[[systems]]\nname = 'x'\nclass = 'critical'\n", "systems 1 (x): class: there is no such key"),
        ("[[plans]]\nname = 'x'\nsha256 = 'ab'\n", "plans 1 (x): sha256: there is no such key"),
        ("[[services]]\nrestoration_order = 1\n", "services 1: name: Field required"),
        ("[[services]]\nname = 'Vand'\nrestoration_order = '1'\n", "services 1 (Vand): restoration_order: "),
        ("[[services]]\nname = 'Vand'\nclass = 'vital'\n", "services 1 (Vand): class: "),
        ("[[services]]\nname = 'Vand'\ndepends_on = [{ to = 'x', weight = 'tung' }]\n", "depends_on.1.weight: "),
        ("[[services]]\nname = 'Vand'\nid = '1'\n", "services 1 (Vand): id: "),
    ],
)
def test_a_mistake_is_told_with_its_object_and_key(text: str, says: str) -> None:
    with pytest.raises(UnreadableCatalogueError) as refused:
        wanted(text)
    assert str(refused.value).startswith("katalog.toml")
    assert says in str(refused.value)


def test_all_mistakes_are_told_at_once() -> None:
    with pytest.raises(UnreadableCatalogueError, match=r"services 1 \(A\): x: .*; services 2 \(B\): restoration_order: "):
        wanted("[[services]]\nname = 'A'\nx = 1\n[[services]]\nname = 'B'\nrestoration_order = 0\n")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[services]]\nname = 'A'\ndepends_on = ['B']\n", "service 'A': depends_on 'B': nothing is"),
        ("[[services]]\nname = 'A'\n[[services]]\nname = 'a'\n", "service 'A': is there twice"),
        (f"[[services]]\nname = 'A'\nid = '{UUID(int=1)}'\n", "there is no object with the id"),
        (
            "[[services]]\nname = 'A'\ndepends_on = ['B']\n[[systems]]\nname = 'B'\n[[components]]\nname = 'b'\n",
            "service 'A': depends_on 'B': 2 objects are called that, write the kind beside it",
        ),
    ],
)
def test_a_name_that_means_nothing_or_several_things_is_told(text: str, says: str) -> None:
    with pytest.raises(UnclearCatalogueError) as refused:
        proposals({}, wanted(text), meta())
    assert says in str(refused.value)
