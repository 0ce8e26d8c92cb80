"""A mailbox: each mail reaches the door once, stays unread, and no misbehaviour of the server's loses one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.main import open_office
from adapters.settings import read_settings
from adapters.ways_in.imap import ImapWay
from domain.errors import UnavailableError
from domain.signals import SignalsReceived, SignalsRepeated
from tests.support.imap import ImapServer, imap_server
from tests.support.waiting import until
from tests.support.ways import Ways

MAIL = b"From: bent@supplier.example\r\nSubject: Brud\r\nMessage-ID: <41@supplier.example>\r\n\r\nVi er ramt.\r\n"
OTHER = MAIL.replace(b"<41@", b"<42@")
LIMIT = 10_000


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ImapServer]:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "trusted.pem"))
    with imap_server(tmp_path, tmp_path / "trusted.pem") as running:
        yield running


def way_to(server: ImapServer, **different: str | bool) -> ImapWay:
    return ImapWay(server.settings(**different), LIMIT)  # type: ignore[arg-type]  # each is of its own type


async def test_each_mail_is_brought_once_in_order_and_stays_unread(ways: Ways, server: ImapServer) -> None:
    way = way_to(server)
    server.mails = {3: MAIL, 5: OTHER}
    async with ways.running(way):
        await ways.door.has(2)
        server.mails[6] = MAIL
        await ways.door.has(3)
        looks = server.connections
        await until(lambda: server.connections > looks + 2)
    assert [(one.source, one.body) for one in ways.door.brought] == [("email", MAIL), ("email", OTHER), ("email", MAIL)]
    assert ways.door.brought[0].headers == {"content-type": "message/rfc822"}
    assert ways.state(way).cursor == "7:6"
    assert server.seen == set()
    assert server.asked("^SELECT") == 0
    assert server.asked(r"FETCH \d+ \(BODY\.PEEK") == 3


async def test_another_start_goes_on_after_the_last_mail(ways: Ways, server: ImapServer) -> None:
    server.mails = {3: MAIL}
    async with ways.running(way_to(server)):
        await until(lambda: ways.state(way_to(server)).cursor == "7:3")
    server.mails[4] = OTHER
    async with ways.running(way_to(server)):
        await ways.door.has(2)
    assert [one.body for one in ways.door.brought] == [MAIL, OTHER]


async def test_with_seen_a_mail_is_marked_read_once_it_is_taken(ways: Ways, server: ImapServer) -> None:
    server.mails = {3: MAIL}
    async with ways.running(way_to(server, seen=True)):
        await until(lambda: server.seen == {3})
    assert len(ways.door.brought) == 1


async def test_when_the_server_numbers_anew_all_come_again(ways: Ways, server: ImapServer) -> None:
    server.mails = {30: MAIL}
    async with ways.running(way_to(server)):
        await ways.door.has(1)
        server.validity, server.mails = 8, {1: MAIL, 2: OTHER}
        await until(lambda: ways.state(way_to(server)).cursor == "8:2")
    assert [one.body for one in ways.door.brought] == [MAIL, MAIL, OTHER]


@pytest.mark.parametrize("at", ["AUTHENTICATE", "UID SEARCH", "UID FETCH 3 (RFC", "UID FETCH 3 (BODY"])
async def test_a_server_that_goes_is_told_and_the_mail_comes_when_it_is_back(ways: Ways, server: ImapServer, at: str) -> None:
    way = way_to(server)
    server.mails, server.hang_up_at = {3: MAIL}, at
    async with ways.running(way):
        assert (await ways.fails(way)).is_failing
        server.hang_up_at = ""
        await ways.door.has(1)
        await ways.works(way)
    assert [one.body for one in ways.door.brought] == [MAIL]


async def test_while_the_store_takes_nothing_the_cursor_stays(ways: Ways, server: ImapServer) -> None:
    way = way_to(server)
    server.mails = {3: MAIL}
    ways.door.faults = [UnavailableError("the disk is full")]
    async with ways.running(way):
        assert (await ways.fails(way, with_words="the disk is full")).cursor == ""
        await ways.door.has(1)


async def test_a_mail_over_the_limit_is_told_and_passed_by(ways: Ways, server: ImapServer) -> None:
    way = way_to(server)
    server.mails = {3: MAIL + b"x" * LIMIT, 4: OTHER}
    async with ways.running(way):
        await ways.door.has(1)
        state = await ways.fails(way, with_words="UID 3 has")
    assert [one.body for one in ways.door.brought] == [OTHER]
    assert state.cursor in {"7:3", "7:4"}


async def test_a_wrong_password_and_a_wrong_mailbox_are_told_without_the_password(
    ways: Ways, server: ImapServer, capsys: pytest.CaptureFixture[str]
) -> None:
    for way, words in (
        (way_to(server, password="hemmelig-og-forkert"), "AUTHENTICATIONFAILED"),
        (way_to(server, mailbox="Arkiv"), "did not open the mailbox"),
    ):
        async with ways.running(way):
            told = (await ways.fails(way, with_words=words)).last_error or ""
        shown = told + capsys.readouterr().out + way.name
        assert not any(secret in shown for secret in way.secrets)


async def test_a_server_that_cannot_prove_who_it_is_gets_no_password(
    ways: Ways, server: ImapServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    way = way_to(server)
    async with ways.running(way):
        await ways.fails(way, with_words="certificate verify failed")
    assert server.commands == []


async def test_the_same_mail_twice_is_one_signal_and_a_malformed_one_is_kept(
    ways: Ways, server: ImapServer, tmp_path: Path
) -> None:
    way = way_to(server)
    server.mails = {1: MAIL, 2: MAIL, 3: b"\xff\xfe\x00 no mail at all"}
    with open_office(read_settings({}, data=tmp_path / "data")) as office:
        async with ways.running(way, office.door.take):
            await until(lambda: ways.state(way).cursor == "7:3")
        events = [recorded.event for recorded in office.store.read(0, 100)]
    assert sum(len(event.signals) for event in events if isinstance(event, SignalsReceived)) == 2
    assert any(isinstance(event, SignalsRepeated) for event in events)
    assert ways.state(way).last_error is None
