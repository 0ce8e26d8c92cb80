"""Checkpoints are given to a real authority and a real mail server, once each, whatever fails in between."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.anchors.folder import AnchorFolder
from adapters.anchors.mail import NoCheckpointError, checkpoint_in
from adapters.anchors.outside import MailAnchor, TimeStampAnchor
from adapters.anchors.time_stamp import TimeStamper, load_chain, verify_time_stamp
from adapters.channels.mail import send_composed
from handlers.anchoring import Anchored, Anchoring, Checkpointed
from tests.support.post import MailServer, mail_server
from tests.support.time_stamping import Authority, time_stamping

DAY, BOX = timedelta(days=1), "Arkiv <arkiv@rigsarkivet.example>"
BEGAN = datetime(2026, 11, 21, 14, 5, tzinfo=UTC)


def checkpoint(size: int, signature: str = "AAAA") -> Checkpointed:
    body = f"log.kommune.example/hændelser\n{size}\nqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqo=\n"
    return Checkpointed(size, f"{body}\n— log.kommune.example/hændelser {signature}\n".encode())


class House:
    def __init__(self, folder: Path, authority: Authority, mail: MailServer) -> None:
        self.folder, self.authority, self.mail = AnchorFolder(folder / "anchors"), authority, mail
        self.now, self.newest = BEGAN, checkpoint(42)
        self.start()

    def start(self) -> None:
        """As a new process starts."""
        settings = self.mail.settings()
        self.stamps = TimeStampAnchor(self.folder, TimeStamper(self.authority.url, load_chain(self.authority.chain)))
        self.mails = MailAnchor(
            self.folder,
            lambda mail: send_composed(mail, settings),
            sender=settings.sender,
            mailbox=BOX,
            clock=lambda: self.now,
        )
        self.anchoring = Anchoring(lambda: self.newest, (self.stamps, self.mails), DAY, lambda: self.now)

    async def look(self, after: timedelta = timedelta(0)) -> int:
        self.now += after
        self.authority.at = self.now
        return await self.anchoring.look()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with time_stamping(tmp_path) as authority, mail_server() as mail:
        yield House(tmp_path, authority, mail)


async def test_the_newest_checkpoint_is_stamped_and_mailed_once_a_day(house: House) -> None:
    assert await house.look() == 2
    house.newest = checkpoint(43)
    house.start()
    assert await house.look(DAY - timedelta(minutes=1)) == 0
    assert await house.look(timedelta(minutes=1)) == 2
    assert house.folder.sizes("tsr") == house.folder.sizes("eml") == [42, 43]
    assert [house.stamps.last(), house.mails.last()] == [Anchored(43, BEGAN + DAY)] * 2
    assert (len(house.mail.mails), house.authority.asked) == (2, 2)


async def test_a_log_in_which_nothing_happened_is_not_anchored_again(house: House) -> None:
    assert await house.look() == 2
    assert await house.look(DAY * 3) == 0
    house.newest = checkpoint(0)
    assert await house.look() == 0


async def test_the_time_stamp_is_kept_beside_the_checkpoint_that_it_stamps(house: House) -> None:
    await house.look()
    assert house.folder.get(42, "checkpoint") == checkpoint(42).note
    stamped = verify_time_stamp(house.folder.get(42, "tsr"), checkpoint(42).note, load_chain(house.authority.chain))
    assert stamped.at == BEGAN


async def test_what_was_stamped_stays_although_the_same_size_is_signed_anew(house: House) -> None:
    house.mail.answer = "451 try later"
    assert await house.look() == 1
    house.mail.answer, house.newest = "250 OK", checkpoint(42, "BBBB")
    assert await house.look(timedelta(hours=2)) == 1
    assert house.folder.get(42, "checkpoint") == checkpoint(42).note
    assert checkpoint_in(house.folder.get(42, "eml")) == checkpoint(42).note


async def test_the_mail_carries_the_checkpoint_to_the_byte_and_the_sent_copy_is_kept(house: House) -> None:
    await house.look()
    (mail,) = house.mail.mails
    assert (mail["To"], mail["Subject"]) == (BOX, "Kontrolpunkt / checkpoint 42: log.kommune.example/hændelser")
    text = mail.get_body(("plain",))
    assert text is not None
    assert "sporlog audit verify --anchor" in text.get_content()
    assert checkpoint_in(mail.as_bytes()) == checkpoint_in(house.folder.get(42, "eml")) == checkpoint(42).note


async def test_a_retry_is_the_same_mail(house: House) -> None:
    def dies() -> None:
        raise ConnectionResetError

    house.mail.taken = dies
    await house.look()
    assert house.folder.sizes("outgoing.eml") == [42]
    house.mail.taken, house.newest = lambda: None, checkpoint(43)
    house.start()
    assert await house.look(timedelta(hours=1)) == 1
    first, second = house.mail.mails
    assert first["Message-ID"] == second["Message-ID"]
    assert first.as_bytes() == second.as_bytes()
    assert (house.folder.sizes("outgoing.eml"), house.folder.sizes("eml")) == ([], [42])


async def test_what_fails_is_tried_again_ever_less_often_and_holds_up_nobody(house: House) -> None:
    house.authority.http = 503
    assert await house.look() == 1
    assert (await house.look(), house.authority.asked) == (0, 1)
    assert (await house.look(timedelta(seconds=10)), house.authority.asked) == (0, 2)
    assert (await house.look(timedelta(seconds=10)), house.authority.asked) == (0, 2)
    house.authority.http = 200
    assert (await house.look(timedelta(seconds=10)), house.authority.asked) == (1, 3)


async def test_an_answer_that_does_not_hold_is_not_kept(house: House) -> None:
    house.authority.nonce = 17
    assert await house.look() == 1
    assert (house.folder.sizes("tsr"), house.stamps.last()) == ([], None)


async def test_a_disk_that_takes_nothing_loses_nothing(house: House) -> None:
    house.folder.path.write_bytes(b"a file where the folder should be")
    assert await house.look() == 0
    house.folder.path.unlink()
    assert await house.look(timedelta(minutes=1)) == 2


def test_a_draft_of_a_killed_process_is_no_anchor_and_is_in_nobodys_way(tmp_path: Path) -> None:
    folder = AnchorFolder(tmp_path)
    (tmp_path / ".42.tsr.0123456789abcdef").write_bytes(b"half")
    assert folder.sizes("tsr") == []
    folder.keep(42, "tsr", b"whole")
    assert (folder.get(42, "tsr"), folder.sizes("tsr")) == (b"whole", [42])


@pytest.mark.parametrize(
    "content", [b"", b"Subject: Hej\r\n\r\nIntet her", b"\xff\xfe\x00", checkpoint(42).note.split(b"\n\n")[0]]
)
def test_a_file_without_a_checkpoint_is_refused(content: bytes) -> None:
    with pytest.raises(NoCheckpointError, match="save the mail itself"):
        checkpoint_in(content)


def test_a_checkpoint_is_taken_as_it_is() -> None:
    assert checkpoint_in(checkpoint(42).note) == checkpoint(42).note
