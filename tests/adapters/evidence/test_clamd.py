"""The scanner, against a server that speaks its protocol: what it says is told, and whatever fails leaves a reason."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.evidence.clamd import Clamd
from adapters.evidence_settings import ClamdPlace
from handlers.evidence import Scan
from tests.support.evidence import EICAR, FakeClamd, Manner, a_clamd


def pieces(content: bytes, size: int = 100) -> Iterator[bytes]:
    return (content[at : at + size] for at in range(0, len(content), size))


def scanner(clamd: FakeClamd) -> Clamd:
    return Clamd(ClamdPlace("127.0.0.1", clamd.port, None), answer_s=0.5)


async def test_what_is_clean_and_what_is_not() -> None:
    async with a_clamd() as clamd:
        assert await scanner(clamd).scan(pieces(b"x" * 1050)) == Scan("clean")
        assert await scanner(clamd).scan(pieces(b"y" * 90 + EICAR)) == Scan("infected", "Eicar-Signature")
    assert clamd.scanned == [b"x" * 1050, b"y" * 90 + EICAR]


async def test_a_unix_socket_serves_as_well(tmp_path: Path) -> None:
    async with a_clamd(path=tmp_path / "clamd.ctl") as clamd:
        place = Clamd(ClamdPlace(None, 0, str(tmp_path / "clamd.ctl")))
        assert await place.scan(pieces(EICAR)) == Scan("infected", "Eicar-Signature")
        assert (await place.version()).startswith("ClamAV ")
    assert clamd.scanned == [EICAR]


@pytest.mark.parametrize(
    ("manner", "told"),
    [
        ("silent", "no answer in time"),
        ("limit", "INSTREAM size limit exceeded. ERROR"),
        ("error", "Can't allocate memory ERROR"),
        ("hangs-up", "it hung up without an answer"),
    ],
)
async def test_one_that_does_not_do_its_work_leaves_it_unscanned_with_the_reason(manner: Manner, told: str) -> None:
    async with a_clamd() as clamd:
        clamd.manner = manner
        found = await scanner(clamd).scan(pieces(b"x" * 5_000_000, 250_000))
    assert found.result == "unscanned"
    assert told in (found.finding or "")
    assert f"tcp://127.0.0.1:{clamd.port}" in (found.finding or "")


async def test_one_that_is_away_leaves_it_unscanned() -> None:
    async with a_clamd() as clamd:
        away = scanner(clamd)
    found = await away.scan(pieces(b"x"))
    assert found.result == "unscanned"
    assert "refused" in (found.finding or "") or "failed" in (found.finding or "")
