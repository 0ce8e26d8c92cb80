"""Processes that die by SIGKILL before each of their writes in turn: `python -m tests.support.dying WHAT FOLDER`.

WHAT is reprocess, syslog, catalogue or report. FOLDER/begun is copied to FOLDER/1, FOLDER/2, ...; in the n-th the process died
at its n-th writing statement or right after its n-th commit. The last is the one in which it got to its end. Processes are
forked, so that each begins in no time.
"""

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from adapters import sqlite_rows
from adapters.cli.catalogue_file import import_toml
from adapters.cli.catalogue_plan import attach
from adapters.cli.intake_reprocess import reprocess
from adapters.event_store.committer import GroupCommitter
from adapters.main import make_door, open_office, open_outbox, open_store, open_ways_memory, utc_now
from adapters.settings import read_settings
from adapters.ways_in.contract import Post, keep_coming
from adapters.ways_in.settings import SyslogSettings
from adapters.ways_in.syslog import SyslogWay
from domain.events import Meta
from domain.management.period import Every, Period
from handlers.intake_door import Receipt
from handlers.outbox import BoardReport, Message
from handlers.report_sending import PREFIX, ReportPost
from handlers.report_watch import ReportWatch
from tests.faults.house import free_port
from tests.support.tree import ROOT
from tests.support.waiting import until

PLAN = "Nødplan for hjemmepleje"
WRITES = ("INSERT", "UPDATE", "DELETE", "COMMIT")
LINES = tuple(
    b"CEF:0|Maker|Wall|1|%d|Angreb %d|9|externalId=%d dvchost=srv-%d rt=1795400000000" % (n, n, n, n) for n in range(3)
)
MORNING = datetime(2027, 1, 4, 6, 0, tzinfo=UTC)
"""The fourth quarter's report is due."""
MOST = 400


class Life:
    """Counts what is written, and ends the process at the moment that was chosen."""

    def __init__(self, moment: int) -> None:
        self._left = moment

    def go_on(self) -> None:
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def die_at(moment: int) -> None:
    """From now on every SQLite connection of Sporlog's counts."""
    life = Life(moment)

    class Cursor(sqlite_rows.Cursor):
        def execute(self, sql: str, *more: Any) -> "Cursor":  # noqa: ANN401 - as sqlite3's
            if sql.lstrip().startswith(WRITES):
                life.go_on()
            super().execute(sql, *more)
            if sql == "COMMIT":
                life.go_on()
            return self

        def executemany(self, sql: str, rows: Any) -> "Cursor":  # noqa: ANN401 - as sqlite3's
            life.go_on()
            super().executemany(sql, rows)
            return self

    sqlite_rows.Cursor = Cursor  # type: ignore[misc]


def read_again(data: Path) -> None:
    sys.stdout = Path(os.devnull).open("w")  # noqa: SIM115 - for the rest of the process
    reprocess(source=None, data=data, database=None, as_json=True)


def keep_catalogue(data: Path) -> None:
    """A plan's file, then a file of the catalogue: FOLDER/plan.md and FOLDER/katalog.toml."""
    sys.stdout = Path(os.devnull).open("w")  # noqa: SIM115 - for the rest of the process
    attach(name=PLAN, file=data.parent / "plan.md", dated="2026-06-01", reason="Ny udgave", data=data)
    import_toml(file=data.parent / "katalog.toml", data=data)


class Board:
    """Whoever gets the report, outside of the house: a line in FOLDER/1.mails for each mail that came."""

    name = f"{PREFIX}direktion@kommune.dk"

    def __init__(self, mails: Path) -> None:
        self._mails = mails

    def send(self, message: Message) -> None:
        with self._mails.open("a", encoding="utf-8") as mails:
            mails.write(f"{message.id}\n")


