"""Reminders of a real process that is killed, and of a real `sporlog up` that was down over a deadline."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.main import open_office
from adapters.settings import read_settings
from domain.intake.events import SourceSet
from handlers.intake_setup import change
from handlers.sending import CLAIM
from tests.faults.house import MARKS, open_house
from tests.support import reminder_worker
from tests.support.incidents import assessed, aware, meta, reported
from tests.support.post import MailServer, mail_server
from tests.support.waiting import until

pytestmark = MARKS


@pytest.fixture
def mail() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


def test_killed_between_sending_and_noting_it_sends_one_more_copy_that_is_known_as_one(
    tmp_path: Path, mail: MailServer
) -> None:
    with reminder_worker.worker_house(tmp_path) as house:
        house.tell(reported(), assessed(), aware())
    first = reminder_worker.start(tmp_path, mail.port, 14)
    mail.taken = first.kill
    assert first.wait(60) == -9
    mail.taken = lambda: None
    for hours in (14.0, 14 + CLAIM / timedelta(hours=1), 15.0):
        assert reminder_worker.start(tmp_path, mail.port, hours).wait(60) == 0
    assert len(mail.mails) == 2
    assert len({got["Message-ID"] for got in mail.mails}) == 1


async def test_a_sporlog_that_was_down_over_a_deadline_says_so_when_it_is_back_and_only_once(
    tmp_path: Path, mail: MailServer
) -> None:
    environment = {
        "SPORLOG_MAIL_URL": f"smtp://127.0.0.1:{mail.port}",
        "SPORLOG_MAIL_FROM": "sporlog@kommune.dk",
        "SPORLOG_MAIL_TO": "vagt@kommune.dk",
    }
    async with open_house(tmp_path / "data", **environment) as house:
        now, soon = datetime.now(UTC), timedelta(seconds=10)  # long enough for a slow machine to be told, remind and stop
        told = {"title": "Nedbrud", "severity": "high", "detected_at": (now - timedelta(hours=48)).isoformat()}
        reference = (await house.http.post("/api/v1/incidents", json=told)).json()["ref"]
        why = {"reason": "Drift er ramt"}
        aware_at = (now - timedelta(hours=24) + soon).isoformat()
        (await house.http.post(f"/api/v1/incidents/{reference}/significant-now", json=why)).raise_for_status()
        (
            await house.http.post(f"/api/v1/incidents/{reference}/declare-awareness", json={**why, "aware_at": aware_at})
        ).raise_for_status()
        await until(lambda: len(mail.mails) >= 1)
        await house.stop()
        await until(lambda: datetime.now(UTC) > now + soon, 20)
        for _ in range(2):
            await house.start()
            await until(lambda: len(mail.mails) >= 2)
            await house.stop()
    assert [title.rpartition(" ")[2] for title in mail.titles][1:] == ["overskredet"]
    assert all(title.startswith(f"{reference}: Tidlig varsling") for title in mail.titles)


async def test_a_source_that_fell_silent_while_nothing_ran_is_told_once_whatever_is_killed(
    tmp_path: Path, mail: MailServer
) -> None:
    environment = {
        "SPORLOG_MAIL_URL": f"smtp://127.0.0.1:{mail.port}",
        "SPORLOG_MAIL_FROM": "sporlog@kommune.dk",
        "SPORLOG_MAIL_TO": "vagt@kommune.dk",
    }
    then = datetime.now(UTC) - timedelta(hours=2)
    told = SourceSet(meta=meta(0).model_copy(update={"occurred_at": then}), source="forti", format="json", expected_minutes=60)
    with open_office(read_settings({}, data=tmp_path / "data"), lambda: then) as office:
        office.store.commit([lambda uow: change(uow, [told])])
    async with open_house(tmp_path / "data", **environment) as house:
        await until(lambda: len(mail.mails) == 1)
        await until(lambda: _noted(tmp_path / "data"))
        house.kill()
        for _ in range(2):
            await house.start()
            await house.caught_up()
            await asyncio.sleep(2)
            await house.stop()
    assert [title.partition(" siden ")[0] for title in mail.titles] == ["Kilden forti er tavs"]


def _noted(data: Path) -> bool:
    with open_office(read_settings({}, data=data)) as office:
        return office.store.intake_setup().sources["forti"].silent_since is not None
