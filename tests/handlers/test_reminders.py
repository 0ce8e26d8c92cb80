"""Deadlines that come near or pass reach people by mail and webhook: each once, whatever stops in between."""

import asyncio
from datetime import timedelta

import orjson
import pytest

from adapters.event_store.outbox import OutboxTables
from domain.errors import InvalidInputError, UnavailableError
from domain.events import StoredRow
from domain.incident.events import DeadlineApproached
from handlers.consumers import Letter, consume_reminders
from handlers.outbox import Claimed
from handlers.ports import Delivery
from handlers.sending import CLAIM, STUCK_AFTER, Sender, pause_after
from tests.support.incidents import at, early_warning
from tests.support.post import RECIPIENT, House, MailServer, WebServer, mail_of, webhook_of
from tests.support.waiting import aside


async def test_each_reminder_goes_out_once_on_each_channel(house: House, mail: MailServer, web: WebServer) -> None:
    house.start(mail_of(mail), webhook_of(web))
    assert await house.live(at(12)) == 0
    assert await house.live(at(14)) == 2
    assert await house.live(at(14)) == 0
    house.start()
    assert await house.live(at(15)) == 0
    assert [orjson.loads(post.body)["rung"] for post in web.posts] == ["12h-left"]
    assert mail.titles == ["H-2026-0042: Tidlig varsling senest lør. 21. nov. 2026 kl. 16.20"]


async def test_after_downtime_over_two_rungs_and_the_limit_come_the_latest_rung_and_the_miss(
    house: House, mail: MailServer
) -> None:
    house.start(mail_of(mail))
    await house.live(at(14))
    house.start()
    assert await house.live(at(26)) == 2
    late, missed = mail.mails[1:]
    assert "påmindelsen kommer for sent" in late.get_content()
    assert missed["Subject"].endswith("fristen lør. 21. nov. 2026 kl. 16.20 er overskredet")


async def test_the_first_start_sends_one_message_for_what_is_owed_and_reached_and_none_for_history(
    house: House, mail: MailServer
) -> None:
    house.deadlines.catch_up()
    house.channels = ()
    house.start()
    await house.live(at(14))
    await house.live(at(30))
    house.tell(early_warning(31))
    house.now = at(50)
    house.start(mail_of(mail))
    await house.live(at(50))
    assert mail.titles == ["H-2026-0042: Hændelsesunderretning senest man. 23. nov. 2026 kl. 16.20"]
    assert await house.live(at(69)) == 1


async def test_what_is_overdue_at_the_first_start_is_told_once_even_if_the_log_notes_it_only_now(
    house: House, mail: MailServer
) -> None:
    house.now = at(26)
    house.deadlines.catch_up()
    house.start(mail_of(mail))
    await house.live(at(26))
    assert [title.rpartition(" ")[2] for title in mail.titles] == ["overskredet"]


async def test_a_demos_history_sends_nothing_and_what_comes_later_is_stamped(house: House, mail: MailServer) -> None:
    house.demo, house.now = True, at(26)
    house.start(mail_of(mail))
    assert await house.live(at(26)) == 0
    assert await house.live(at(49)) == 1
    assert mail.titles[0].startswith("DEMO H-2026-0042")


async def test_what_was_not_sent_when_its_channel_went_is_sent_when_the_channel_is_back(
    house: House, mail: MailServer, web: WebServer
) -> None:
    house.start(mail_of(mail), webhook_of(web))
    mail.answer = "451 try later"
    await house.live(at(14))
    house.start(webhook_of(web))
    assert house.unsent(at(15)) == 0
    mail.answer = "250 OK"
    house.start(mail_of(mail), webhook_of(web))
    await house.live(at(15))
    await house.live(at(15))
    assert (len(mail.mails), len(web.posts)) == (1, 1)


async def test_what_was_sent_is_forgotten_by_its_period_what_waits_is_not_and_nothing_is_sent_again(
    house: House, mail: MailServer
) -> None:
    house.start(mail_of(mail))
    await house.live(at(14))
    assert len(mail.titles) == 1
    assert house.outbox.forget_before(at(13)) == 0
    assert house.outbox.forget_before(at(15)) == 1
    assert house.outbox.forget_before(at(15)) == 0
    house.start()
    assert await house.live(at(15)) == 0
    house.now = at(26)
    house.deadlines.catch_up()
    await house.watch.look()
    house.reminders.catch_up()
    house.reminders.catch_up()
    waiting = house.unsent(at(27))
    assert waiting > 0
    assert house.outbox.forget_before(at(40)) == 0
    assert house.unsent(at(27)) == waiting


