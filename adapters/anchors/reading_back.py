"""What stands outside, read back: time stamps and sent mails in DATA/anchors, and files that an auditor brings."""

from collections.abc import Sequence
from datetime import datetime
from email import message_from_bytes
from email.utils import parsedate_to_datetime
from pathlib import Path

from cryptography import x509

from adapters.anchors.folder import AnchorFolder
from adapters.anchors.mail import checkpoint_in
from adapters.anchors.time_stamp import TimeStampError, verify_time_stamp
from domain.errors import InvalidInputError
from domain.ledger.checkpoint import parse_checkpoint
from domain.ledger.note import parse_note
from handlers.audit import Outside, Seen
from handlers.audit_findings import Kind, differs


def read_folder(folder: AnchorFolder, chain: Sequence[x509.Certificate]) -> Outside:
    """The house's own copies. Raises `DifferenceFoundError` for a stamp or mail that is not on its checkpoint."""
    sizes, stamps, mails = folder.sizes("checkpoint"), folder.sizes("tsr"), folder.sizes("eml")
    for size in sorted({*stamps, *mails} - {*sizes}):
        raise differs(Kind.MISSING, f"anchors/{size}.checkpoint")
    seen = [_stamp(folder, size, chain) for size in stamps if chain] + [_mail(folder, size) for size in mails]
    notes = [(f"anchors/{size}.checkpoint", folder.get(size, "checkpoint")) for size in sizes]
    return Outside(notes, seen, () if chain else stamps)


def read_given(path: Path) -> tuple[Seen, bytes]:
    """A checkpoint, or a mail that carries one, and its note. Raises `InvalidInputError` and `OSError`."""
    content = path.read_bytes()
    try:
        note = checkpoint_in(content)
        size = parse_checkpoint(parse_note(note).text).size
    except InvalidInputError as error:
        msg = f"{path}: {error}"
        raise InvalidInputError(msg) from error
    return Seen("given", str(path), size, _date(content)), note


def _stamp(folder: AnchorFolder, size: int, chain: Sequence[x509.Certificate]) -> Seen:
    where = f"anchors/{size}.tsr"
    try:
        stamped = verify_time_stamp(folder.get(size, "tsr"), folder.get(size, "checkpoint"), chain)
    except TimeStampError as error:
        raise differs(Kind.CHANGED, where, actual=error) from error
    return Seen("time stamp", where, size, stamped.at, stamped.authority)


def _mail(folder: AnchorFolder, size: int) -> Seen:
    where, content = f"anchors/{size}.eml", folder.get(size, "eml")
    try:
        carried: bytes | None = checkpoint_in(content)
    except InvalidInputError:
        carried = None
    if carried != folder.get(size, "checkpoint"):
        raise differs(Kind.CHANGED, where)
    return Seen("mail", where, size, _date(content), str(message_from_bytes(content)["To"]))


def _date(content: bytes) -> datetime | None:
    written = message_from_bytes(content)["Date"]
    try:
        return parsedate_to_datetime(written) if written else None
    except ValueError:
        return None
