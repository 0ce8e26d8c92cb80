"""A whole verification: the log, its ledger, what was signed and what stands outside, as one report."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import ClassVar, Literal, NamedTuple

from domain.errors import InvalidInputError, SporlogError
from domain.ledger.checkpoint import Checkpoint
from handlers.audit_findings import Difference, DifferenceFoundError, Kind, Statement, differs

SKEW = timedelta(minutes=5)
"""How far two clocks may be apart."""

Progress = Callable[[int], None]
"""Told the position up to which all is well."""
CheckNote = Callable[[str], Checkpoint]
"""The checkpoint of a note that a key of this log, valid for its size, has signed. Raises a `SporlogError`."""
RecordedAt = Callable[[int], datetime | None]
"""When the event at a position was recorded, UTC; None when there is none."""
VerifyLog = Callable[[Sequence[Statement], Progress], int]
"""Hold every event against the ledger and these checkpoints; the last position. Raises `DifferenceFoundError`."""


class Seen(NamedTuple):
    """An anchor that was checked. `at` is the authority's time, or the mail's date; None for a bare checkpoint."""

    way: Literal["time stamp", "mail", "given"]
    where: str
    size: int
    at: datetime | None
    by: str = ""


class NoLedgerError(InvalidInputError):
    """There is nothing to hold the log against."""

    code: ClassVar[str] = "no-ledger"

    def __init__(self, head: int) -> None:
        super().__init__(
            f"{head} events are in the log and none in the ledger: it is kept while Sporlog runs. If it was there before,"
            " it was removed"
        )


class Outside(NamedTuple):
    """What the house has of its anchors: the notes that the log must fit, with where each is kept."""

    notes: Sequence[tuple[str, bytes]] = ()
    seen: Sequence[Seen] = ()
    unverified: Sequence[int] = ()
    """Sizes with a time stamp, and no certificates to verify it with."""


class Evidence(NamedTuple):
    """What the log is held against."""

    ledger: int
    """How many events are in the ledger."""
    tables: Mapping[str, bytes]
    """The checkpoints in the ledger's database, by size."""
    files: Mapping[str, bytes]
    """Those in files, which lie apart, by name."""
    check_note: CheckNote
    outside: Callable[[], Outside]
    """Raises `DifferenceFoundError` for a stamp or mail that is not on its checkpoint."""
    given: Sequence[tuple[Seen, bytes]] = ()
    """What an auditor brings: a checkpoint's note, and where it came from."""


class Report(NamedTuple):
    """What was looked at, and the first difference if there is one; then `events` and what follows say how far that was."""

    events: int
    ledger: int
    checkpoints: int
    anchors: Sequence[Seen] = ()
    unverified: Sequence[int] = ()
    difference: Difference | None = None
    on_bus: int | None = None
    """Messages of the stream EVENTS that are the store's events; None when it was not asked."""

    @property
    def anchored(self) -> Seen | None:
        """The largest part of the log that somebody outside vouches for: an authority, or whoever brought a file.

        A mail that the house itself kept is no witness: the copy in the mailbox is.
        """
        outside = [seen for seen in self.anchors if seen.way != "mail"]
        return max(outside, key=lambda seen: seen.size, default=None)


def verify_house(
    verify_log: VerifyLog,
    recorded_at: RecordedAt,
    evidence: Evidence,
    now: datetime,
    progress: Progress = lambda _position: None,
) -> Report:
    """Check all of it. A difference is in the report; raises `UnavailableError`."""
    # What stands in several places is verified once, as the file that it is; the newest has a second name.
    kept = {note: f"ledger {size}" for size, note in evidence.tables.items()}
    names = sorted(evidence.files, key=lambda name: (name.isdecimal(), len(name), name))
    kept |= {evidence.files[name]: f"checkpoints/{name}" for name in names}
    report = Report(0, evidence.ledger, len(kept), [seen for seen, _ in evidence.given])

    def told(position: int) -> None:
        nonlocal report
        report = report._replace(events=position)
        progress(position)

    try:
        signed = [_checked(evidence.check_note, note, where) for note, where in sorted(kept.items(), key=lambda one: one[1])]
        signed += [_checked(evidence.check_note, note, seen.where) for seen, note in evidence.given]
        outside = evidence.outside()
        report = report._replace(anchors=[*outside.seen, *report.anchors], unverified=outside.unverified)
        signed += [_checked(evidence.check_note, note, where) for where, note in outside.notes]
        _check_times(outside.seen, recorded_at, now)
        verify_log(signed, told)
    except DifferenceFoundError as found:
        return report._replace(difference=found.difference)
    return report


def _checked(check_note: CheckNote, note: bytes, where: str) -> Statement:
    try:
        return Statement(check_note(note.decode()), where)
    except (SporlogError, UnicodeDecodeError) as error:
        raise differs(Kind.UNSIGNED, where, actual=error) from error


def _check_times(anchors: Sequence[Seen], recorded_at: RecordedAt, now: datetime) -> None:
    """No event was recorded after an authority had certified that it was there, and no authority is ahead of the clock."""
    for anchor in anchors:
        if anchor.way != "time stamp" or anchor.at is None:
            continue
        if anchor.at > now + SKEW:
            raise differs(Kind.TIME, anchor.where, expected=f"<= {now.isoformat()}", actual=anchor.at.isoformat())
        recorded = recorded_at(anchor.size)
        if recorded is not None and recorded > anchor.at + SKEW:
            raise differs(
                Kind.TIME,
                "events",
                anchor.size,
                position=anchor.size,
                column="recorded_at_us",
                expected=f"<= {anchor.at.isoformat()} ({anchor.where})",
                actual=recorded.isoformat(),
            )
