"""A mail that reuses a known Message-ID with other content is shown; a copy of a known one is only counted."""

from datetime import UTC, datetime

import pytest

from adapters.event_store.application import EventStore
from adapters.intake_formats.contract import Request
from adapters.intake_formats.email import parse
from domain.signals import Disposition, Signal, SignalsReceived
from tests.support.intake import known, log, take, told

MAIL = (
    b"Received: from a by b; Fri, 20 Nov 2026 14:05:00 +0100\nFrom: b@x.example\nSubject: Brud\n"
    b"Message-ID: <41@x.example>\n\nHej\n"
)
COPY = b"Received: from c by d; Fri, 20 Nov 2026 14:09:00 +0100\nX-Spam: no\n" + MAIL.replace(b"\n", b"\r\n") + b"\r\n"
OTHER, THIRD = MAIL.replace(b"Hej", b"Vi er ramt"), MAIL.replace(b"Brud", b"BRUD!")
ID = "<41@x.example>"


def read(*mails: bytes) -> list[Signal]:
    request = Request("email", datetime(2026, 11, 20, 15, tzinfo=UTC))
    return [one for mail in mails for one in parse(mail, request).signals]


def together(store: EventStore, *mails: bytes) -> None:
    take(store, *read(*mails))


def one_by_one(store: EventStore, *mails: bytes) -> None:
    for mail in mails:
        take(store, *read(mail))


@pytest.mark.parametrize("come", [together, one_by_one])
def test_other_content_under_a_known_id_waits_for_a_person_too(store: EventStore, come: object) -> None:
    come(store, MAIL, OTHER, COPY, OTHER, THIRD, MAIL)  # type: ignore[operator]
    received = [one for event in log(store, SignalsReceived) for one in event.signals]
    first, second, third = (one.source_event_id for one in received)
    assert first == ID
    assert second.startswith(f"{ID}~")
    assert third.startswith(f"{ID}~")
    assert second != third
    assert {one.disposition for one in received} == {Disposition.TO_PERSON}
    assert ["id-reused" in one.flags for one in received] == [False, True, True]
    assert told(store) == {("email", first): 3, ("email", second): 2, ("email", third): 1}


def test_a_mail_from_before_contents_were_noted_is_itself_when_its_bytes_come_again(store: EventStore) -> None:
    (old,) = read(MAIL)
    take(store, old._replace(content=""))
    take(store, old)
    take(store, *read(COPY))  # seen by its content now
    assert told(store) == {("email", ID): 3}
    take(store, *read(OTHER))
    assert len(told(store)) == 2


def test_the_same_id_in_two_mailboxes_is_two_mails_as_before(store: EventStore) -> None:
    (mail,) = read(MAIL)
    take(store, mail, mail._replace(source="post"))
    assert [one.times for one in known(store, ("email", ID), ("post", ID))] == [1, 1]


def test_a_mail_without_an_id_is_known_by_its_bytes(store: EventStore) -> None:
    nameless = MAIL.replace(b"Message-ID: <41@x.example>\n", b"")
    together(store, nameless, nameless)
    ((_, count),) = told(store).items()
    assert count == 2


@pytest.mark.parametrize(
    "changed",
    [
        MAIL.replace(b"b@x.example", b"c@x.example"),
        MAIL.replace(b"Subject", b"Content-Type: text/html\nSubject"),
        MAIL.replace(b"Subject: Brud\n", b"Subject: Brud\nSubject: Andet\n"),
        MAIL + b"og mere",
    ],
)
def test_whatever_a_reader_is_shown_belongs_to_the_content(changed: bytes) -> None:
    mail, other = read(MAIL, changed)
    assert mail.source_event_id == other.source_event_id
    assert mail.content != other.content
