from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.incident.events import IncidentKind, Nis2Category, YesNoUnknown
from domain.signals import Severity
from domain.submissions.completeness import completeness
from domain.submissions.fields import fields_of
from domain.submissions.forms import check_values
from domain.submissions.kinds import ReportKind
from domain.submissions.known import Breach, Contact, Known, Receipt
from domain.submissions.prefill import prefill

EARLY, NOTICE, FINAL = ReportKind.EARLY_WARNING, ReportKind.INCIDENT_NOTIFICATION, ReportKind.FINAL_REPORT
SEEN = datetime(2026, 11, 20, 14, 20, tzinfo=UTC)
HANDLED = datetime(2026, 11, 20, 18, 50, tzinfo=UTC)
KNOWN = Known(
    entity="Lærkeborg Kommune",
    reference="H-2026-0042",
    detected_at=SEEN,
    contact=Contact(role="Underretningsansvarlig", on_call="12 34 56 78"),
    title="Omsorgsjournalen svarer ikke",
    description="Filer er krypteret på en server.",
    place="Hele kommunen",
    severity=Severity.CRITICAL,
    services=("Hjemmepleje og medicin",),
    components=("srv-omsorg-01",),
    significant=True,
    category=Nis2Category.HIGH,
    reasons=("Medicinlister kan ikke slås op",),
    suspected_malicious=YesNoUnknown.YES,
    cross_border=YesNoUnknown.UNKNOWN,
)
LITTLE = Known(entity="Lærkeborg Kommune", reference="H-2026-0001", detected_at=SEEN)
OUTSIDE = LITTLE._replace(external_cause=True, third_party="Fælles login")

MOMENTS = st.timedeltas(timedelta(days=-36_500), timedelta(days=36_500)).map(lambda span: SEEN + span)
SOMETIMES = st.none() | MOMENTS
ANY_KNOWN = st.builds(
    Known,
    detected_at=MOMENTS,
    occurred_at=SOMETIMES,
    aware_at=SOMETIMES,
    handled_at=SOMETIMES,
    decided_at=SOMETIMES,
    previous=st.lists(st.builds(Receipt, sent_at=MOMENTS), max_size=2).map(tuple),
    breach=st.builds(Breach, aware_at=SOMETIMES),
)
"""The rest is drawn by its type."""


@given(kind=st.sampled_from(ReportKind), known=ANY_KNOWN)
def test_whatever_is_known_only_fields_of_the_notice_are_filled_and_each_can_be_stored(kind: ReportKind, known: Known) -> None:
    values = prefill(kind, known)

    assert values.keys() <= fields_of(kind).keys()
    assert all(value.strip() for value in values.values())
    check_values(kind, values)


def test_what_the_log_does_not_know_stays_empty() -> None:
    assert prefill(EARLY, LITTLE) == {
        "entity.name": "Lærkeborg Kommune",
        "ref.internal": "H-2026-0001",
        "time.detected": "2026-11-20T15:20:00+01:00",
    }


def test_what_was_registered_and_assessed_is_enough_for_an_early_warning() -> None:
    values = prefill(EARLY, KNOWN)

    assert completeness(EARLY, values).missing == ()
    assert (values["suspected_malicious"], values["cross_border"]) == ("yes", "unknown")
    assert values["summary"] == "Omsorgsjournalen svarer ikke. Filer er krypteret på en server."


def test_what_was_documented_is_enough_for_a_final_report() -> None:
    known = KNOWN._replace(
        handled_at=HANDLED,
        root_cause="En servicekonto havde svag kode",
        measures_done=("Kontoen er spærret", "Serverne er genskabt"),
        measures_ongoing=("Alle servicekonti gennemgås",),
        cross_border=YesNoUnknown.NO,
    )
    values = prefill(FINAL, known)

    assert completeness(FINAL, values).missing == ()
    assert values["root_cause"] == "En servicekonto havde svag kode."
    assert values["mitigation.applied"] == "Kontoen er spærret\nServerne er genskabt"
    assert values["mitigation.ongoing"] == "Alle servicekonti gennemgås"


def test_the_duration_runs_from_the_beginning_if_it_is_known_and_never_backwards() -> None:
    for occurred_at, shown in ((None, "4 t 30 min"), (SEEN - timedelta(hours=2), "6 t 30 min"), (HANDLED, "under 1 min")):
        known = KNOWN._replace(occurred_at=occurred_at, handled_at=HANDLED)
        assert prefill(FINAL, known)["impact.duration"] == shown
    assert "impact.duration" not in prefill(FINAL, KNOWN._replace(handled_at=SEEN - timedelta(minutes=1)))


