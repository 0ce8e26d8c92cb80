"""All papers of a pack as files: what stands where, in which form and language."""

from collections.abc import Iterator, Sequence
from functools import partial

from adapters.pack.drawing import Maps, maps_document
from adapters.pack.extract import extract
from adapters.pack.forms import blank_forms
from adapters.pack.survey import Held, file_name, survey
from adapters.pack.tables import tables
from adapters.papers.making import brief_of, brief_pdf
from adapters.reports.document import Document, document_html, document_pdf
from adapters.reports.typesetting import side_by_side
from adapters.words.wording import Language, Words
from domain.errors import SporlogError
from domain.evidence_types import ENDINGS
from handlers.desk import Desk
from handlers.dossier import read_dossier
from handlers.evidence_store import EvidenceStore
from handlers.pack_contents import Contents, Plan

BRIEFS = 20
"""Open incidents that have the director's page in the pack, those that owe something first."""


NAMES: tuple[tuple[Language, str, tuple[str, str, str]], ...] = (
    ("da", "index.html", ("noedpakke", "blanketter", "udtraek-til-beredskab")),
    ("en", "index.en.html", ("emergency-pack", "forms", "extract-for-emergency-services")),
)
"""By language the page, and the papers in print: all that may be read, the forms, and what is handed over."""


def papers(
    contents: Contents, desk: Desk, plans: Sequence[tuple[Held, bytes | None]], maps: Maps
) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each file: Danish first, English second."""
    held = [one for one, _ in plans]
    for one, content in plans:
        if one.file is not None and content is not None:
            yield one.file, content
    printed = dict[str, Document]()
    for language, page, names in NAMES:
        documents = (survey(contents, held, language), blank_forms(contents, language), extract(contents, language))
        printed |= {f"{name}.pdf": document for name, document in zip(names, documents, strict=True)}
        # The extract is handed over by itself: the page is for those who may read all.
        yield page, document_html((documents[0], maps_document(contents, maps, language), documents[1]))
    yield from zip(printed, side_by_side(partial(document_pdf, one) for one in printed.values()), strict=True)
    yield from tables(contents)
    for incident in contents.incidents[:BRIEFS]:
        dossier = read_dossier(desk, incident.reference)
        yield f"haendelser/{incident.reference}.pdf", brief_pdf(brief_of(dossier, contents.as_of))
    yield from maps.files


def read_plans(contents: Contents, store: EvidenceStore) -> list[tuple[Held, bytes | None]]:
    """Each plan with its file's bytes. One that is not to be had is told of in the pack: it keeps no pack from being made."""
    return [_plan(plan, store) for plan in contents.plans]


def _plan(plan: Plan, store: EvidenceStore) -> tuple[Held, bytes | None]:
    if plan.facts.sha256 is None:
        return Held(plan, None, Words("Ingen fil i kataloget", "No file in the catalogue")), None
    try:
        content = b"".join(store.read(plan.id, plan.facts.sha256))
    except SporlogError:
        return Held(plan, None, Words("FILEN MANGLER i Sporlog", "THE FILE IS MISSING in Sporlog")), None
    name = f"planer/{file_name(plan.name)}-{plan.facts.sha256[:8]}{_ending(plan.facts.media_type)}"
    return Held(plan, name, None), content


def _ending(media_type: str | None) -> str:
    return next((f".{ending}" for ending, named in ENDINGS.items() if named == media_type), "")
