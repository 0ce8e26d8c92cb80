"""Each report goes out by itself once to everybody, and who got it is on record, whatever stops in between."""

import asyncio
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.channels.mail import MailChannel
from adapters.event_store.application import EventStore
from adapters.event_store.committer import DirectCommitter
from adapters.event_store.outbox import OutboxTables
from domain.errors import UnavailableError
from domain.events import Meta
from domain.management.events import MANAGEMENT, ReportSent
from domain.management.period import Every, Period, parse_period
from handlers.outbox import BoardReport, Claimed, Delivered
from handlers.report_sending import PREFIX, ReportPost, report_id, sendings_of
from handlers.report_watch import AGAIN_AFTER, ReportWatch
from handlers.sending import CLAIM, FIRST_PAUSE
from tests.support.incidents import reported
from tests.support.logs import incident_id, record
from tests.support.post import MailServer
from tests.support.stores import Stores, open_database

MORNING = datetime(2027, 1, 4, 6, 0, tzinfo=UTC)
"""Seven in Copenhagen, on the first working day after the fourth quarter of 2026."""
BOARD, CHIEF = "direktion@kommune.dk", "sundhed@kommune.dk"
Named = Mapping[str | None, tuple[str, ...]]
TO_BOARD: Named = {None: (BOARD,)}


class House:
    """A log, an outbox and a clock; reports are made of nothing, and counted."""

    def __init__(self, stores: Stores, outbox: OutboxTables, mail: MailServer) -> None:
        self.now = datetime(2026, 11, 20, tzinfo=UTC)
        self.outbox, self.mail, self._stores = outbox, mail, stores
        self.store = stores.open(self._clock_us)
        self.made: list[tuple[str, str | None]] = []
        self.broken = False

    def _clock_us(self) -> int:
        return int(self.now.timestamp() * 1_000_000)

    def begin(self) -> None:
        record(self.store, [(incident_id(1), reported())])

    def make(self, period: Period, administration: str | None, identity: str, meta: Meta) -> BoardReport:
        self.made.append((period.name, administration))
        if self.broken:
            raise UnavailableError("the tables are away")
        return BoardReport(
            id=identity,
            noted_at=meta.occurred_at,
            period=period.name,
            administration=administration,
            report_position=self.store.head(),
            report_sha256="ab" * 32,
            title=f"Ledelsesrapport {period.name} {len(self.made)}",
            text="Er vi i orden?",
            file_name="rapport.pdf",
            pdf=b"%PDF-\xff\x00",
            meta=meta,
        )

    def post(self, named: Named = TO_BOARD, store: EventStore | None = None) -> ReportPost:
        channels = {
            key: [MailChannel(self.mail.settings(), one, "https://sporlog.kommune.dk", PREFIX) for one in addresses]
            for key, addresses in named.items()
        }
        return ReportPost(self.outbox, channels, DirectCommitter(store or self.store), lambda: self.now)

    def watch(self, named: Named = TO_BOARD) -> ReportWatch:
        """As another process has it, with a store of its own."""
        store = self._stores.open(self._clock_us)
        return ReportWatch(Every.QUARTER, self.make, self.post(named, store), store, lambda: self.now)

    def sent(self) -> list[ReportSent]:
        return [one.event for one in self.store.read_stream(MANAGEMENT) if isinstance(one.event, ReportSent)]


@pytest.fixture
def house(request: pytest.FixtureRequest, tmp_path: Path, stores: Stores, mail: MailServer) -> Iterator[House]:
    postgres = "postgres" in request.node.name
    place = request.getfixturevalue("postgres_url") if postgres else str(tmp_path / "messages.db")
    outbox = OutboxTables(open_database(place))
    built = House(stores, outbox, mail)
    built.begin()
    yield built
    outbox.close()


@pytest.fixture
def on_sqlite(tmp_path: Path, sqlite_stores: Stores, mail: MailServer) -> Iterator[House]:
    """For what no database does otherwise."""
    outbox = OutboxTables(open_database(str(tmp_path / "messages.db")))
    built = House(sqlite_stores, outbox, mail)
    built.begin()
    yield built
    outbox.close()


