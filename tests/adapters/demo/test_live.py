from datetime import timedelta
from pathlib import Path

import pytest

from adapters.demo.history import StoryClock, read_log, tell_history
from adapters.demo.live import live, live_messages
from adapters.main import Office, make_evidence_room
from domain.incident.events import Reported, SignalAttached
from domain.signals import SignalsRepeated
from tests.adapters.demo.support import SUNDAY, demo_office


class Lost(Exception):  # noqa: N818 - what a process feels when it dies
    pass


async def start(office: Office, clock: StoryClock, *, dies_after: int = 61) -> int:
    """A start of the demo whose live part dies after so many posts."""
    room = make_evidence_room(office.settings, office.store)
    await tell_history(office.store, office.desk, office.door, room, clock, SUNDAY)
    clock.now = SUNDAY + timedelta(seconds=20)
    posted = 0

    async def post(source: str, body: bytes) -> None:
        nonlocal posted
        if posted == dies_after:
            raise Lost
        await office.door.take(source, body, {}, f"live-{posted}")
        posted += 1

    return await live(post, office.store, delay_s=0, span_s=0.1)


def opened_live(office: Office) -> list[Reported]:
    events = (r.event for r in read_log(office.store) if r.recorded_at > SUNDAY)
    return [event for event in events if isinstance(event, Reported)]


def counter(office: Office, reference: str) -> int:
    stream = office.store.read_stream(office.desk.find(reference))
    return sum(len(r.event.signals) for r in stream if isinstance(r.event, SignalAttached))


async def test_sixty_alerts_and_one_of_wazuh_open_one_incident_whose_counter_reads_61(tmp_path: Path) -> None:
    clock = StoryClock(SUNDAY)
    with demo_office(tmp_path, clock) as office:
        assert await start(office, clock) == 61
        (opened,) = opened_live(office)
        assert counter(office, opened.reference) == 61
        assert (opened.meta.demo, opened.components[0]) == (True, "db-omsorg-01")


async def test_a_second_start_posts_nothing(tmp_path: Path) -> None:
    clock = StoryClock(SUNDAY)
    with demo_office(tmp_path, clock) as office:
        await start(office, clock)
        head = office.store.head()
        assert await start(office, clock) == 0
        assert office.store.head() == head


@pytest.mark.parametrize("dies_after", [0, 1, 30])
async def test_a_live_part_that_died_is_finished_by_the_next_start(tmp_path: Path, dies_after: int) -> None:
    clock = StoryClock(SUNDAY)
    with demo_office(tmp_path, clock) as office:
        with pytest.raises(Lost):
            await start(office, clock, dies_after=dies_after)
        assert await start(office, clock) == 61 - dies_after
        (opened,) = opened_live(office)
        assert counter(office, opened.reference) == 61
        assert not [r for r in read_log(office.store) if r.recorded_at > SUNDAY and isinstance(r.event, SignalsRepeated)]


async def test_what_the_intake_had_accepted_and_not_stored_is_counted_as_a_repeat(tmp_path: Path) -> None:
    clock = StoryClock(SUNDAY)
    with demo_office(tmp_path, clock) as office:
        await start(office, clock)
        for message in live_messages(SUNDAY):
            await office.door.take(message.source, message.body, {}, "again")
        (opened,) = opened_live(office)
        assert counter(office, opened.reference) == 61
