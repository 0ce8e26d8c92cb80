"""IODEF, the Incident Object Description Exchange Format: version 1 (RFC 5070) and version 2 (RFC 7970), XML.

    <IODEF-Document version="2.00" xmlns="urn:ietf:params:xml:ns:iodef-2.0"><Incident purpose="reporting" status="new">
      <IncidentID name="csirt.example.dk">908711</IncidentID><GenerationTime>2026-03-01T02:11:09+01:00</GenerationTime>
      <Description>...</Description><Assessment><SystemImpact severity="high" type="takeover-system"/></Assessment>
      <EventData><System category="target"><Node><DomainData><Name>fs01</Name></DomainData></Node></System></EventData>

https://www.rfc-editor.org/rfc/rfc7970. Documents with a DTD are refused (`xml_body`).

An incident is known by `<IncidentID's name>/<its text>`, and by its `instance` where it has one, which is a part of it: the
CSIRT that gave the number keeps it unique. An AlternativeID is the same incident in another CSIRT's numbers. It is what another
organisation writes, a report; with purpose `watch` it is intelligence. The raw bytes are the body when it is one incident, else
the incident's own element, written anew.
"""

from hashlib import sha256
from xml.etree.ElementTree import Element, tostring

from adapters.intake_formats.common import MAX_ENTRIES, build_signal, read_severity, read_time
from adapters.intake_formats.contract import Parsed, Request, UnreadableError, take_each
from adapters.intake_formats.json_body import MAX_ITEMS
from adapters.intake_formats.xml_body import read_xml, texts_of
from domain.signals import Severity, Signal, SignalKind, SignalStatus

_NAMESPACES = {f"urn:ietf:params:xml:ns:iodef-{version}": version for version in ("1.0", "2.0")}
_IMPACTS = ("Impact", "SystemImpact", "BusinessImpact")
_STATUSES = {
    "": SignalStatus.FIRING,
    "new": SignalStatus.FIRING,
    "in-progress": SignalStatus.ACKNOWLEDGED,
    "forwarded": SignalStatus.FIRING,
    "future": SignalStatus.FIRING,
    "resolved": SignalStatus.RESOLVED,
}


def parse(body: bytes, request: Request) -> Parsed:
    """Read every incident of a document on its own."""
    root = read_xml(body)
    namespace = root.tag.removeprefix("{").removesuffix("}IODEF-Document")
    if namespace not in _NAMESPACES or root.tag != f"{{{namespace}}}IODEF-Document":
        raise UnreadableError(f"the root is not an IODEF-Document in one of the namespaces {', '.join(_NAMESPACES)}")
    names = {"": namespace}
    incidents = root.findall("Incident", names)
    if not 0 < len(incidents) <= MAX_ITEMS:
        raise UnreadableError(f"{len(incidents)} elements Incident: 1 to {MAX_ITEMS} are expected")
    return take_each(
        incidents, lambda each: _signal(each, body if len(incidents) == 1 else tostring(each, "utf-8"), names, request)
    )


def _signal(incident: Element, raw: bytes, names: dict[str, str], request: Request) -> Signal:
    flags: list[str] = []

    def texts(*paths: str) -> list[str]:
        return [text for path in paths for text in texts_of(incident, path, names)]

    def time(*paths: str) -> str:
        return next(iter(texts(*paths)), "")

    descriptions = texts("Description", ".//EventData/Description")
    titles = descriptions or texts("Method/Description", "Method/Reference/ReferenceName")
    told_at = read_time(time("GenerationTime", "ReportTime"), request.zone)
    own = _names(incident, "IncidentID", names)
    return build_signal(
        request,
        raw,
        event_id=own[0] if own else _no_id(raw, flags),
        title=titles[0] if titles else "",
        description="\n".join(descriptions) if len(descriptions) > 1 or "\n" in "".join(descriptions) else "",
        severity=_severity(incident, names, flags),
        status=_status(incident, flags),
        detected_at=read_time(time("DetectTime"), request.zone) or told_at,
        components=_components(incident, names),
        signal_category=",".join(dict.fromkeys(_types(incident, names))),
        references=(
            *texts("Method/Reference/URL", "RelatedActivity/URL"),
            *(f"incident:{name}" for name in _names(incident, "RelatedActivity/IncidentID", names)),
        ),
        flags=flags,
        kind=SignalKind.INTELLIGENCE if incident.get("purpose") == "watch" else SignalKind.REPORT,
        same_as=[f"iodef:{name}" for name in (*own, *_names(incident, "AlternativeID/IncidentID", names))][:MAX_ENTRIES],
        told_at=told_at,
    )


def _names(incident: Element, path: str, names: dict[str, str]) -> list[str]:
    found = [each for each in incident.iterfind(path, names) if (each.text or "").strip()]
    return ["/".join(filter(None, (each.get("name"), (each.text or "").strip(), each.get("instance")))) for each in found]


def _no_id(raw: bytes, flags: list[str]) -> str:
    flags.append("no-id")
    return "sha256:" + sha256(raw).hexdigest()


def _severity(incident: Element, names: dict[str, str], flags: list[str]) -> Severity:
    """Give the worst one that an assessment tells: the incident's own and those of its events."""
    words = [each.get("severity", "") for each in _impacts(incident, names)]
    read: list[tuple[Severity, list[str]]] = []
    for word in dict.fromkeys(filter(None, words)):
        doubts: list[str] = []
        read.append((read_severity(word, doubts), doubts))
    known = [severity for severity, doubts in read if not doubts]
    if known:
        return min(known, key=list(Severity).index)
    return read_severity("unknown" if read else "", flags)


def _types(incident: Element, names: dict[str, str]) -> list[str]:
    told = [each.get("ext-type") or each.get("type") for each in _impacts(incident, names)]
    return [each for each in told if each]


def _impacts(incident: Element, names: dict[str, str]) -> list[Element]:
    return [each for name in _IMPACTS for each in incident.iterfind(f".//Assessment/{name}", names)]


def _status(incident: Element, flags: list[str]) -> SignalStatus:
    """Read version 2's `status`; version 1 tells none. A resolved incident of theirs ends none of ours."""
    status = _STATUSES.get(incident.get("status", ""))
    if status is None:
        flags.append("unknown-status")
    return status or SignalStatus.FIRING


def _components(incident: Element, names: dict[str, str]) -> list[str]:
    """Name every node of the events, targets first: by its names, or where it has none by its addresses."""
    events = list(incident.iterfind("EventData", names))
    systems = [system for event in events for system in event.iter(f"{{{names['']}}}System")]
    targets = [system for system in systems if system.get("category") == "target"]
    nodes = [node for part in (*targets, *events) for node in part.iter(f"{{{names['']}}}Node")]
    return [
        name
        for node in nodes
        for name in texts_of(node, "NodeName", names)
        or texts_of(node, "DomainData/Name", names)
        or texts_of(node, "Address", names)
    ]
