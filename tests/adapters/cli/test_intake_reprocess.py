"""What waited for a mapping is read once there is one; the source argument beside it is as it was."""

import asyncio
import json
from pathlib import Path

from adapters.main import open_office
from adapters.settings import read_settings
from tests.adapters.cli.conftest import Sporlog
from tests.adapters.cli.test_source import BODY, WHY, add


def arrive(sporlog: Sporlog, *bodies: bytes) -> None:
    with open_office(read_settings({"SPORLOG_ENTITY": "laerkeborg"}, data=sporlog.data)) as opened, asyncio.Runner() as runner:
        for body in bodies:
            runner.run(opened.door.take("forti", body, {}, "c-1"))


def test_kept_bodies_are_read_after_a_mapping_and_a_second_run_changes_nothing(sporlog: Sporlog, tmp_path: Path) -> None:
    add(sporlog, "forti", "json")
    sample = tmp_path / "prøve.json"
    sample.write_text(json.dumps(BODY))
    arrive(sporlog, sample.read_bytes(), b"\xff")
    saved = sporlog("source", "map", "forti", sample, "--save", *WHY)
    assert "1 af 2, der venter, kan læses nu: sporlog intake reprocess --source forti" in saved.out
    first = sporlog("intake", "reprocess", "--json").json
    assert [first[name] for name in ("waited", "read", "signals", "repeats")] == [2, 1, 1, 0]
    assert [one["source"] for one in first["left"]] == ["forti"]
    again = sporlog("intake", "reprocess", "--source", "forti", "--json").json
    assert [again[name] for name in ("waited", "read", "signals", "repeats")] == [1, 0, 0, 0]
    (incident,) = sporlog("incident", "list", "--json").json
    assert incident["title"] == "Brand i lageret"
    told = sporlog("intake", "reprocess")
    assert told.out == "0 læst (0 nye signaler, 0 gentagelser), 1 venter fortsat\n"
    assert told.err.startswith("forti ")


def test_help_is_there_for_both(sporlog: Sporlog) -> None:
    assert "--source" in sporlog("intake", "reprocess", "--help").out
    told = sporlog("intake", "--help").out
    assert "--dry-run" in told
    assert "sporlog intake [OPTIONS] {SOURCE} [FILE]..." in told
