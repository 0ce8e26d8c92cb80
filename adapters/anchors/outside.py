"""The two anchors there are: see `handlers.anchoring.Anchor`."""

import email.policy
from collections.abc import Callable
from datetime import UTC, datetime
from email import message_from_bytes
from email.utils import parseaddr, parsedate_to_datetime

from adapters.anchors.folder import AnchorFolder
from adapters.anchors.mail import compose
from adapters.anchors.time_stamp import TimeStamper, stamped_at
from handlers.anchoring import Anchored, Checkpointed


class TimeStampAnchor:
    """An authority of RFC 3161."""

    name = "time stamp"

    def __init__(self, folder: AnchorFolder, stamper: TimeStamper) -> None:
        self._folder, self._stamper = folder, stamper

    def last(self) -> Anchored | None:
        """By the authority's own time."""
        sizes = self._folder.sizes("tsr")
        return Anchored(sizes[-1], stamped_at(self._folder.get(sizes[-1], "tsr"))) if sizes else None

    def give(self, checkpoint: Checkpointed) -> None:
        """Killed after the answer and before it is kept, another stamp is asked for: two are as good as one."""
        note = self._folder.checkpoint(*checkpoint)
        self._folder.keep(checkpoint.size, "tsr", self._stamper.stamp(note))


class MailAnchor:
    """A mailbox outside the house."""

    def __init__(
        self,
        folder: AnchorFolder,
        send: Callable[[bytes], None],
        *,
        sender: str,
        mailbox: str,
        clock: Callable[[], datetime],
    ) -> None:
        """`send` sends a composed mail to the byte, or raises `NotSentError`."""
        self._folder, self._send, self._sender, self._mailbox, self._clock = folder, send, sender, mailbox, clock
        self.name = f"mail {parseaddr(mailbox)[1]}"

    def last(self) -> Anchored | None:
        """By the mail's date, which is when it was written."""
        sizes = self._folder.sizes("eml")
        if not sizes:
            return None
        mail = message_from_bytes(self._folder.get(sizes[-1], "eml"), policy=email.policy.default)
        return Anchored(sizes[-1], parsedate_to_datetime(str(mail["Date"])).astimezone(UTC))

    def give(self, checkpoint: Checkpointed) -> None:
        """Written down, sent, noted. Killed after sending, the very same mail goes out again: one Message-ID, one mail."""
        waiting = self._folder.sizes("outgoing.eml")
        size = waiting[0] if waiting else checkpoint.size
        if not waiting:
            note = self._folder.checkpoint(*checkpoint)
            composed = compose(size, note, self._clock(), sender=self._sender, mailbox=self._mailbox)
            self._folder.keep(size, "outgoing.eml", composed)
        self._send(self._folder.get(size, "outgoing.eml"))
        self._folder.sent(size)
