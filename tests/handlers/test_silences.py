"""A source that falls silent is told by mail and webhook: once for each silence, beside the deadlines."""

from pathlib import Path

import orjson
import pytest

from adapters.event_store.outbox import OutboxTables
from adapters.event_store.schema import NewerSchemaError, migrate
from domain.errors import InvalidInputError, UnavailableError
from domain.events import Recorded, StoredRow
from domain.intake.events import INTAKE, SourceFellSilent, SourceSet
from domain.pack import PACKS, PackMissed, PackProblem
from handlers.consumers import DeadLetter, Letter, consume_reminders
from handlers.outbox import Reminder
from handlers.sending import pause_after
from handlers.silences import silence_id
from tests.support.incidents import at, meta
from tests.support.logs import record
from tests.support.post import RECIPIENT, House, MailServer, WebServer, mail_of, webhook_of
from tests.support.stores import open_database
from tests.support.waiting import aside

FORTI = SourceSet(meta=meta(0), source="forti", format="json", expected_minutes=90)


def silent(house: House, hours: float, since: float, *changes: SourceSet) -> None:
    """The watch notes a silence; then the source is changed."""
    event = SourceFellSilent(meta=meta(hours), source="forti", since=at(since))
    record(house.store, [(INTAKE, each) for each in (event, *changes)])


@pytest.fixture
def with_source(house: House) -> House:
    record(house.store, [(INTAKE, FORTI)])
    return house


async def test_each_silence_goes_out_once_on_each_channel_and_the_next_one_again(
    with_source: House, mail: MailServer, web: WebServer
) -> None:
    house = with_source
    house.start(mail_of(mail), webhook_of(web))
    silent(house, 3, 1)
    assert await house.live(at(3)) == 2
    assert await house.live(at(4)) == 0
    house.start()
    silent(house, 9, 7)
    assert await house.live(at(9)) == 2
    told = [orjson.loads(post.body) for post in web.posts]
    assert [(one["kind"], one["source"], one["since"]) for one in told] == [
        ("source_silent", "forti", "2026-11-20T15:20:00Z"),
        ("source_silent", "forti", "2026-11-20T21:20:00Z"),
    ]
    assert [post.headers["sporlog-reminder-id"] for post in web.posts] == [
        silence_id("forti", at(1)),
        silence_id("forti", at(7)),
    ]
    assert mail.titles == [
        "Kilden forti er tavs siden fre. 20. nov. 2026 kl. 16.20",
        "Kilden forti er tavs siden fre. 20. nov. 2026 kl. 22.20",
    ]


async def test_what_is_told_is_the_rhythm_of_then_though_it_was_changed_since(with_source: House, web: WebServer) -> None:
    house = with_source
    house.start(webhook_of(web))
    silent(house, 3, 1, FORTI.model_copy(update={"expected_minutes": 5}))
    await house.live(at(3))
    assert orjson.loads(web.posts[0].body)["expected_minutes"] == 90


async def test_a_server_that_is_away_gets_the_silence_when_it_is_back(with_source: House, mail: MailServer) -> None:
    house = with_source
    house.start(mail_of(mail))
    mail.answer = "451 try later"
    silent(house, 3, 1)
    assert await house.live(at(3)) == 0
    mail.answer = "250 OK"
    assert await house.live(house.now + pause_after(1)) == 1


async def test_a_channel_that_comes_later_is_told_who_is_silent_then_and_not_who_was(
    with_source: House, mail: MailServer
) -> None:
    house = with_source
    house.start()
    silent(house, 3, 1)
    silent(house, 9, 7)
    house.now, house.silent = at(10), {"forti": at(7)}
    house.start(mail_of(mail))
    await house.live(at(10))
    assert [title for title in mail.titles if title.startswith("Kilden")] == [
        "Kilden forti er tavs siden fre. 20. nov. 2026 kl. 22.20"
    ]


async def test_in_a_demo_a_channel_that_comes_later_is_told_of_no_silence_of_the_story(
    with_source: House, mail: MailServer
) -> None:
    house = with_source
    house.demo, house.silent = True, {"forti": at(0)}
    house.start(mail_of(mail))
    assert await house.live(at(0)) == 0


