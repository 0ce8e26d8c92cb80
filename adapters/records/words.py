"""What papers and metadata tell of a document: theme, date, parties, why it is exempt, and its texts. Danish."""

from collections.abc import Iterator
from typing import Any

from adapters.incident.event_facts import Fact, facts
from adapters.incident.timeline import shown_plain
from adapters.organisation.texts import CONTACTS
from adapters.words.value_labels import VALUES
from domain.incident import events as e
from domain.incident.work import KIND_OF_EVENT
from domain.organisation.events import Contact
from domain.records.exemptions import EXEMPTIONS, ExemptionText
from domain.submissions.fields import FIELD_BY_KEY
from domain.submissions.forms import show_value_da
from domain.submissions.kinds import KINDS, ReportKind
from domain.time import local
from handlers.dossier import Dossier
from handlers.history import History
from handlers.records import Document

_TO_PEOPLE: dict[type[Any], ReportKind] = {
    e.RecipientsNotified: ReportKind.RECIPIENTS,
    e.DataSubjectsNotified: ReportKind.DATA_SUBJECTS,
}
_OF_THE_LOG = frozenset(
    {
        *("late_reason", "channel_reason", "approve_by", "filed_sha256", "form_version", "follows", "receipt_sha256"),
        *("submission_channel", "recipients"),
    }
)
"""What the log tells of a letter and the letter itself does not: whoever is given the letter is not given these."""
_CSIRTS = (e.CsirtHelpRequested, e.CsirtReplied, e.InterimReportRequested, e.VoluntaryNotificationSent)


def slug_of(document: Document) -> str:
    """A name for its file, such as `early_warning` or `supplier-reported`."""
    event = type(document.recorded.event)
    return KIND_OF_EVENT.get(event) or document.recorded.topic.split(".")[1]


def theme_of(document: Document, dossier: Dossier) -> str:
    """A short theme (§ 15) that tells nothing of what the document says."""
    event, kind = document.recorded.event, document.kind.danish
    if isinstance(event, e.SubmissionDrafted):
        kind = f"{kind}: {KINDS[event.report].danish}"
    return f"{kind}, {dossier.known.reference}"


def date_of_document(document: Document) -> str:
    """The Danish day on which it was sent, received or written, ISO 8601."""
    return local(document.recorded.event.meta.occurred_at).date().isoformat()


def parties_of(document: Document, dossier: Dossier) -> list[str]:
    """From whom, then to whom. Internal documents have one party. Who may not be named is not."""
    entity, other = dossier.known.entity, _other_party(document, dossier)
    if other is None:
        return [entity]
    return [other, entity] if document.kind.direction == "incoming" else [entity, other]


def cited(texts: tuple[ExemptionText, ...]) -> str:
    """`undtaget, OFL § 23 (internt dokument)`."""
    return "undtaget, " + ", ".join(f"{one.cited} ({one.danish})" for one in texts)


def given_facts(document: Document, history: History) -> Iterator[Fact]:
    """What the document says, without what is withheld of it: that is named with its paragraph and nothing else."""
    treatment = document.treatment
    why = cited((EXEMPTIONS[treatment.exemption],)) if treatment.exemption else ""
    for fact in all_facts(document, history):
        if fact.name in _OF_THE_LOG and document.kind.direction != "internal":
            continue
        yield fact._replace(lines=(why,)) if fact.name in treatment.withheld else fact


def all_facts(document: Document, history: History) -> Iterator[Fact]:
    """All that the document says; each field of a notice for itself."""
    for fact in facts(document.recorded.event, "da", shown=shown_plain, payload=history.payload):
        if fact.name != "values":
            yield fact
            continue
        for key, text in (getattr(document.recorded.event, "values", None) or {}).items():
            field = FIELD_BY_KEY.get(key)
            label, shown = (field.danish, show_value_da(field, text)) if field else (key, text)
            if shown.strip():
                yield Fact(label, (shown,), key)


def direction_da(document: Document) -> str:
    """Indgående, udgående or intern."""
    return VALUES["direction"][document.kind.direction].da.lower()


def _other_party(document: Document, dossier: Dossier) -> str | None:
    event, treatment = document.recorded.event, document.treatment
    if document.kind.direction == "internal":
        return None
    if isinstance(event, e.SupplierEngaged | e.SupplierReported):
        # Who it was may be what is exempt.
        return "en leverandør" if treatment.left_out_by or "supplier" in treatment.withheld else event.supplier
    if type(event) in _CSIRTS:
        return "CSIRT'en"
    if type(event) in _TO_PEOPLE:
        return KINDS[_TO_PEOPLE[type(event)]].to_da
    if isinstance(event, e.DataProtectionAuthorityNotified):
        return CONTACTS[Contact.DATA_PROTECTION_AUTHORITY].danish
    entity = dossier.organisation.entities.get(dossier.known.entity)
    return entity.authority if entity else "myndigheden"
