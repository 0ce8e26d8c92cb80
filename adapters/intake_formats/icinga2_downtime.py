"""Icinga 2's downtimes: announced work on a host or a service, each under a name of its own.

    {"type": "DowntimeStarted", "timestamp": 1772327469.12, "downtime": {"__name": "fs01!disk!6bd5...", "host_name": "fs01",
     "service_name": "disk", "author": "...", "comment": "...", "start_time": 1772327400, "end_time": 1772330000}}

https://icinga.com/docs/icinga-2/latest/doc/12-icinga2-api/#event-stream-type-downtimestarted. The key is the downtime's own
name, never the check's: it opens and ends no alarm, is for information, and lasts from when it is known until it is removed.
"""

from collections.abc import Mapping

from adapters.intake_formats.common import as_mapping, build_signal, first_text, read_epoch
from adapters.intake_formats.contract import Request, UnreadableError
from domain.signals import Severity, Signal, SignalStatus

DOWNTIMES = {
    "DowntimeAdded": SignalStatus.FIRING,
    "DowntimeStarted": SignalStatus.FIRING,
    "DowntimeTriggered": SignalStatus.FIRING,
    "DowntimeRemoved": SignalStatus.RESOLVED,
}


def read_downtime(event: Mapping[str, object], raw: bytes, request: Request) -> Signal:
    """Read a Downtime event. Raises `UnreadableError` when it does not tell which downtime it means."""
    downtime = as_mapping(event.get("downtime"))
    host, service = first_text(downtime, "host_name"), first_text(downtime, "service_name")
    name = first_text(downtime, "__name", "name")
    if not name or not host:
        raise UnreadableError("downtime: __name or host_name is missing, so nothing tells which downtime this is")
    at = read_epoch(event.get("timestamp"))
    return build_signal(
        request,
        raw,
        event_id=f"downtime:{name}",
        title=f"{' '.join(filter(None, (host, service)))}: DOWNTIME",
        description=first_text(downtime, "comment"),
        severity=Severity.INFO,
        status=DOWNTIMES[first_text(event, "type")],
        detected_at=at,
        components=(host,),
        signal_category="maintenance",
        references=(),
        flags=["in-downtime"],
        told_at=at,
    )
