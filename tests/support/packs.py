"""A house with a catalogue, people and open incidents, for tests of the emergency pack."""

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from adapters import main
from adapters.main import Office
from adapters.pack.making import PackRoom
from adapters.pack.room import pack_room
from adapters.settings import read_settings
from domain.catalogue.classes import ServiceClass
from domain.catalogue.events import object_id
from domain.catalogue.kinds import Kind
from domain.catalogue.ties import Need, Tie
from handlers.catalogue import Change, change_all
from handlers.requests import Origin
from tests.support.catalogues import SYSTEM, bond, classed, new, small

PLAN_BYTES = b"%PDF-1.7 the fallback plan"
FOOD, FOOD_PLAN, CONTRACT = "Madservice æøå", "Nødplan for madservice", "Driftsaftale"
SECRET_TITLE = "Omsorgsjournalen svarer ikke 47110815"


def now() -> datetime:
    return datetime.now(UTC)


def origin() -> Origin:
    return Origin("u-1", "cli", "c-1", now())


@dataclass(frozen=True)
class House:
    """An open house and what its packs are made of."""

    office: Office
    room: PackRoom


@contextmanager
def a_house(data: Path, environment: Mapping[str, str] | None = None) -> Iterator[House]:
    settings = read_settings({"SPORLOG_ENTITY": "laerkeborg", **(environment or {})}, data=data)
    with (
        main.open_office(settings) as office,
        closing(main.open_ledger(settings)) as tables,
        main.open_projectors(settings, office.store) as projectors,
    ):
        checkpoints = main.make_checkpoints(settings, office.store, tables)
        yield House(office, pack_room(settings, office.store, projectors, checkpoints))


async def furnish(office: Office) -> str:
    """A catalogue with a plan's file, and an open incident; its reference."""
    room = main.make_evidence_room(office.settings, office.store)
    incoming = room.store.receive(object_id(Kind.PLAN, FOOD_PLAN))
    incoming.write(PLAN_BYTES)
    received = incoming.finish()
    incoming.keep()
    changes: list[Change] = [
        *small(),
        new(Kind.CONTRACT, CONTRACT, number="K-17", respond_minutes=30, restore_minutes=240, contact="Vagt 70 00 00 00"),
        bond((Kind.SYSTEM, SYSTEM), Tie.UNDER_CONTRACT, (Kind.CONTRACT, CONTRACT)),
        new(Kind.PLAN, FOOD_PLAN, sha256=received.sha256, bytes=received.size, media_type="application/pdf"),
        new(Kind.SERVICE, FOOD, restoration_order=2, tolerable_downtime_minutes=240, owner="Vagttelefon"),
        new(Kind.SYSTEM, "Køkkensystem"),
        bond((Kind.SERVICE, FOOD), Tie.DEPENDS_ON, (Kind.SYSTEM, "Køkkensystem"), need=Need.WORK),
        bond((Kind.PLAN, FOOD_PLAN), Tie.COVERS, (Kind.SERVICE, FOOD)),
        *classed(FOOD, ServiceClass.CRITICAL, 3),
    ]
    await office.desk.committer.submit(partial(change_all, proposed=changes))
    done = await office.desk.report({"title": SECRET_TITLE, "severity": "high"}, origin())
    return done.incident.reference
