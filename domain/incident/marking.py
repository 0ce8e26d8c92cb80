"""How a document is marked, and when an extract of the records may be called final."""

from domain.incident import errors as err
from domain.incident import events as e
from domain.incident.permissions import holds, role_of
from domain.incident.state import Incident
from domain.policy import Authority
from domain.records.documents import can_withhold, is_voluntary
from domain.roles import ROLES, Role

APPROVING = (Role.DOCUMENTATION_LEAD, Role.NOTIFIER, Role.DECISION_MAKER)
"""Who may give records out."""


def mark(incident: Incident, marked: e.DocumentMarked) -> e.DocumentMarked:
    """With § 14, stk. 3 filled in where nobody said.

    Raises `UnknownNumberError`, `ExemptionMissingError`, `UnknownFieldError`.
    """
    document = incident.work.documents.get(marked.document_number)
    if document is None:
        there = ", ".join(map(str, sorted(incident.work.documents)))
        msg = f"{incident.reference} has no document with number {marked.document_number}; there are: {there}"
        raise err.UnknownNumberError(msg)
    if marked.withheld and marked.exemption is None:
        msg = f"mark-document: the fields {', '.join(marked.withheld)} are withheld without a paragraph: name the exemption"
        raise err.ExemptionMissingError(msg)
    if unknown := [name for name in marked.withheld if not can_withhold(document.event, name)]:
        names = ", ".join(unknown)
        msg = f"document {marked.document_number} of {incident.reference} has no field {names}: nothing would be withheld"
        raise err.UnknownFieldError(msg)
    if marked.voluntary is None:
        return marked.model_copy(update={"voluntary": is_voluntary(document.event)})
    return marked


def check_extract(incident: Incident, extracted: e.RecordsExtracted, authority: Authority) -> None:
    """Raises `RoleNotHeldError`, `RoleNotPermittedError`, `UndecidedDocumentsError`."""
    stated = role_of(extracted.meta)
    if stated is not None and stated not in APPROVING:
        msg = f"giving records out is for {_names()}: you act as {ROLES[stated].danish}"
        raise err.RoleNotPermittedError(msg)
    if not any(holds(incident, role, extracted.meta.actor, authority) for role in ((stated,) if stated else APPROVING)):
        msg = f"giving records out is for {_names()}: {extracted.meta.actor} holds none of these roles"
        raise err.RoleNotHeldError(msg)
    known = (number for number, one in incident.work.documents.items() if number <= extracted.upto and not one.decided)
    if undecided := sorted(known):
        numbers = ", ".join(map(str, undecided))
        msg = f"{incident.reference}: nobody has decided on the documents {numbers}: mark each, or accept what is proposed"
        raise err.UndecidedDocumentsError(msg)


def _names() -> str:
    return ", ".join(ROLES[role].danish for role in APPROVING)
