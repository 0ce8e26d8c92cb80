"""A process that looks at the deadlines once and sends: `python -m tests.support.reminder_worker FOLDER SMTP_PORT HOURS`."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from adapters.channels.mail import MailChannel
from adapters.event_store.database import SQLiteDatabase
from adapters.event_store.outbox import OutboxTables
from adapters.read_models.engines import open_sqlite
from tests.support.incidents import at
from tests.support.post import RECIPIENT, House, a_house, mail_settings
from tests.support.tree import ROOT


@contextmanager
def worker_house(folder: Path) -> Iterator[House]:
    outbox, opened = OutboxTables(SQLiteDatabase(folder / "messages.db")), open_sqlite(folder / "deadlines.db")
    with a_house(folder / "log", lambda _name: opened, outbox) as house:
        yield house
    outbox.close()
    opened.close()


def start(folder: Path, port: int, hours: float) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.support.reminder_worker", str(folder), str(port), str(hours)]
    return subprocess.Popen(command, cwd=ROOT)


def main(folder: Path, port: int, hours: float) -> None:
    with worker_house(folder) as house:
        house.start(MailChannel(mail_settings(port), RECIPIENT, None))
        asyncio.run(house.live(at(hours)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]))
