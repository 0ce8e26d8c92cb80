r"""Records of Defender XDR's streaming to Event Hubs: one for each piece of evidence, of which an alert has many.

    {"time": "...", "tenantId": "<guid>", "category": "AdvancedHunting-AlertEvidence", "properties": {
      "AlertId": "...", "Timestamp": "...", "Title": "...", "Severity": "High", "DeviceName": "fs01", "AccountUpn": "...",
      "Categories": "[\"InitialAccess\"]", "AttackTechniques": "[\"Phishing (T1566)\"]", "AdditionalFields": "{...}"}}

https://learn.microsoft.com/defender-xdr/streaming-api-event-hub. All records of one AlertId in a body are one signal,
known by that id; of an alert in several bodies the later ones repeat it. Records of other tables stream along and hold nothing
for Sporlog. The raw bytes are the body or line of a single record, else the canonical JSON of the record, or of the list of the
alert's records.
"""

from collections.abc import Iterable, Iterator, Mapping

from adapters.intake_formats.attack import techniques
from adapters.intake_formats.common import (
    as_id,
    as_mapping,
    as_text,
    as_texts,
    build_signal,
    first_text,
    read_severity,
    read_time,
)
from adapters.intake_formats.contract import Parsed, Rejected, Request
from adapters.intake_formats.defender_names import alert_name
from adapters.intake_formats.json_body import canonical
from adapters.intake_formats.json_items import Item, read_inner
from domain.signals import Signal, SignalStatus

_ANY_TABLE = "advancedhunting-"
_ALERT_TABLES = "advancedhunting-alert"


def is_record(value: object) -> bool:
    """Tell a streamed record from what Graph gives."""
    fields = as_mapping(value)
    properties = fields.get("properties")
    return isinstance(properties, dict) and (_table(fields).startswith(_ANY_TABLE) or "AlertId" in properties)


def take(records: list[Item], rejected: Iterable[Rejected], request: Request) -> Parsed:
    """Make one signal of all records of an alert, in the order in which the alerts come first."""
    of_alert: dict[str, list[Item]] = {}
    parsed = Parsed([], list(rejected))
    for record in records:
        fields = as_mapping(record.value)
        if (table := _table(fields)).startswith(_ANY_TABLE) and not table.startswith(_ALERT_TABLES):
            continue
        if alert_id := as_id(as_mapping(fields.get("properties")).get("AlertId")):
            of_alert.setdefault(alert_id, []).append(record)
        else:
            parsed.rejected.append(Rejected(record.number, "properties.AlertId: missing, so nothing tells which alert this is"))
    parsed.signals.extend(_signal(alert_id, rows, request) for alert_id, rows in of_alert.items())
    parsed.rejected.sort()
    return parsed


def _signal(alert_id: str, records: list[Item], request: Request) -> Signal:
    envelopes = [as_mapping(record.value) for record in records]
    rows = [as_mapping(envelope.get("properties")) for envelope in envelopes]
    times = [read_time(row.get("Timestamp"), request.zone) for row in rows] + [
        read_time(envelope.get("time"), request.zone) for envelope in envelopes
    ]
    detected_at = min(filter(None, times), default=None)
    flags: list[str] = []
    categories = dict.fromkeys(text for row in rows for text in _inner_list(row, "Category", "Categories"))
    return build_signal(
        request,
        records[0].raw if len(records) == 1 else canonical([record.value for record in records]),
        event_id=alert_id,
        title=_first(rows, "Title"),
        description="",
        severity=read_severity(_first(rows, "Severity"), flags),
        # A record tells what was found and never that it is over.
        status=SignalStatus.FIRING,
        detected_at=detected_at,
        components=[name for row in rows if (name := first_text(row, "DeviceName"))] or [*_accounts(rows)],
        signal_category=",".join(categories),
        references=techniques(text for row in rows for text in _inner_list(row, "AttackTechniques")),
        flags=flags,
        same_as=(alert_name(alert_id),),
        told_at=detected_at,
    )


def _first(rows: list[Mapping[str, object]], name: str) -> str:
    return next((text for row in rows if (text := first_text(row, name))), "")


def _accounts(rows: list[Mapping[str, object]]) -> Iterator[str]:
    """Name accounts and mailboxes, for alerts that name no device."""
    for row in rows:
        yield first_text(row, "AccountUpn") or first_text(
            as_mapping(read_inner(row.get("AdditionalFields"))), "MailboxPrimaryAddress", "Upn"
        )


def _inner_list(row: Mapping[str, object], *names: str) -> list[str]:
    """Read texts that may be a list, JSON of a list in a text, or plain text."""
    return [text for name in names for text in as_texts(read_inner(row.get(name)))]


def _table(fields: Mapping[str, object]) -> str:
    return as_text(fields.get("category")).casefold()
