from domain.events import DomainEvent
from domain.incident import events as e
from domain.organisation.state import Organisation
from domain.submissions.kinds import ReportKind
from handlers.dossier import Dossier, make_dossier
from handlers.notices import compared, filings_of, from_log, written
from tests.support.incidents import drafted, early_warning, meta, notified, reported
from tests.support.moments import moments

EARLY, NOTICE = ReportKind.EARLY_WARNING, ReportKind.INCIDENT_NOTIFICATION


def dossier(*events: DomainEvent) -> Dossier:
    return make_dossier(moments(reported(), *events), Organisation())


def test_without_a_draft_a_notice_is_what_the_log_knows() -> None:
    assert written(dossier(), EARLY) == from_log(dossier(), EARLY)
    assert written(dossier(), EARLY)["summary"] == "Sagssystemet svarer ikke."


def test_the_last_draft_is_the_notice() -> None:
    told = dossier(drafted("early_warning", values={"summary": "Et"}), drafted("early_warning", values={"summary": "To"}))
    assert written(told, EARLY) == {"summary": "To"}


def test_an_earlier_notices_words_are_taken_over_until_the_log_knows_better() -> None:
    values = {"summary": "Skrevet med omhu", "impact.area": "Vest", "contact.phone": "12 34 56 78", "police_reported": "yes"}
    moved = e.Corrected(meta=meta(5), field="place", old=None, new="Rådhuset", reason="x")
    told = dossier(drafted("early_warning", values=values), moved)
    begun = from_log(told, NOTICE)
    assert (begun["contact.phone"], begun["police_reported"]) == ("12 34 56 78", "yes")
    assert (begun["summary"], begun["impact.area"]) == ("Skrevet med omhu", "Rådhuset")
    assert "police_reported" not in from_log(told, ReportKind.RECIPIENTS)


def test_what_was_filed_is_compared_with_what_was_known_before_it() -> None:
    told = dossier(early_warning(values={"summary": "Sagssystemet svarer ikke.", "severity": "critical"}))
    (filing,) = filings_of(told)
    found = {one.key: (one.filed, one.known) for one in compared(told, filing).differences}
    assert found["severity"] == ("critical", "high")
    assert found["ref.internal"] == (None, "H-2026-0042")
    assert "summary" not in found
    assert "ref.previous" not in found


def test_a_combined_notice_was_not_known_to_be_the_early_warning_before_it() -> None:
    told = dossier(early_warning(5), notified(5, combined=True, values={}))
    _, filing = filings_of(told)
    assert "ref.previous" not in {one.key for one in compared(told, filing).differences}


def test_what_the_log_has_learnt_since_is_told_apart() -> None:
    corrected = e.Corrected(meta=meta(6), field="title", old="Sagssystemet svarer ikke", new="Netværket er nede", reason="x")
    told = dossier(early_warning(values={"summary": "Sagssystemet svarer ikke."}), corrected)
    (filing,) = filings_of(told)
    found = compared(told, filing)
    assert "summary" not in {one.key for one in found.differences}
    assert [(one.key, one.known) for one in found.known_since] == [("summary", "Netværket er nede.")]


def test_word_to_people_has_no_form_and_is_told_in_the_drafts_words_or_the_recorded_ones() -> None:
    recorded = e.RecipientsNotified(meta=meta(5), recipients="Alle", text="Nede", advice="Ring")
    (bare,) = filings_of(dossier(recorded))
    assert bare.values == {"recipients.what_happened": "Nede", "recipients.advice": "Ring"}
    assert (bare.form_version, bare.filed_sha256, bare.channel) == (None, None, None)
    (drawn,) = filings_of(dossier(drafted("recipients", values={"recipients.advice": "Gå hjem"}), recorded))
    assert drawn.values == {"recipients.advice": "Gå hjem"}
