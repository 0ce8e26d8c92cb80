"""The sources as JSON values and for tables: what is known of each, when it was heard, and whether it is silent."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from domain.intake.state import IntakeSetup
from handlers.source_watch import silent_since
from projections.rows import Row


def source_objects(setup: IntakeSetup, heard: Mapping[str, Row], now: datetime) -> list[dict[str, Any]]:
    """Those that were added, and those that spoke without being added, by name; never a token or a secret.

    `heard` is `projections.signals.sources`. Times are UTC.
    """
    return [_object(setup, name, heard.get(name), now) for name in sorted(setup.sources.keys() | heard.keys())]


def _object(setup: IntakeSetup, name: str, row: Row | None, now: datetime) -> dict[str, Any]:
    source, last_at = setup.source(name), row["last_at"] if row else None
    return {
        "source": name,
        "format": source.format,
        "added": name in setup.sources,
        "channel": source.channel,
        "entity": source.entity,
        "zone": source.zone,
        "expected_minutes": source.expected_minutes,
        "signature_header": source.signature_header,
        "has_token": source.token_sha256 is not None,
        "mapping_number": source.mapping_number,
        "first_at": row["first_at"] if row else None,
        "last_at": last_at,
        "signals": row["signals"] if row else 0,
        "repeats": row["repeats"] if row else 0,
        "silent_since": silent_since(source, last_at, now),
    }
