import asyncio
import json
import os
import re
import socket
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from adapters.anchors.folder import AnchorFolder
from adapters.bus.connection import connect
from adapters.bus.server import NatsServer
from adapters.bus.streams import ensure
from adapters.data_directory import held
from adapters.event_store.database import SQLiteDatabase
from adapters.event_store.ledger_tables import LedgerDatabase
from adapters.event_store.outbox import OutboxTables
from adapters.event_store.ways_table import WaysTable
from adapters.main import open_office
from adapters.settings import read_settings
from adapters.words.reminder_texts import trial
from handlers.ledger_tables import Difference, Differs
from handlers.outbox import Untold
from tests.adapters.cli.conftest import Sporlog
from tests.support.evidence import a_clamd
from tests.support.incidents import reported
from tests.support.logs import incident_id, record
from tests.support.post import web_server


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@pytest.fixture
def healthy(sporlog: Sporlog) -> Sporlog:
    ours = replace(sporlog, more={"SPORLOG_HTTP": f"127.0.0.1:{free_port()}"})
    ours.report()
    ours("rebuild")
    return ours


def found(sporlog: Sporlog, *arguments: str) -> dict[str, Any]:
    """The worst finding of each check."""
    worst = dict[str, Any]()
    for finding in sporlog("doctor", "--json", *arguments).json:
        if finding["check"] not in worst or finding["level"] != "ok":
            worst[finding["check"]] = finding
    return worst


def test_all_is_well_and_said_so(healthy: Sporlog) -> None:
    said = healthy("doctor")
    assert said.code == 0, said.out
    levels = {name: finding["level"] for name, finding in found(healthy).items()}
    assert set(levels.values()) == {"ok"}
    assert set(levels) == {
        *("data-directory", "keyring", "disk", "time-zone", "store", "durability", "clock"),
        *("read-models", "ledger", "anchors", "sources", "nats-server", "nats", "port", "reminders", "ways", "scanner"),
        *("pack", "emergency-lists", "reports"),
    }
    assert found(healthy)["durability"]["detail"] == "synchronous=FULL"


def test_a_silent_source_is_a_warning_that_says_what_to_do(healthy: Sporlog) -> None:
    for name in ("forti", "cloudevents"):
        assert healthy("source", "add", name, "--format", "cloudevents", "--every", "60m", "--reason", "Aftale").code == 0
    assert found(healthy)["sources"]["level"] == "ok"
    with closing(sqlite3.connect(healthy.data / "events.db")) as database:
        (state,) = database.execute(
            "SELECT state FROM events WHERE topic = 'intake.source-set.1' ORDER BY position"
        ).fetchall()[0]
        earlier = re.sub(rb'("occurred_at":")\d{4}', rb"\g<1>2020", bytes(state))
        database.execute("UPDATE events SET state = ? WHERE state = ?", (earlier, state))
        database.commit()
    told = found(healthy)["sources"]
    assert (told["level"], "forti er tavs siden" in told["detail"]) == ("warning", True)
    assert "sporlog source show forti" in told["advice"]
    assert healthy("doctor").code == 0


def test_it_makes_no_store_where_there_is_none(sporlog: Sporlog) -> None:
    sporlog("doctor")
    assert not sporlog.data.exists()


def test_read_models_behind_the_log_are_a_warning_with_advice(healthy: Sporlog) -> None:
    healthy.report()
    finding = found(healthy)["read-models"]
    assert finding["level"] == "warning"
    assert "register -1" in finding["detail"]
    assert "sporlog rebuild" in finding["advice"]
    assert healthy("doctor").code == 0


def test_a_keyring_without_the_keys_is_an_error(healthy: Sporlog) -> None:
    (healthy.data / "keyring" / "master.key").write_text("AAAA")
    assert found(healthy)["store"]["level"] == "error"
    assert healthy("doctor").code == 1


