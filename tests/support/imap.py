"""A small IMAP server over TLS on loopback: the few commands that Sporlog uses, and the ways in which servers misbehave."""

import base64
import re
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from adapters.ways_in.settings import ImapSettings
from tests.support.certificates import server_tls

USER, PASSWORD = "nis2@kommune.dk", "hemmelig-æøå"


class ImapServer:
    """`mails` by UID; `seen` what was marked read; `commands` what was asked. `hang_up_at` is a command it answers by going."""

    def __init__(self, tls: ssl.SSLContext) -> None:
        self.mails: dict[int, bytes] = {}
        self.validity = 7
        self.seen: set[int] = set()
        self.commands: list[str] = []
        self.hang_up_at = ""
        self.connections = 0
        outer = self

        class Handler(socketserver.StreamRequestHandler):
            def setup(self) -> None:
                self.request = tls.wrap_socket(self.request, server_side=True)
                super().setup()

            def handle(self) -> None:
                outer.connections += 1
                self.wfile.write(b"* OK ready\r\n")
                while line := self.rfile.readline().decode().strip():
                    tag, _, command = line.partition(" ")
                    outer.commands.append(command)
                    if outer.hang_up_at and command.startswith(outer.hang_up_at):
                        return
                    if command == "AUTHENTICATE PLAIN":
                        self.wfile.write(b"+ \r\n")
                        command = f"PASSWORD {self.rfile.readline().decode().strip()}"
                    told, result = outer.answer(command)
                    self.wfile.write(told + f"{tag} {result} that is all\r\n".encode())

            def finish(self) -> None:
                super().finish()
                self.request.close()

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True

            def handle_error(self, *_: object) -> None:
                pass  # whoever hung up, a test looks at the other end

        self._server = Server(("127.0.0.1", 0), Handler)
        self.port = int(self._server.server_address[1])
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})

    def answer(self, command: str) -> tuple[bytes, str]:  # noqa: PLR0911 - one for each command
        """What is told, and how it ends."""
        match command.split():
            case ["CAPABILITY"]:
                return b"* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n", "OK"
            case ["PASSWORD", word]:
                # As some servers do, it repeats what it did not like.
                good = base64.b64decode(word).decode() == f"\0{USER}\0{PASSWORD}"
                return b"", "OK" if good else f"NO [AUTHENTICATIONFAILED] {word}"
            case ["EXAMINE" | "SELECT", '"INBOX"']:
                return b"* %d EXISTS\r\n* OK [UIDVALIDITY %d] lasting\r\n" % (len(self.mails), self.validity), "OK"
            case ["EXAMINE" | "SELECT", _]:
                return b"", "NO there is no such mailbox"
            case ["UID", "SEARCH", "UID", wanted]:
                first = int(wanted.partition(":")[0])
                found = [uid for uid in self.mails if uid >= first] or list(self.mails)[-1:]
                return f"* SEARCH {' '.join(map(str, found))}\r\n".encode(), "OK"
            case ["UID", "FETCH", uid, what] if int(uid) in self.mails:
                mail = self.mails[int(uid)]
                if what == "(RFC822.SIZE)":
                    return b"* 1 FETCH (UID %d RFC822.SIZE %d)\r\n" % (int(uid), len(mail)), "OK"
                return b"* 1 FETCH (UID %d BODY[] {%d}\r\n%b)\r\n" % (int(uid), len(mail), mail), "OK"
            case ["UID", "STORE", uid, "+FLAGS.SILENT", r"(\Seen)"]:
                self.seen.add(int(uid))
        return (b"* BYE\r\n" if command == "LOGOUT" else b""), "OK"

    def asked(self, word: str) -> int:
        return sum(re.search(word, command) is not None for command in self.commands)

    def settings(self, *, password: str = PASSWORD, mailbox: str = "INBOX", seen: bool = False) -> ImapSettings:
        return ImapSettings("127.0.0.1", self.port, USER, password, mailbox, "email", every_s=0, seen=seen)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@contextmanager
def imap_server(folder: Path, trusted: Path) -> Iterator[ImapServer]:
    """Whoever trusts `trusted` believes it."""
    server = ImapServer(server_tls(folder, trusted))
    server.start()
    yield server
    server.stop()
