"""Bodies of real tools give the signals, or the refusal, that was written down for each after reading it by hand.

The bodies are not in the repository. Where they lie beside it (see `support.py`) every one of them that
belongs to a format must have its expectation.
"""

from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson
import pytest

from adapters.intake_formats.formats import FORMATS
from tests.adapters.intake_formats.support import FIXTURES, SAMPLES, SAMPLES_OF, read, shown

EXPECTED = FIXTURES / "samples.expected"
FORMAT_OF = {folder: name for name, folder in ({name: name for name in FORMATS} | SAMPLES_OF).items()}
LONG = 200


def known() -> list[Path]:
    return sorted(EXPECTED.glob("*/*.json"))


def seen(signal: dict[str, Any], wanted: dict[str, Any]) -> dict[str, Any]:
    """A long description may be given by its hash."""
    if isinstance(wanted.get("description"), dict):
        return signal | {"description": {"sha256": sha256(signal["description"].encode()).hexdigest()}}
    return signal


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the bodies of real tools are not beside this checkout")
@pytest.mark.parametrize("expectation", known(), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_real_body_gives_what_was_written_down(expectation: Path) -> None:
    name = FORMAT_OF[expectation.parent.name]
    body = (SAMPLES / expectation.parent.name / expectation.stem).read_bytes()
    parsed = read(name, FORMATS[name].redact(body))
    wanted = orjson.loads(expectation.read_bytes())
    if isinstance(wanted, dict):
        assert parsed.signals == []
        assert parsed.rejected
        assert wanted["refused"]
    else:
        found = [shown(signal) for signal in parsed.signals]
        assert parsed.rejected == []
        assert [seen(one, two) for one, two in zip(found, wanted, strict=True)] == wanted


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the bodies of real tools are not beside this checkout")
def test_every_body_of_a_tool_that_has_a_format_is_written_down() -> None:
    bodies = {
        f"{path.parent.name}/{path.name}"
        for folder in FORMAT_OF
        if (SAMPLES / folder).is_dir()
        for path in (SAMPLES / folder).iterdir()
    }
    assert bodies - {f"{path.parent.name}/{path.stem}" for path in known()} == set()


def test_every_expectation_belongs_to_a_format() -> None:
    assert known()
    assert {path.parent.name for path in known()} <= FORMAT_OF.keys()