async def test_it_is_sent_when_its_morning_comes_and_on_record_once(house: House) -> None:
    watch = house.watch()
    house.now = MORNING - timedelta(seconds=1)
    assert await watch.look() == 0, "of the third quarter, before which the log had not begun, nothing is told"
    house.now = MORNING
    assert await watch.look() == 1
    house.now += timedelta(days=80)
    assert await watch.look() == await house.watch().look() == 0
    (mail,) = house.mail.mails
    assert (mail["To"], mail["Subject"]) == (BOARD, "Ledelsesrapport 2026-Q4 1")
    (pdf,) = mail.iter_attachments()
    assert (pdf.get_filename(), pdf.get_content()) == ("rapport.pdf", b"%PDF-\xff\x00")
    body = mail.get_body()
    assert body is not None
    assert "https://sporlog.kommune.dk/ledelse?period=2026-Q4&position=1" in body.get_content()
    (event,) = house.sent()
    assert (event.period, event.administration, event.report_position, event.recipient) == ("2026-Q4", None, 1, BOARD)
    assert (event.meta.actor, event.meta.occurred_at) == ("system:reports", MORNING)
    assert BOARD.encode() not in b"".join(row.state for row in house.store.rows())
    house.now = datetime(2027, 4, 1, 5, 0, tzinfo=UTC)
    assert await watch.look() == 1
    assert house.made == [("2026-Q4", None), ("2027-Q1", None)]


async def test_each_administration_gets_its_own_and_who_gets_several_gets_each(on_sqlite: House) -> None:
    on_sqlite.now = MORNING
    watch = on_sqlite.watch({None: (BOARD,), "Sundhed": (CHIEF, BOARD)})
    assert await watch.look() == 3
    assert sorted((mail["To"], mail["Subject"]) for mail in on_sqlite.mail.mails) == [
        (BOARD, "Ledelsesrapport 2026-Q4 1"),
        (BOARD, "Ledelsesrapport 2026-Q4 2"),
        (CHIEF, "Ledelsesrapport 2026-Q4 2"),
    ]
    told = {one.administration: {mail.recipient for mail in one.mails} for one in sendings_of(on_sqlite.store)}
    assert told == {None: {BOARD}, "Sundhed": {CHIEF, BOARD}}


async def test_a_mail_server_that_is_down_is_tried_again_and_gets_what_was_made_then(house: House) -> None:
    house.now = MORNING
    house.mail.answer = "451 try later"
    watch = house.watch()
    assert await watch.look() == 0
    assert [one.channel for one in house.outbox.unsent(MORNING + timedelta(seconds=1))] == [f"{PREFIX}{BOARD}"]
    house.mail.answer = "250 OK"
    assert await watch.look() == 0, "it is not asked again at once"
    house.now += FIRST_PAUSE
    record(house.store, [(incident_id(2), reported(reference="H-2026-0043"))])
    assert await house.watch().look() == 1
    assert (len(house.made), house.sent()[0].report_position) == (1, 1)
    assert house.sent()[0].meta.occurred_at == house.now


async def test_one_recipient_that_is_refused_keeps_nobody_else_waiting(on_sqlite: House) -> None:
    on_sqlite.now = MORNING
    post = on_sqlite.post({None: (BOARD, "ingen@kommune.dk")})
    watch = ReportWatch(Every.QUARTER, on_sqlite.make, post, on_sqlite.store, lambda: on_sqlite.now)
    refused = post._ways[f"{PREFIX}ingen@kommune.dk"]
    assert isinstance(refused, MailChannel)
    refused._settings = refused._settings._replace(port=1)
    assert await watch.look() == 1
    assert [one.recipient for one in on_sqlite.sent()] == [BOARD]
    refused._settings = on_sqlite.mail.settings()
    on_sqlite.now += FIRST_PAUSE
    assert await watch.look() == 1
    assert [mail["To"] for mail in on_sqlite.mail.mails] == [BOARD, "ingen@kommune.dk"]
    (sending,) = sendings_of(on_sqlite.store)
    assert [mail.recipient for mail in sending.mails] == [BOARD, "ingen@kommune.dk"]


class GoneError(Exception):
    """The process died."""