OLD_BODY = (
    '{"id":"0f0f","incident_id":"00000000-0000-0000-0000-00000000002a","reference":"H-2026-0042","kind":"early_warning",'
    '"rung":"4h-left","due_at":"2026-11-21T15:20:00Z","noted_at":"2026-11-21T11:20:00Z","name":"Tidlig varsling",'
    '"explanation":"","paragraph":"NIS 2-loven § 13","status":"assessed","nis2_category":"high","decision_makers":["u-1"],'
    '"demo":false,"exercise":false}'
)
OLD_TABLES = (
    """CREATE TABLE messages (channel TEXT, id TEXT, state TEXT NOT NULL, body TEXT NOT NULL, noted_at_us {int} NOT NULL,
    next_at_us {int}, attempts {int} NOT NULL, error TEXT, sent_at_us {int}, PRIMARY KEY (channel, id))""",
    "CREATE INDEX messages_next ON messages (channel, next_at_us)",
    "CREATE TABLE message_channels (name TEXT PRIMARY KEY)",
    "CREATE TABLE message_position (one {int} PRIMARY KEY, position {int} NOT NULL)",
    "INSERT INTO message_channels VALUES ('webhook')",
    "INSERT INTO message_position VALUES (1, 7)",
)


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_an_outbox_of_the_earlier_version_is_read_and_keeps_its_place(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    place = request.getfixturevalue("postgres_url") if kind == "postgres" else str(tmp_path / "messages.db")
    database = open_database(place)
    migrate(database, (OLD_TABLES,), versions="messages_version")
    with database.write() as cursor:
        cursor.execute(
            "INSERT INTO messages VALUES ('webhook', '0f0f', 'waiting', ?, 1, 1, 0, NULL, NULL)",
            (OLD_BODY,),
        )
    outbox = OutboxTables(database)
    claimed = outbox.claim("webhook", at(1), at(2))
    assert claimed is not None
    assert isinstance(claimed.message, Reminder)
    assert (claimed.message.rung, claimed.message.decision_makers) == ("4h-left", ("u-1",))
    assert (outbox.position(), outbox.channels()) == (7, frozenset({"webhook"}))
    with pytest.raises(NewerSchemaError):
        migrate(database, (OLD_TABLES,), versions="messages_version")
    outbox.close()


class Unreadable:
    """Lets the log's reader fail over silences."""

    def __init__(self, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
        read = house.store.read

        def reading(after: int, limit: int, **more: object) -> list[Recorded]:
            found = read(after, limit, **more)  # type: ignore[arg-type]  # passed on as they came
            if any(isinstance(each.event, SourceFellSilent) for each in found):
                raise InvalidInputError("no event of ours")
            return found

        monkeypatch.setattr(house.store, "read", reading)


def bury_in(letters: list[Letter], *, away: int = 0) -> DeadLetter:
    left = [None] * away

    async def bury(letter: Letter) -> None:
        if left:
            left.pop()
            raise UnavailableError("no bus")
        letters.append(letter)

    return bury


def decode(_: object) -> StoredRow:
    raise AssertionError("nothing was delivered")


async def test_an_event_that_no_message_can_be_made_of_is_kept_and_buried_by_whichever_process_comes_next(
    with_source: House, mail: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    house, letters = with_source, list[Letter]()
    house.start(mail_of(mail))
    with monkeypatch.context() as failing:
        Unreadable(house, failing)
        silent(house, 3, 1)
        assert await house.live(at(3)) == 0
    with pytest.raises(UnavailableError):
        await consume_reminders(house.reminders, decode, bury_in(letters, away=1), aside)([])
    house.start()  # the process was killed: nothing but the outbox remembers
    (untold,) = house.outbox.untold(waiting=True)
    assert (untold.position, untold.reason) == (house.store.head(), "no event of ours")
    for _ in range(2):
        await consume_reminders(house.reminders, decode, bury_in(letters), aside)([])
    assert [(letter.handler, letter.reason, letter.id) for letter in letters] == [
        ("notifications", "no event of ours", f"notifications-{untold.position}")
    ]
    assert house.outbox.untold(waiting=True) == []
    assert house.outbox.untold(waiting=False) == [untold]
    assert untold.recorded_at == at(0)


async def test_events_that_no_message_can_be_made_of_do_not_hold_up_the_others(
    with_source: House, mail: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = with_source
    house.start(mail_of(mail))
    Unreadable(house, monkeypatch)
    silent(house, 3, 1)
    await house.live(at(3))
    assert await house.live(at(14)) == 1
    assert [found.channel for found in house.outbox.unsent(at(1000))] == []
    assert mail.mails[0]["To"] == RECIPIENT


async def test_a_missing_emergency_pack_is_told_once_on_each_channel(house: House, mail: MailServer, web: WebServer) -> None:
    house.start(mail_of(mail), webhook_of(web))
    lapse = PackMissed(meta=meta(3), problem=PackProblem.DRIVE_MISSING, since=at(1))
    record(house.store, [(PACKS, lapse)])
    assert await house.live(at(3)) == 2
    assert await house.live(at(4)) == 0
    (post,) = web.posts
    told = orjson.loads(post.body)
    assert (told["kind"], told["problem"], told["url"]) == (
        "pack_missed",
        "drive_missing",
        told["url"] and told["url"].rpartition("/")[0] + "/noedpakke",
    )
    assert mail.titles == ["Nødpakkens drev mangler"]