def test_the_keyring_is_tried_on_texts_that_lie_behind_a_flood_of_alerts(healthy: Sporlog) -> None:
    alerts = [
        {
            "status": "firing",
            "labels": {"alertname": f"Disk{number}", "severity": "critical", "instance": "db-1"},
            "startsAt": "2026-11-20T09:00:00Z",
            "fingerprint": f"{number:016x}",
        }
        for number in range(120)
    ]
    body = {"version": "4", "status": "firing", "groupKey": "g", "alerts": alerts}
    assert healthy("intake", "alertmanager", stdin=json.dumps(body).encode()).code == 0
    assert re.search(r"de seneste [1-9]\d* fortrolige tekster", healthy("doctor").out)


def test_a_store_of_a_newer_sporlog_is_an_error(healthy: Sporlog) -> None:
    with closing(sqlite3.connect(healthy.data / "events.db")) as store:
        store.execute("UPDATE schema_version SET version = 99")
        store.commit()
    finding = found(healthy)["store"]
    assert finding["level"] == "error"
    assert "99" in finding["detail"]


def test_a_clock_that_was_set_back_is_a_warning(healthy: Sporlog) -> None:
    with closing(sqlite3.connect(healthy.data / "events.db")) as store:
        store.execute("UPDATE events SET recorded_at_us = recorded_at_us + 3600 * 1000000")
        store.commit()
    assert found(healthy)["clock"]["level"] == "warning"


def test_a_port_that_somebody_else_has_is_an_error_but_not_when_it_is_sporlog(healthy: Sporlog) -> None:
    address = healthy.more["SPORLOG_HTTP"].split(":")
    with socket.create_server((address[0], int(address[1]))):
        assert found(healthy)["port"]["level"] == "error"
        with held(healthy.data):
            assert found(healthy)["port"]["level"] == "ok"


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such permissions")
def test_a_data_directory_that_others_can_read_is_a_warning(healthy: Sporlog) -> None:
    healthy.data.chmod(0o755)
    finding = found(healthy)["data-directory"]
    assert finding["level"] == "warning"
    assert finding["advice"] == f"chmod 700 {healthy.data}"


async def test_streams_are_held_against_their_declaration_and_none_is_made(healthy: Sporlog, nats_server: NatsServer) -> None:
    missing = found(healthy, "--nats", nats_server.url)["nats"]
    assert missing["level"] == "error"
    assert "is missing" in missing["detail"]
    nc = await connect(nats_server.url, "test")
    await ensure(nc)
    assert found(healthy, "--nats", nats_server.url)["nats"]["level"] == "ok"
    smaller = replace(healthy, more={**healthy.more, "SPORLOG_INTAKE_MAX_BYTES": "1000000"})
    assert "max_bytes" in found(smaller, "--nats", nats_server.url)["nats"]["detail"]
    await nc.close()


def test_a_nats_that_is_away_is_an_error(healthy: Sporlog) -> None:
    finding = found(healthy, "--nats", f"nats://127.0.0.1:{free_port()}")["nats"]
    assert finding["level"] == "error"


async def test_the_own_nats_server_is_found_where_it_runs(healthy: Sporlog) -> None:
    server = NatsServer(healthy.data / "nats")
    await server.start()
    nc = await connect(server.url, "test")
    await ensure(nc)
    with held(healthy.data):
        finding = found(healthy)["nats"]
    assert (finding["level"], finding["detail"]) == ("ok", "8 streams er som erklæret")
    await nc.close()
    await server.stop()


def test_postgresql_is_asked_whether_it_commits_synchronously(sporlog: Sporlog, postgres_url: str, tmp_path: Path) -> None:
    on_postgres = replace(sporlog, more={"SPORLOG_DATABASE": postgres_url, "SPORLOG_HTTP": f"127.0.0.1:{free_port()}"})
    on_postgres.report()
    assert found(on_postgres)["durability"]["detail"] == "synchronous_commit=on"
    assert tmp_path.exists()


def test_without_a_channel_it_remarks_that_nothing_is_sent(healthy: Sporlog) -> None:
    finding = found(healthy)["reminders"]
    assert finding["level"] == "ok"
    assert "SPORLOG_MAIL_URL" in finding["detail"]


def reminding(sporlog: Sporlog, url: str) -> Sporlog:
    return replace(sporlog, more={**sporlog.more, "SPORLOG_WEBHOOK_URL": url})


