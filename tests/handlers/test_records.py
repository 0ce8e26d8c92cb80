"""Documents of an incident on a real store of either kind: proposals that are followed, marks, and what was filed."""

from collections.abc import AsyncIterator
from functools import partial
from itertools import count
from typing import Any
from uuid import uuid4

import pytest

from adapters.event_store.application import EventStore
from adapters.event_store.committer import GroupCommitter
from domain.errors import ConflictError
from domain.incident import events as e
from domain.incident.errors import RoleNotHeldError
from domain.roles import Role
from handlers.desk import Desk
from handlers.records import Document, accept_proposals, documents_of, unfiled
from handlers.requests import Origin
from tests.support.incidents import REPORTED_AT
from tests.support.stores import Stores

START_US = int(REPORTED_AT.timestamp() * 1_000_000)
ORIGIN = Origin("u-arkiv", "web", "c-1", REPORTED_AT)


@pytest.fixture
def store(stores: Stores) -> EventStore:
    return stores.open(clock=partial(next, count(START_US, 60_000_000)))


@pytest.fixture
async def desk(store: EventStore) -> AsyncIterator[Desk]:
    committer = GroupCommitter(store, lambda: None)
    committer.start()
    yield Desk(committer, store, "laerkeborg", uuid4)
    await committer.stop()


async def told(desk: Desk) -> str:
    """A report, a note, a request to a supplier, a draft."""
    done = await desk.report({"title": "Nede", "severity": "high"}, ORIGIN)
    reference = done.incident.reference
    await desk.take_step(reference, "note", {"text": "Ringet"}, ORIGIN)
    await desk.take_step(reference, "engage-supplier", {"supplier": "Drift A/S", "request": "Find fejlen"}, ORIGIN)
    await desk.take_step(reference, "draft-submission", {"report": "early_warning", "values": {"summary": "Nede"}}, ORIGIN)
    return reference


def documents(desk: Desk, reference: str) -> dict[int, Document]:
    found = documents_of(desk.history.read_stream(desk.find(reference)))
    return {one.number: one for one in found}


async def filed(desk: Desk, reference: str, **fields: Any) -> None:  # noqa: ANN401 - as a form sends them
    await desk.take_step(reference, "journalise", {"system": "esdh", "case_number": "26/1", **fields}, ORIGIN)


async def test_the_proposals_are_followed_in_one_unit_with_who_and_why(desk: Desk) -> None:
    reference = await told(desk)
    done = await accept_proposals(desk, reference, ORIGIN, expected=4)
    assert len(done) == 4
    found = documents(desk, reference)
    assert {number: one.treatment.mark for number, one in found.items()} == {
        1: "internal",
        2: "internal",
        3: "external",
        4: "internal",
    }
    marked = found[2].marked
    assert marked is not None
    assert isinstance(marked.event, e.DocumentMarked)
    assert (marked.event.meta.actor, marked.event.reason) == ("u-arkiv", "Forslaget fulgt: Skrevet til kommunen selv")
    assert await accept_proposals(desk, reference, ORIGIN) == []


async def test_what_was_written_since_it_was_seen_leaves_all_proposals_open(desk: Desk) -> None:
    reference = await told(desk)
    await desk.take_step(reference, "note", {"text": "En mere"}, ORIGIN)
    with pytest.raises(ConflictError, match="at version 5, you saw 4"):
        await accept_proposals(desk, reference, ORIGIN, expected=4)
    assert all(one.marked is None for one in documents(desk, reference).values())


async def test_whoever_may_not_mark_marks_nothing(desk: Desk) -> None:
    reference = await told(desk)
    for role in (Role.DOCUMENTATION_LEAD, Role.NOTIFIER, Role.DECISION_MAKER):
        await desk.take_step(reference, "assign-role", {"assigned_role": role, "holder": "u-1"}, ORIGIN._replace(actor="u-1"))
    with pytest.raises(RoleNotHeldError):
        await accept_proposals(desk, reference, ORIGIN)
    assert all(one.marked is None for one in documents(desk, reference).values())


async def test_the_last_mark_counts(desk: Desk) -> None:
    reference = await told(desk)
    fields = {"document_number": 3, "mark": "external", "exemption": "ofl-30-2", "reason": "Priser"}
    await desk.take_step(reference, "mark-document", fields, ORIGIN)
    (why,) = documents(desk, reference)[3].treatment.left_out_by
    assert why.cited == "OFL § 30, nr. 2"
    await desk.take_step(
        reference, "mark-document", {"document_number": 3, "mark": "external", "reason": "Ingen priser"}, ORIGIN
    )
    assert documents(desk, reference)[3].treatment.left_out_by == ()


async def test_a_draft_is_never_owed_and_a_note_in_words_files_nothing_for_certain(desk: Desk) -> None:
    reference = await told(desk)
    await filed(desk, reference, document="Varslingen")
    assert [one.number for one in unfiled(documents(desk, reference).values())] == [1, 2, 3]
    await filed(desk, reference, document_number=2, record_number="26/1-3")
    assert [one.number for one in unfiled(documents(desk, reference).values())] == [1, 3]
    await filed(desk, reference, case_number="26/2")
    await desk.take_step(reference, "note", {"text": "Efter"}, ORIGIN)
    found = documents(desk, reference)
    assert [one.number for one in unfiled(found.values())] == [max(found)]
    # The whole case's number does not take the place of the document's own.
    assert [(one.filed.case_number, one.filed.record_number) for one in found.values() if one.filed] == [
        ("26/2", None),
        ("26/1", "26/1-3"),
        ("26/2", None),
        ("26/2", None),
    ]
