"""Papers as JSON objects: a sheet, what was filed beside what was known, the director's brief, the action cards."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from adapters.organisation.texts import CONTACTS
from adapters.reports.brief import Brief
from adapters.reports.sheet import Sheet
from adapters.reports.typesetting import Stamp
from domain.roles import ROLES
from domain.submissions.completeness import completeness
from domain.submissions.fields import FIELD_BY_KEY
from domain.submissions.frozen import Difference
from domain.submissions.kinds import KINDS
from domain.time import rfc3339_utc
from handlers.notices import Compared
from handlers.role_cards import RoleCard


def sheet_object(sheet: Sheet) -> dict[str, Any]:
    """The notice's fields in their order, what the law wants now, and what may wait."""
    lacking = completeness(sheet.kind, sheet.values)
    return {
        **_stamped(sheet.stamp),
        "ref": sheet.reference,
        "kind": sheet.kind.value,
        "name": KINDS[sheet.kind].danish,
        "paragraph": KINDS[sheet.kind].paragraph,
        "form_version": sheet.form.id,
        "values": {field.key: sheet.values.get(field.key, "") for field in sheet.form.fields(sheet.kind, sheet.own_order)},
        "missing": [{"field": one.field.key, "paragraph": one.paragraph} for one in lacking.missing],
        "may_wait": [{"field": one.field.key, "until": one.until} for one in lacking.may_wait],
    }


def submission_object(compared: Compared) -> dict[str, Any]:
    """What was filed, with the differences to what was known then, and to what has come to be known since."""
    filing = compared.filing
    return {
        "kind": filing.kind.value,
        "number": filing.number,
        "position": filing.position,
        "sent_at": rfc3339_utc(filing.sent_at),
        "recorded_at": rfc3339_utc(filing.recorded_at),
        "actor": filing.actor,
        "on_behalf_of": filing.on_behalf_of,
        "channel": filing.channel,
        "channel_reason": filing.channel_reason,
        "late_reason": filing.late_reason,
        "receipt": filing.receipt,
        "form_version": filing.form_version,
        "filed_sha256": filing.filed_sha256,
        "deviations": list(filing.deviations),
        "values": dict(filing.values),
        "differences": _differences(compared.differences),
        "known_since": _differences(compared.known_since),
    }


def brief_object(brief: Brief) -> dict[str, Any]:
    """The director's page, uncut."""
    decision = brief.decision
    return {
        **_stamped(brief.stamp),
        "ref": brief.reference,
        "title": brief.title,
        "decision": {"question": decision.question, "until": _time(decision.until)} if decision else None,
        "hit": list(brief.hit),
        "done": list(brief.done),
        "unknown": list(brief.unknown),
        "deadlines": [
            {"name": clock.name, "due_at": rfc3339_utc(clock.due_at), "discharged_at": _time(clock.done_at)}
            for clock in brief.clocks
        ],
    }


def card_object(card: RoleCard) -> dict[str, Any]:
    """One role's card; its texts are Danish."""
    return {
        "role": card.role.value,
        "name": ROLES[card.role].danish,
        "track": ROLES[card.role].track.value,
        "task": ROLES[card.role].task_da,
        "steps": [step._asdict() for step in card.steps],
        "rules": list(card.rules),
        "held": [held._asdict() for held in card.held],
        "contacts": {contact.value: {"name": CONTACTS[contact].danish, "text": text} for contact, text in card.contacts},
    }


def _stamped(stamp: Stamp) -> Mapping[str, Any]:
    as_of = rfc3339_utc(stamp.as_of)
    return {
        "entity": stamp.entity,
        "position": stamp.position,
        "as_of": as_of,
        "demo": stamp.demo,
        "exercise": stamp.exercise,
    }


def _differences(found: Sequence[Difference]) -> list[dict[str, Any]]:
    return [{"field": one.key, "name": FIELD_BY_KEY[one.key].danish, "filed": one.filed, "known": one.known} for one in found]


def _time(instant: datetime | None) -> str | None:
    return None if instant is None else rfc3339_utc(instant)
