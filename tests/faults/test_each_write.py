"""`sporlog intake reprocess`, and syslog over TCP, killed with SIGKILL before each of their writes in turn."""

import asyncio
import json
from pathlib import Path
from typing import NamedTuple

from adapters.connecting.mapping import propose_mapping
from adapters.main import Office, open_office
from adapters.settings import read_settings
from domain.incident.events import Reported
from domain.intake.events import MappingSaved, SourceSet
from domain.signals import SignalsReceived
from handlers.intake_setup import change
from handlers.intake_unread import PREFIX
from tests.faults.house import MARKS
from tests.support import dying
from tests.support.incidents import meta
from tests.support.intake import log, told

pytestmark = MARKS

BODIES = [
    json.dumps({"id": f"b-{n}", "title": f"Brand {n}", "severity": "critical", "host": f"lager-{n}"}).encode() for n in (1, 2)
]
"""What waits; a third body that nothing can read goes on waiting."""


class Picture(NamedTuple):
    """What must be the same whatever died: signals, in which event each was recorded, incidents, what waits."""

    signals: frozenset[tuple[str, str]]
    recorded: tuple[tuple[str, str], ...]
    titles: tuple[str | None, ...]
    references: tuple[str, ...]
    waiting: frozenset[tuple[str, str]]


def picture(office: Office) -> Picture:
    store = office.store
    received = [(event.source, one.source_event_id) for event in log(store, SignalsReceived) for one in event.signals]
    reported = log(store, Reported)
    assert [each.position for each in store.read(0, 1_000_000)] == list(range(1, store.head() + 1))
    return Picture(
        frozenset(told(store)),
        tuple(sorted(received)),
        tuple(sorted(event.title or "" for event in reported)),
        tuple(sorted(event.reference for event in reported)),
        frozenset(store.waiting(PREFIX)),
    )


def test_reprocess_killed_before_any_of_its_writes_and_run_again_loses_and_doubles_nothing(tmp_path: Path) -> None:
    with open_office(read_settings({}, data=tmp_path / "begun")) as office, asyncio.Runner() as runner:
        (done,) = office.store.commit([lambda uow: change(uow, [SourceSet(meta=meta(0), source="forti", format="json")])])
        assert not isinstance(done, Exception)
        for body in (*BODIES, b"\xff"):
            runner.run(office.door.take("forti", body, {}, "c-1"))
        saved = MappingSaved(meta=meta(0), source="forti", mapping=propose_mapping(BODIES[0]))
        office.store.commit([lambda uow: change(uow, [saved])])
        assert len(office.store.waiting(PREFIX)) == 3
    *died, whole = dying.start("reprocess", tmp_path)
    assert len(died) > 20
    with open_office(read_settings({}, data=whole)) as office:
        expected = picture(office)
        assert (len(expected.references), len(expected.waiting), len(set(expected.recorded))) == (2, 1, 5)
        assert set(told(office.store).values()) == {1}
    for data in died:
        with open_office(read_settings({}, data=data)) as office:
            assert picture(office) == expected, data.name
            assert set(told(office.store).values()) == {1}, data.name


def test_syslog_over_tcp_killed_before_any_of_its_writes_and_sent_again_loses_and_doubles_nothing(tmp_path: Path) -> None:
    with open_office(read_settings({}, data=tmp_path / "begun")):
        pass
    *died, whole = dying.start("syslog", tmp_path)
    assert len(died) > 10
    with open_office(read_settings({}, data=whole)) as office:
        expected = picture(office)
        assert len(expected.references) == len(expected.recorded) == len(dying.LINES)
    for data in died:
        with open_office(read_settings({}, data=data)) as office:
            assert picture(office) == expected, data.name
            # What the first life had stored before it died came once more, and is a count.
            assert set(told(office.store).values()) <= {1, 2}, data.name
