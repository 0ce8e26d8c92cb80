"""An incident's papers for every surface: the sheet of a notice, the director's brief, the action cards on the wall."""

from collections.abc import Iterable
from datetime import datetime

from adapters.incident.json import duties_after
from adapters.organisation.texts import CONTACTS
from adapters.reports.action_card import ActionCard, CardStep, action_cards_pdf
from adapters.reports.brief import Brief, BriefClock, Decision, brief_pdf, brief_text, clock_state
from adapters.reports.sheet import NOT_SUBMITTED, Sheet, sheet_pdf, sheet_text
from adapters.reports.typesetting import Stamp
from domain.submissions.forms import FORM_BY_ID, FormVersion, form_on
from domain.submissions.kinds import ReportKind
from domain.time import local
from handlers.briefing import briefing
from handlers.desk import Desk
from handlers.dossier import Dossier
from handlers.notices import draft_of, filings_of, written
from handlers.role_cards import Held, RoleCard

__all__ = ["NOT_SUBMITTED", "Brief", "BriefClock", "Sheet", "brief_pdf", "brief_text", "clock_state", "sheet_pdf", "sheet_text"]
"""What surfaces, which know no other folder of adapters, make of the papers below."""


def sheet_of(dossier: Dossier, kind: ReportKind) -> Sheet:
    """The notice as it was filed, if the dossier ends with that; else its last draft; else what the log knows.

    It is stamped with the dossier's position and that event's time: made again, it is the same to the byte.
    """
    filed = next((one for one in filings_of(dossier) if (one.kind, one.position) == (kind, dossier.position)), None)
    draft = draft_of(dossier, kind)
    form = filed.form_version if filed else draft.form_version if draft else None
    values = filed.values if filed else written(dossier, kind)
    return Sheet(
        kind, dossier.incident.reference, values, form_of(dossier, form), stamp_of(dossier, dossier.as_of), dossier.field_order
    )


def form_of(dossier: Dossier, version: str | None) -> FormVersion:
    """That version of the form, or the one in use on the dossier's Danish day."""
    return FORM_BY_ID[version] if version in FORM_BY_ID else form_on(local(dossier.as_of).date())


def brief_of(dossier: Dossier, now: datetime) -> Brief:
    """The director's page. `now` is what the clocks are read at."""
    duties = duties_after(dossier.moments)
    told = briefing(dossier, duties)
    # What is still owed comes first; what is forecast from something that has not happened is no clock yet.
    running = sorted((d for d in duties if not d.deadline.forecast), key=lambda d: (not d.owed, d.deadline.due_at))
    return Brief(
        reference=dossier.incident.reference,
        title=told.title,
        stamp=stamp_of(dossier, now),
        hit=told.hit,
        done=told.done,
        unknown=told.unknown,
        clocks=tuple(BriefClock(d.deadline.name, d.deadline.due_at, d.discharged_at) for d in running),
        decision=Decision(*told.decision) if told.decision else None,
    )


def cards_pdf(cards: Iterable[RoleCard], stamp: Stamp) -> bytes:
    """The action cards to print."""
    return action_cards_pdf([_card(card) for card in cards], stamp)


def cards_stamp(desk: Desk, entity: str, now: datetime) -> Stamp:
    """The stamp of the cards: the point of the log that the organisation is read at."""
    return Stamp(entity, desk.history.head(), now, desk.demo)


def people_da(held: Held) -> str:
    """Who has a role, in one line."""
    where = f"{held.administration}: " if held.administration else ""
    deputies = f" (stedfortrædere: {', '.join(held.deputies)})" if held.deputies else " (ingen stedfortræder)"
    return f"{where}{held.holder}{deputies}"


def stamp_of(dossier: Dossier, as_of: datetime) -> Stamp:
    """The stamp of an incident's paper."""
    return Stamp(dossier.incident.entity, dossier.position, as_of, dossier.known.demo, dossier.known.exercise)


def _card(card: RoleCard) -> ActionCard:
    return ActionCard(
        role=card.role,
        steps=tuple(CardStep(step.danish, step.paragraph, step.needs) for step in card.steps),
        people=tuple(map(people_da, card.held)) or ("Rollen er ikke placeret.",),
        rules=card.rules,
        contacts=tuple(f"{CONTACTS[contact].danish}: {text}" for contact, text in card.contacts),
    )