async def test_killed_before_the_outbox_knows_it_sends_one_more_copy_with_the_same_message_id(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(_self: OutboxTables, _claimed: Claimed, _now: object) -> None:
        raise GoneError

    house.now = MORNING
    with monkeypatch.context() as dying:
        dying.setattr(OutboxTables, "sent", die)
        with pytest.raises(GoneError):
            await house.watch().look()
    assert house.sent() == []
    assert await house.watch().look() == 0
    house.now += CLAIM
    assert await house.watch().look() == 1
    first, second = house.mail.mails
    assert first["Message-ID"] == second["Message-ID"]
    assert (len(house.sent()), len(house.made)) == (1, 1)


@pytest.mark.parametrize("recorded", [0, 1])
async def test_killed_once_the_outbox_knows_it_is_recorded_by_who_comes_next_and_sent_no_second_time(
    house: House, monkeypatch: pytest.MonkeyPatch, recorded: int
) -> None:
    def die(*_: object) -> None:
        raise GoneError

    house.now = MORNING
    with monkeypatch.context() as dying:
        if recorded:
            dying.setattr(OutboxTables, "noted", die)
        else:
            dying.setattr(DirectCommitter, "submit", die)
        with pytest.raises(GoneError):
            await house.watch().look()
    assert len(house.sent()) == recorded
    house.now += timedelta(hours=1)
    for _ in range(2):
        await house.watch().look()
    (event,) = house.sent()
    assert (event.meta.occurred_at, len(house.mail.mails)) == (MORNING, 1)
    assert house.outbox.delivered(PREFIX) == []


async def test_two_processes_at_once_send_and_record_one(house: House) -> None:
    house.now = MORNING
    watches = [house.watch({None: (BOARD, CHIEF)}) for _ in range(3)]
    await asyncio.gather(*(watch.look() for watch in watches))
    assert sorted(mail["To"] for mail in house.mail.mails) == [BOARD, CHIEF]
    assert sorted(str(one.recipient) for one in house.sent()) == [BOARD, CHIEF]


async def test_one_that_cannot_be_made_is_tried_again_after_a_while_and_never_lost(on_sqlite: House) -> None:
    on_sqlite.now, on_sqlite.broken = MORNING, True
    watch = on_sqlite.watch()
    for _ in range(2):
        assert await watch.look() == 0
    assert len(on_sqlite.made) == 1
    on_sqlite.now, on_sqlite.broken = MORNING + AGAIN_AFTER, False
    assert await watch.look() == 1


async def test_one_sent_by_hand_has_its_sender_and_is_not_sent_again_by_itself(on_sqlite: House) -> None:
    on_sqlite.now, quarter = MORNING - timedelta(hours=1), parse_period("2026-Q4")
    told = Meta(actor="os:lis", channel="cli", os_user="lis", occurred_at=on_sqlite.now, correlation_id="cli-1")
    post = on_sqlite.post()
    post.post(on_sqlite.make(quarter, None, report_id(quarter, None, told), told))
    (event,) = await post.deliver()
    assert (event.meta.actor, event.meta.os_user, event.recipient) == ("os:lis", "lis", BOARD)
    on_sqlite.now = MORNING
    assert await on_sqlite.watch().look() == 0
    assert len(on_sqlite.mail.mails) == 1


async def test_who_is_named_no_more_gets_nothing_and_who_is_new_gets_what_was_made(house: House) -> None:
    house.now = MORNING
    house.mail.answer = "451 try later"
    await house.watch().look()
    house.mail.answer = "250 OK"
    house.now += FIRST_PAUSE
    house.post({None: (BOARD, CHIEF)}).start()
    assert await house.watch({None: (BOARD, CHIEF)}).look() == 2
    assert len({mail["Subject"] for mail in house.mail.mails}) == len(house.made) == 1
    house.now = datetime(2027, 4, 1, 5, 0, tzinfo=UTC)
    house.mail.answer = "451 try later"
    await house.watch().look()
    house.post({None: (CHIEF,)}).start()
    assert house.outbox.unsent(house.now + timedelta(days=1)) == []


def test_what_is_noted_once_stays_so(house: House) -> None:
    assert house.outbox.find("nobody") is None
    told = Meta(actor="os:lis", channel="cli", occurred_at=MORNING, correlation_id="cli-1")
    report = house.make(parse_period("2026-Q4"), None, "1" * 32, told)
    house.outbox.post([f"{PREFIX}{BOARD}"], report)
    assert house.outbox.find(report.id) == report
    house.outbox.noted(Delivered(f"{PREFIX}{BOARD}", report, MORNING))
    assert house.outbox.claim(f"{PREFIX}{BOARD}", MORNING, MORNING + CLAIM) is not None, "what was not sent is not noted"
