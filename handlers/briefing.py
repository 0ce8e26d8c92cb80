"""What the director is told: what is hit, what has been done, what nobody knows yet, and what must be decided. Plain Danish."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from domain.deadline_rules import DeadlineKind
from domain.deadlines import Duty
from domain.incident.events import Nis2Category, YesNoUnknown
from domain.incident.state import Incident, Status
from domain.submissions.kinds import KINDS, ReportKind
from domain.time import show_da
from handlers.dossier import Dossier
from handlers.known_work import measures_of

_DEGREES = {"degraded": "virker dårligt", "down": "er nede"}


class Asked(NamedTuple):
    """A decision that waits, and until when it is of use."""

    question: str
    until: datetime | None = None


class Briefing(NamedTuple):
    """Sentences, most important first."""

    title: str
    hit: tuple[str, ...]
    done: tuple[str, ...]
    unknown: tuple[str, ...]
    decision: Asked | None


def briefing(dossier: Dossier, duties: Sequence[Duty]) -> Briefing:
    """Made of the dossier, and of its clocks as they stand."""
    return Briefing(
        title=dossier.known.title or dossier.incident.reference,
        hit=tuple(_hit(dossier)),
        done=tuple(_done(dossier)),
        unknown=tuple(_unknown(dossier)),
        decision=next(_decisions(dossier.incident, duties), None),
    )


def _hit(dossier: Dossier) -> Iterator[str]:
    known, degraded = dossier.known, dossier.incident.work.degraded
    yield from (f"{service} {_DEGREES[degree]}" for service, degree in degraded.items())
    yield from (service for service in known.services if service not in degraded)
    if known.users_affected:
        yield f"Antal berørte: {known.users_affected}"
    if known.place:
        yield f"Sted: {known.place}"
    if known.components:
        yield f"Systemer: {', '.join(known.components)}"
    if known.breach_suspected is YesNoUnknown.YES:
        yield f"Personoplysninger: {known.breach.nature or 'der er registreret et brud på persondatasikkerheden'}"


def _done(dossier: Dossier) -> Iterator[str]:
    known, measures = dossier.known, measures_of(dossier.moments)
    if known.handled_at:
        yield f"Hændelsen blev håndteret {show_da(known.handled_at)}"
    # The newest first: the page has room for a few.
    yield from reversed(measures.done)
    yield from (f"I gang: {one}" for one in reversed(measures.ongoing))
    yield from (f"{KINDS[one.kind].danish} er sendt {show_da(one.sent_at)}" for one in known.previous)
    yield from (f"Underrettet: {one}" for one in known.recipients_informed)
    if known.suppliers:
        yield f"Leverandører på sagen: {', '.join(known.suppliers)}"
    yield from (f"Planlagt: {one}" for one in measures.planned)


def _unknown(dossier: Dossier) -> Iterator[str]:
    known, incident = dossier.known, dossier.incident
    if incident.significant is None and incident.status is not Status.CLOSED:
        yield "Om hændelsen er væsentlig: den er ikke vurderet endnu"
    if known.suspected_malicious in {None, YesNoUnknown.UNKNOWN}:
        yield "Om nogen står bag med vilje"
    if known.cross_border in {None, YesNoUnknown.UNKNOWN}:
        yield "Om andre lande kan blive ramt"
    if known.root_cause is None and not known.external_cause:
        yield "Hvad der er årsagen"
    yield from known.uncertainties
    yield from (f"Svar fra {supplier}" for supplier in incident.work.suppliers)


def _decisions(incident: Incident, duties: Sequence[Duty]) -> Iterator[Asked]:
    """What waits for the director, the most pressing first."""
    due = {duty.deadline.kind.value: duty.deadline.due_at for duty in duties if duty.discharged_at is None}
    if incident.status is Status.CLOSED:
        return
    if incident.significant is None:
        yield Asked("Er hændelsen væsentlig, så den skal underrettes?", due.get(DeadlineKind.INTERNAL_ASSESSMENT))
    if incident.significant and not incident.approved:
        yield Asked("Kan vurderingen af, at hændelsen er væsentlig, godkendes?", due.get(DeadlineKind.EARLY_WARNING))
    for kind, draft in incident.work.drafts.items():
        if not draft.approved and kind not in incident.sent:
            yield Asked(f"Kan udkastet godkendes: {KINDS[ReportKind(kind)].danish}?", due.get(kind))
    if incident.awaiting:
        yield Asked("Kan det, der blev gjort alene eller i nød, godkendes bagefter?", min(incident.awaiting.values()))
    if incident.nis2_category is Nis2Category.HIGH and not incident.handled_at and not incident.work.contingency:
        yield Asked("Skal beredskabsplanen sættes i kraft eller krisestaben indkaldes?")
