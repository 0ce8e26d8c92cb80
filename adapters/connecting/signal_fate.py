"""What became of a signal: for the source that sent it, and for whoever waits for its first one."""

from typing import Any

from adapters.intake_formats.dry_run import to_dry_run
from adapters.words.wording import Words
from domain.errors import NotFoundError
from domain.signals import Disposition, ReceivedSignal, Signal
from handlers.history import History, Payload

FATES: dict[Disposition, Words] = {
    Disposition.OPENED: Words("åbnede en hændelse", "opened an incident"),
    Disposition.ATTACHED: Words("føjet til en hændelse", "joined an incident"),
    Disposition.COUNTED: Words("talt", "counted"),
    Disposition.SUPPRESSED: Words("talt, og forklaret af varslet arbejde", "counted, and explained by announced work"),
    Disposition.TO_PERSON: Words("venter på et menneske", "waits for a person"),
    Disposition.DISMISSED: Words("set på af et menneske, intet videre", "looked at by a person, nothing further"),
}


def fate_of(history: History, source: str, source_event_id: str) -> dict[str, Any]:
    """Its counts, its state and where it went. Raises `NotFoundError`.

    `signals` is 1, `repeats` how often it came again; `rule` is the one that decided when it came first, null for a signal from
    before there were rules.
    """
    found = history.signal(source, source_event_id)
    if found is None:
        msg = f"source {source!r} has sent no signal {source_event_id!r}: check the id that the intake answered"
        raise NotFoundError(msg)
    known, received = found
    return {
        "source": source,
        "source_event_id": source_event_id,
        "signals": 1,
        "repeats": known.times - 1,
        "disposition": known.disposition,
        "status": known.status,
        "incident_id": known.incident_id,
        "ref": history.reference_of(known.incident_id) if known.incident_id else None,
        "rule": received and received.rule,
    }


def shown_signal(history: History, source: str, source_event_id: str) -> dict[str, str | list[str]] | None:
    """A stored signal as the dry run shows it; None where its bytes were erased."""
    found = history.signal(source, source_event_id)
    payload = history.payload(found.known.payload_sha256) if found else None
    if found is None or found.received is None or payload is None:
        return None
    return to_dry_run(_signal(source, found.received, payload))


def _signal(source: str, received: ReceivedSignal, payload: Payload) -> Signal:
    return Signal(
        source=source,
        source_event_id=received.source_event_id,
        title=payload.title,
        description=payload.description,
        severity=received.severity,
        status=received.status,
        detected_at=received.detected_at,
        components=received.components,
        signal_category=received.signal_category,
        references=payload.references,
        payload_sha256=received.payload_sha256,
        raw=payload.raw,
    )
