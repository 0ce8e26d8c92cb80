"""Mails as they arrived (.eml): what a person, a supplier or another authority writes, always for a person to judge.

    Received: from mail.supplier.example by mx.laerkeborg.example; Sun, 1 Mar 2026 02:11:09 +0100
    From: =?utf-8?Q?Bent_S=C3=B8rensen?= <bent@supplier.example>
    Subject: Brud =?iso-8859-1?Q?p=E5?= persondata
    Message-ID: <41@supplier.example>
    In-Reply-To: <40@laerkeborg.example>

https://www.rfc-editor.org/rfc/rfc5322. A mail is known by its Message-ID, else by the SHA-256 of its bytes; one that reuses a
Message-ID with other content is another mail. The mails that it answers are references, `thread:<id>`. It was detected when
our own mail server received it, by the topmost Received: the sender writes Date, and all the others. The raw bytes are the
mail. Malformed mails are read as far as they can be, and flagged.
"""

import re
from datetime import UTC, datetime, timedelta
from email.message import Message
from email.utils import parsedate_to_datetime
from hashlib import sha256

from adapters.intake_formats.common import MAX_DESCRIPTION, MAX_NAME, build_signal, read_severity
from adapters.intake_formats.contract import Parsed, Request, UnreadableError, take_each
from adapters.intake_formats.mail_headers import MALFORMED, decoded, header, split_headers
from adapters.intake_formats.mail_html import html_to_text
from adapters.intake_formats.mail_parts import Part, split_parts
from domain.signals import Signal, SignalKind, SignalStatus

MAX_MAIL = 26_214_400
"""Bytes, 25 MiB: what most mail servers let through."""
MAX_LISTED = 20
"""Attachments that are named; the others are counted."""

_TELLING = ("From", "Subject", "Message-ID", "Date", "Received", "To")
_SHOWN = (
    *("From", "Sender", "Reply-To", "To", "Cc", "Subject", "Date", "In-Reply-To", "References"),
    *("Content-Type", "Content-Transfer-Encoding", "Content-Disposition"),
)
_ID = re.compile(r"<[^<>\s]+>")
_FAR = timedelta(days=1)
_WRAPPED = {"application/pkcs7-mime", "application/x-pkcs7-mime"}
_SMIME = {*_WRAPPED, "application/pkcs7-signature", "application/x-pkcs7-signature"}
_SEALED = "Indholdet er pakket med S/MIME og er ikke læst (wrapped in S/MIME, not read)"
_TNEF = "Outlook har pakket indholdet i winmail.dat (TNEF), som ikke er læst (wrapped in TNEF, not read)"


def parse(body: bytes, request: Request) -> Parsed:
    """Read one mail."""
    if not body.removeprefix(b"\xef\xbb\xbf").strip():
        raise UnreadableError("the body is empty: send one mail, its headers first")
    return take_each([body], lambda mail: _signal(mail, request))


def _signal(mail: bytes, request: Request) -> Signal:
    flags: list[str] = []
    headers, content = split_headers(mail.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n"), flags)
    if not any(name in headers for name in _TELLING):
        raise UnreadableError(f"headers: none of {', '.join(_TELLING)}: this is no mail")
    parts = split_parts(headers, content, flags)
    return build_signal(
        request,
        mail,
        event_id=_event_id(headers, mail, flags),
        title=decoded(header(headers, "Subject"), flags),
        description=_description(headers, parts, flags),
        severity=read_severity("", flags),
        status=SignalStatus.FIRING,
        detected_at=_detected_at(headers, flags),
        components=(),
        signal_category="",
        references=[f"thread:{each}" for name in ("References", "In-Reply-To") for each in _ID.findall(header(headers, name))],
        flags=flags,
        kind=SignalKind.REPORT,
        content=_content_hash(headers, content),
    )


def _event_id(headers: Message, mail: bytes, flags: list[str]) -> str:
    if len(headers.get_all("Message-ID", [])) > 1:
        flags.append(MALFORMED)
    if message_id := header(headers, "Message-ID"):
        found = _ID.search(message_id)
        return found[0] if found else message_id
    flags.append("no-id")
    return f"sha256:{sha256(mail).hexdigest()}"


def _content_hash(headers: Message, content: bytes) -> str:
    """Hash what a reader is shown. Servers on the way add headers and change line ends, so that two copies are one mail."""
    told = [" ".join(f"{name}: {value}".split()) for name in _SHOWN for value in headers.get_all(name, [])]
    shown = sha256("\n".join(told).encode("utf-8", "replace"))
    shown.update(b"\n\n" + content.replace(b"\r\n", b"\n").rstrip())
    return shown.hexdigest()


def _detected_at(headers: Message, flags: list[str]) -> datetime | None:
    """Read the topmost Received. `Date` serves when there is none, and is flagged, as when the two are a day apart."""
    received = _time(header(headers, "Received").rpartition(";")[2], flags)
    written = _time(header(headers, "Date"), flags)
    if received is None:
        flags.append("only-date" if written else "no-received")
        return written
    if written and abs(written - received) > _FAR:
        flags.append("date-differs")
    return received


def _time(text: str, flags: list[str]) -> datetime | None:
    """Read a mail's time. `-0000` means UTC from somebody who does not tell where."""
    if not text.strip():
        return None
    try:
        time = parsedate_to_datetime(text)
        return (time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        flags.append(MALFORMED)
        return None


def _description(headers: Message, parts: list[Part], flags: list[str]) -> str:
    """Write who sent it and what is attached first: a long text is cut at its end."""
    lines: list[str] = []
    if sender := decoded(header(headers, "From"), flags):
        lines.append(f"Fra (from): {sender[:MAX_NAME]}")
    names = [(part, part.name(flags)) for part in parts]
    attached = [(part, name) for part, name in names if name or not part.is_text]
    lines += [
        f"Vedhæftet (attached): {name[:MAX_NAME] or 'uden navn (no name)'}, {part.media[:MAX_NAME]}, {len(part.content)} bytes"
        for part, name in attached[:MAX_LISTED]
    ]
    if len(attached) > MAX_LISTED:
        lines.append(f"… og {len(attached) - MAX_LISTED} vedhæftede til (more attached)")
    types = {headers.get_content_type(), *(part.media for part in parts)}
    if types & _SMIME:
        flags.append("s-mime")
    if types & _WRAPPED:
        lines.append(_SEALED)
    if "application/ms-tnef" in types or any(name.casefold() == "winmail.dat" for _part, name in names):
        flags.append("tnef")
        lines.append(_TNEF)
    text = _text(parts, flags)
    return "\n".join(lines) + "\n\n" * bool(lines and text) + text


def _text(parts: list[Part], flags: list[str]) -> str:
    """Join the texts; of alternatives the plain one, and HTML where there is no other."""
    texts = [(part, _shown(part, flags)) for part in parts if part.is_text]
    has_plain = {part.alternative for part, text in texts if text and part.media == "text/plain"} - {0}
    return "\n\n".join(
        text for part, text in texts if text and (part.media == "text/plain" or part.alternative not in has_plain)
    )


def _shown(part: Part, flags: list[str]) -> str:
    text = part.text(flags)
    if part.media == "text/html":
        return html_to_text(text)
    return text[: 2 * MAX_DESCRIPTION].replace("\r\n", "\n").strip()
