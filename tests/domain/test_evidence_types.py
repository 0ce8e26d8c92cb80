"""The type is by content; what was claimed is told beside it where the content does not show it."""

import pytest

from domain.evidence_types import MAGIC, UNKNOWN, claim_beside, type_of


@pytest.mark.parametrize(
    ("head", "found"),
    [
        (b"%PDF-1.7", "application/pdf"),
        (b"MZ\x90\x00", "application/x-dosexec"),
        (b"PK\x03\x04...", "application/zip"),
        (bytes(257) + b"ustar", "application/x-tar"),
        (b"RIFF\x00\x00\x00\x00WEBP", "image/webp"),
        ("Oct 12 sshd: fejl for bjørn\n".encode(), "text/plain"),
        ("æ".encode() * 511 + "é".encode()[:1], "text/plain"),
        (b"\x00\x01\x02", UNKNOWN),
        (b"\xff\xfe", UNKNOWN),
        (b"", UNKNOWN),
    ],
)
def test_the_beginning_tells(head: bytes, found: str) -> None:
    assert type_of(head) == found


def test_no_magic_is_hidden_behind_another() -> None:
    for magic in MAGIC:
        head = bytes(magic.offset) + magic.bytes
        assert type_of(head) == magic.media_type


@pytest.mark.parametrize(
    ("found", "claimed", "name", "told"),
    [
        ("application/x-dosexec", "application/pdf", "faktura.pdf", "application/pdf"),
        ("application/x-dosexec", None, "faktura.pdf", "application/pdf"),
        ("application/x-dosexec", "application/octet-stream", "faktura.PDF", "application/pdf"),
        ("application/pdf", "application/pdf", "x", None),
        ("application/zip", None, "rapport.docx", None),
        ("text/plain", "text/csv; charset=utf-8", "x", None),
        ("text/plain", None, "mail.eml", None),
        (UNKNOWN, None, "x.evtx", "application/x-ms-evtx"),
        (UNKNOWN, "<script>", None, None),
        (UNKNOWN, None, None, None),
    ],
)
def test_a_claim_is_told_only_where_the_content_does_not_show_it(
    found: str, claimed: str | None, name: str | None, told: str | None
) -> None:
    assert claim_beside(found, claimed, name) == told
