"""Whoever has the database and more: what each further thing that is out of their reach still shows, and what nothing shows.

The levels are those of the README: the ledger alone, its key, a time stamp, a mailbox.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.anchors.folder import AnchorFolder
from adapters.anchors.mail import compose
from adapters.anchors.reading_back import read_folder, read_given
from adapters.anchors.time_stamp import TimeStamper, load_chain
from adapters.event_store.audit.verify import LedgerView, verify_store
from adapters.transparency.ed25519 import Ed25519Signer, Ed25519Verifier
from domain.errors import InvalidInputError
from domain.ledger.checkpoint import Checkpoint
from domain.ledger.note import Note
from domain.ledger.signing import KeyRange, checkpoint_of
from handlers.audit import Evidence, Report, verify_house
from handlers.audit_findings import Difference, Kind
from handlers.ledger import Ledger
from handlers.ledger_tables import Signed
from tests.support.audited import ORIGIN, Audited
from tests.support.time_stamping import Authority, time_stamping

BOX = "arkiv@example.org"


class House:
    """The log with its keys and files, and what the auditor has of it."""

    def __init__(self, audited: Audited, folder: Path, authority: Authority) -> None:
        self.audited, self.path, self.authority = audited, folder, authority
        self.signer = Ed25519Signer(ORIGIN, bytes(range(32)))
        self.keys = [KeyRange(self.signer.key.vkey, 0, None)]
        self.folder = AnchorFolder(folder / "anchors")
        self.notes = {str(size): self.note(size) for size in (20, audited.head)}
        self.now = datetime.now(UTC)

    def note(self, size: int, signer: Ed25519Signer | None = None) -> bytes:
        text = Checkpoint(ORIGIN, size, Ledger(self.audited.tables).root_at(size)).text
        return str(Note(text, ((signer or self.signer).sign(text),))).encode()

    def stamp(self, size: int) -> None:
        note = self.folder.checkpoint(size, self.note(size))
        self.folder.keep(size, "tsr", TimeStamper(self.authority.url, load_chain(self.authority.chain)).stamp(note))

    def mail(self, size: int) -> Path:
        """The copy in the mailbox outside."""
        path = self.path / f"received-{size}.eml"
        path.write_bytes(compose(size, self.note(size), self.now, sender="log@kommune.dk", mailbox=BOX))
        return path

    def rewrite(self, *, key: bool, sign: bool = True) -> None:
        """An administrator changes an event and makes everything fit: the ledger anew and, with the key, its checkpoints."""
        self.audited.execute("UPDATE events SET state = ? WHERE position = 12", b'{"meta":{"actor":"u-0"}}')
        self.forge(key=key, sign=sign)

    def cut(self, keep: int, *, key: bool) -> None:
        self.audited.execute("DELETE FROM events WHERE position > ?", keep)
        self.audited.execute("DELETE FROM signals")
        self.audited.execute("DELETE FROM payloads")
        self.audited.execute("DELETE FROM erasures")
        self.audited.execute("DELETE FROM refs WHERE n > 3")
        self.notes = {}
        self.forge(key=key)

    def forge(self, *, key: bool, sign: bool = True) -> None:
        self.audited.execute_in_ledger("DELETE FROM tiles")
        self.audited.execute_in_ledger("DELETE FROM ledger_size")
        self.audited.enter()
        if sign:
            signer = self.signer if key else Ed25519Signer(ORIGIN, bytes(32))
            head = self.audited.store.head()
            self.notes = {str(size): self.note(size, signer) for size in (min(20, head), head)}

    def verify(self, *given: Path, chain: bool = True) -> Report:
        tables, store = self.audited.tables, self.audited.store
        view = LedgerView(tables.size(), tables.tile)
        evidence = Evidence(
            view.size,
            {},
            self.notes,
            lambda note: checkpoint_of(note, self.keys, Ed25519Verifier.of),
            lambda: read_folder(self.folder, load_chain(self.authority.chain) if chain else ()),
            [read_given(path) for path in given],
        )
        return verify_house(
            lambda signed, told: verify_store(store, view, signed, progress=told),
            store.recorder.recorded_at,
            evidence,
            self.now,
        )

    def difference(self, *given: Path) -> Difference | None:
        return self.verify(*given).difference


@pytest.fixture
def house(audited: Audited, tmp_path: Path) -> Iterator[House]:
    with time_stamping(tmp_path) as authority:
        yield House(audited, tmp_path, authority)


def what(difference: Difference | None) -> tuple[Kind, str] | None:
    return None if difference is None else (difference.kind, difference.where)


def test_all_that_was_signed_and_anchored_is_counted(house: House) -> None:
    house.stamp(20)
    given = house.mail(30)
    report = house.verify(given)
    assert report.difference is None
    assert (report.events, report.ledger, report.checkpoints) == (house.audited.head, house.audited.head, 2)
    assert [(seen.way, seen.size) for seen in report.anchors] == [("time stamp", 20), ("given", 30)]
    assert report.anchored is not None
    assert (report.anchored.size, report.anchored.where) == (30, str(given))


def test_without_the_key_a_rewritten_ledger_does_not_fit_its_checkpoints(house: House) -> None:
    house.rewrite(key=False, sign=False)
    found = house.difference()
    assert what(found) == (Kind.REWRITTEN, "checkpoints/20")
    assert found is not None
    assert found.position == 1


def test_what_changed_is_between_two_checkpoints(house: House) -> None:
    house.notes = {str(size): house.note(size) for size in (5, 20)}
    house.rewrite(key=False, sign=False)
    found = house.difference()
    assert found is not None
    assert (found.position, found.key) == (6, "20")


def test_checkpoints_of_another_key_are_not_the_logs(house: House) -> None:
    house.rewrite(key=False)
    assert what(house.difference()) == (Kind.UNSIGNED, "checkpoints/20")


def test_a_key_that_was_replaced_does_not_verify_what_the_old_one_signed(house: House) -> None:
    given = house.mail(20)
    signer = Ed25519Signer(ORIGIN, bytes(32))
    house.keys = [KeyRange(signer.key.vkey, 0, None)]
    house.notes = {str(size): house.note(size, signer) for size in (20, house.audited.head)}
    assert what(house.difference()) is None
    assert what(house.difference(given)) == (Kind.UNSIGNED, str(given))


def test_a_key_signs_only_in_its_time(house: House) -> None:
    later = Ed25519Signer(ORIGIN, bytes(32))
    house.keys = [KeyRange(house.signer.key.vkey, 0, 25), KeyRange(later.key.vkey, 26, None)]
    house.notes = {"20": house.note(20), "30": house.note(30, later)}
    assert house.difference() is None
    house.notes["30"] = house.note(30)
    assert what(house.difference()) == (Kind.UNSIGNED, "checkpoints/30")


def test_another_logs_checkpoint_is_not_this_logs(house: House, tmp_path: Path) -> None:
    other = Ed25519Signer("log.example/other", bytes(range(32)))
    text = Checkpoint("log.example/other", 20, bytes(32)).text
    path = tmp_path / "other.checkpoint"
    path.write_bytes(str(Note(text, (other.sign(text),))).encode())
    assert what(house.difference(path)) == (Kind.UNSIGNED, str(path))


def test_with_the_key_nothing_inside_the_house_shows_it_and_the_report_says_so(house: House) -> None:
    house.rewrite(key=True)
    report = house.verify()
    assert (report.difference, report.anchored) == (None, None)


def test_with_the_key_a_time_stamp_shows_it(house: House) -> None:
    house.stamp(20)
    house.rewrite(key=True)
    assert what(house.difference()) == (Kind.REWRITTEN, "anchors/20.checkpoint")


def test_a_checkpoint_that_is_exchanged_does_not_fit_its_time_stamp(house: House) -> None:
    house.stamp(20)
    house.rewrite(key=True)
    (house.folder.path / "20.checkpoint").write_bytes(house.note(20))
    assert what(house.difference()) == (Kind.CHANGED, "anchors/20.tsr")


def test_a_stamp_without_its_checkpoint_is_noticed(house: House) -> None:
    house.stamp(20)
    (house.folder.path / "20.checkpoint").unlink()
    assert what(house.difference()) == (Kind.MISSING, "anchors/20.checkpoint")


def test_with_the_key_and_without_the_houses_anchors_a_received_mail_shows_it(house: House) -> None:
    given = house.mail(20)
    house.rewrite(key=True)
    assert what(house.difference(given)) == (Kind.REWRITTEN, str(given))


def test_a_tail_that_was_cut_with_the_key_is_shown_by_what_is_outside_alone(house: House) -> None:
    given = house.mail(house.audited.head)
    house.cut(25, key=True)
    assert house.difference() is None
    found = house.difference(given)
    assert what(found) == (Kind.CUT, "events")
    assert found is not None
    assert (found.position, found.key) == (26, str(given))


def test_what_came_after_the_last_anchor_is_not_shown_and_the_report_says_from_where(house: House) -> None:
    house.stamp(20)
    house.audited.execute("UPDATE events SET recorded_at_us = recorded_at_us + 1 WHERE position = 25")
    house.forge(key=True)
    report = house.verify()
    assert report.difference is None
    assert report.anchored is not None
    assert report.anchored.size == 20 < report.events


def test_an_event_recorded_after_it_was_stamped_cannot_be(house: House) -> None:
    house.authority.at = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
    house.stamp(20)
    found = house.difference()
    assert what(found) == (Kind.TIME, "events")
    assert found is not None
    assert (found.position, found.column) == (20, "recorded_at_us")


def test_a_time_stamp_from_the_future_cannot_be(house: House) -> None:
    house.authority.at = house.now + timedelta(days=1)
    house.stamp(20)
    assert what(house.difference()) == (Kind.TIME, "anchors/20.tsr")


def test_the_houses_own_copy_of_a_mail_is_no_witness_and_must_still_fit(house: House) -> None:
    house.folder.checkpoint(20, house.note(20))
    house.folder.keep(20, "eml", house.mail(20).read_bytes())
    report = house.verify()
    assert report.difference is None
    assert [(seen.way, seen.by) for seen in report.anchors] == [("mail", BOX)]
    assert report.anchored is None
    (house.folder.path / "20.eml").write_bytes(house.mail(25).read_bytes())
    assert what(house.difference()) == (Kind.CHANGED, "anchors/20.eml")


def test_time_stamps_that_cannot_be_verified_are_told(house: House) -> None:
    house.stamp(20)
    report = house.verify(chain=False)
    assert (report.difference, report.anchored, list(report.unverified)) == (None, None, [20])


def test_a_file_that_holds_no_checkpoint_cannot_be_checked(house: House, tmp_path: Path) -> None:
    path = tmp_path / "letter.eml"
    path.write_bytes(b"Subject: hej\r\n\r\nhej")
    with pytest.raises(InvalidInputError):
        house.verify(path)


LEDGER_CHANGED: dict[tuple[str, str], tuple[str, Kind]] = {
    ("ledger_size", "size"): ("UPDATE ledger_size SET size = 1000", Kind.CUT),
    ("tiles", "level"): ("UPDATE tiles SET level = 7", Kind.MISSING),
    ("tiles", "number"): ("UPDATE tiles SET number = 7", Kind.MISSING),
    ("tiles", "hashes"): ("UPDATE tiles SET hashes = ?", Kind.CHANGED),
    ("first_key", "vkey"): ("UPDATE first_key SET vkey = ?", Kind.UNSIGNED),
    ("checkpoints", "note"): ("UPDATE checkpoints SET note = ?", Kind.UNSIGNED),
}
LEDGER_HARMLESS: dict[tuple[str, str], str] = {
    ("ledger_size", "one"): "there is one row",
    ("first_key", "one"): "there is one row",
    ("checkpoints", "size"): "found by it; the size that counts is in the signed note",
    ("checkpoints", "signed_at_us"): "our own clock, which proves nothing: a time stamp does",
    ("ledger_version", "one"): "a newer version is refused, an older one fails when its step is done twice",
    ("ledger_version", "version"): "the same",
    **dict.fromkeys(
        [("differences", name) for name in ("position", "leaf", "differs", "noted_at_us", "settled")],
        "what the keeper noted; the verification looks for itself",
    ),
}


def signed_in_tables(house: House) -> None:
    """As the ledger itself keeps its checkpoints and its first key."""
    tables = house.audited.tables
    tables.set_first_key(house.signer.key.vkey)
    with tables.write() as transaction:
        for size in (20, house.audited.head):
            transaction.add_checkpoint(Signed(size, house.note(size).decode(), house.now))


def verified_from_tables(house: House) -> Report:
    tables = house.audited.tables
    house.notes = {str(signed.size): signed.note.encode() for signed in tables.checkpoints(0)}
    house.keys = [KeyRange(str(tables.first_key()), 0, None)]
    return house.verify()


def test_every_column_of_the_ledger_is_tampered_with_or_harmless_for_a_reason(house: House) -> None:
    schema = house.audited.columns_of_ledger()
    assert set(schema) == {*LEDGER_CHANGED, *LEDGER_HARMLESS}


@pytest.mark.parametrize("column", LEDGER_CHANGED, ids=".".join)
def test_a_changed_column_of_the_ledger_is_noticed(house: House, column: tuple[str, str]) -> None:
    signed_in_tables(house)
    assert verified_from_tables(house).difference is None
    change, kind = LEDGER_CHANGED[column]
    other = Ed25519Signer(ORIGIN, bytes(32))
    value = {"hashes": bytes(32 * house.audited.head), "vkey": other.key.vkey, "note": "x\n"}.get(column[1])
    house.audited.execute_in_ledger(change, *([value] if "?" in change else []))
    found = verified_from_tables(house).difference
    assert found is not None
    assert found.kind == kind