def test_a_test_is_sent_on_each_channel_when_asked_and_only_then(healthy: Sporlog) -> None:
    with web_server() as web:
        ours = reminding(healthy, web.settings().url)
        assert ours("doctor").code == 0
        assert web.posts == []
        assert "webhook: prøven er sendt" in ours("doctor", "--send-test").out
    assert len(web.posts) == 1
    assert ours("doctor", "--send-test").code == 1
    assert "did not answer" in found(ours, "--send-test")["reminders"]["detail"]


def test_what_could_not_be_sent_for_a_day_is_a_warning_with_what_the_other_end_said(healthy: Sporlog) -> None:
    outbox = OutboxTables(SQLiteDatabase(healthy.data / "messages.db"))
    long_ago = datetime.now(UTC) - timedelta(hours=25)
    outbox.add(["webhook"], [trial(long_ago)], 1)
    claimed = outbox.claim("webhook", long_ago, long_ago + timedelta(minutes=1))
    assert claimed is not None
    outbox.failed(claimed, "the webhook answered 500", datetime.now(UTC))
    outbox.close()

    finding = found(healthy)["reminders"]
    assert finding["level"] == "warning"
    assert "webhook: 1" in finding["detail"]
    assert "answered 500" in finding["detail"]


def test_events_that_no_message_could_be_made_of_are_counted_and_shown_for_a_month(healthy: Sporlog) -> None:
    outbox, now = OutboxTables(SQLiteDatabase(healthy.data / "messages.db")), datetime.now(UTC)
    outbox.add([], [], 40, [Untold(30, now - timedelta(days=31), "long ago")])
    assert found(healthy)["reminders"]["level"] == "ok"
    untold = [Untold(number, now - timedelta(days=1), f"reason {number}") for number in (41, 42)]
    outbox.add([], [], 42, untold)
    outbox.put_aside(42)
    outbox.close()

    finding = found(healthy)["reminders"]
    assert finding["level"] == "warning"
    assert finding["detail"] == "2 hændelser i loggen blev der ingen besked af, senest plads 42: reason 42"


def test_a_report_that_did_not_go_out_in_its_morning_is_a_warning(healthy: Sporlog, tmp_path: Path) -> None:
    assert "SPORLOG_REPORT_TO" in found(healthy)["reports"]["detail"]
    mail = {"SPORLOG_MAIL_URL": "smtp://127.0.0.1:1", "SPORLOG_MAIL_FROM": "s@kommune.dk", "SPORLOG_MAIL_TO": "v@kommune.dk"}
    ours = replace(healthy, more={**healthy.more, **mail, "SPORLOG_REPORT_TO": "d@kommune.dk"})
    finding = found(ours)["reports"]
    assert (finding["level"], finding["detail"]) == ("ok", "d@kommune.dk; ingen sendt endnu"), "the log began after the quarter"
    older = replace(ours, data=tmp_path / "older")
    began = datetime.now(UTC) - timedelta(days=200)
    with open_office(read_settings({"SPORLOG_ENTITY": "laerkeborg"}, data=older.data), lambda: began) as office:
        record(office.store, [(incident_id(1), reported())])
    finding = found(older)["reports"]
    assert (finding["level"], "skulle være sendt" in finding["detail"]) == ("warning", True)
    assert "sporlog report send" in finding["advice"]


def test_anchors_that_stopped_coming_are_a_warning(healthy: Sporlog) -> None:
    assert "SPORLOG_ANCHOR_MAIL" in found(healthy)["anchors"]["detail"]
    more = {
        "SPORLOG_MAIL_URL": "smtp://post.kommune.dk",
        "SPORLOG_MAIL_FROM": "log@kommune.dk",
        "SPORLOG_MAIL_TO": "it@kommune.dk",
    }
    ours = replace(healthy, more={**healthy.more, **more, "SPORLOG_ANCHOR_MAIL": "log@arkiv.example"})
    assert found(ours)["anchors"]["detail"] == "mail log@arkiv.example: ingen endnu"
    AnchorFolder(healthy.data / "anchors").keep(42, "eml", b"Date: Sat, 21 Nov 2026 12:00:00 +0100\r\n\r\n")
    finding = found(ours)["anchors"]
    assert finding["level"] == "warning"
    assert "begivenhed 1–42" in finding["detail"]


