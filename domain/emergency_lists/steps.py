"""Deciding: from the lists as they stand and what somebody wants recorded to the events that are, or a named refusal."""

from typing import assert_never

from domain.emergency_lists import events as e
from domain.emergency_lists.state import EmergencyLists
from domain.errors import InvalidInputError
from domain.incident.errors import ReasonMissingError
from domain.time import local


def decide(known: EmergencyLists, proposed: e.EmergencyListEvent) -> tuple[e.EmergencyListEvent, ...]:
    """The events to record: the proposed one, or none when it is on record already.

    Raises `UnknownListError`, `ReasonMissingError`, `InvalidInputError`; nothing is changed then.
    """
    match proposed:
        case e.ListDeclared():
            return _declared(known, proposed)
        case e.ListChanged():
            return _changed(known, proposed)
        case e.ListWithdrawn():
            known.get(proposed.list_name)
            _check_reason(proposed.reason)
            return (proposed,)
        case e.ListChecked():
            return _checked(known, proposed)
        case e.ListReleased():
            known.get(proposed.list_name)
            if not proposed.to:
                msg = "to: say who is given the list"
                raise InvalidInputError(msg)
            _check_reason(proposed.reason)
            return (proposed,)
        case _:
            assert_never(proposed)


def _declared(known: EmergencyLists, proposed: e.ListDeclared) -> tuple[e.EmergencyListEvent, ...]:
    _check_folder(proposed.folder)
    if known.find(proposed.list_name) is None:
        return (proposed,)
    # Declared once more, the list is the one that was declared before: its looks and releases stay its own.
    told = {name: getattr(proposed, name) for name in ("meta", "list_name", "expected", "folder", "reason")}
    return _changed(known, e.ListChanged(**told))


def _changed(known: EmergencyLists, proposed: e.ListChanged) -> tuple[e.EmergencyListEvent, ...]:
    before = known.get(proposed.list_name)
    if (before.name, before.expected, before.folder) == (proposed.list_name, proposed.expected, proposed.folder):
        return ()
    _check_folder(proposed.folder)
    _check_reason(proposed.reason)
    return (proposed,)


def _checked(known: EmergencyLists, proposed: e.ListChecked) -> tuple[e.EmergencyListEvent, ...]:
    one = known.find(proposed.list_name)
    if one is None:
        # Withdrawn between the look and the write: then nobody expects anything.
        return ()
    last, now = one.checked, proposed.meta.occurred_at
    if last is None or last.problems != proposed.problems:
        return (proposed.model_copy(update={"since": now}),)
    told = (proposed.sha256, proposed.trouble, proposed.access_checked)
    is_new = told != (last.sha256, last.trouble, last.access_checked)
    if is_new or local(last.meta.occurred_at).date() != local(now).date():
        return (proposed.model_copy(update={"since": e.began(last)}),)
    return ()


def _check_folder(folder: str | None) -> None:
    if not folder:
        msg = "folder: say where the list is written, as this machine calls the folder"
        raise InvalidInputError(msg)


def _check_reason(reason: str | None) -> None:
    if not reason:
        msg = "reason: say why; the municipality must be able to account for it"
        raise ReasonMissingError(msg)
