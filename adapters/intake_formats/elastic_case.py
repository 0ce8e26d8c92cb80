"""A case of Kibana: somebody's work on alerts.

    {"id": "<uuid>", "version": "WzM2LDFd", "owner": "securitySolution", "title": "...", "description": "...",
     "status": "open", "severity": "low", "created_at": "...", "updated_at": null, "totalAlerts": 1}

https://www.elastic.co/docs/api/doc/kibana/group/endpoint-cases. Known by its id. `version` is the token of its last change, no
number of the case, and most fields may be null.
"""

from collections.abc import Mapping

from adapters.intake_formats.common import as_id, as_mapping, build_signal, first_text, read_severity, read_status, read_time
from adapters.intake_formats.contract import Request, UnreadableError
from domain.signals import Signal, SignalKind, SignalStatus

_OWNERS = {"cases", "securitySolution", "observability"}


def is_case(document: Mapping[str, object]) -> bool:
    """Tell a case from an alert."""
    owner = document.get("owner")
    return (isinstance(owner, str) and owner in _OWNERS) or "totalAlerts" in document


def signal_of(case: Mapping[str, object], raw: bytes, request: Request) -> Signal:
    """Read a case. Raises `UnreadableError` when it has no id."""
    if not (case_id := as_id(case.get("id"))):
        raise UnreadableError("id: missing, so nothing tells which case this is")
    flags: list[str] = []
    word = first_text(case, "status")
    times = (read_time(case.get(name), request.zone) for name in ("updated_at", "closed_at", "created_at"))
    return build_signal(
        request,
        raw,
        event_id=case_id,
        title=first_text(case, "title"),
        description=first_text(case, "description"),
        severity=read_severity(first_text(case, "severity"), flags),
        status=SignalStatus.ACKNOWLEDGED if word == "in-progress" else read_status(word, flags),
        detected_at=read_time(case.get("created_at"), request.zone),
        components=(),
        signal_category=first_text(case, "category"),
        references=(first_text(as_mapping(case.get("external_service")), "external_url"),),
        flags=flags,
        kind=SignalKind.TICKET,
        told_at=max(filter(None, times), default=None),
    )
