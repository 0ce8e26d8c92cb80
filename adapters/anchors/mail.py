"""A checkpoint mailed to a mailbox that the house's own administrators cannot change, and read back out of such a mail."""

import email.policy
import hashlib
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import ClassVar

from domain.errors import InvalidInputError

TEXT = """Vedhæftet er et signeret kontrolpunkt for hændelsesloggen {origin} med {size} begivenheder. Gem mailen, hvor loggens
egne administratorer ikke kan ændre eller slette den. Med den kan en revisor se, om noget i loggen er ændret eller fjernet
siden:

    sporlog audit verify --anchor mail.eml

Attached is a signed checkpoint of the incident log {origin} with {size} events. Keep this mail where the log's own
administrators can neither change nor delete it. With it an auditor sees whether anything was changed or removed since.
"""
_NAME_ENDS = ".checkpoint"


class NoCheckpointError(InvalidInputError):
    """The file is neither a checkpoint nor a mail that carries one."""

    code: ClassVar[str] = "no-checkpoint"


def compose(size: int, checkpoint: bytes, at: datetime, *, sender: str, mailbox: str) -> bytes:
    """The whole mail. Its id follows from the checkpoint: another copy of it is no second mail. `at` is UTC."""
    mail = EmailMessage(policy=SMTP)
    origin = checkpoint.split(b"\n", 1)[0].decode()
    mail["Subject"] = f"Kontrolpunkt / checkpoint {size}: {origin}"
    mail["From"], mail["To"] = sender, mailbox
    mail["Date"] = format_datetime(at)
    digest = hashlib.sha256(checkpoint).hexdigest()[:32]
    mail["Message-ID"] = f"<checkpoint-{size}-{digest}@{parseaddr(sender)[1].rpartition('@')[2]}>"
    # No out-of-office answers, please (RFC 3834).
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(TEXT.format(origin=origin, size=size))
    # As bytes: a gateway that mends text must not mend this.
    mail.add_attachment(checkpoint, "application", "octet-stream", filename=f"{size}{_NAME_ENDS}")
    return mail.as_bytes()


def checkpoint_in(content: bytes) -> bytes:
    """The checkpoint that a file holds: the file itself, or what is attached to the mail it is. Raises `NoCheckpointError`."""
    if b"\n\n\xe2\x80\x94 " in content:
        return content
    mail = message_from_bytes(content, policy=email.policy.default)
    for part in mail.iter_attachments() if mail.is_multipart() else ():
        name, inner = part.get_filename() or "", part.get_payload(decode=True)
        if name.endswith(_NAME_ENDS) and isinstance(inner, bytes):
            return inner
    msg = "neither a checkpoint (a signed note) nor a mail with one attached: save the mail itself, as .eml"
    raise NoCheckpointError(msg)
