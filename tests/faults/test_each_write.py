"""Reprocessing, syslog over TCP, the catalogue's commands and a report's sending, killed before each write in turn."""

import asyncio
import json
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from adapters.connecting.mapping import propose_mapping
from adapters.main import Office, make_evidence_room, open_office, open_outbox
from adapters.settings import read_settings
from domain.catalogue.kinds import Kind
from domain.incident.events import Reported
from domain.intake.events import MappingSaved, SourceSet
from domain.signals import SignalsReceived
from handlers import evidence_check
from handlers.catalogue import change_all
from handlers.intake_setup import change
from handlers.intake_unread import PREFIX
from handlers.plans import fetch_plan
from handlers.report_sending import PREFIX as REPORTS
from handlers.report_sending import reports_sent
from tests.faults.house import MARKS
from tests.support import dying
from tests.support.catalogues import ident, new
from tests.support.incidents import meta, reported
from tests.support.intake import log, told
from tests.support.logs import incident_id, record

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


def test_the_catalogues_commands_killed_before_any_of_their_writes_and_given_again_do_all_or_nothing(tmp_path: Path) -> None:
    with open_office(read_settings({}, data=tmp_path / "begun")) as office, asyncio.Runner() as runner:
        runner.run(office.desk.committer.submit(lambda uow: change_all(uow, [new(Kind.PLAN, dying.PLAN)])))
    (tmp_path / "plan.md").write_text("# Nødplan", encoding="utf-8")
    told = (
        f'reason = "Ny"\n[[services]]\nname = "Vand"\nclass = "critical"\n[[plans]]\nname = "{dying.PLAN}"\ncovers = ["Vand"]\n'
    )
    (tmp_path / "katalog.toml").write_text(told.replace("covers", "dated = 2026-06-01\ncovers"), encoding="utf-8")
    *died, whole = dying.start("catalogue", tmp_path)
    assert len(died) > 10
    with open_office(read_settings({}, data=whole)) as office:
        events = [(one.aggregate_id, one.version, one.topic) for one in office.store.read(0, 100)]
    assert len(events) == 5
    for data in (*died, whole):
        with open_office(read_settings({}, data=data)) as office:
            assert [(one.aggregate_id, one.version, one.topic) for one in office.store.read(0, 100)] == events, data.name
            room = make_evidence_room(office.settings, office.store)
            plan = fetch_plan(office.desk, room, ident(Kind.PLAN, dying.PLAN))
            assert b"".join(plan.content) == (tmp_path / "plan.md").read_bytes(), data.name
            assert evidence_check.orphans(office.store, room.store) == [], data.name


def test_a_report_killed_before_any_of_the_writes_of_its_sending_goes_out_and_is_on_record_once(tmp_path: Path) -> None:
    with open_office(read_settings({}, data=tmp_path / "begun"), lambda: dying.MORNING - timedelta(days=40)) as office:
        record(office.store, [(incident_id(1), reported())])
        with closing(open_outbox(office.settings)):
            pass
    *died, whole = dying.start("report", tmp_path)
    assert len(died) > 8
    copies = set()
    for data in (*died, whole):
        with open_office(read_settings({}, data=data)) as office, closing(open_outbox(office.settings)) as outbox:
            (sent,) = reports_sent(office.store)
            assert (sent.period, sent.recipient) == ("2026-Q4", "direktion@kommune.dk"), data.name
            assert outbox.delivered(REPORTS) == [], data.name
        mails = data.with_suffix(".mails").read_text(encoding="utf-8").split()
        assert len(set(mails)) == 1, data.name
        copies.add(len(mails))
    # Killed between the mail and the note of it, the same mail came once more; never more often, and never not at all.
    assert copies == {1, 2}
