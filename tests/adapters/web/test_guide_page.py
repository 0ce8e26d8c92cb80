"""The question guide as a page: nothing is recorded before somebody decides, and nothing that was answered is lost."""

import re
from collections.abc import Mapping
from functools import partial

import pytest

from adapters.web.guide_form import WORDS, as_sent, parts_asked, read_answers
from domain.guide.question import AnswerKind, Part
from domain.guide.thresholds import Thresholds
from domain.incident.events import Assessed
from domain.policy import Policy
from handlers.organisation import change
from tests.adapters.web.support import House
from tests.support.guide import GUIDE
from tests.support.organisations import policy

HARD = {"q1.safety": "yes_possible"}
ASKED = parts_asked(Thresholds())


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


async def ask(house: House, reference: str, sent: Mapping[str, object] | None = None, status: int = 200) -> str:
    """What the page answers to a sent form; without one, what it asks."""
    async with house.client(Accept="text/html") as browser:
        path = f"/haendelser/{reference}/vurder"
        answer = await (browser.post(path, data=sent) if sent else browser.get(path))
    assert answer.status_code == status
    return answer.text


def checked(html: str) -> set[tuple[str, str]]:
    return set(re.findall(r'name="([^"]+)" value="([^"]+)" checked', html))


async def test_the_page_asks_every_question_of_both_parts_and_offers_not_knowing(house: House) -> None:
    html = await ask(house, await house.report())
    names = set(re.findall(r' name="(q[12]\.[a-z_]+)"', html))
    assert names == {question.key for question in GUIDE.questions if question.part is not Part.IR}
    for question in GUIDE.part(Part.QUICK):
        assert question.danish in html
        if question.kind is not AnswerKind.TEXT and question.key != "q1.event_kind":
            assert f'name="{question.key}" value="unknown"' in html


async def test_the_recommendation_is_shown_with_reasons_and_paragraphs_and_records_nothing(house: House) -> None:
    reference = await house.report()
    html = await ask(house, reference, {"handling": "anbefaling", **HARD})
    said = words(html)
    assert "Anbefaling: væsentlig hændelse" in said
    assert "Nok alene: Liv, helbred eller sikkerhed kan blive påvirket (NIS 2-loven § 12, stk. 2, nr. 2)." in said
    assert "Løft den straks til Ledelsesbeslutningstageren." in said
    assert "Ja, væsentlig (Høj): skal underrettes anbefalet" in said
    assert checked(html) == {("q1.safety", "yes_possible")}
    assert house.store.head() == 1


async def test_a_decision_is_recorded_with_answers_words_and_the_guides_version(house: House) -> None:
    reference = await house.report()
    sent = {
        **HARD,
        "q1.spread": ["countries", "suppliers"],
        "q1.economy_amount": "1.200",
        "q1.time_detected": "2026-11-22T09:30",
        "q1.threat_context": "KommuneCERT advarede",
        f"q1.safety{WORDS}": "Medicin kan udeblive",
    }
    async with house.client(Accept="text/html") as browser:
        path = f"/haendelser/{reference}/vurder"
        answer = await browser.post(path, data={**sent, "handling": "gem", "decision": "high", "expected_version": "1"})
        assert (answer.status_code, answer.headers["location"]) == (303, f"/haendelser/{reference}?gemt=assess")
        shown = words((await browser.get(answer.headers["location"])).text)
    event = house.store.read(1, 1, opened=True)[0].event
    assert isinstance(event, Assessed)
    assert event.answers == {
        "q1.safety": "yes_possible",
        "q1.spread": "suppliers.countries",
        "q1.economy_amount": "1200",
        "q1.time_detected": "20261122T0830Z",
    }
    assert event.explanations == {"q1.threat_context": "KommuneCERT advarede", "q1.safety": "Medicin kan udeblive"}
    assert (event.guide_version, event.recommendation, event.departs) == ("2026-11", "significant_recommended", False)
    assert "Skriv: Tidlig varsling om 24 t 0 min" in shown
    assert "anbringelse)? Ja, det er muligt" in shown
    assert "Guiden anbefalede Anbefaling: væsentlig hændelse" in shown


