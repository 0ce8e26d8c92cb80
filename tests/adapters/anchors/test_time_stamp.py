from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.x509.oid import ExtendedKeyUsageOID

from adapters.anchors.time_stamp import MAX_ANSWER, TimeStamper, TimeStampError, load_chain, verify_time_stamp
from adapters.setting_error import SettingError
from domain.errors import UnavailableError
from tests.support.time_stamping import Authority, Signer, time_stamping

CHECKPOINT = b"log.kommune.example/haendelser\n42\nqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqo=\n\n" + "— a b=\n".encode()


@pytest.fixture
def authority(tmp_path: Path) -> Iterator[Authority]:
    with time_stamping(tmp_path) as made:
        yield made


def stamper(authority: Authority) -> TimeStamper:
    return TimeStamper(authority.url, load_chain(authority.chain))


def test_a_time_stamp_is_verified_when_it_comes_and_again_without_the_authority(authority: Authority) -> None:
    authority.at = datetime(2026, 11, 21, 14, 5, tzinfo=UTC)
    answer = stamper(authority).stamp(CHECKPOINT)
    assert authority.asked == 1
    stamped = verify_time_stamp(answer, CHECKPOINT, load_chain(authority.chain))
    assert stamped == (authority.at, "CN=A time stamping authority")


def test_a_time_stamp_on_other_bytes_is_none_on_these(authority: Authority) -> None:
    answer = stamper(authority).stamp(CHECKPOINT)
    with pytest.raises(TimeStampError, match="Mismatch between messages"):
        verify_time_stamp(answer, CHECKPOINT.replace(b"42", b"43"), load_chain(authority.chain))


@pytest.mark.parametrize("place", [0.1, 0.3, 0.5, 0.7, 0.9, 0.99])
def test_a_changed_byte_is_noticed(authority: Authority, place: float) -> None:
    answer = bytearray(stamper(authority).stamp(CHECKPOINT))
    answer[int(len(answer) * place)] ^= 1
    with pytest.raises(TimeStampError):
        verify_time_stamp(bytes(answer), CHECKPOINT, load_chain(authority.chain))


def _stranger(authority: Authority) -> None:
    root = Signer("A root of time")
    authority.signer = Signer("A time stamping authority", root, purpose=ExtendedKeyUsageOID.TIME_STAMPING)


def _for_the_web(authority: Authority) -> None:
    authority.signer = Signer("A web server", authority.root, purpose=ExtendedKeyUsageOID.SERVER_AUTH)


def _without_purpose(authority: Authority) -> None:
    authority.signer = Signer("Somebody", authority.root)


def _before_its_certificate(authority: Authority) -> None:
    authority.at = datetime.now(UTC) - timedelta(days=5000)


FAULTS: dict[str, tuple[Callable[[Authority], None], str]] = {
    "another nonce": (lambda a: setattr(a, "nonce", 17), "Nonce mismatch"),
    "a refusal": (lambda a: setattr(a, "status", 2), "status 2: no more stamps today"),
    "another root": (_stranger, "certificate"),
    "a certificate for something else": (_for_the_web, "purpose|EKU"),
    "a certificate for nothing": (_without_purpose, "purpose|EKU"),
    "a time before its certificate": (_before_its_certificate, "valid"),
    "an answer to another": (lambda a: setattr(a, "replaced", a.over(bytes(32), 1)), "Nonce mismatch"),
    "words": (lambda a: setattr(a, "replaced", b"<html>it works</html>"), "no time stamp"),
    "half an answer": (lambda a: setattr(a, "replaced", a.over(bytes(32), 1)[:500]), "no time stamp"),
    "too much": (lambda a: setattr(a, "replaced", bytes(MAX_ANSWER + 1)), f"more than {MAX_ANSWER} bytes"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_an_answer_that_does_not_hold_is_not_taken(authority: Authority, fault: str) -> None:
    act, said = FAULTS[fault]
    act(authority)
    with pytest.raises(TimeStampError, match=said):
        stamper(authority).stamp(CHECKPOINT)


def test_an_authority_that_fails_or_is_away_may_be_asked_again(authority: Authority) -> None:
    authority.http = 503
    with pytest.raises(UnavailableError, match="answered 503"):
        stamper(authority).stamp(CHECKPOINT)
    away = TimeStamper("http://user:hemmeligt@127.0.0.1:1/", load_chain(authority.chain))
    with pytest.raises(UnavailableError, match="did not answer") as refused:
        away.stamp(CHECKPOINT)
    assert "hemmeligt" not in str(refused.value)


@pytest.mark.parametrize("content", [b"", b"junk", None])
def test_a_chain_that_cannot_be_used_is_named(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "chain.pem"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SettingError, match="cannot be read"):
        load_chain(path)


def test_a_chain_without_a_root_is_named(tmp_path: Path) -> None:
    path = tmp_path / "chain.pem"
    path.write_bytes(Authority(tmp_path).signer.pem)
    with pytest.raises(SettingError, match="no root certificate"):
        load_chain(path)
