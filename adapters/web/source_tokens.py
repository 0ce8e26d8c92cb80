"""Which source a token belongs to, and whether a body is signed by the source that it says it comes from."""

import hmac
from collections.abc import Mapping

from domain.intake.state import IntakeSetup


def source_of(setup: IntakeSetup, token_sha256: str) -> str | None:
    """The source whose token has this hash (hex); None when it is nobody's. Takes the same time whichever it is, or none."""
    found = None
    for name, source in setup.sources.items():
        if hmac.compare_digest(source.token_sha256 or "", token_sha256):
            found = name
    return found


def signed(setup: IntakeSetup, source: str, body: bytes, headers: Mapping[str, str]) -> bool:
    """Whether the source does not sign, or the body (as it came) has its signature; `headers` have lower-cased names.

    The signature is `HMAC-SHA256(secret, body)` in hex, as `sha256=3f...` or without the prefix. Compared in constant time. A
    source that signs and has no secret yet has no body that is signed.
    """
    known = setup.source(source)
    if known.signature_header is None:
        return True
    if known.secret is None:
        return False
    given = headers.get(known.signature_header.lower(), "").strip().lower().removeprefix("sha256=")
    expected = hmac.digest(known.secret.encode(), body, "sha256").hex()
    return hmac.compare_digest(given.encode(), expected.encode())
