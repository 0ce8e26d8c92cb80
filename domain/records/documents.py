"""Which events of an incident are documents, and how each kind is proposed to be marked. A person decides.

Offentlighedsloven § 15: what is received or sent is filed, and internal documents once they are final. A document is called by
the number of its event in the incident.
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from domain.events import DomainEvent
from domain.incident import events as e
from domain.records.exemptions import Exemption
from domain.records.network_details import has_network_details
from domain.submissions.fields import FIELD_BY_KEY
from domain.submissions.kinds import KINDS, ReportKind

Direction = Literal["incoming", "outgoing", "internal"]
Ground = Literal["internal", "voluntary", "network", "indicators", "personal", "open"]
"""Why a mark is proposed."""


class Proposal(NamedTuple):
    """A mark to decide on. With `withheld` fields only those are exempt, else the whole document is."""

    mark: e.DocumentMark
    ground: Ground
    exemption: Exemption | None = None
    withheld: tuple[str, ...] = ()
    voluntary: bool = False


class DocumentKind(NamedTuple):
    """What a document is called, which way it went, and how it is proposed to be marked."""

    danish: str
    english: str
    direction: Direction
    proposal: Proposal
    final: bool = True
    """A draft is not: nobody files it."""


GROUNDS: Mapping[Ground, tuple[str, str]] = {
    "internal": ("Skrevet til kommunen selv", "Written for the municipality itself"),
    "voluntary": (
        "Frivillige underretninger er undtaget fra aktindsigt (NIS 2-loven § 14, stk. 3)",
        "Voluntary notifications are exempt from access (NIS 2-loven § 14, stk. 3)",
    ),
    "network": ("Viser, hvordan netværket er bygget", "Shows how the network is built"),
    "indicators": ("Kan vise spor efter en gerningsmand", "May show traces of a perpetrator"),
    "personal": ("Handler om personers private forhold", "Is about private matters of persons"),
    "open": (
        "Modtaget eller sendt, og intet taler for at undtage det",
        "Received or sent, and nothing speaks for exempting it",
    ),
}
"""Each ground in Danish and English."""
OPEN = Proposal("external", "open")
INTERNAL = Proposal("internal", "internal")
_EVIDENCE = Proposal("internal", "network", Exemption.SPECIAL_INTERESTS)
_NETWORK = Proposal("external", "network", Exemption.SPECIAL_INTERESTS, ("told",))
_INDICATORS = Proposal("external", "indicators", Exemption.LAW_ENFORCEMENT, ("reply",))
_PEOPLE = Proposal("internal", "personal", Exemption.PRIVATE_LIFE)
NOTICE = Proposal("external", "network", Exemption.SPECIAL_INTERESTS, ("indicators", "affected_systems"))
_VOLUNTARY = Proposal("external", "voluntary", voluntary=True)


def _notice(kind: ReportKind, proposal: Proposal = NOTICE) -> DocumentKind:
    return DocumentKind(KINDS[kind].danish, KINDS[kind].english, "outgoing", proposal)


DOCUMENTS: Mapping[type[DomainEvent], DocumentKind] = {
    e.Reported: DocumentKind("Registrering af hændelsen", "Registration of the incident", "internal", INTERNAL),
    e.NoteAdded: DocumentKind("Notat", "Note", "internal", INTERNAL),
    e.EvidenceAttached: DocumentKind("Bevis", "Evidence", "internal", _EVIDENCE),
    e.Assessed: DocumentKind("Vurdering af væsentlighed", "Assessment of significance", "internal", INTERNAL),
    e.SupplierEngaged: DocumentKind("Henvendelse til leverandør", "Request to a supplier", "outgoing", OPEN),
    e.SupplierReported: DocumentKind("Melding fra leverandør", "Report of a supplier", "incoming", _NETWORK),
    e.SubmissionDrafted: DocumentKind("Udkast til underretning", "Draft of a notice", "internal", INTERNAL, final=False),
    e.EarlyWarningSent: _notice(ReportKind.EARLY_WARNING),
    e.IncidentNotificationSent: _notice(ReportKind.INCIDENT_NOTIFICATION),
    e.InterimReportSent: _notice(ReportKind.INTERIM_REPORT),
    e.StatusReportSent: _notice(ReportKind.STATUS_REPORT),
    e.FinalReportSent: _notice(ReportKind.FINAL_REPORT),
    e.VoluntaryNotificationSent: _notice(ReportKind.VOLUNTARY_NOTIFICATION, _VOLUNTARY),
    e.WithdrawalSent: _notice(ReportKind.WITHDRAWAL),
    e.ReceiptRecorded: DocumentKind("Kvittering", "Receipt", "incoming", OPEN),
    e.InterimReportRequested: DocumentKind("Anmodning fra CSIRT'en", "Request of the CSIRT", "incoming", OPEN),
    e.CsirtHelpRequested: DocumentKind("Anmodning til CSIRT'en", "Request to the CSIRT", "outgoing", OPEN),
    e.CsirtReplied: DocumentKind("Svar fra CSIRT'en", "Reply of the CSIRT", "incoming", _INDICATORS),
    e.RecipientsNotified: _notice(ReportKind.RECIPIENTS, OPEN),
    e.PublicHearing: DocumentKind("Høring om at orientere offentligheden", "Hearing on telling the public", "incoming", OPEN),
    e.BreachRegistered: DocumentKind("Registrering af brud", "Registration of a breach", "internal", _PEOPLE),
    e.DpoAdvised: DocumentKind("Råd fra databeskyttelsesrådgiveren", "Advice of the DPO", "internal", INTERNAL),
    e.DataProtectionAuthorityNotified: _notice(ReportKind.GDPR_NOTIFICATION),
    e.DataSubjectsNotified: _notice(ReportKind.DATA_SUBJECTS, OPEN),
    e.RootCauseFound: DocumentKind("Årsagsanalyse", "Root cause analysis", "internal", _EVIDENCE),
    e.LessonRecorded: DocumentKind("Læring", "Lesson", "internal", INTERNAL),
    e.ReviewHeld: DocumentKind("Referat af gennemgang", "Minutes of a review", "internal", INTERNAL),
}


def kind_of_document(event: DomainEvent) -> DocumentKind | None:
    """The kind, with the direction that this one went; None for what is no document."""
    kind = DOCUMENTS.get(type(event))
    if kind is not None and isinstance(event, e.PublicHearing) and event.stage == "answered":
        return kind._replace(direction="outgoing")
    return kind


def texts_of(event: DomainEvent) -> dict[str, str]:
    """The document's own texts by field, those of a notice by the field of its form; nothing of what was erased."""
    texts = dict[str, str]()
    for name in sorted(event.CONFIDENTIAL_FIELDS):
        match getattr(event, name):
            case str() as text if text:
                texts[name] = text
            case Mapping() as several:
                texts |= {str(key): str(text) for key, text in several.items() if text}
            case _:
                pass
    return texts


def proposed(event: DomainEvent) -> Proposal:
    """How to mark this document: its kind's proposal, for the fields that it has and those that show the network."""
    proposal, texts = DOCUMENTS[type(event)].proposal, texts_of(event)
    if proposal.mark == "internal" or proposal.voluntary:
        return proposal
    found = [name for name, text in texts.items() if name in proposal.withheld or has_network_details(text)]
    if not found:
        return OPEN
    exemption = proposal.exemption or Exemption.SPECIAL_INTERESTS
    ground: Ground = "network" if proposal is OPEN else proposal.ground
    return Proposal("external", ground, exemption, tuple(found))


def can_withhold(event: type[DomainEvent], field: str) -> bool:
    """Whether documents of this kind can have such a field: a name that is misspelt would keep nothing back.

    The fields of a notice are named one by one: `values` is all of them, and then the whole document is exempt.
    """
    if field in event.model_fields:
        return field not in {"meta", "sealed", "values"}
    return "values" in event.model_fields and field in FIELD_BY_KEY


def is_voluntary(event: type[DomainEvent]) -> bool:
    """Whether § 14, stk. 3 exempts it from access unless a person says otherwise."""
    kind = DOCUMENTS.get(event)
    return kind is not None and kind.proposal.voluntary
