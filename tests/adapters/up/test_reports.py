"""A process that runs sends the report that is due, with what it has open; a demo sends none."""

from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters import main
from adapters.demo.mark import MARK
from adapters.settings import Settings, read_settings
from adapters.up.core import open_core
from adapters.up.reports import run_reports
from domain.management.period import Every
from domain.management.schedule import newest_due
from handlers.report_sending import sendings_of
from tests.support.incidents import reported
from tests.support.logs import incident_id, record
from tests.support.papers import text_of
from tests.support.post import MailServer, mail_server
from tests.support.waiting import until


def environment(mail: MailServer) -> dict[str, str]:
    return {
        "SPORLOG_MAIL_URL": f"smtp://127.0.0.1:{mail.port}",
        "SPORLOG_MAIL_FROM": "sporlog@kommune.dk",
        "SPORLOG_MAIL_TO": "vagt@kommune.dk",
        "SPORLOG_REPORT_TO": "direktion@kommune.dk",
        "SPORLOG_REPORT_EVERY": "month",
        "SPORLOG_ENTITY": "laerkeborg",
    }


@pytest.mark.parametrize("demo", [False, True])
async def test_what_was_due_while_nothing_ran_is_sent_at_the_first_look(tmp_path: Path, *, demo: bool) -> None:
    with mail_server() as mail:
        settings, due = read_settings(environment(mail), data=tmp_path, demo=demo), newest_due(Every.MONTH, datetime.now(UTC))
        began = due.period.end - timedelta(days=3)
        with main.open_office(settings, lambda: began) as office:
            if demo:
                office.store.set_fact(MARK, began.isoformat())
            record(office.store, [(incident_id(1), reported())])
        async with AsyncExitStack() as stack:
            core = await open_core(stack, settings, demo=demo)
            await run_reports(stack, core)
            if not demo:
                await until(lambda: bool(sendings_of(core.store)))
        assert len(mail.mails) == (not demo)
        for got in mail.mails:
            (attached,) = got.iter_attachments()
            assert f"Ledelsesrapport {due.period.name}" in text_of(attached.get_content())


async def waiting(settings: Settings, count: int) -> None:
    """A process of these settings, until so many mails wait."""
    async with AsyncExitStack() as stack:
        core = await open_core(stack, settings, demo=False)
        await run_reports(stack, core)
        await until(lambda: len(core.outbox.unsent(datetime.now(UTC))) == count)


async def test_who_is_named_no_more_gets_nothing_though_nobody_else_is_named(tmp_path: Path) -> None:
    with mail_server() as mail:
        mail.answer = "451 try later"
        settings, due = read_settings(environment(mail), data=tmp_path), newest_due(Every.MONTH, datetime.now(UTC))
        with main.open_office(settings, lambda: due.period.end - timedelta(days=3)) as office:
            record(office.store, [(incident_id(1), reported())])
        await waiting(settings, 1)
        await waiting(read_settings(environment(mail) | {"SPORLOG_REPORT_TO": ""}, data=tmp_path), 0)
