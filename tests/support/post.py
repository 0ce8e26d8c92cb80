"""A real mail server and a real web server on loopback, and a house that sends reminders to them on a clock of its own."""

import email
import email.policy
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from adapters.channels.mail import MailChannel
from adapters.channels.webhook import WebhookChannel
from adapters.event_store.application import EventStore
from adapters.event_store.committer import DirectCommitter
from adapters.event_store.outbox import OutboxTables
from adapters.settings import MailSettings, WebhookSettings
from domain.incident.events import IncidentEvent
from handlers.deadline_watch import DeadlineWatch
from handlers.reminders import Reminders
from handlers.sending import Channel, Sender
from projections.deadlines import Deadlines, next_duties
from projections.rows import Row
from tests.faults.house import free_port
from tests.support.incidents import INCIDENT, at
from tests.support.logs import Clock, a_store, projector, record
from tests.support.read_databases import OpenDatabase

SECRET = "hemmeligt"


RECIPIENT = "vagt@kommune.dk"


def mail_settings(port: int) -> MailSettings:
    sender = "Sporlog <sporlog@kommune.dk>"
    return MailSettings("127.0.0.1", port, tls=False, user=None, password=None, sender=sender, recipients=(RECIPIENT,))


class MailServer:
    """`answer` is what it says to a mail; it keeps those that it takes, and then does what `taken` says."""

    def __init__(self, **more: Any) -> None:  # noqa: ANN401 - as aiosmtpd's server takes them
        self.answer = "250 OK"
        self.taken: Callable[[], None] = lambda: None
        self.mails: list[EmailMessage] = []
        self.port = free_port()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port, **more)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        if self.answer.startswith("250"):
            content = envelope.content if isinstance(envelope.content, bytes) else b""
            self.mails.append(email.message_from_bytes(content, policy=email.policy.default))
            self.taken()
        return self.answer

    @property
    def titles(self) -> list[str]:
        return [mail["Subject"] for mail in self.mails]

    def start(self) -> None:
        self._controller.start()

    def stop(self) -> None:
        self._controller.stop()

    def settings(self) -> MailSettings:
        return mail_settings(self.port)


class Post(NamedTuple):
    path: str
    headers: dict[str, str]
    body: bytes


class WebServer:
    def __init__(self) -> None:
        self.status = 204
        self.posts: list[Post] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.posts.append(Post(self.path, {k.lower(): v for k, v in self.headers.items()}, body))
                self.send_response(outer.status)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def settings(self) -> WebhookSettings:
        return WebhookSettings(f"http://127.0.0.1:{self._server.server_port}/hook", SECRET)


class House:
    """A store, its deadlines, the watch, the follower and the sender, as `sporlog up` has them."""

    def __init__(self, store: EventStore, clock: Clock, open_database: OpenDatabase, outbox: OutboxTables) -> None:
        self.store, self.clock, self.outbox = store, clock, outbox
        self.deadlines = projector(Deadlines(), open_database("deadlines"), store)
        self.channels: Sequence[Channel] = ()
        self.demo = False
        self.silent: dict[str, datetime] = {}
        self.now = at(0)

    @property
    def now(self) -> datetime:
        return datetime.fromtimestamp(self.clock.us / 1_000_000, UTC)

    @now.setter
    def now(self, instant: datetime) -> None:
        self.clock.us = int(instant.timestamp() * 1_000_000)

    def owed(self) -> list[Row]:
        self.deadlines.catch_up()
        with self.deadlines.database.snapshot() as connection:
            return next_duties(connection)

    def start(self, *channels: Channel) -> None:
        """As a new process starts."""
        self.channels = channels or self.channels
        names = [channel.name for channel in self.channels]
        self.watch = DeadlineWatch(self.deadlines.database.snapshot, DirectCommitter(self.store), lambda: self.now)
        self.reminders = Reminders(self.store, self.outbox, names, self.owed, lambda: self.silent, demo=self.demo)
        self.reminders.start(self.now)
        self.sender = Sender(self.outbox, self.channels, lambda: self.now)

    def tell(self, *events: IncidentEvent) -> None:
        record(self.store, [(INCIDENT, event) for event in events])

    def unsent(self, before: datetime) -> int:
        return sum(found.messages for found in self.outbox.unsent(before))

    async def live(self, now: datetime) -> int:
        """One look at everything; how many messages went out."""
        self.now = now
        self.deadlines.catch_up()
        await self.watch.look()
        self.reminders.catch_up()
        self.reminders.catch_up()
        return await self.sender.send_due()


@contextmanager
def a_house(folder: Path, open_database: OpenDatabase, outbox: OutboxTables) -> Iterator[House]:
    clock = Clock()
    with a_store(folder, clock) as store:
        yield House(store, clock, open_database, outbox)


@contextmanager
def mail_server(**more: Any) -> Iterator[MailServer]:  # noqa: ANN401 - as aiosmtpd's server takes them
    server = MailServer(**more)
    server.start()
    yield server
    server.stop()


@contextmanager
def web_server() -> Iterator[WebServer]:
    server = WebServer()
    server.start()
    yield server
    server.stop()


def mail_of(server: MailServer, recipient: str = RECIPIENT) -> MailChannel:
    return MailChannel(server.settings(), recipient, "https://sporlog.kommune.dk/")


def webhook_of(server: WebServer) -> WebhookChannel:
    return WebhookChannel(server.settings(), "https://sporlog.kommune.dk/")
