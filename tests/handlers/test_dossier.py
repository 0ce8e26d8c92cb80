"""What an incident's history tells a notice: all that was said, nothing that was not."""

import pytest

from domain.events import DomainEvent
from domain.incident import events as e
from domain.organisation.state import Organisation
from domain.roles import Role
from domain.submissions.kinds import ReportKind
from domain.submissions.known import Contact, Receipt
from handlers.dossier import Dossier, make_dossier
from tests.support.incidents import assessed, at, drafted, early_warning, meta, mitigated, reported
from tests.support.moments import moments
from tests.support.organisations import organisation, placed, registered

YES, NO, UNKNOWN = e.YesNoUnknown


def dossier(*events: DomainEvent, under: Organisation | None = None) -> Dossier:
    return make_dossier(moments(reported(services=("Sager",)), *events), under or Organisation())


def test_a_report_alone_tells_what_was_reported_and_nothing_more() -> None:
    known = dossier().known
    assert (known.title, known.services, known.components) == ("Sagssystemet svarer ikke", ("Sager",), ("db-1",))
    assert (known.occurred_at, known.detected_at) == (at(0), at(0))
    nothing = (
        known.significant,
        known.suspected_malicious,
        known.indicators,
        known.root_cause,
        known.breach_suspected,
        known.cvr,
    )
    assert nothing == (None,) * 6
    assert [*known.measures_done, *known.measures_ongoing, *known.suppliers, *known.previous] == []


def test_measures_are_told_by_how_far_they_came() -> None:
    known = dossier(
        e.MeasureTaken(meta=meta(1), measure="Server slukket", state="ongoing"),
        e.MeasureTaken(meta=meta(1), measure="Nye adgange", state="planned"),
        e.MeasureTaken(meta=meta(1), measure="Ringe rundt", state="ongoing"),
        e.MeasureUpdated(meta=meta(2), measure_number=2, state="done"),
        e.MeasureUpdated(meta=meta(2), measure_number=4, state="dropped"),
        e.EmergencyActionTaken(meta=meta(2), action="Netværk lukket"),
        e.ContingencyActivated(meta=meta(2), contingency="fallback_operation", reason="x"),
    ).known
    assert known.measures_done == ("Server slukket", "Netværk lukket")
    assert known.measures_ongoing == ("Nøddrift er sat i gang", "Nye adgange (planlagt)")


def test_the_guides_words_and_earlier_drafts_are_used() -> None:
    guided = assessed(
        answers={"q2.threat_type": "malicious-code", "q2.users_citizens": "400"},
        explanations={"q2.iocs": "198.51.100.7\n\n a.exe ", "q2.uncertainty": "Om data er ude", "q2.cross_border": "Tyskland"},
    )
    known = dossier(guided).known
    assert known.indicators == ("198.51.100.7", "a.exe")
    assert (known.threat_type, known.users_affected, known.countries) == ("Ondsindet kode", "400", ("Tyskland",))
    assert known.uncertainties == ("Om data er ude",)
    classified = e.Classified(meta=meta(), incident_class="availability.outage")
    assert dossier(guided, classified).known.threat_type == "Tilgængelighed"
    assert dossier(drafted("early_warning", values={"indicators": "b.exe"})).known.indicators == ("b.exe",)


def test_that_nobody_knows_takes_nothing_back() -> None:
    told = [
        e.SignificanceDeclared(meta=meta(1), suspected_malicious=YES),
        early_warning(suspected_malicious=UNKNOWN, cross_border=UNKNOWN),
    ]
    known = dossier(*told).known
    assert (known.suspected_malicious, known.cross_border) == (YES, UNKNOWN)
    assert dossier(*told, early_warning(6, suspected_malicious=NO, cross_border=NO)).known.suspected_malicious is NO


@pytest.mark.parametrize(
    ("events", "external"),
    [
        ([e.RootCauseFound(meta=meta(), cause="third_party_failures")], True),
        ([e.RootCauseFound(meta=meta(), cause="system_failures", third_party=True)], True),
        ([e.RootCauseFound(meta=meta(), cause="human_errors")], False),
        ([e.RootCauseFound(meta=meta(), cause="third_party_failures"), e.MeasureTaken(meta=meta(), measure="Filter")], False),
        ([e.Closed(meta=meta(), reason=e.CloseReason.EXTERNAL_CAUSE)], True),
    ],
)
def test_cause_and_repair_lie_with_others_only_when_nothing_was_repaired_here(
    events: list[DomainEvent],
    external: bool,  # noqa: FBT001 - a parametrised value
) -> None:
    known = dossier(e.SupplierEngaged(meta=meta(), supplier="Fælles login", request="Ret"), *events).known
    assert known.external_cause is external
    assert known.third_party == ("Fælles login" if external else None)


def test_a_breach_grows_with_every_registration() -> None:
    known = dossier(
        e.BreachRegistered(meta=meta(1), breach_aware_at=at(1), risk="possible", data_types=("health", "egen"), nature="Set"),
        e.BreachRegistered(meta=meta(2), breach_aware_at=at(1), risk="high", data_subjects=400),
        e.DataSubjectsNotified(meta=meta(3)),
        under=organisation(registered(), placed(Role.DPO, "dpo@laerkeborg.example")),
    ).known
    breach = known.breach
    assert (breach.nature, breach.subject_count, breach.subjects_informed) == ("Set", "400", YES)
    assert breach.record_categories == ("Helbredsoplysninger", "egen")
    assert breach.contact == "Databeskyttelsesrådgiver: dpo@laerkeborg.example"
    assert (known.breach_suspected, known.cvr) == (YES, "12345674")


def test_the_contact_is_the_mailbox_that_has_the_role_in_the_incident() -> None:
    under = organisation(registered(), placed(Role.NOTIFIER, "nis2@laerkeborg.example"))
    assert dossier(under=under).known.contact == Contact(role="Underretningsansvarlig", email="nis2@laerkeborg.example")
    assigned = e.RoleAssigned(meta=meta(), assigned_role=Role.NOTIFIER, holder="u-9")
    assert dossier(assigned, under=under).known.contact == Contact(role="Underretningsansvarlig")
    assert dossier().known.contact == Contact()


def test_earlier_notices_are_told_with_receipts_that_came_later() -> None:
    known = dossier(early_warning(5), e.ReceiptRecorded(meta=meta(6), submission_number=2, receipt="K-1")).known
    assert known.previous == (Receipt(ReportKind.EARLY_WARNING, at(5), "K-1"),)


def test_an_earlier_position_knows_nothing_of_what_came_later() -> None:
    whole = dossier(assessed(), mitigated())
    assert whole.until(1) == dossier()
    assert (whole.until(2).known.significant, whole.until(2).known.handled_at) == (True, None)
    assert whole.known.handled_at == at(30)
    assert (whole.position, whole.until(2).position) == (3, 2)


def test_the_exercise_and_the_demo_are_told() -> None:
    known = make_dossier(moments(reported(exercise=True, meta=meta(demo=True))), Organisation()).known
    assert (known.exercise, known.demo) == (True, True)
