"""What is too old in the log of readings is forgotten while Sporlog runs, and no backup keeps it."""

import asyncio
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from adapters.audit.access_keeping import access_log_kept
from adapters.backup.making import take_backup
from adapters.main import open_access_log, open_office, utc_now
from adapters.settings import Settings, read_settings
from domain.retention.periods import Periods
from domain.retention.state import BROUGHT, Retention
from handlers.access_log import Reading


def write(settings: Settings, *ages: float) -> None:
    with closing(open_access_log(settings)) as access_log:
        access_log.record(
            [
                Reading(
                    utc_now() - timedelta(days=days),
                    f"u-for-{days}-dage-siden",
                    proved=True,
                    os_user=None,
                    way="page",
                    where="/",
                    correlation_id="id",
                    incidents=frozenset({UUID(int=1)}),
                )
                for days in ages
            ]
        )


@pytest.mark.parametrize(("period", "left"), [("6 months", 3), ("30 days", 2), ("2 days", 1)])
async def test_at_the_start_what_has_passed_its_period_is_forgotten(tmp_path: Path, period: str, left: int) -> None:
    settings = read_settings({}, data=tmp_path)
    retention = Retention(versions=(BROUGHT._replace(periods=Periods(access_log=period)),))
    write(settings, 190, 170, 28, 1)
    async with asyncio.timeout(10), access_log_kept(settings, lambda: retention) as access_log:
        while len(access_log.readings()) != left:  # noqa: ASYNC110 - what is forgotten tells nobody
            await asyncio.sleep(0.01)


def test_a_backup_holds_no_reading(tmp_path: Path) -> None:
    settings = read_settings({}, data=tmp_path / "data")
    with open_office(settings) as office:
        write(settings, 1)
        take_backup(
            office.store.database,
            url=None,
            keyring=settings.keyring,
            evidence=tmp_path / "data" / "evidence",
            to=tmp_path / "copy",
            keyring_to=tmp_path / "keys",
            now=utc_now(),
        )
    copied = b"".join(
        file.read_bytes() for folder in ("copy", "keys") for file in (tmp_path / folder).rglob("*") if file.is_file()
    )
    assert b"u-for-1-dage" not in copied
    assert b"access_readings" not in copied
