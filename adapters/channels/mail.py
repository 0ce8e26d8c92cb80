"""Messages by mail, through the municipality's own SMTP server.

By the standard library: the mail programs of two copies must see one Message-ID, and the operator must see what the server
answered. apprise 2.3 makes a new Message-ID for each mail and tells no more than that it failed.
"""

import smtplib
import ssl
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.policy import SMTP, default
from email.utils import localtime, parseaddr

from adapters.settings import MailSettings
from adapters.words.letters import letter_of
from handlers.outbox import BoardReport, Message
from handlers.sending import NotSentError

TIMEOUT_S = 10.0
"""For each answer of the server. A mail has some six of them."""


class MailChannel:
    """One recipient, so that a wrong address is tried again alone and nobody else gets copies. See `handlers.sending.Channel`.

    Sends in a connection of its own: messages are hours or days apart.
    """

    def __init__(self, settings: MailSettings, recipient: str, public_url: str | None, prefix: str = "mail ") -> None:
        """`prefix` tells channels apart that bring the same address other messages."""
        self._settings, self._recipient, self._public_url = settings, recipient, public_url
        self.name = f"{prefix}{parseaddr(recipient)[1]}"

    def send(self, message: Message) -> None:
        """Return when the server has taken the mail. Raises `NotSentError`."""
        mail = self.compose(message)
        try:
            with connect(self._settings) as server:
                server.send_message(mail)
        except (smtplib.SMTPException, OSError, UnicodeError) as error:
            raise _not_sent(self._settings, error) from error

    def compose(self, message: Message) -> EmailMessage:
        """The whole mail. `Message-ID` follows from the message's id: it is the same in every copy."""
        letter = letter_of(message, self._public_url)
        mail = EmailMessage(policy=SMTP)
        mail["Subject"] = letter.title
        mail["From"], mail["To"] = self._settings.sender, self._recipient
        # Of sending: one that was held up for hours must not sink in among the old ones.
        mail["Date"] = localtime()
        mail["Message-ID"] = f"<{message.id}@{parseaddr(self._settings.sender)[1].rpartition('@')[2]}>"
        # No out-of-office answers, please (RFC 3834).
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(letter.text)
        if isinstance(message, BoardReport):
            mail.add_attachment(message.pdf, "application", "pdf", filename=message.file_name)
        return mail


def send_composed(composed: bytes, settings: MailSettings) -> None:
    """Send a mail to the byte as it was written, to its one recipient; return when the server has taken it.

    Raises `NotSentError`.
    """
    headers = BytesHeaderParser(policy=default).parsebytes(composed)
    try:
        with connect(settings) as server:
            server.sendmail(parseaddr(headers["From"])[1], [parseaddr(headers["To"])[1]], composed)
    except (smtplib.SMTPException, OSError, UnicodeError) as error:
        raise _not_sent(settings, error) from error


def _not_sent(at: MailSettings, error: Exception) -> NotSentError:
    return NotSentError(f"{at.host}:{at.port} did not take the mail: {error}")


def connect(at: MailSettings) -> smtplib.SMTP:
    """A connection that is logged in where that is configured. Raises `smtplib.SMTPException` and `OSError`."""
    trusted = ssl.create_default_context()
    if at.tls:
        server: smtplib.SMTP = smtplib.SMTP_SSL(at.host, at.port, timeout=TIMEOUT_S, context=trusted)
    else:
        server = smtplib.SMTP(at.host, at.port, timeout=TIMEOUT_S)
    try:
        server.ehlo()
        # Where a login is needed, a server (or somebody in between) that offers no TLS gets no password but an error.
        if not at.tls and (at.user is not None or server.has_extn("starttls")):
            server.starttls(context=trusted)
        if at.user is not None:
            server.login(at.user, at.password or "")
    except BaseException:
        server.close()
        raise
    return server
