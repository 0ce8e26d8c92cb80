"""The records of an incident: its documents, how each is marked, and what was filed or given out of them."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import NamedTuple
from uuid import UUID

from domain.events import Meta, Recorded
from domain.incident import events as e
from domain.records.documents import GROUNDS, DocumentKind, Proposal, kind_of_document, proposed
from domain.records.exemptions import EXEMPTIONS, INTERNAL, VOLUNTARY, Exemption, ExemptionText
from domain.records.filing import files_everything
from handlers import commands
from handlers.commands import Done
from handlers.desk import Desk
from handlers.requests import Origin, StepRequest, meta_of
from handlers.unit_of_work import UnitOfWork


class Treatment(NamedTuple):
    """How a document is treated when somebody asks for access: as a person decided, or as it is proposed."""

    mark: e.DocumentMark
    exemption: Exemption | None
    withheld: tuple[str, ...]
    voluntary: bool

    @property
    def left_out_by(self) -> tuple[ExemptionText, ...]:
        """Why the document as a whole is not given; empty: it is given, but for the `withheld` fields."""
        found = [INTERNAL] if self.mark == "internal" else []
        found += [VOLUNTARY] if self.voluntary else []
        return (*found, *((EXEMPTIONS[self.exemption],) if self.exemption and not self.withheld else ()))


class Document(NamedTuple):
    """A document of an incident. `number` is what steps call it by."""

    number: int
    recorded: Recorded
    kind: DocumentKind
    proposal: Proposal
    marked: Recorded | None = None
    """The decision that counts."""
    filed: e.RecordJournalised | None = None
    """Where it lies in the records system (ESDH)."""

    @property
    def treatment(self) -> Treatment:
        """As decided, else as proposed."""
        match self.marked.event if self.marked else None:
            case e.DocumentMarked() as told:
                return Treatment(told.mark, told.exemption, told.withheld, told.voluntary is True)
            case _:
                return Treatment(self.proposal.mark, self.proposal.exemption, self.proposal.withheld, self.proposal.voluntary)


def documents_of(stream: Iterable[Recorded]) -> list[Document]:
    """All documents that an incident's history tells of, in its order. Pure."""
    found = dict[int, Document]()
    for one in stream:
        kind = kind_of_document(one.event)
        if kind is not None:
            found[one.version] = Document(one.version, one, kind, proposed(one.event))
        match one.event:
            case e.DocumentMarked(document_number=number) if number in found:
                found[number] = found[number]._replace(marked=one)
            case e.RecordJournalised(system="esdh") as filed:
                named = list(found) if files_everything(filed) else [filed.document_number]
                found |= {n: found[n]._replace(filed=filed) for n in named if n in found and not _is_filed(found[n], filed)}
            case _:
                pass
    return list(found.values())


def unfiled(documents: Iterable[Document]) -> Iterator[Document]:
    """Final documents that nobody has filed, offentlighedsloven § 15."""
    return (one for one in documents if one.kind.final and one.filed is None)


async def accept_proposals(desk: Desk, reference: str, origin: Origin, *, expected: int | None = None) -> list[Done]:
    """Mark every document that nobody has decided on as proposed: all in one unit, or none. Durable on return.

    `expected` is the version whose proposals the person saw. Raises `NotFoundError`, `ConflictError`, the roles' refusals.
    """
    incident_id = desk.find(reference)
    meta = meta_of(StepRequest(), origin)
    return await desk.committer.submit(partial(_accept, incident_id=incident_id, meta=meta, expected=expected))


async def record_extract(desk: Desk, reference: str, extracted: e.RecordsExtracted) -> Done:
    """Note that an extract was approved. Raises `ConflictError` when more was recorded since `upto`, and what `decide` does."""
    incident_id = desk.find(reference)
    return await desk.committer.submit(
        partial(commands.take_step, incident_id=incident_id, proposed=extracted, expected=extracted.upto)
    )


def _is_filed(document: Document, filed: e.RecordJournalised) -> bool:
    # A note on the whole incident does not take the place of one on this very document.
    return document.filed is not None and filed.document_number is None


def _accept(uow: UnitOfWork, *, incident_id: UUID, meta: Meta, expected: int | None) -> list[Done]:
    incident = commands.incident_of(uow, incident_id)
    commands.check_seen(incident, expected)
    done = list[Done]()
    for document in documents_of(uow.history(incident_id)):
        if document.marked is None:
            incident = done[-1].incident if done else incident
            done.append(commands.record(uow, incident_id, incident, _as_proposed(document, meta)))
    return done


def _as_proposed(document: Document, meta: Meta) -> e.DocumentMarked:
    proposal = document.proposal
    return e.DocumentMarked(
        meta=meta,
        document_number=document.number,
        mark=proposal.mark,
        exemption=proposal.exemption,
        withheld=proposal.withheld,
        voluntary=proposal.voluntary,
        reason=f"Forslaget fulgt: {GROUNDS[proposal.ground][0]}",
    )
