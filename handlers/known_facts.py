"""From an incident's history to what a notice may be filled in from. What nobody told stays empty: nothing is guessed."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from domain.events import DomainEvent
from domain.guide.guide import GUIDES
from domain.guide.question import UNKNOWN
from domain.incident import events as e
from domain.incident.state import Incident
from domain.incident.work import kind_of
from domain.organisation.state import Organisation, Place, Placing
from domain.roles import ROLES, Role
from domain.rsit import RSIT
from domain.submissions.kinds import ReportKind
from domain.submissions.known import Contact, Known, Receipt
from domain.time import show_da
from handlers.known_breach import breach_of
from handlers.known_work import measures_of, services_of, suppliers_of
from handlers.readings import Moment

E = TypeVar("E", bound=DomainEvent)

_NEWEST_GUIDE = tuple(GUIDES.values())[-1]
_CAUSES: Mapping[str, str] = {
    "system_failures": "Systemfejl",
    "natural_phenomena": "Naturfænomen",
    "human_errors": "Menneskelig fejl",
    "malicious_actions": "Ondsindet handling",
    "third_party_failures": "Fejl hos tredjepart",
}


class Guided(NamedTuple):
    """What the question guide was answered, all assessments together: the last answer to each question counts."""

    answers: Mapping[str, str]
    explanations: Mapping[str, str]

    def words(self, question: str) -> str | None:
        """The chosen answer in Danish; None when nobody answered, or answered that they do not know."""
        answer = self.answers.get(question)
        if answer in {None, UNKNOWN}:
            return None
        asked = _NEWEST_GUIDE.by_key.get(question)
        return next((option.danish for option in asked.options if option.key == answer), answer) if asked else answer

    def lines(self, question: str) -> tuple[str, ...]:
        """What was written at a question, line by line."""
        return tuple(line.strip() for line in self.explanations.get(question, "").splitlines() if line.strip())


def known_of(moments: Sequence[Moment], organisation: Organisation) -> Known:
    """All that these moments (at least one) tell, under that organisation."""
    incident, first = moments[-1].after, moments[0].recorded.event
    guided, measures, suppliers = _guided(moments), measures_of(moments), suppliers_of(moments)
    entity = organisation.entities.get(incident.entity)
    breaches = told(moments, e.BreachRegistered)
    external = _is_external(moments, own_work=bool(measures.done or measures.to_come))
    occurred_at = first.meta.occurred_at
    return Known(
        entity=incident.entity,
        reference=incident.reference,
        detected_at=incident.detected_at,
        kind=incident.kind,
        cvr=entity.cvr if entity else None,
        contact=_contact(incident, organisation),
        previous=_previous(moments),
        occurred_at=occurred_at if occurred_at <= incident.detected_at else None,
        aware_at=incident.aware_at,
        handled_at=incident.handled_at,
        title=incident.title,
        description=incident.description,
        place=incident.place,
        severity=incident.severity,
        services=tuple(dict.fromkeys((*incident.services, *services_of(moments)))),
        components=incident.components,
        suppliers=suppliers,
        users_affected=guided.words("q2.users_citizens"),
        significant=incident.significant,
        category=incident.nis2_category,
        **_judged(moments),
        suspected_malicious=_suspicion(moments, "suspected_malicious"),
        cross_border=_suspicion(moments, "cross_border"),
        countries=guided.lines("q2.cross_border"),
        indicators=guided.lines("q2.iocs") or _drafted(moments, "indicators"),
        threat_type=_threat_type(moments, guided),
        root_cause=_root_cause(moments, guided),
        external_cause=external,
        third_party=suppliers[0] if external and len(suppliers) == 1 else None,
        measures_done=measures.done,
        measures_ongoing=measures.to_come or guided.lines("q2.mitigation"),
        uncertainties=guided.lines("q2.uncertainty"),
        assistance=next((one.request for one in reversed(told(moments, e.CsirtHelpRequested)) if one.request), None),
        recipients_informed=_recipients(moments),
        recipients_advice=next((one.advice for one in reversed(told(moments, e.RecipientsNotified)) if one.advice), None),
        breach_suspected=e.YesNoUnknown.YES if breaches else None,
        breach=breach_of(moments, _holder(incident, organisation, Role.DPO)),
        exercise=incident.exercise,
        demo=first.meta.demo is True,
    )


def told(moments: Sequence[Moment], kind: type[E]) -> list[E]:
    """The events of one kind, in their order."""
    return [m.recorded.event for m in moments if isinstance(m.recorded.event, kind)]


def _guided(moments: Sequence[Moment]) -> Guided:
    answers, explanations = dict[str, str](), dict[str, str]()
    for one in told(moments, e.Assessed):
        answers |= one.answers
        explanations |= one.explanations or {}
    return Guided(answers, explanations)


def _judged(moments: Sequence[Moment]) -> dict[str, Any]:
    judgements = [m.recorded.event for m in moments if isinstance(m.recorded.event, e.Assessed | e.SignificanceDeclared)]
    if not judgements:
        return {}
    last = judgements[-1]
    return {"reasons": (last.reason,) if last.reason else (), "decided_at": last.meta.occurred_at}


def _suspicion(moments: Sequence[Moment], field: str) -> e.YesNoUnknown | None:
    """The last that was told. That nobody knows is an answer, but it takes nothing back."""
    found: e.YesNoUnknown | None = None
    for moment in moments:
        event = moment.recorded.event
        value = getattr(event, field, None)
        if isinstance(event, e.SubmissionDrafted):
            value = (event.values or {}).get(field)
        if value in set(e.YesNoUnknown) and (found is None or value != e.YesNoUnknown.UNKNOWN):
            found = e.YesNoUnknown(value)
    return found


def _drafted(moments: Sequence[Moment], field: str) -> tuple[str, ...] | None:
    """What an earlier draft said of a field with one entry a line; None when none did."""
    for one in reversed(told(moments, e.SubmissionDrafted)):
        if text := (one.values or {}).get(field, "").strip():
            return tuple(text.splitlines())
    return None


def _threat_type(moments: Sequence[Moment], guided: Guided) -> str | None:
    classified = told(moments, e.Classified)
    if not classified:
        return guided.words("q2.threat_type")
    name = classified[-1].incident_class
    known = RSIT.get(name.partition(".")[0])
    return known.danish if known else name


def _root_cause(moments: Sequence[Moment], guided: Guided) -> str | None:
    found = told(moments, e.RootCauseFound)
    if found:
        return found[-1].text or _CAUSES[found[-1].cause]
    likely = guided.words("q2.cause")
    return f"Sandsynlig årsag: {likely}" if likely else None


def _is_external(moments: Sequence[Moment], *, own_work: bool) -> bool:
    """Cause and repair lay with others: found so, and nothing was repaired here."""
    if any(one.reason is e.CloseReason.EXTERNAL_CAUSE for one in told(moments, e.Closed)):
        return True
    causes = told(moments, e.RootCauseFound)
    return bool(causes) and not own_work and (causes[-1].third_party or causes[-1].cause == "third_party_failures")


def _recipients(moments: Sequence[Moment]) -> tuple[str, ...]:
    lines = []
    for one in told(moments, e.RecipientsNotified):
        through = f", {', '.join(one.channels)}" if one.channels else ""
        lines.append(f"{one.recipients or 'Modtagerne af tjenesterne'}, {show_da(one.meta.occurred_at)}{through}")
    return tuple(lines)


def _previous(moments: Sequence[Moment]) -> tuple[Receipt, ...]:
    later = {one.submission_number: one.receipt for one in told(moments, e.ReceiptRecorded) if one.receipt}
    return tuple(
        Receipt(ReportKind(kind_of(event)), event.meta.occurred_at, event.receipt or later.get(m.recorded.version))
        for m in moments
        if isinstance(event := m.recorded.event, e.Submission)
    )


def _contact(incident: Incident, organisation: Organisation) -> Contact:
    holder = _holder(incident, organisation, Role.NOTIFIER)
    if holder is None:
        return Contact()
    # Ids are mailboxes or users: only of a mailbox is it known how it is reached.
    return Contact(role=ROLES[Role.NOTIFIER].danish, email=holder if "@" in holder else None)


def _holder(incident: Incident, organisation: Organisation, role: Role) -> str | None:
    """Who has the role in this incident: assigned there, else in the administration, else in the entity."""
    assigned = sorted(incident.work.roles.get(role, ()))
    if assigned:
        return assigned[0]
    places = (Place(incident.entity, incident.administration, role), Place(incident.entity, None, role))
    placing: Placing | None = next((organisation.placings[place] for place in places if place in organisation.placings), None)
    return placing.holder if placing else None