async def test_a_wrong_address_is_tried_again_alone(house: House, mail: MailServer) -> None:
    house.start(mail_of(mail), mail_of(mail, "x" * 600 + "@kommune.dk"))
    await house.live(at(14))
    await house.live(at(15))
    assert [found.channel for found in house.outbox.unsent(house.now)] == [f"mail {'x' * 600}@kommune.dk"]
    assert [got["To"] for got in mail.mails] == [RECIPIENT]


async def test_a_server_that_is_away_gets_it_when_it_is_back(house: House, mail: MailServer, web: WebServer) -> None:
    house.start(mail_of(mail), webhook_of(web))
    mail.answer, web.status = "451 try later", 500
    assert await house.live(at(14)) == 0
    web.status = 204
    assert await house.live(house.now + pause_after(1)) == 1
    assert house.unsent(house.now) == 1
    mail.answer = "250 OK"
    assert await house.live(house.now) == 0
    assert await house.live(house.now + pause_after(2)) == 1
    assert (len(mail.mails), len(web.posts), house.unsent(house.now)) == (1, 2, 0)


@pytest.mark.parametrize(("failures", "seconds"), [(1, 10), (2, 20), (3, 40), (9, 2560), (10, 3600), (100_000, 3600)])
def test_the_pause_is_ten_seconds_then_twice_as_long_each_time_and_never_over_an_hour(failures: int, seconds: int) -> None:
    assert pause_after(failures).total_seconds() == seconds


async def test_a_day_of_failures_is_shown_and_goes_on(house: House, mail: MailServer) -> None:
    house.start(mail_of(mail))
    mail.answer = "451 try later"
    await house.live(at(14))
    assert house.unsent(house.now - STUCK_AFTER) == 0
    house.now = at(14) + STUCK_AFTER * 1.01
    assert house.unsent(house.now - STUCK_AFTER) == 1
    mail.answer = "250 OK"
    assert await house.sender.send_due() == 1


async def test_two_workers_send_one(house: House, mail: MailServer) -> None:
    house.start(mail_of(mail))
    house.now = at(26)
    house.deadlines.catch_up()
    house.deadlines.catch_up()
    await house.watch.look()
    house.reminders.catch_up()
    house.reminders.catch_up()
    workers = [Sender(house.outbox, house.channels, lambda: house.now) for _ in range(4)]
    assert sum(await asyncio.gather(*(worker.send_due() for worker in workers))) == 2
    assert len({mail["Message-ID"] for mail in mail.mails}) == len(mail.mails) == 2


class GoneError(Exception):
    """The process died."""


