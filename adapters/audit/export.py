"""A bundle leaves the log: made and on disk, then on record, and only then under its name."""

import asyncio
import os
from datetime import UTC
from functools import partial
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from pydantic import ValidationError

from adapters.audit.bundle_making import Made, Progress, make_bundle, silent
from adapters.bundle.contents import SignedTree
from domain.audit.events import BundleExported
from domain.errors import ConflictError, InvalidInputError
from domain.events import Meta
from handlers.anchoring import KeptAnchors
from handlers.desk import Desk
from handlers.evidence_store import EvidenceStore
from handlers.exporting import Wanted, record_export
from handlers.requests import Origin


class BundleExistsError(ConflictError):
    """A bundle never takes another file's place. Nothing was written."""

    code = "bundle-exists"


class Given(NamedTuple):
    """Who gets it and on which legal basis, as told; and whether the keys of its texts go along."""

    recipient: str | None = None
    legal_basis: str | None = None
    with_keys: bool = False


class Exported(NamedTuple):
    """A bundle that is on record, at `recorded`, and has its name."""

    path: Path
    made: Made
    recorded: int


async def export_bundle(
    desk: Desk,
    tree: SignedTree,
    evidence: EvidenceStore,
    wanted: Wanted,
    given: Given,
    *,
    anchors: KeptAnchors,
    to: Path,
    origin: Origin,
    progress: Progress = silent,
) -> Exported:
    """Make the bundle, record that it leaves, and give it its name.

    Killed at any moment it leaves at most a hidden draft: what has the bundle's name is whole and on record. Raises
    `BundleExistsError`, `InvalidInputError`, `UnavailableError`, `OSError` and what `make_bundle` does; nothing is left then.
    """
    draft = to.with_name(f".{to.name}.part")
    descriptor = _begin(draft, to)
    try:
        with os.fdopen(descriptor, "wb+") as file:
            make = partial(make_bundle, desk, tree, evidence, wanted, file, anchors=anchors, with_keys=given.with_keys)
            made = await asyncio.to_thread(make, progress=progress)
            os.fsync(file.fileno())
        incident = desk.find(wanted.reference) if wanted.reference else None
        exported = _event(wanted, given, made, origin, incident=incident, position=tree.size)
        # The draft's bytes are durable, so what is recorded of them is true. Killed from here on, the record tells of a bundle
        # that nobody got; never is there a bundle without its record.
        recorded = await desk.committer.submit(lambda uow: record_export(uow, exported))
        _name(draft, to)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    return Exported(to, made, recorded)


def _begin(draft: Path, to: Path) -> int:
    if to.exists():
        raise BundleExistsError(f"{to} is there already: name another file, or move it away")
    try:
        return os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise BundleExistsError(f"{draft} belongs to an export that runs, or was killed: then delete it") from error


def _event(wanted: Wanted, given: Given, made: Made, origin: Origin, *, incident: UUID | None, position: int) -> BundleExported:
    try:
        return BundleExported(
            meta=Meta(
                actor=origin.actor,
                channel=origin.channel,
                os_user=origin.os_user,
                occurred_at=origin.now.astimezone(UTC),
                correlation_id=origin.correlation_id,
            ),
            of=wanted.of,
            incident=incident,
            since=wanted.since,
            before=wanted.before,
            position=position,
            events=made.events,
            zip_bytes=made.zip_bytes,
            zip_sha256=made.zip_sha256,
            with_keys=given.with_keys,
            recipient=given.recipient,
            legal_basis=given.legal_basis,
        )
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors(include_url=False))
        raise InvalidInputError(wrong) from error


def _name(draft: Path, to: Path) -> None:
    draft.rename(to)
    if hasattr(os, "O_DIRECTORY"):
        # The name must be on disk too; Windows writes it through by itself.
        descriptor = os.open(to.parent, os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
