"""What was filed, frozen: its exact bytes, their hash, and how it differs from what the log knew at another time."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import NamedTuple

from domain.submissions.kinds import ReportKind


class Filed(NamedTuple):
    """A notice as a person sent it."""

    kind: ReportKind
    form: str
    """The id of the form's version."""
    values: Mapping[str, str]
    receipt: str | None
    """The receipt's number as the portal gave it; None while it has not been seen."""


class Difference(NamedTuple):
    """A field whose two texts differ; one that is on one side only is None on the other."""

    key: str
    filed: str | None
    known: str | None


def canonical_bytes(filed: Filed) -> bytes:
    """One byte form for one content: JSON in UTF-8, keys sorted by code point, no spaces, only what JSON must escape escaped.

    `{"form":"sporlog-2025-07","kind":"early_warning","receipt":null,"values":{"cross_border":"unknown"}}`

    Texts are taken as they are: neither trimmed nor normalised. They must have passed `check_values`.
    """
    content = {"form": filed.form, "kind": filed.kind.value, "receipt": filed.receipt, "values": dict(filed.values)}
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def frozen_hash(filed: Filed) -> str:
    """SHA-256 of the canonical bytes, 64 hexadecimal digits in lower case."""
    return sha256(canonical_bytes(filed)).hexdigest()


def differences(filed_values: Mapping[str, str], known_then_values: Mapping[str, str]) -> tuple[Difference, ...]:
    """Every field that was filed otherwise than the log knew it then, by key."""
    return tuple(
        Difference(key, filed_values.get(key), known_then_values.get(key))
        for key in sorted(filed_values.keys() | known_then_values.keys())
        if filed_values.get(key) != known_then_values.get(key)
    )