async def test_a_crash_between_sending_and_noting_gives_one_more_copy_with_the_same_message_id(
    house: House, mail: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.start(mail_of(mail))

    def die(_self: OutboxTables, _claimed: Claimed, _now: object) -> None:
        raise GoneError

    with monkeypatch.context() as dying:
        dying.setattr(OutboxTables, "sent", die)
        with pytest.raises(GoneError):
            await house.live(at(14))
    house.start()
    assert await house.live(house.now) == 0
    assert await house.live(house.now + CLAIM) == 1
    assert await house.live(house.now + CLAIM) == 0
    first, second = mail.mails
    assert first["Message-ID"] == second["Message-ID"]


async def test_a_claim_that_ran_out_cannot_take_back_what_another_sent(house: House, mail: MailServer) -> None:
    house.start(mail_of(mail))
    house.now = at(14)
    house.deadlines.catch_up()
    await house.watch.look()
    house.reminders.catch_up()
    house.reminders.catch_up()
    slow = house.outbox.claim(f"mail {RECIPIENT}", house.now, house.now + CLAIM)
    assert slow is not None
    assert await house.live(house.now + CLAIM) == 1
    house.outbox.failed(slow, "too slow", house.now)
    assert await house.live(house.now) == 0


async def test_a_channel_that_comes_later_begins_then_and_one_that_goes_is_given_up(
    house: House, mail: MailServer, web: WebServer
) -> None:
    house.start(mail_of(mail))
    mail.answer = "451 try later"
    await house.live(at(14))
    house.start(webhook_of(web))
    await house.live(at(15))
    assert [orjson.loads(post.body)["rung"] for post in web.posts] == ["12h-left"]
    assert house.unsent(house.now) == 0


async def test_a_store_that_was_restored_from_a_backup_begins_at_its_own_head(house: House, mail: MailServer) -> None:
    house.start(mail_of(mail))
    house.outbox.add([f"mail {RECIPIENT}"], [], 1000)
    house.start()
    assert await house.live(at(14)) == 1


async def test_gaps_are_read_from_the_store_and_repeats_are_nothing(house: House, mail: MailServer) -> None:
    house.start(mail_of(mail))
    house.now = at(14)
    house.deadlines.catch_up()
    await house.watch.look()
    house.tell(early_warning(15))
    newest = house.store.rows(house.store.head() - 1)
    house.reminders.take(newest)
    house.reminders.take(newest)
    assert await house.sender.send_due() == 1


async def test_the_store_is_read_only_for_what_the_bus_had_time_to_bring(house: House, mail: MailServer) -> None:
    house.start(mail_of(mail))
    house.now = at(14)
    house.deadlines.catch_up()
    await house.watch.look()
    house.reminders.catch_up()
    assert await house.sender.send_due() == 0
    house.reminders.catch_up()
    assert await house.sender.send_due() == 1


async def test_what_came_while_nothing_ran_is_news_for_the_channels_of_then_and_for_no_new_one(
    house: House, mail: MailServer, web: WebServer
) -> None:
    house.start(mail_of(mail))
    for hours in (14, 22):
        house.now = at(hours)
        house.deadlines.catch_up()
        await house.watch.look()
    house.start(mail_of(mail), webhook_of(web))
    await house.live(at(22))
    assert len(mail.mails) == 2
    assert [orjson.loads(post.body)["rung"] for post in web.posts] == ["4h-left"]


async def test_a_repeat_beside_news_hides_no_gap(house: House, mail: MailServer) -> None:
    house.start(mail_of(mail))
    known, house.now = house.store.head(), at(14)
    house.deadlines.catch_up()
    await house.watch.look()
    house.tell(early_warning(15))
    _, between, newest = house.store.rows(known - 1)
    assert between.topic == DeadlineApproached.TOPIC
    house.reminders.take([*house.store.rows(known - 1, 1), newest])
    assert await house.sender.send_due() == 1


async def test_when_a_message_went_out_is_noted_once_the_other_end_has_taken_it(house: House, mail: MailServer) -> None:
    house.start(mail_of(mail))

    def half_a_minute_later() -> None:
        house.now = at(14) + timedelta(seconds=30)

    mail.taken = half_a_minute_later
    assert await house.live(at(14)) == 1
    assert house.outbox._database.read("SELECT sent_at_us FROM messages") == [((at(14).timestamp() + 30) * 1_000_000,)]


async def test_while_the_outbox_cannot_be_written_nothing_is_passed_over(
    house: House, mail: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.start(mail_of(mail))

    def full(*_: object) -> None:
        raise UnavailableError("the disk is full")

    with monkeypatch.context() as away:
        away.setattr(OutboxTables, "add", full)
        with pytest.raises(UnavailableError):
            await house.live(at(14))
    assert await house.live(at(14)) == 1


async def test_an_event_that_cannot_be_read_goes_to_the_dead_letters_and_holds_up_nothing(
    house: House, mail: MailServer
) -> None:
    house.start(mail_of(mail))
    house.now = at(14)
    house.deadlines.catch_up()
    await house.watch.look()
    (row,) = house.store.rows(house.store.head() - 1)
    buried: list[Letter] = []

    async def bury(letter: Letter) -> None:
        buried.append(letter)

    def decode(delivery: Delivery) -> StoredRow:
        if delivery.sequence == 1:
            raise InvalidInputError("no event of ours")
        return row

    deliveries = [Delivery("EVENTS", "then", "event.incident", {}, b"", sequence, 0, 1) for sequence in (1, 2)]
    await consume_reminders(house.reminders, decode, bury, aside)(deliveries)
    assert [(letter.handler, letter.reason) for letter in buried] == [("notifications", "no event of ours")]
    assert await house.sender.send_due() == 1


async def test_a_channel_that_fails_in_a_way_of_its_own_backs_off_and_holds_up_no_other(
    house: House, mail: MailServer, web: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = mail_of(mail)
    house.start(broken, webhook_of(web))
    nothing: dict[str, str] = {}
    with monkeypatch.context() as failing:
        failing.setattr(broken, "compose", lambda _: nothing["kodeord"])
        assert await house.live(at(14)) == 1
        assert await house.live(at(14)) == 0
    (stuck,) = house.outbox.unsent(house.now + timedelta(seconds=1))
    assert stuck.error == "the channel failed (KeyError): this is a defect of Sporlog's"
    assert await house.live(house.now + pause_after(1)) == 1
    assert (len(mail.mails), len(web.posts)) == (1, 1)


async def test_whoever_stops_waits_for_the_message_that_is_under_way(house: House, mail: MailServer) -> None:
    house.start(mail_of(mail))
    house.now = at(14)
    house.deadlines.catch_up()
    await house.watch.look()
    house.reminders.catch_up()
    house.reminders.catch_up()
    begun = asyncio.Event()
    loop = asyncio.get_running_loop()

    def taken() -> None:
        loop.call_soon_threadsafe(begun.set)

    mail.taken = taken
    sending = asyncio.create_task(house.sender.send_due())
    await begun.wait()
    sending.cancel()
    await asyncio.gather(sending, return_exceptions=True)
    house.start()
    assert await house.live(house.now + CLAIM) == 0
    assert len(mail.mails) == 1