def send_report(data: Path) -> None:
    """The quarter's, by a watch that looks twice; each life begins an hour after the one before, when claims have run out."""
    lives = data / "lives"
    lived = len(lives.read_text()) if lives.exists() else 0
    lives.write_text("x" * (lived + 1))
    now = MORNING + timedelta(hours=lived)

    def make(period: Period, administration: str | None, identity: str, meta: Meta) -> BoardReport:
        return BoardReport(
            id=identity,
            noted_at=now,
            period=period.name,
            administration=administration,
            report_position=1,
            report_sha256="ab" * 32,
            title="Ledelsesrapport",
            text="Er vi i orden?",
            file_name="rapport.pdf",
            pdf=b"%PDF-",
            meta=meta,
        )

    settings = read_settings({}, data=data)
    with open_office(settings, lambda: now) as office, closing(open_outbox(settings)) as outbox:
        channels: dict[str | None, list[Board]] = {None: [Board(data.with_suffix(".mails"))]}
        post = ReportPost(outbox, channels, office.desk.committer, lambda: now)
        watch = ReportWatch(Every.QUARTER, make, post, office.store, lambda: now)
        for _ in range(2):
            asyncio.run(watch.look())


def listen(data: Path, port: int) -> None:
    """Until every line was taken and noted."""

    async def run() -> None:
        settings = read_settings({}, data=data)
        with closing(open_store(settings)) as store, closing(open_ways_memory(settings)) as memory:
            committer = GroupCommitter(store, lambda: None)
            committer.start()
            door, left = make_door(store, committer, utc_now), len(LINES)

            async def take(source: str, body: bytes, headers: Mapping[str, str], correlation_id: str) -> Receipt:
                nonlocal left
                receipt = await door.take(source, body, headers, correlation_id)
                left -= len(receipt.taken)
                return receipt

            way = SyslogWay(SyslogSettings("tcp", "127.0.0.1", port, "cef"), 1_048_576)
            listening = asyncio.create_task(keep_coming(Post(way, take, memory, utc_now)))
            # Once it was noted too: a stop before that takes the body once more.
            await until(lambda: left <= 0 and not way._gathered)
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)
            await committer.stop()

    asyncio.run(run())


def send(port: int) -> bool:
    """As a tool does that begins again after a broken connection: all of it. Whether somebody listened."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
            connection.sendall(b"".join(line + b"\n" for line in LINES))
    except OSError:
        return False
    return True


def forked(work: Callable[[], object], meanwhile: Callable[[], bool]) -> int:
    """Run it in a process of its own, and `meanwhile` beside it until that is true; how the process ended."""
    child = os.fork()
    if child == 0:
        try:
            work()
        except Exception:  # noqa: BLE001 - told, and the process ends here whatever it was
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    done = False
    while (ended := os.waitpid(child, os.WNOHANG)) == (0, 0):
        done = done or meanwhile()
        time.sleep(0.005)
    return os.waitstatus_to_exitcode(ended[1])


def at_moment(moment: int, work: Callable[[], object]) -> None:
    die_at(moment)
    work()


def every_moment(what: str, folder: Path) -> None:
    """Each process that died is followed by one that does not."""
    port = free_port()
    for moment in range(1, MOST):
        data = folder / str(moment)
        shutil.copytree(folder / "begun", data)
        works = {
            "reprocess": partial(read_again, data),
            "catalogue": partial(keep_catalogue, data),
            "report": partial(send_report, data),
        }
        work = works.get(what) or partial(listen, data, port)
        meanwhile = partial(send, port) if what == "syslog" else lambda: True
        ended = forked(partial(at_moment, moment, work), meanwhile)
        if ended == 0:
            return
        assert ended == -signal.SIGKILL, ended
        assert forked(work, meanwhile) == 0
    raise AssertionError(f"more than {MOST} writes")


def start(what: str, folder: Path) -> list[Path]:
    """Run it all; the folders in the order of the moments, the last one being that in which nothing died."""
    command = [sys.executable, "-m", "tests.support.dying", what, str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, timeout=300)
    return sorted((path for path in folder.iterdir() if path.name.isdecimal()), key=lambda path: int(path.name))


if __name__ == "__main__":
    every_moment(sys.argv[1], Path(sys.argv[2]))
