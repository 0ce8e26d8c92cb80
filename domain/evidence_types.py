"""What a file is, by what stands at its beginning; a name or a sender is only heard, never believed. Pure."""

import re
from collections.abc import Mapping
from typing import NamedTuple

UNKNOWN, TEXT = "application/octet-stream", "text/plain"


class Magic(NamedTuple):
    """These bytes at this offset are a file of this type."""

    offset: int
    bytes: bytes
    media_type: str


MAGIC: tuple[Magic, ...] = (
    Magic(0, b"%PDF-", "application/pdf"),
    Magic(0, b"\x89PNG\r\n\x1a\n", "image/png"),
    Magic(0, b"\xff\xd8\xff", "image/jpeg"),
    Magic(0, b"GIF87a", "image/gif"),
    Magic(0, b"GIF89a", "image/gif"),
    Magic(0, b"II*\x00", "image/tiff"),
    Magic(0, b"MM\x00*", "image/tiff"),
    Magic(8, b"WEBP", "image/webp"),
    Magic(8, b"WAVE", "audio/wav"),
    Magic(4, b"ftyp", "video/mp4"),
    Magic(0, b"ID3", "audio/mpeg"),
    Magic(0, b"OggS", "audio/ogg"),
    Magic(0, b"PK\x03\x04", "application/zip"),
    Magic(0, b"PK\x05\x06", "application/zip"),
    Magic(0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    Magic(0, b"Rar!\x1a\x07", "application/vnd.rar"),
    Magic(0, b"\x1f\x8b", "application/gzip"),
    Magic(0, b"BZh", "application/x-bzip2"),
    Magic(0, b"\xfd7zXZ\x00", "application/x-xz"),
    Magic(0, b"\x28\xb5\x2f\xfd", "application/zstd"),
    Magic(257, b"ustar", "application/x-tar"),
    Magic(0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    Magic(0, b"{\\rtf", "application/rtf"),
    Magic(0, b"SQLite format 3\x00", "application/vnd.sqlite3"),
    Magic(0, b"ElfFile\x00", "application/x-ms-evtx"),
    Magic(0, b"regf", "application/x-ms-registry-hive"),
    Magic(0, b"\xd4\xc3\xb2\xa1", "application/vnd.tcpdump.pcap"),
    Magic(0, b"\xa1\xb2\xc3\xd4", "application/vnd.tcpdump.pcap"),
    Magic(0, b"\x0a\x0d\x0d\x0a", "application/x-pcapng"),
    Magic(0, b"EVF\x09\x0d\x0a\xff\x00", "application/x-ewf"),
    Magic(0, b"KDMV", "application/x-vmdk"),
    Magic(0, b"vhdxfile", "application/x-vhdx"),
    Magic(0, b"PAGEDU64", "application/x-dmp"),
    Magic(0, b"MDMP\x93\xa7", "application/x-dmp"),
    Magic(0, b"MZ", "application/x-dosexec"),
    Magic(0, b"\x7fELF", "application/x-elf"),
    Magic(0, b"\xcf\xfa\xed\xfe", "application/x-mach-binary"),
    Magic(0, b"L\x00\x00\x00\x01\x14\x02\x00", "application/x-ms-shortcut"),
    Magic(0, b"#!", "text/x-shellscript"),
)
"""What comes up in incident work; the first that fits. Containers are told as containers: a .docx is a zip."""

INSIDE: Mapping[str, re.Pattern[str]] = {
    "application/zip": re.compile(
        r"application/(zip|x-zip-compressed|java-archive|epub\+zip|vnd\.(openxmlformats-|oasis\.|ms-).*)"
    ),
    "application/x-ole-storage": re.compile(r"application/(msword|x-msi|vnd\.ms-.*)"),
    "application/gzip": re.compile(r"application/(x-)?(gzip|tar|compressed-tar)"),
    "video/mp4": re.compile(r"(video|audio|image)/(mp4|quicktime|3gpp|x-m4.|heic|heif|avif)"),
    "audio/wav": re.compile(r"audio/(x-wav|wav|vnd\.wave)"),
    "application/x-dosexec": re.compile(r"application/(x-msdownload|x-msdos-program|vnd\.microsoft\.portable-executable)"),
    TEXT: re.compile(r"text/.*|message/rfc822|application/(json|xml|x-ndjson|javascript|x-sh|x-sql|.*\+(json|xml))"),
}
"""What a content of this type may rightly be called besides."""
NO_CLAIM = frozenset({UNKNOWN, "binary/octet-stream", "application/x-www-form-urlencoded", "application/force-download"})
"""What programs send when they do not know."""
_CLAIM = re.compile(r"[a-z]+/[a-z0-9][a-z0-9.+-]{0,99}")
ENDINGS: Mapping[str, str] = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "tif": "image/tiff",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "msg": "application/vnd.ms-outlook",
    "eml": "message/rfc822",
    "txt": TEXT,
    "log": TEXT,
    "csv": "text/csv",
    "html": "text/html",
    "json": "application/json",
    "xml": "application/xml",
    "zip": "application/zip",
    "7z": "application/x-7z-compressed",
    "rar": "application/vnd.rar",
    "gz": "application/gzip",
    "tar": "application/x-tar",
    "evtx": "application/x-ms-evtx",
    "pcap": "application/vnd.tcpdump.pcap",
    "pcapng": "application/x-pcapng",
    "e01": "application/x-ewf",
    "exe": "application/x-dosexec",
    "dll": "application/x-dosexec",
    "mp4": "video/mp4",
    "wav": "audio/wav",
    "mp3": "audio/mpeg",
}
"""What a name that ends so says that the file is: a table of ours, so that no machine's own decides."""


def type_of(head: bytes) -> str:
    """The media type of a content by its first kibibyte; text is what is UTF-8 without control characters."""
    for magic in MAGIC:
        if head[magic.offset : magic.offset + len(magic.bytes)] == magic.bytes:
            return magic.media_type
    return TEXT if _is_text(head) else UNKNOWN


def claim_beside(found: str, claimed: str | None, name: str | None) -> str | None:
    """What the sender, else the name, says that the content is, where the content does not show it; None where they agree."""
    told = (claimed or "").partition(";")[0].strip().lower()
    if told in NO_CLAIM or not _CLAIM.fullmatch(told):
        told = ENDINGS.get((name or "").rpartition(".")[2].lower(), "")
    inside = INSIDE.get(found)
    agree = not told or told == found or (inside is not None and inside.fullmatch(told) is not None)
    return None if agree else told


def _is_text(head: bytes) -> bool:
    # The head may end within a letter of several bytes.
    for cut in range(4):
        try:
            text = head[: len(head) - cut].decode("utf-8")
        except UnicodeDecodeError:
            continue
        return bool(text) and not any(letter < " " and letter not in "\t\n\r\f\x1b" for letter in text)
    return False
