"""Mails from a mailbox, by looking into it now and then: IMAP4rev1 over TLS, https://www.rfc-editor.org/rfc/rfc3501.

A mailbox of Sporlog's own serves best: everything in it is taken in, beginning with what is there at the first look. Mails stay
where they are, and unread. The cursor is `UIDVALIDITY:UID` of the last mail that was taken; with another UIDVALIDITY the
server has numbered its mails anew, and all come again: repeats, which their Message-IDs count.
"""

import asyncio
import imaplib
import re
import ssl
from base64 import b64encode
from contextlib import suppress
from typing import Any

from adapters.ways_in.contract import Post, WayError
from adapters.ways_in.settings import ImapSettings

TIMEOUT_S = 10.0
"""For each answer of the server."""

_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


class ImapWay:
    """One mailbox. Each look is a connection of its own: it sees what an old one would miss, and needs no keeping alive."""

    def __init__(self, settings: ImapSettings, limit: int) -> None:
        """Make it; `limit` is the most bytes that a mail may have."""
        self.name = f"imap {settings.user}@{settings.host}:{settings.port}/{settings.mailbox}"
        self.source = settings.source
        self.secrets: tuple[str, ...] = (settings.password, b64encode(_plain(settings)).decode())
        self._settings, self._limit = settings, limit

    async def run(self, post: Post) -> None:
        """Look, and look again."""
        while True:
            mailbox = _Mailbox()
            try:
                await asyncio.to_thread(mailbox.open, self._settings)
                await self._look(post, mailbox)
                await asyncio.to_thread(mailbox.log_out)
            finally:
                mailbox.close()
            await asyncio.sleep(self._settings.every_s)

    async def _look(self, post: Post, mailbox: "_Mailbox") -> None:
        validity, _, last = (await post.begin()).partition(":")
        after = int(last) if validity == mailbox.validity else 0
        for uid in await asyncio.to_thread(mailbox.uids, after):
            await self._bring(post, mailbox, uid)
        await post.worked()

    async def _bring(self, post: Post, mailbox: "_Mailbox", uid: int) -> None:
        cursor = f"{mailbox.validity}:{uid}"
        size = await asyncio.to_thread(mailbox.size, uid)
        if size > self._limit:
            await post.failed(WayError(f"the mail with UID {uid} has {size} bytes, more than {self._limit}: read it yourself"))
            await post.worked(cursor=cursor)
            return
        mail = await asyncio.to_thread(mailbox.mail, uid)
        if mail is None:
            return  # somebody deleted it since it was listed
        await post.take(self.source, mail, "message/rfc822", cursor=cursor)
        if self._settings.seen:
            # Durable are mail and cursor: kill -9 here leaves the mail unread, and nothing worse.
            await asyncio.to_thread(mailbox.mark, uid)


class _Mailbox:
    """A connection that is logged in and looks into one mailbox. Raises `imaplib.IMAP4.error`, `OSError` and `WayError`."""

    def __init__(self) -> None:
        self._connection: imaplib.IMAP4_SSL | None = None
        self._closed = False
        self.validity = ""

    @property
    def _imap(self) -> imaplib.IMAP4_SSL:
        if self._connection is None or self._closed:
            raise WayError("the connection was closed")
        return self._connection

    def open(self, settings: ImapSettings) -> None:
        """Connect, log in and open the mailbox."""
        self._connection = imaplib.IMAP4_SSL(
            settings.host, settings.port, timeout=TIMEOUT_S, ssl_context=ssl.create_default_context()
        )
        if self._closed:  # while a thread was connecting
            self.close()
        # Unlike LOGIN it takes passwords with any letters.
        self._imap.authenticate("PLAIN", lambda _: _plain(settings))
        name = settings.mailbox.replace("\\", r"\\").replace('"', r"\"")
        _check(self._imap.select(f'"{name}"', readonly=not settings.seen), "open the mailbox")
        self.validity = self._validity()

    def _validity(self) -> str:
        told = self._imap.response("UIDVALIDITY")[1][0]
        if told is None:
            raise WayError("the server gives its mails no lasting numbers (UIDVALIDITY): use another mailbox")
        return bytes(told).decode("ascii", "replace")

    def uids(self, after: int) -> list[int]:
        """List the mails with higher numbers, the lowest first."""
        (found,) = _check(self._imap.uid("SEARCH", f"UID {after + 1}:*"), "search")
        # `*` is the last mail, even when its number is below the range.
        return sorted(uid for uid in map(int, (found or b"").split()) if uid > after)

    def size(self, uid: int) -> int:
        """Bytes of a mail; 0 when it is gone."""
        told = _check(self._imap.uid("FETCH", str(uid), "(RFC822.SIZE)"), "tell a mail's size")
        found = _SIZE.search(b" ".join(part for part in told if isinstance(part, bytes)))
        return int(found[1]) if found else 0

    def mail(self, uid: int) -> bytes | None:
        """Fetch a mail and leave it unread; `None` when it is gone."""
        told = _check(self._imap.uid("FETCH", str(uid), "(BODY.PEEK[])"), "give a mail")
        return next((part[1] for part in told if isinstance(part, tuple)), None)

    def mark(self, uid: int) -> None:
        """Mark a mail as read."""
        _check(self._imap.uid("STORE", str(uid), "+FLAGS.SILENT", r"(\Seen)"), "mark a mail as read")

    def log_out(self) -> None:
        """Take leave, as servers like it."""
        with suppress(imaplib.IMAP4.error, OSError):  # everything is done, and the server may be as rude as it likes
            self._imap.logout()

    def close(self) -> None:
        """Close the connection, whatever its state. Never waits."""
        self._closed = True
        if self._connection is not None:
            with suppress(OSError):
                self._connection.shutdown()


def _plain(settings: ImapSettings) -> bytes:
    return f"\0{settings.user}\0{settings.password}".encode()


def _check(answer: tuple[str, list[Any]], what: str) -> list[Any]:
    kind, data = answer
    if kind != "OK":
        raise WayError(f"the server did not {what}: {kind} {data[0]!r}")
    return data