def test_each_way_in_is_shown_with_its_last_message_and_its_last_error_and_without_its_password(healthy: Sporlog) -> None:
    assert "SPORLOG_IMAP" in found(healthy)["ways"]["detail"]
    address = "imaps://nis2%40kommune.dk:hemmeligt@post.kommune.dk"
    ours = replace(healthy, more={**healthy.more, "SPORLOG_IMAP": address, "SPORLOG_SYSLOG": "udp://127.0.0.1:5514"})
    assert ours("doctor").out.count("har ikke kørt endnu") == 2
    noon = datetime(2026, 11, 21, 12, tzinfo=UTC)
    name = "imap nis2@kommune.dk@post.kommune.dk:993/INBOX"
    memory = WaysTable(SQLiteDatabase(healthy.data / "ways.db"))
    memory.begin(name, "email")
    memory.worked(name, noon, message=True, cursor="7:1")
    memory.dropped(name, 3)
    memory.dropped(name, 4, by_kernel=True)
    assert found(ours)["ways"]["level"] == "ok"
    memory.failed(name, noon + timedelta(hours=1), "the server went")
    memory.close()

    finding = found(ours)["ways"]
    assert finding["level"] == "warning"
    assert finding["detail"].startswith(f"{name} (email): sidste besked ")
    assert "sidste fejl" in finding["detail"]
    assert "the server went; 3 beskeder er gået tabt" in finding["detail"]
    assert "4 datagrammer tabte styresystemet" in finding["detail"]
    assert "hemmeligt" not in ours("doctor").out + ours("doctor", "--json").out


def test_a_ledger_that_differs_is_an_error_and_says_which_event_and_when(healthy: Sporlog) -> None:
    with closing(LedgerDatabase(SQLiteDatabase(healthy.data / "ledger.db"))) as tables:
        tables.note(Difference(7, Differs.STORED, bytes(32), datetime(2026, 11, 22, 9, 30, tzinfo=UTC)))
    told = found(healthy)["ledger"]
    assert told["level"] == "error"
    assert told["detail"].startswith("Begivenhed 7 er ændret i lageret")
    assert "22. nov. 2026 kl. 10.30" in told["detail"]
    assert healthy("doctor").code == 1


async def test_a_scanner_is_asked_who_it_is_and_one_that_is_away_is_a_warning(healthy: Sporlog) -> None:
    async with a_clamd() as clamd:
        asked = replace(healthy, more={"SPORLOG_CLAMD": f"tcp://127.0.0.1:{clamd.port}"})
        finding = (await asyncio.to_thread(found, asked))["scanner"]
        assert (finding["level"], "ClamAV 1.4.3" in finding["detail"]) == ("ok", True)
    finding = found(asked)["scanner"]
    assert (finding["level"], "uden scanning" in finding["advice"]) == ("warning", True)


def test_an_emergency_pack_that_is_missing_or_old_is_an_error_that_says_what_to_do(healthy: Sporlog, tmp_path: Path) -> None:
    house = replace(healthy, more={**healthy.more, "SPORLOG_PACK_DIR": str(tmp_path / "drev")})
    assert found(house)["pack"]["level"] == "error"
    assert "er der ikke" in found(house)["pack"]["detail"]
    made = house("pack", "--json").json
    # Without a recipient the laptop cannot go on from it: that is said, and is no error.
    assert (found(house)["pack"]["level"], "SPORLOG_PACK_RECIPIENTS" in found(house)["pack"]["detail"]) == ("warning", True)
    manifest = Path(made["folder"]) / "manifest.json"
    manifest.write_text(re.sub(r'"made_at": "\d{4}', '"made_at": "2020', manifest.read_text()))
    assert found(house)["pack"]["level"] == "error"
    assert "sporlog pack" in found(house)["pack"]["advice"]
