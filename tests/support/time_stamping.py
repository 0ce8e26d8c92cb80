"""A time stamping authority of a test's own: its root, its certificate, and a responder of RFC 3161 behind HTTP on loopback.

The DER is built here: nothing that the product verifies with has made it.
"""

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from rfc3161_client import _rust

SHA256 = "2.16.840.1.101.3.4.2.1"
SIGNED_DATA, TST_INFO = "1.2.840.113549.1.7.2", "1.2.840.113549.1.9.16.1.4"
SIGNING_CERTIFICATE = "1.2.840.113549.1.9.16.2.47"
CONTENT_TYPE, MESSAGE_DIGEST, RSA = "1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4", "1.2.840.113549.1.1.1"
POLICY = "1.3.6.1.4.1.99999.1"
SEQUENCE, SET, OCTETS, INTEGER, OID, NULL, GENERALIZED_TIME, UTF8 = 0x30, 0x31, 0x04, 0x02, 0x06, 0x05, 0x18, 0x0C
YEARS = timedelta(days=3650)


def der(tag: int, *parts: bytes) -> bytes:
    body = b"".join(parts)
    length = len(body)
    if length < 0x80:
        return bytes([tag, length]) + body
    size = (length.bit_length() + 7) // 8
    return bytes([tag, 0x80 | size]) + length.to_bytes(size, "big") + body


def integer(value: int) -> bytes:
    return der(INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def oid(dotted: str) -> bytes:
    first, second, *rest = map(int, dotted.split("."))
    encoded = bytearray()
    for arc in (first * 40 + second, *rest):
        digits = [arc & 0x7F]
        while arc := arc >> 7:
            digits.append(0x80 | arc & 0x7F)
        encoded += bytes(reversed(digits))
    return der(OID, bytes(encoded))


def algorithm(dotted: str) -> bytes:
    return der(SEQUENCE, oid(dotted), der(NULL))


class Signer:
    """A key, and the certificate that another (or it itself) gave it."""

    def __init__(self, name: str, issuer: "Signer | None" = None, *, purpose: x509.ObjectIdentifier | None = None) -> None:
        self.key = rsa.generate_private_key(65537, 2048)
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        now = datetime.now(UTC)
        made = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer.certificate.subject if issuer else subject)
            .public_key(self.key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - YEARS)
            .not_valid_after(now + YEARS)
            .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        )
        if purpose is not None:
            made = made.add_extension(x509.ExtendedKeyUsage([purpose]), critical=True)
        self.certificate: x509.Certificate = made.sign((issuer or self).key, hashes.SHA256())

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)


class Authority:
    """Stamps as it is told to: `status` and `time_stamped` are its answer, `replaced` and `http` are its faults."""

    def __init__(self, folder: Path) -> None:
        self.root = Signer("A root of time")
        self.signer = Signer("A time stamping authority", self.root, purpose=ExtendedKeyUsageOID.TIME_STAMPING)
        self.chain = folder / "tsa-chain.pem"
        self.chain.write_bytes(self.root.pem)
        self.status, self.http, self.replaced = 0, 200, b""
        self.at: datetime | None = None
        self.nonce: int | None = None
        self.asked = 0
        self.url = ""

    def stamp(self, request: bytes) -> bytes:
        """A TimeStampResp to a TimeStampReq."""
        asked = _rust.parse_timestamp_request(request)
        nonce = self.nonce or asked.nonce
        assert nonce is not None
        return self.over(asked.message_imprint.message, nonce)

    def over(self, digest: bytes, nonce: int) -> bytes:
        """A TimeStampResp over a SHA-256."""
        if self.status:
            refusal = der(SEQUENCE, integer(self.status), der(SEQUENCE, der(UTF8, b"no more stamps today")))
            return der(SEQUENCE, refusal)
        at = (self.at or datetime.now(UTC)).astimezone(UTC)
        info = der(
            SEQUENCE,
            integer(1),
            oid(POLICY),
            der(SEQUENCE, algorithm(SHA256), der(OCTETS, digest)),
            integer(4711),
            der(GENERALIZED_TIME, f"{at:%Y%m%d%H%M%S}Z".encode()),
            der(SEQUENCE, integer(1)),
            integer(nonce),
        )
        return der(SEQUENCE, der(SEQUENCE, integer(0)), self._signed(info))

    def _signed(self, info: bytes) -> bytes:
        certificate = self.signer.certificate
        certified = der(SEQUENCE, der(SEQUENCE, der(SEQUENCE, der(OCTETS, hashlib.sha256(self.signer.der).digest()))))
        attributes = sorted(
            [
                der(SEQUENCE, oid(SIGNING_CERTIFICATE), der(SET, certified)),
                der(SEQUENCE, oid(CONTENT_TYPE), der(SET, oid(TST_INFO))),
                der(SEQUENCE, oid(MESSAGE_DIGEST), der(SET, der(OCTETS, hashlib.sha256(info).digest()))),
            ]
        )
        signature = self.signer.key.sign(der(SET, *attributes), padding.PKCS1v15(), hashes.SHA256())
        who = der(SEQUENCE, certificate.issuer.public_bytes(), integer(certificate.serial_number))
        signer = der(
            SEQUENCE,
            integer(1),
            who,
            algorithm(SHA256),
            der(0xA0, *attributes),
            algorithm(RSA),
            der(OCTETS, signature),
        )
        content = der(SEQUENCE, oid(TST_INFO), der(0xA0, der(OCTETS, info)))
        signed = der(SEQUENCE, integer(3), der(SET, algorithm(SHA256)), content, der(0xA0, self.signer.der), der(SET, signer))
        return der(SEQUENCE, oid(SIGNED_DATA), der(0xA0, signed))


@contextmanager
def time_stamping(folder: Path) -> Iterator[Authority]:
    """The authority, listening."""
    authority = Authority(folder)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            authority.asked += 1
            request = self.rfile.read(int(self.headers["Content-Length"]))
            proper = self.headers["Content-Type"] == "application/timestamp-query"
            answer = authority.replaced or (authority.stamp(request) if proper else b"")
            self.send_response(authority.http)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    authority.url = f"http://127.0.0.1:{server.server_port}/tsr"
    yield authority
    server.shutdown()
    thread.join()
    server.server_close()
