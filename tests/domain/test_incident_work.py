"""What is remembered of the work: measures, tasks, suppliers, services, contingency; and numbers that must exist."""

import pytest

from domain.incident import events as e
from domain.incident.errors import UnknownNumberError
from domain.incident.evolve import replay
from domain.incident.work import Work
from domain.rsit import UnknownClassError
from tests.spec import given
from tests.support.incidents import INCIDENT, assessed, at, aware, closed, early_warning, meta, reported


def work(*events: e.IncidentEvent) -> Work:
    incident = replay(INCIDENT, (reported(), *events))
    assert incident is not None
    return incident.work


MEASURE = e.MeasureTaken(meta=meta(1), state="ongoing", measure="Netværket deles")
TASK = e.TaskPlanned(meta=meta(1), owner="u-9", due_at=at(9), task="Ring")
FOLLOW_UP = e.FollowUpPlanned(meta=meta(1), owner="u-9", due_at=at(900), follow_up="Ny kontrakt")


def test_a_measure_has_the_state_it_was_brought_to() -> None:
    assert work(MEASURE).measures == {2: "ongoing"}
    assert work(MEASURE, e.MeasureUpdated(meta=meta(2), measure_number=2, state="done")).measures == {2: "done"}


def test_tasks_and_follow_ups_are_open_until_they_are_done() -> None:
    then = work(TASK, FOLLOW_UP, e.TaskDone(meta=meta(2), task_number=2))
    assert [then.tasks[2].done, then.follow_ups[3].done] == [True, False]
    assert work(TASK, FOLLOW_UP, e.FollowUpDone(meta=meta(2), follow_up_number=3)).follow_ups[3].done


@pytest.mark.parametrize(
    "proposed",
    [
        e.MeasureUpdated(meta=meta(2), measure_number=3, state="done"),
        e.TaskDone(meta=meta(2), task_number=2),
        e.FollowUpDone(meta=meta(2), follow_up_number=9),
        e.ReceiptRecorded(meta=meta(2), submission_number=2),
    ],
)
def test_a_number_that_is_not_there_is_refused_with_those_that_are(proposed: e.IncidentEvent) -> None:
    given(reported(), MEASURE).when(proposed).then_refused(UnknownNumberError, r"with number \d; there are: (2|none)")


def test_a_supplier_owes_an_answer_until_they_report() -> None:
    asked = e.SupplierEngaged(meta=meta(1), supplier="Leverandøren", answer_by=at(5), request="Find fejlen")
    assert work(asked).suppliers == {"Leverandøren": at(5)}
    assert work(asked, e.SupplierReported(meta=meta(2), supplier="Leverandøren", told="Fundet")).suppliers == {}


def test_a_service_goes_live_untested_only_with_a_deviation() -> None:
    down = e.ServiceDegraded(meta=meta(1), service="Hjemmepleje", degree="down")
    test = e.RestorationTested(meta=meta(2), service="Hjemmepleje", passed=True, result="Ruterne vises")
    up = e.ServiceRestored(meta=meta(3), service="Hjemmepleje")
    failed = test.model_copy(update={"passed": False})
    for tests, deviations in ((), ("not-tested",)), ((test,), ()), ((test, failed), ("not-tested",)), ((failed, test), ()):
        (recorded,) = given(reported(), down, *tests).when(up).decided()
        assert isinstance(recorded, e.ServiceRestored)
        assert recorded.deviations == deviations
    assert work(down).degraded == {"Hjemmepleje": "down"}
    assert work(down, test, up).degraded == {}


def test_contingency_is_active_until_it_ends() -> None:
    begun = e.ContingencyActivated(meta=meta(1), contingency="crisis_staff", reason="Hele huset")
    assert work(begun).contingency == {"crisis_staff"}
    assert work(begun, e.ContingencyDeactivated(meta=meta(2), contingency="crisis_staff")).contingency == frozenset()


def test_a_reminder_is_noted_once_for_its_due_time_and_rung() -> None:
    near = e.DeadlineApproached(meta=meta(20), kind="early_warning", due_at=at(25), rung="4h")
    significant = (reported(), assessed(), aware())
    given(*significant).when(near).then(near)
    given(*significant, near).when(near).then()
    moved = near.model_copy(update={"due_at": at(26)})
    given(*significant, near, aware(2)).when(moved).then(moved)


def test_nobody_is_reminded_of_what_was_done() -> None:
    near = e.DeadlineApproached(meta=meta(20), kind="early_warning", due_at=at(25), rung="4h")
    given(reported(), assessed(), aware(), early_warning(5)).when(near).then()
    first = near.model_copy(update={"kind": "internal_assessment", "due_at": at(4)})
    given(reported(), assessed()).when(first).then()
    given(reported(), closed()).when(first).then()
    given(reported()).when(first).then(first)


def test_a_class_is_one_of_the_taxonomys() -> None:
    there = e.Classified(meta=meta(1), incident_class="intrusions")
    given(reported()).when(there).then(there)
    with pytest.raises(UnknownClassError, match="no RSIT class"):
        given(reported()).when(there.model_copy(update={"incident_class": "hekseri"})).decided()
