"""POST /haendelser/{reference}/bundt: the incident's bundle for a supervisor or an auditor, recorded before it is sent."""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

from fastapi import APIRouter
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from adapters.audit.bundle_tree import signed_tree
from adapters.audit.export import Exported, Given, export_bundle
from adapters.web.acting import page_origin
from adapters.web.answers import reading
from adapters.web.caller import Tells, obeying, tells
from adapters.web.parts import WebParts
from adapters.web.sent_form import read_form
from domain.errors import InvalidInputError, UnavailableError
from handlers.exporting import Wanted, last_position


def bundle_router(parts: WebParts) -> APIRouter:
    """For whoever may read the incident. Keys go along from the command line only: who has those can read sealed copies."""
    router = obeying(prefix="/haendelser", include_in_schema=False)

    @router.post("/{reference}/bundt")
    @tells(Tells.OWN)
    async def export(request: Request, reference: str) -> Response:
        seen, sent = parts.of(request), await read_form(request)
        if missing := [name for name in ("recipient", "legal_basis") if name not in sent]:
            raise InvalidInputError(f"{', '.join(missing)}: who gets the bundle, and on which basis, is recorded: write both")
        given, wanted = Given(sent["recipient"], sent["legal_basis"]), Wanted(reference)
        covering = await reading(last_position, seen.desk, wanted)
        tree = await asyncio.to_thread(signed_tree, parts.ledger, covering=covering)
        # Kept until it is sent, readable by nobody else; a process that dies leaves it to the system's tidying.
        folder = TemporaryDirectory(prefix="sporlog-bundle-", ignore_cleanup_errors=True)
        try:
            to = Path(folder.name) / f"sporlog-{reference}-{tree.size}.zip"
            done: Exported = await export_bundle(
                seen.desk,
                tree,
                parts.evidence.store,
                wanted,
                given,
                anchors=parts.anchors,
                to=to,
                origin=page_origin(parts, request),
            )
        except OSError as error:
            folder.cleanup()
            raise UnavailableError(f"the bundle could not be written: {error.strerror or error}") from error
        except BaseException:
            folder.cleanup()
            raise
        headers = {"X-Content-SHA256": done.made.zip_sha256}
        return FileResponse(
            to, filename=to.name, media_type="application/zip", headers=headers, background=BackgroundTask(folder.cleanup)
        )

    return router
