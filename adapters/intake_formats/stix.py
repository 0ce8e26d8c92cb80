"""STIX 2.0 and 2.1 bundles, and the pages of a TAXII server.

    {"type": "bundle", "id": "bundle--<uuid>", "objects": [
      {"type": "incident", "spec_version": "2.1", "id": "incident--<uuid>", "created": "...", "modified": "...", "name": "...",
       "object_marking_refs": ["marking-definition--<uuid>"], "extensions": {"extension-definition--ef765651-...":
         {"criticality": 70, "investigation_status": "open", "determination": "confirmed", "incident_types": ["ransomware"]}}}]}

https://docs.oasis-open.org/cti/stix/v2.1/, and for the extension the Incident Core of the OASIS common objects. An incident
is one signal, known by its `id`; `modified` is its version, and of several versions in a bundle the latest counts. A bundle
without one is intelligence, one signal for all of it, known by the bundle's id. The raw bytes are the body when one signal
comes of it, else the incident's own canonical JSON. References are looked up in the bundle, one step deep.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256

from adapters.intake_formats.common import (
    as_mapping,
    as_objects,
    as_text,
    as_texts,
    build_signal,
    first_text,
    read_status,
    read_time,
)
from adapters.intake_formats.contract import Parsed, Request, UnreadableError, take_each
from adapters.intake_formats.json_body import canonical, read_json, read_list, read_object
from adapters.intake_formats.misp import CATEGORY
from adapters.intake_formats.stix_references import Beside, Objects, links_of, look_beside, tlp_of
from domain.signals import Severity, Signal, SignalKind, SignalStatus

_CORE = "extension-definition--ef765651-680c-498d-9894-99799f2fa126"
_LOWEST = ((90, Severity.CRITICAL), (50, Severity.HIGH), (30, Severity.MEDIUM), (1, Severity.LOW), (0, Severity.INFO))
"""`criticality`, by appendix B of the Incident Core: extreme, high, moderate, low, and 0 for a false alarm."""
_HIGHEST = 100
_WORTH_A_FLAG = {"false-positive", "blocked", "failed-attempt"}
_NEVER_A_TITLE = {"identity", "marking-definition", "extension-definition", "relationship", "sighting", "location"}
_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


def parse(body: bytes, request: Request) -> Parsed:
    """Read the incidents of a bundle, or the bundle as a whole. A page of a TAXII server may be empty."""
    bundle = read_object(read_json(body), "the body")
    if bundle.get("type") == "incident":
        bundle = {"objects": [bundle]}
    if bundle.get("type") != "bundle" and "objects" not in bundle:
        raise UnreadableError("type: a STIX bundle is expected")
    objects = as_objects(read_list(bundle.get("objects", []), "objects"))
    beside = look_beside(objects)
    incidents = _latest([each for each in objects if each.get("type") == "incident"])
    if not incidents:
        return Parsed([_bundle(bundle, body, objects, beside, request)] if objects else [], [])
    return take_each(incidents, lambda each: _incident(each, body if len(incidents) == 1 else canonical(each), beside, request))


def _incident(incident: Mapping[str, object], raw: bytes, beside: Beside, request: Request) -> Signal:
    if not (incident_id := as_text(incident.get("id"))).startswith("incident--"):
        raise UnreadableError("id: an incident's id begins with incident--")
    core = as_mapping(as_mapping(incident.get("extensions")).get(_CORE))
    flags = [each for each in as_texts(core.get("determination")) if each in _WORTH_A_FLAG]
    status = read_status(first_text(core, "investigation_status"), flags)
    if incident.get("revoked") is True:
        flags.append("revoked")
        status = SignalStatus.RESOLVED
    return build_signal(
        request,
        raw,
        event_id=incident_id,
        title=first_text(incident, "name"),
        description=first_text(incident, "description"),
        severity=_severity(core.get("criticality"), flags),
        status=status,
        detected_at=read_time(incident.get("created")),
        components=beside.hit.get(incident_id, []),
        signal_category=",".join(as_texts(core.get("incident_types"))),
        references=[*links_of([incident]), *tlp_of([incident], beside)],
        flags=flags,
        same_as=[f"stix:{incident_id}"],
        told_at=read_time(incident.get("modified")),
    )


def _bundle(bundle: Mapping[str, object], raw: bytes, objects: Objects, beside: Beside, request: Request) -> Signal:
    """Make one signal of all objects: the report among them names it, else the first that has a name worth a title."""
    named = [each for each in objects if first_text(each, "name") and as_text(each.get("type")) not in _NEVER_A_TITLE]
    titled = next((each for each in named if each.get("type") in ("report", "grouping")), next(iter(named), {}))
    bundle_id = as_text(bundle.get("id"))
    told_at = max(map(_version, objects))
    return build_signal(
        request,
        raw,
        event_id=bundle_id or f"sha256:{sha256(raw).hexdigest()}",
        title=first_text(titled, "name"),
        description=first_text(titled, "description"),
        severity=Severity.MEDIUM,
        status=SignalStatus.FIRING,
        detected_at=told_at if told_at > _LONG_AGO else None,
        components=(),
        signal_category=CATEGORY,
        references=[*links_of(objects), *tlp_of(objects, beside)],
        flags=["no-severity"] if bundle_id else ["no-severity", "no-id"],
        kind=SignalKind.INTELLIGENCE,
    )


def _severity(criticality: object, flags: list[str]) -> Severity:
    if criticality is None:
        flags.append("no-severity")
    elif isinstance(criticality, int) and not isinstance(criticality, bool) and 0 <= criticality <= _HIGHEST:
        return next(severity for lowest, severity in _LOWEST if criticality >= lowest)
    else:
        flags.append("unknown-severity")
    return Severity.MEDIUM


def _latest(incidents: Objects) -> Objects:
    """Keep the latest version of each object. Those without an id stay, to be refused one by one."""
    latest: dict[object, Mapping[str, object]] = {}
    for place, incident in enumerate(incidents):
        key = as_text(incident.get("id")) or place
        if key not in latest or _version(incident) >= _version(latest[key]):
            latest[key] = incident
    return list(latest.values())


def _version(entry: Mapping[str, object]) -> datetime:
    return read_time(entry.get("modified")) or read_time(entry.get("created")) or _LONG_AGO
