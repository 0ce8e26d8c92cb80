"""Taking evidence in, giving it out, and telling of it: the content lies in the evidence store, its custody in the log."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar, NamedTuple, Protocol
from uuid import UUID

import structlog

from domain.errors import InvalidInputError, NotFoundError, RefusedError, SporlogError
from domain.events import Recorded
from domain.evidence_types import claim_beside, type_of
from domain.incident.events import EvidenceAccessed, EvidenceAttached, EvidenceHandedOver
from domain.incident.events.evidence import ScanResult
from domain.incident.state import Incident
from handlers import commands
from handlers.commands import Done
from handlers.desk import Desk
from handlers.evidence_store import EvidenceStore, Incoming, Limits, Received
from handlers.requests import Origin, StepRequest, meta_of, to_event
from handlers.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)

PIECE = 256 * 1024
"""Bytes that are gathered before the disk is asked: a thread's turn for each network packet would cost more than the packet."""


class EvidenceTooLargeError(SporlogError):
    """The file, or the incident's evidence with it, is larger than the limit. Nothing was kept."""

    code: ClassVar[str] = "evidence-too-large"
    status: ClassVar[int] = 413


class EmptyEvidenceError(InvalidInputError):
    """No file was chosen, or it holds nothing."""

    code: ClassVar[str] = "evidence-empty"


class DigestMismatchError(InvalidInputError):
    """What came is not what the sender says was sent. Nothing was kept."""

    code: ClassVar[str] = "digest-mismatch"


class EvidenceElsewhereError(NotFoundError):
    """The log holds its hash only: the content is kept somewhere else."""

    code: ClassVar[str] = "evidence-elsewhere"


class InfectedEvidenceError(RefusedError):
    """The scanner found malware in it: it is given out only to somebody who says that they know."""

    code: ClassVar[str] = "evidence-infected"


class Scan(NamedTuple):
    """What the scanner said; `finding` is what it found, or why it did not look."""

    result: ScanResult
    finding: str | None = None


class Scanner(Protocol):
    """Looks for malware. It never raises: one that is away, or gives up, leaves the content unscanned and says why."""

    async def scan(self, content: Iterator[bytes]) -> Scan:
        """Read all of the content and say what it is."""


@dataclass(frozen=True)
class EvidenceRoom:
    """Where evidence is kept, who scans it (nobody, until one is configured), and how much there may be."""

    store: EvidenceStore
    scanner: Scanner | None
    limits: Limits


class Sending(NamedTuple):
    """What is told of content before it comes. `fields` are those of the step, without hash and size."""

    fields: Mapping[str, Any]
    claimed_type: str | None = None
    sha256: str | None = None
    """What the sender computed, in hex."""
    length: int | None = None


class Evidence(NamedTuple):
    """A piece of evidence as the log tells of it, with its chain of custody in order; `number` is what steps call it by."""

    number: int
    recorded: Recorded
    event: EvidenceAttached
    custody: tuple[Recorded, ...]


async def attach(
    desk: Desk, room: EvidenceRoom, reference: str, sending: Sending, content: AsyncIterator[bytes], *, origin: Origin
) -> Done:
    """Keep the content and record it. Durable on return, the content before the event that names it.

    Raises `NotFoundError`, `InvalidFieldsError`, `EvidenceTooLargeError`, `EmptyEvidenceError`, `DigestMismatchError`,
    `EvidenceErasedError`, `UnavailableError`, and what `take_step` raises: then nothing was kept.
    """
    incident_id = desk.find(reference)
    # Read before the first byte is taken: whoever forgot a field has not sent a gigabyte in vain.
    request = desk.parse("evidence", {**sending.fields, "sha256": sending.sha256 or "0" * 64})
    before = await desk.committer.submit(lambda uow: commands.incident_of(uow, incident_id))
    most = min(room.limits.file, max(0, room.limits.incident - _kept_bytes(before)))
    check_size(sending.length or 0, most, room.limits)
    incoming = await asyncio.to_thread(room.store.receive, incident_id)
    try:
        received = await receive(incoming, content, most, room.limits)
        check_told(received, sending)
        scan = await room.scanner.scan(incoming.read()) if room.scanner else Scan("unscanned")
        proposed = _proposed(request, received, scan, sending, origin)
        done = await desk.committer.submit(
            partial(_record, incident_id=incident_id, proposed=proposed, incoming=incoming, limits=room.limits, request=request)
        )
    finally:
        incoming.discard()
    log.info("evidence kept", reference=done.incident.reference, bytes=received.size, scan=scan.result)
    return done


