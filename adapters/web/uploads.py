"""Reading a file while it comes: as the whole body, or as the last part of a form. It is never whole in memory or on a disk.

The framework's own reading of forms would put a large file on the disk in clear before anybody sees it.
"""

import base64
import binascii
from collections import deque
from collections.abc import AsyncIterator
from email.message import Message
from typing import NamedTuple

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import Request

from adapters.web.body_limits import MAX_BODY
from domain.errors import InvalidInputError
from handlers.evidence import EmptyEvidenceError

SHA256_BYTES = 32


class FormFile(NamedTuple):
    """A form with a file: the fields in front of it, what is told of it, and its content as it comes."""

    fields: dict[str, str]
    name: str
    claimed_type: str | None
    content: AsyncIterator[bytes]


async def read_form_file(request: Request) -> FormFile:
    """Read a form up to its file. Raises `InvalidInputError`, `EmptyEvidenceError` when no file was chosen."""
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    if kind != b"multipart/form-data" or not options.get(b"boundary"):
        raise InvalidInputError("the form must be sent as multipart/form-data, with the file as its last field")
    parts, fields = _parts(request, options[b"boundary"]), dict[str, str]()
    async for part in parts:
        if isinstance(part, bytes):
            continue
        if part.file is not None:
            return FormFile(fields, part.file, part.claimed_type, _content(parts))
        if value := part.value.decode(errors="replace").replace("\r\n", "\n").strip():
            fields[part.name] = value
    raise EmptyEvidenceError("the form holds no file: choose the file that is the evidence")


def name_told(request: Request) -> str | None:
    """The file name that `Content-Disposition` tells (RFC 6266, also as `filename*`): a header, for addresses are logged."""
    message = Message()
    message["content-disposition"] = request.headers.get("content-disposition", "")
    name = message.get_filename()
    return _base(name) if name else None


def digest_told(request: Request) -> str | None:
    """The SHA-256 that `Content-Digest` tells (RFC 9530), in hex. Raises `InvalidInputError` for one that is none."""
    header = request.headers.get("content-digest")
    if header is None:
        return None
    told = dict(one.strip().partition("=")[::2] for one in header.split(","))
    try:
        digest = base64.b64decode(told["sha-256"].strip(":"), validate=True)
    except (KeyError, binascii.Error):
        digest = b""
    if len(digest) != SHA256_BYTES:
        raise InvalidInputError(f"Content-Digest is {header!r}: write sha-256=:<base64 of the 32 bytes>:, or leave it out")
    return digest.hex()


class _Part:
    """A field of a form, or the head of its file."""

    def __init__(self) -> None:
        self.headers: dict[str, bytes] = {}
        self.name = ""
        self.file: str | None = None
        self.claimed_type: str | None = None
        self.value = b""

    def begin(self) -> None:
        """All headers are there."""
        _, options = parse_options_header(self.headers.get("content-disposition", b""))
        self.name = options.get(b"name", b"").decode(errors="replace")
        if b"filename" in options:
            self.file = _base(options[b"filename"].decode(errors="replace"))
            self.claimed_type = self.headers.get("content-type", b"").decode(errors="replace") or None


class _Reading:
    """What the parser calls back. `came` holds fields once they are whole, a file's head, and then its bytes."""

    def __init__(self) -> None:
        self.came: deque[_Part | bytes] = deque()
        self.whole = False
        self._part, self._field, self._value, self._form_bytes = _Part(), b"", b"", 0

    def begin_part(self) -> None:
        """A new part."""
        self._part = _Part()

    def header_field(self, data: bytes, start: int, end: int) -> None:
        """More of a header's name."""
        self._field += data[start:end]

    def header_value(self, data: bytes, start: int, end: int) -> None:
        """More of its value."""
        self._value += data[start:end]

    def end_header(self) -> None:
        """The header is whole."""
        self._part.headers[self._field.decode(errors="replace").lower()] = self._value
        self._field, self._value = b"", b""

    def end_headers(self) -> None:
        """From here on the part's content comes."""
        self._part.begin()
        if self._part.file is not None:
            self.came.append(self._part)

    def part_data(self, data: bytes, start: int, end: int) -> None:
        """More of it."""
        if self._part.file is not None:
            self.came.append(data[start:end])
            return
        self._form_bytes += end - start
        if self._form_bytes > MAX_BODY:
            raise InvalidInputError(f"the form's fields have more than {MAX_BODY} bytes: only the file may be larger")
        self._part.value += data[start:end]

    def end_part(self) -> None:
        """The part is whole."""
        if self._part.file is None:
            self.came.append(self._part)

    def end(self) -> None:
        """So is the form."""
        self.whole = True


async def _parts(request: Request, boundary: bytes) -> AsyncIterator[_Part | bytes]:
    reading = _Reading()
    parser = MultipartParser(
        boundary,
        {
            "on_part_begin": reading.begin_part,
            "on_header_field": reading.header_field,
            "on_header_value": reading.header_value,
            "on_header_end": reading.end_header,
            "on_headers_finished": reading.end_headers,
            "on_part_data": reading.part_data,
            "on_part_end": reading.end_part,
            "on_end": reading.end,
        },
    )
    async for data in request.stream():
        try:
            parser.write(data)
        except FormParserError as error:
            raise InvalidInputError(f"the form cannot be read: {error}") from error
        while reading.came:
            yield reading.came.popleft()
    if not reading.whole:
        raise InvalidInputError("the form broke off before its end: send it again")


async def _content(parts: AsyncIterator[_Part | bytes]) -> AsyncIterator[bytes]:
    async for part in parts:
        if not isinstance(part, bytes):
            raise InvalidInputError("something follows the file in the form: put the file last, and send one at a time")
        yield part


def _base(name: str) -> str:
    """Without folders, also of the other operating system."""
    return name.replace("\\", "/").rpartition("/")[2].strip()
