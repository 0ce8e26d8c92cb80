"""What to set up in a tool, ready to be pasted: the address, the header, the signature, and where to click."""

from typing import NamedTuple

from adapters.connecting.guides import GUIDES
from adapters.words.wording import Words

CHECK = Words(
    "Kontrollér menuer og felter i jeres version af værktøjet.", "Check menus and fields in your version of the tool."
)
UNKNOWN_TOKEN = Words("<kildens token>", "<the source's token>")
UNKNOWN_SECRET = Words("<kildens hemmelighed>", "<the source's secret>")


class Connection(NamedTuple):
    """Where a tool sends, and how it shows who it is. `token` and `secret` are shown once, when they are made; else None."""

    source: str
    format: str
    url: str
    token: str | None = None
    signature_header: str | None = None
    secret: str | None = None


def tool_settings(connection: Connection) -> Words:
    """The text in both languages. Every format has a guide of its own, and `json` one for all that have none."""
    guide = GUIDES[connection.format]
    return Words(_filled(connection, guide, "da"), _filled(connection, guide, "en"))


def _filled(connection: Connection, guide: Words, language: str) -> str:
    danish = language == "da"
    token = connection.token or (UNKNOWN_TOKEN.da if danish else UNKNOWN_TOKEN.en)
    lines = [
        f"{'Adresse' if danish else 'Address'}:  POST {connection.url}",
        f"Header:   Authorization: Bearer {token}",
    ]
    if connection.signature_header:
        secret = connection.secret or (UNKNOWN_SECRET.da if danish else UNKNOWN_SECRET.en)
        lines += [
            f"{'Signatur' if danish else 'Signed'}: {connection.signature_header}: sha256="
            + ("<HMAC-SHA256 af kroppen, i hex>" if danish else "<HMAC-SHA256 of the body, in hex>"),
            f"{'Nøgle' if danish else 'Secret'}:    {secret}",
        ]
    # Not str.format: the guides hold configuration and JSON, which are full of braces.
    text = guide.da if danish else guide.en
    for name, value in (("{url}", connection.url), ("{token}", token), ("{source}", connection.source)):
        text = text.replace(name, value)
    return "\n".join([*lines, "", text.strip(), "", CHECK.da if danish else CHECK.en])
