import asyncio
import shlex
from datetime import UTC, datetime
from pathlib import Path

from typer.testing import CliRunner

from adapters.cli.app import app
from adapters.demo.chapters.mailbox import WARNING
from adapters.demo.history import StoryClock
from adapters.demo.invitation import FOR_REAL, things_to_try
from domain.incident import events as e
from domain.signals import Disposition
from tests.adapters.demo.support import SUNDAY, demo_office, of, owed, read, tell

URL, TOKEN = "http://127.0.0.1:8640", "a-token"


def ways(data: Path, number: int) -> tuple[str, ...]:
    with demo_office(data, StoryClock(SUNDAY)) as office:
        return things_to_try(office.store, URL + "/", TOKEN, data)[number].ways


def paste(command: str) -> None:
    words = shlex.split(command)
    assert words[0] == "sporlog"
    result = CliRunner().invoke(app, words[1:])
    assert result.exit_code == 0, result.output


def test_three_things_are_offered_and_then_how_to_begin_for_real(tmp_path: Path) -> None:
    tell(tmp_path, SUNDAY)
    with demo_office(tmp_path, StoryClock(SUNDAY)) as office:
        assert len(things_to_try(office.store, URL, TOKEN, tmp_path)) == 3
    assert FOR_REAL.ways == ("sporlog up",)


def test_the_alert_to_paste_opens_an_incident_and_pasted_again_is_repeat_2(tmp_path: Path) -> None:
    tell(tmp_path, SUNDAY)
    (command,) = ways(tmp_path, 0)
    words = shlex.split(command)
    assert words[0] == "curl"
    assert f"{URL}/intake/alertmanager" in words
    assert f"Authorization: Bearer {TOKEN}" in words
    body = words[words.index("--data") + 1].encode()
    with demo_office(tmp_path, StoryClock(SUNDAY)) as office:
        first, second = [asyncio.run(office.door.take("alertmanager", body, {}, "pasted")).taken[0] for _ in range(2)]
    assert (first.disposition, first.times) == (Disposition.OPENED, 1)
    assert (second.disposition, second.times, second.incident_id) == (None, 2, first.incident_id)


def test_the_guide_is_offered_on_the_page_and_as_a_command_that_assesses_the_incident_that_waits(tmp_path: Path) -> None:
    data = tmp_path / "en mappe"
    tell(data, SUNDAY)
    page, command = ways(data, 1)
    paste(command)
    told = read(data, SUNDAY)
    assert page == f"{URL}/haendelser/{told.references['tablets']}/vurder"
    (assessed,) = of(told, "tablets", e.Assessed)
    judged = assessed.event.model_dump()
    assert (judged["recommendation"], judged["because"], judged["departs"]) == (
        "significant_recommended",
        ("q1.safety", "q1.critical_service"),
        False,
    )
    assert told.incidents["tablets"].aware_at is not None


def test_the_receipt_to_paste_stops_the_clock_of_the_early_warning_in_time(tmp_path: Path) -> None:
    # On the real clock, as whoever pastes it is.
    data, now = tmp_path / "en mappe", datetime.now(UTC)
    tell(data, now)
    (command,) = ways(data, 2)
    paste(command)
    told = read(data, now)
    (warned,) = of(told, "postkasse", e.EarlyWarningSent)
    event = warned.event.model_dump()
    assert (event["receipt"], event["values"], event["deviations"]) == ("DEMO-2", WARNING, ())
    assert "early_warning" not in {duty.deadline.kind for duty in owed(told.incidents["postkasse"])}
