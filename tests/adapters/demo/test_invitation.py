import asyncio
import shlex
from pathlib import Path

from typer.testing import CliRunner

from adapters.cli.app import app
from adapters.demo.history import StoryClock
from adapters.demo.invitation import FOR_REAL, things_to_try
from domain.signals import Disposition
from tests.adapters.demo.support import SUNDAY, demo_office, read, tell

URL, TOKEN = "http://127.0.0.1:8640", "a-token"


def test_three_things_are_offered_and_then_how_to_begin_for_real(tmp_path: Path) -> None:
    tell(tmp_path, SUNDAY)
    with demo_office(tmp_path, StoryClock(SUNDAY)) as office:
        page, _, _ = things_to_try(office.store, URL + "/", TOKEN, tmp_path)
    assert page.command == f"{URL}/?token={TOKEN}"
    assert FOR_REAL.command == "sporlog up"


def test_the_alert_to_paste_opens_an_incident_and_pasted_again_is_repeat_2(tmp_path: Path) -> None:
    tell(tmp_path, SUNDAY)
    with demo_office(tmp_path, StoryClock(SUNDAY)) as office:
        words = shlex.split(things_to_try(office.store, URL, TOKEN, tmp_path)[1].command)
        assert words[0] == "curl"
        assert f"{URL}/intake/alertmanager" in words
        assert f"Authorization: Bearer {TOKEN}" in words
        body = words[words.index("--data") + 1].encode()
        first, second = [asyncio.run(office.door.take("alertmanager", body, {}, "pasted")).taken[0] for _ in range(2)]
    assert (first.disposition, first.times) == (Disposition.OPENED, 1)
    assert (second.disposition, second.times, second.incident_id) == (None, 2, first.incident_id)


def test_the_assessment_to_paste_assesses_the_incident_that_waits(tmp_path: Path) -> None:
    data = tmp_path / "en mappe"
    tell(data, SUNDAY)
    with demo_office(data, StoryClock(SUNDAY)) as office:
        words = shlex.split(things_to_try(office.store, URL, TOKEN, data)[2].command)
    assert words[0] == "sporlog"
    result = CliRunner().invoke(app, words[1:])
    assert result.exit_code == 0, result.output
    told = read(data, SUNDAY)
    assert told.incidents["tablets"].significant is True
    assert told.incidents["tablets"].aware_at is not None
