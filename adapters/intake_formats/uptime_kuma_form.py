r"""The JSON inside an Uptime Kuma body: the body itself, or the field `data` of a form (the webhook's choice form-data).

    --b\r\nContent-Disposition: form-data; name="data"\r\n\r\n{"heartbeat": ...}\r\n--b--\r\n
    data=%7B%22heartbeat%22%3A...%7D

Both are split by hand: one field needs no more, and whatever a broken form holds, `UnreadableError` alone is raised.
"""

import re
from urllib.parse import unquote_to_bytes

from adapters.intake_formats.contract import UnreadableError

_NAMED_DATA = re.compile(rb'^content-disposition:[^\r\n]*;\s*name="?data"?\s*(?:;|\r|\n|$)', re.IGNORECASE | re.MULTILINE)
_BOUNDARY = re.compile(r'boundary="?([^";,\s]+)', re.IGNORECASE)
_URLENCODED = re.compile(rb"[A-Za-z_]+=")


def json_of(body: bytes, content_type: str) -> bytes:
    """Give the JSON that a body brings. Without a content type (a file) the first bytes tell.

    Raises `UnreadableError` for a form without the field `data`.
    """
    media = content_type.partition(";")[0].strip().lower()
    if media == "multipart/form-data" or (not media and body.startswith(b"--")):
        return _part(body, content_type)
    if media == "application/x-www-form-urlencoded" or (not media and _URLENCODED.match(body)):
        return _field(body)
    return body


def _part(body: bytes, content_type: str) -> bytes:
    told = _BOUNDARY.search(content_type)
    boundary = b"--" + told[1].encode("latin-1", "replace") if told else body.lstrip().split(b"\n", 1)[0].strip()
    if len(boundary) > len(b"--"):
        for part in body.split(boundary)[1:]:
            head, blank, content = part.replace(b"\r\n", b"\n", 8).lstrip(b"\n").partition(b"\n\n")
            if blank and _NAMED_DATA.search(head):
                return content.strip()
    raise UnreadableError("the form has no part named data: choose JSON or form-data in the webhook of Uptime Kuma")


def _field(body: bytes) -> bytes:
    for pair in body.strip().split(b"&"):
        name, _equals, value = pair.partition(b"=")
        if name == b"data":
            return unquote_to_bytes(value.replace(b"+", b" "))
    raise UnreadableError("the form has no field named data: choose JSON or form-data in the webhook of Uptime Kuma")