async def test_departing_without_a_reason_is_refused_at_the_field_and_everything_is_kept(house: House) -> None:
    reference = await house.report()
    kept = {**HARD, f"q1.safety{WORDS}": "Måske", "actor": "vagt-2"}
    html = await ask(house, reference, {"handling": "gem", "decision": "low", "expected_version": "1", **kept}, 422)
    assert 'id="assess-reason-fejl">Skal udfyldes.' in html
    assert checked(html) == {("q1.safety", "yes_possible"), ("decision", "low")}
    assert ">Måske</textarea>" in html
    assert 'value="vagt-2"' in html
    assert "Anbefaling: væsentlig hændelse" in html
    assert house.store.head() == 1


async def test_a_decision_is_kept_while_an_answer_is_corrected(house: House) -> None:
    reference = await house.report()
    sent = {"handling": "gem", "decision": "medium", "reason": "Kun en skærm", "q1.economy_amount": "mange"}
    html = await ask(house, reference, sent, 422)
    assert checked(html) == {("decision", "medium")}
    assert ">Kun en skærm</textarea>" in html
    assert 'value="mange"' in html
    assert "Anbefaling" not in words(html)


@pytest.mark.parametrize(
    ("sent", "status", "said"),
    [
        ({"handling": "gem", **HARD}, 422, "Vælg, om hændelsen er væsentlig."),
        ({"q1.economy_amount": "mange"}, 422, "Skriv et helt tal, for eksempel 1200."),
        ({"q1.cia": ["none", "integrity"]}, 422, "»Ingen af dem« og »Ved ikke« kan ikke stå sammen med andre svar."),
        ({"q1.time_detected": "2026-10-25T02:30"}, 422, "kl. 02.30 (sommertid)"),
        ({"q1.safety": "perhaps"}, 422, "Kan ikke læses. Ret det."),
        ({"handling": "gem", "decision": "high", "expected_version": "7", **HARD}, 412, "En anden har skrevet imens."),
    ],
)
async def test_what_cannot_be_taken_says_why(house: House, sent: dict[str, object], status: int, said: str) -> None:
    reference = await house.report()
    html = await ask(house, reference, sent, status)
    assert said in html
    assert 'role="alert"' in html
    assert house.store.head() == 1


async def test_a_reassessment_begins_with_the_last_answers_and_the_exercise_is_stamped(house: House) -> None:
    reference = await house.report(exercise=True)
    said = {"q1.safety": "no", "q2.users_citizens": "400", "q2.start": "20261122T0830Z", "q1.data_types": "cpr.health"}
    told = {"answers": said, "explanations": {"q2.chronology": "Kl. 9 faldt det"}, "reason": "Tæt på"}
    await house.step(reference, "assess", significant=False, nis2_category="medium", depth="full", **told)
    html = await ask(house, reference)
    assert checked(html) == {("q1.safety", "no"), ("q1.data_types", "cpr"), ("q1.data_types", "health")}
    assert 'name="q2.users_citizens" value="400"' in html
    assert 'value="2026-11-22T09:30"' in html
    assert ">Kl. 9 faldt det</textarea>" in html
    assert '<details class="step" id="del-q2" open>' in html
    assert "ØVELSE" in html


async def test_the_policy_adds_its_examples_and_the_optional_regulation(house: House) -> None:
    reference = await house.report()
    assert "ir.death" not in await ask(house, reference)
    own = Policy(examples={"others": ("En borger får ikke sin medicin",)}, thresholds=Thresholds(ir_2024_2690=True))
    await house.parts.desk.committer.submit(partial(change, proposed=policy(own)))
    html = await ask(house, reference)
    assert 'name="ir.death"' in html
    assert "Skade på andre (NIS 2-loven § 12, stk. 2, nr. 2) En borger får ikke sin medicin" in words(html)


def test_recorded_answers_come_back_from_the_form_as_they_were() -> None:
    answers = {"q1.cia": "availability.integrity", "q1.economy_amount": "unknown", "q2.start": "20261122T0830Z"}
    explanations = {"q1.cia": "Begge", "q2.chronology": "Først det ene"}
    read = read_answers(GUIDE, ASKED, as_sent(GUIDE, answers, explanations), "da")
    assert (read.answers, read.explanations, read.mistakes) == (answers, explanations, {})
