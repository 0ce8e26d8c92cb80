from domain.events import DomainEvent
from domain.incident import events as e
from domain.organisation.state import Organisation
from handlers.briefing import Briefing, briefing
from handlers.dossier import make_dossier
from projections.incident_rows import duties_of
from tests.support.incidents import approved, assessed, at, aware, drafted, early_warning, meta, mitigated, reported
from tests.support.moments import moments


def told(*events: DomainEvent) -> Briefing:
    dossier = make_dossier(moments(reported(), *events), Organisation())
    return briefing(dossier, duties_of(dossier.incident, at(0), None))


def question(*events: DomainEvent) -> str | None:
    decision = told(*events).decision
    return decision.question if decision else None


def test_the_decision_is_the_one_that_waits() -> None:
    assert question() == "Er hændelsen væsentlig, så den skal underrettes?"
    assert question(assessed(), aware()) == "Kan vurderingen af, at hændelsen er væsentlig, godkendes?"
    judged = (assessed(), aware(), approved())
    assert question(*judged, drafted("early_warning")) == "Kan udkastet godkendes: Tidlig varsling?"
    assert question(*judged) == "Skal beredskabsplanen sættes i kraft eller krisestaben indkaldes?"
    assert question(*judged, e.ContingencyActivated(meta=meta(3), contingency="crisis_staff", reason="x")) is None
    assert question(assessed(significant=False)) is None


def test_the_decision_says_until_when() -> None:
    decision = told(assessed(), aware()).decision
    assert decision
    assert decision.until == at(25)


def test_what_nobody_knows_is_told_until_somebody_does() -> None:
    assert told().unknown == (
        "Om hændelsen er væsentlig: den er ikke vurderet endnu",
        "Om nogen står bag med vilje",
        "Om andre lande kan blive ramt",
        "Hvad der er årsagen",
    )
    no = e.YesNoUnknown.NO
    known = told(
        assessed(), early_warning(suspected_malicious=no, cross_border=no), e.RootCauseFound(meta=meta(), cause="human_errors")
    )
    assert known.unknown == ()


def test_the_newest_deed_is_first_and_what_was_sent_is_told() -> None:
    done = told(
        e.MeasureTaken(meta=meta(1), measure="Først"),
        e.MeasureTaken(meta=meta(2), measure="Sidst"),
        early_warning(5),
        mitigated(30),
    ).done
    assert done[:3] == ("Hændelsen blev håndteret lør. 21. nov. 2026 kl. 21.20", "Sidst", "Først")
    assert "Tidlig varsling er sendt fre. 20. nov. 2026 kl. 20.20" in done


def test_services_are_told_with_how_badly_they_are_hit() -> None:
    hit = told(
        e.ServiceDegraded(meta=meta(1), service="Login", degree="down"),
        e.ServiceDegraded(meta=meta(1), service="Mail", degree="down"),
        e.ServiceRestored(meta=meta(2), service="Mail"),
    ).hit
    assert hit == ("Login er nede", "Mail", "Systemer: db-1")