async def give_out(
    desk: Desk,
    room: EvidenceRoom,
    reference: str,
    number: int,
    origin: Origin,
    *,
    on_behalf_of: str | None = None,
    despite_infection: bool = False,
) -> tuple[Evidence, Iterator[bytes]]:
    """The content, its access recorded. Nothing is recorded of what cannot be read, and no byte leaves unrecorded.

    Raises `NotFoundError`, `EvidenceElsewhereError`, `InfectedEvidenceError`, what `EvidenceStore.read` raises, and
    `UnavailableError` while the log takes nothing: then nothing is given out.
    """
    incident_id = desk.find(reference)
    found = one_evidence(desk, reference, number)
    if not found.event.stored:
        msg = f"{reference} number {number} is kept somewhere else ({found.event.kept_at or 'not told where'}): fetch it there"
        raise EvidenceElsewhereError(msg)
    infected = found.event.scan == "infected"
    if infected and not despite_infection:
        msg = f"{reference} number {number} holds malware ({found.event.finding}): confirm that you know, then fetch it"
        raise InfectedEvidenceError(msg)
    content = await asyncio.to_thread(room.store.read, incident_id, found.event.sha256)
    meta = meta_of(StepRequest(on_behalf_of=on_behalf_of), origin)
    accessed = EvidenceAccessed(meta=meta, evidence_number=number, despite_infection=infected)
    await desk.committer.submit(partial(commands.take_step, incident_id=incident_id, proposed=accessed))
    return found, content


def evidence_of(recorded: Iterable[Recorded]) -> list[Evidence]:
    """All evidence that an incident's history tells of, in the order in which it was recorded. Pure."""
    attached, custody = dict[int, tuple[Recorded, EvidenceAttached]](), dict[int, list[Recorded]]()
    for one in recorded:
        match one.event:
            case EvidenceAttached() as event:
                attached[one.version] = (one, event)
            case EvidenceAccessed(evidence_number=number) | EvidenceHandedOver(evidence_number=number):
                custody.setdefault(number, []).append(one)
    return [Evidence(number, *found, tuple(custody.get(number, ()))) for number, found in attached.items()]


def one_evidence(desk: Desk, reference: str, number: int) -> Evidence:
    """The evidence with this number. Raises `NotFoundError`."""
    found = evidence_of(desk.history.read_stream(desk.find(reference)))
    for one in found:
        if one.number == number:
            return one
    there = ", ".join(str(one.number) for one in found) or "none"
    raise NotFoundError(f"{reference} has no evidence with number {number}; there are: {there}")


def _record(
    uow: UnitOfWork,
    *,
    incident_id: UUID,
    proposed: EvidenceAttached,
    incoming: Incoming,
    limits: Limits,
    request: StepRequest,
) -> Done:
    incident = commands.incident_of(uow, incident_id)
    commands.check_seen(incident, request.expected_version)
    # Counted again under the write lock: two that came in side by side may be too much together.
    again = any(one.stored and one.sha256 == proposed.sha256 for one in incident.work.evidence.values())
    total = _kept_bytes(incident) + (0 if again else proposed.bytes or 0)
    if total > limits.incident:
        raise _too_large(total, limits.incident, "the incident's evidence")
    done = commands.record(uow, incident_id, incident, proposed)
    # Last of the unit, before its commit: a refusal leaves no file, and whatever dies from here on leaves at most a file that
    # no event names, never an event without its file. `tidy` removes such files under this same lock.
    incoming.keep()
    return done


async def receive(incoming: Incoming, content: AsyncIterator[bytes], most: int, limits: Limits) -> Received:
    """Take content in, at most that many bytes; on disk on return. Raises `EvidenceTooLargeError`, `UnavailableError`."""
    total, gathered = 0, bytearray()
    async for data in content:
        total += len(data)
        check_size(total, most, limits)
        gathered += data
        if len(gathered) >= PIECE:
            await asyncio.to_thread(incoming.write, bytes(gathered))
            gathered.clear()
    await asyncio.to_thread(incoming.write, bytes(gathered))
    return await asyncio.to_thread(incoming.finish)


def check_size(size: int, most: int, limits: Limits) -> None:
    """Raises `EvidenceTooLargeError`."""
    if size > most:
        what = "a file of evidence" if most == limits.file else "what is left for this incident's evidence"
        raise _too_large(size, most, what)


def _too_large(size: int, most: int, what: str) -> EvidenceTooLargeError:
    msg = f"{size} bytes, and {what} may have {most}: keep it elsewhere and record its hash, or raise the limit"
    return EvidenceTooLargeError(msg)


def check_told(received: Received, sending: Sending) -> None:
    """Whether it is what the sender said. Raises `EmptyEvidenceError`, `DigestMismatchError`."""
    if received.size == 0:
        raise EmptyEvidenceError("the file is empty: choose the file that is the evidence")
    if sending.sha256 is not None and sending.sha256 != received.sha256:
        msg = f"the content has SHA-256 {received.sha256}, the sender says {sending.sha256}: send it again"
        raise DigestMismatchError(msg)


def _proposed(request: StepRequest, received: Received, scan: Scan, sending: Sending, origin: Origin) -> EvidenceAttached:
    found = type_of(received.head)
    told = request.model_copy(update={"sha256": received.sha256, "bytes": received.size})
    claimed = claim_beside(found, sending.claimed_type, getattr(request, "name", None))
    event = to_event(
        "evidence",
        told,
        origin,
        stored=True,
        media_type=found,
        claimed_type=claimed,
        scan=scan.result,
        finding=scan.finding and scan.finding[:300],
    )
    assert isinstance(event, EvidenceAttached)  # noqa: S101 - the step's own event
    return event


def _kept_bytes(incident: Incident) -> int:
    """Of what Sporlog keeps for this incident; content that was attached twice lies there once."""
    return sum({one.sha256: one.bytes or 0 for one in incident.work.evidence.values() if one.stored}.values())