def test_a_supplier_is_named_once() -> None:
    known = KNOWN._replace(suppliers=("Driftscentret", "Fælles login"), third_party="Fælles login")
    assert prefill(FINAL, known)["affected_suppliers"] == "Driftscentret\nFælles login"


def test_the_effect_is_told_in_sentences() -> None:
    assert prefill(NOTICE, KNOWN)["impact"] == (
        "Berørte ydelser: Hjemmepleje og medicin. Sted: Hele kommunen. Kategori: Høj. Medicinlister kan ikke slås op."
    )
    asked = KNOWN._replace(title="Hvem har slukket?", description="Alt er sort!")
    assert prefill(NOTICE, asked)["summary"] == "Hvem har slukket? Alt er sort!"


@pytest.mark.parametrize(
    ("indicators", "shown"), [(None, None), ((), "Ingen kendte"), (("198.51.100.7", "a.exe"), "198.51.100.7\na.exe")]
)
def test_that_no_indicator_is_known_is_told_only_when_somebody_looked(
    indicators: tuple[str, ...] | None, shown: str | None
) -> None:
    assert prefill(NOTICE, KNOWN._replace(indicators=indicators)).get("indicators") == shown


@pytest.mark.parametrize(
    ("significant", "kind", "reason"),
    [
        (True, IncidentKind.THREAT, "significant"),
        (False, IncidentKind.INCIDENT, "voluntary"),
        (False, IncidentKind.NEAR_MISS, "near_miss"),
        (None, IncidentKind.THREAT, "threat"),
        (None, IncidentKind.INCIDENT, None),
    ],
)
def test_the_reason_for_the_report_follows_the_judgement(
    *, significant: bool | None, kind: IncidentKind, reason: str | None
) -> None:
    known = KNOWN._replace(significant=significant, kind=kind)
    assert prefill(ReportKind.VOLUNTARY_NOTIFICATION, known).get("reporting_reason") == reason


def test_a_cause_outside_leaves_nothing_own_to_evaluate() -> None:
    assert prefill(FINAL, OUTSIDE)["root_cause"] == (
        "Årsagen ligger uden for vores egne systemer (hos Fælles login). "
        "Vi har ingen egen fejl at rette, og der er intet eget forløb at evaluere."
    )


def test_a_repair_outside_is_told_as_running_until_it_is_handled() -> None:
    running, over = (prefill(FINAL, known) for known in (OUTSIDE, OUTSIDE._replace(handled_at=HANDLED)))

    assert running["mitigation.ongoing"] == "Fejlen bliver rettet uden for vores egne systemer (hos Fælles login)."
    assert "mitigation.applied" not in running
    assert over["mitigation.applied"] == "Fejlen blev rettet uden for vores egne systemer (hos Fælles login)."
    assert over["mitigation.ongoing"] == "Ingen"
    assert over["impact.duration"] == "4 t 30 min"


def test_earlier_notices_are_named_with_their_receipts() -> None:
    sent = (Receipt(EARLY, SEEN, "V-1"), Receipt(NOTICE, HANDLED))
    assert prefill(FINAL, KNOWN._replace(previous=sent))["ref.previous"] == (
        "Tidlig varsling, fre. 20. nov. 2026 kl. 15.20, kvittering V-1\n"
        "Hændelsesunderretning, fre. 20. nov. 2026 kl. 19.50, kvittering ikke set"
    )


def test_only_an_incident_that_is_not_significant_is_told_to_be_so() -> None:
    assert "withdrawal.reason" not in prefill(ReportKind.WITHDRAWAL, KNOWN)
    withdrawn = KNOWN._replace(significant=False, decided_at=HANDLED, reasons=("Kun et testmiljø",))
    assert prefill(ReportKind.WITHDRAWAL, withdrawn)["withdrawal.reason"] == "Kun et testmiljø."
    played = withdrawn._replace(exercise=True)
    assert prefill(ReportKind.WITHDRAWAL, played)["withdrawal.reason"] == "ØVELSE. Kun et testmiljø."


@pytest.mark.parametrize(
    ("kind", "key"), [(NOTICE, "summary"), (ReportKind.RECIPIENTS, "recipients.what_happened")], ids=["authority", "recipients"]
)
def test_an_exercise_and_a_demo_say_so_in_the_first_words(kind: ReportKind, key: str) -> None:
    assert prefill(kind, KNOWN._replace(exercise=True))[key].startswith("ØVELSE. Omsorg")
    assert prefill(kind, KNOWN._replace(exercise=True, demo=True))[key].startswith("DEMO. ØVELSE. Omsorg")
