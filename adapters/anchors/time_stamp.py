"""RFC 3161: an authority outside the house certifies that a checkpoint existed at a time.

    POST <SPORLOG_TSA_URL>
    Content-Type: application/timestamp-query       SHA-256 of the checkpoint's bytes, and a nonce
    200, application/timestamp-reply                kept as it came, as anchors/<size>.tsr

Anybody can verify it again without Sporlog: `openssl ts -verify -in 42.tsr -data 42.checkpoint -CAfile chain.pem`.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import ClassVar, NamedTuple

import httpx
from cryptography import x509
from rfc3161_client import (
    HashAlgorithm,
    PKIStatus,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from adapters.setting_error import SettingError
from domain.errors import InvalidInputError, UnavailableError

TIMEOUT_S = 10.0
MAX_ANSWER = 65536
"""Bytes; an answer with its certificates has some 6 000."""


class TimeStampError(InvalidInputError):
    """The authority's answer is not a time stamp on this checkpoint by somebody whom the chain trusts. It is not kept."""

    code: ClassVar[str] = "time-stamp"


class Stamped(NamedTuple):
    """What a verified time stamp says. `at` is the authority's time, UTC; `authority` its certificate's subject."""

    at: datetime
    authority: str


class TimeStamper:
    """An authority's client. Redirects are not followed, and the address is never repeated: it may hold a password."""

    def __init__(self, url: str, chain: Sequence[x509.Certificate]) -> None:
        self._url, self._chain = url, chain

    def stamp(self, checkpoint: bytes) -> bytes:
        """The authority's answer, verified: nonce, imprint, signature and chain.

        Blocks at most some ten seconds. Raises `UnavailableError` (try again) and `TimeStampError`.
        """
        request = TimestampRequestBuilder(checkpoint, HashAlgorithm.SHA256).build()
        answer = self._post(request.as_bytes())
        verify_time_stamp(answer, checkpoint, self._chain, nonce=request.nonce)
        return answer

    def _post(self, request: bytes) -> bytes:
        headers, answer = {"Content-Type": "application/timestamp-query"}, bytearray()
        try:
            with httpx.stream("POST", self._url, content=request, headers=headers, timeout=TIMEOUT_S) as response:
                if response.status_code != HTTPStatus.OK:
                    msg = f"the time stamping authority answered {response.status_code}"
                    raise UnavailableError(msg)
                for part in response.iter_bytes():
                    answer += part
                    if len(answer) > MAX_ANSWER:
                        msg = f"the time stamping authority answered with more than {MAX_ANSWER} bytes: that is no time stamp"
                        raise TimeStampError(msg)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            msg = f"the time stamping authority did not answer: {type(error).__name__}: {error}"
            raise UnavailableError(msg) from error
        return bytes(answer)


def load_chain(path: Path) -> tuple[x509.Certificate, ...]:
    """The authority's certificates, its root among them (PEM). Raises `SettingError`."""
    try:
        chain = tuple(x509.load_pem_x509_certificates(path.read_bytes()))
    except (OSError, ValueError) as error:
        raise SettingError(
            f"SPORLOG_TSA_CHAIN: {path} kan ikke læses: {error}. Der skal stå tjenestens rod og det imellem, som PEM",
            f"SPORLOG_TSA_CHAIN: {path} cannot be read: {error}. It holds the authority's root and what is between, as PEM",
        ) from error
    if not _roots(chain):
        raise SettingError(
            f"SPORLOG_TSA_CHAIN: {path} har intet rodcertifikat (udstedt af sig selv): tilføj det fra tjenestens kæde",
            f"SPORLOG_TSA_CHAIN: {path} holds no root certificate (issued by itself): add the one of the authority's chain",
        )
    return chain


def verify_time_stamp(
    answer: bytes, checkpoint: bytes, chain: Sequence[x509.Certificate], *, nonce: int | None = None
) -> Stamped:
    """What the time stamp says of these bytes. Certificates count as of its own time, so that it stays valid after them.

    Raises `TimeStampError` naming what does not hold.
    """
    builder = VerifierBuilder(
        roots=_roots(chain),
        intermediates=[certificate for certificate in chain if certificate.issuer != certificate.subject],
        nonce=nonce,
    )
    try:
        response = decode_timestamp_response(answer)
        if response.status != PKIStatus.GRANTED:
            said = " ".join(response.status_string)
            msg = f"the time stamping authority refused with status {response.status}{f': {said}' if said else ''}"
            raise TimeStampError(msg)
        builder.build().verify_message(response, checkpoint)
        return Stamped(response.tst_info.gen_time.astimezone(UTC), _authority(response))
    except (ValueError, VerificationError) as error:
        msg = f"this is no time stamp on the checkpoint by an authority of the chain: {error}"
        raise TimeStampError(msg) from error


def stamped_at(answer: bytes) -> datetime:
    """The time that an answer names, UTC, without verifying it. Raises `TimeStampError`."""
    try:
        return decode_timestamp_response(answer).tst_info.gen_time.astimezone(UTC)
    except ValueError as error:
        msg = f"this is no time stamp: {error}"
        raise TimeStampError(msg) from error


def _roots(chain: Sequence[x509.Certificate]) -> list[x509.Certificate]:
    return [certificate for certificate in chain if certificate.issuer == certificate.subject]


def _authority(response: TimeStampResponse) -> str:
    (signer,) = response.signed_data.signer_infos
    for one in response.signed_data.certificates:
        with suppress(ValueError):
            certificate = x509.load_der_x509_certificate(one)
            if (certificate.issuer, certificate.serial_number) == (signer.issuer, signer.serial_number):
                return certificate.subject.rfc4514_string()
    return f"{signer.issuer.rfc4514_string()}, {signer.serial_number}"
