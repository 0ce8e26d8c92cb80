from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from adapters.cli.guide_flow import Flow, Reply, UnreadableReplyError, begin, read_reply
from adapters.cli.guide_talk import StoppedError, Talk, assess_in_words
from domain.errors import InvalidInputError
from domain.guide.checking import UnreadableAnswerError
from domain.guide.guide import guide_on
from domain.guide.thresholds import Thresholds
from domain.policy import Policy

GUIDE = guide_on(date(2026, 11, 20))
CALM = {
    "q1.event_kind": "incident",
    "q1.cia": "availability",
    "q1.critical_service": "no",
    "q1.disruption_now": "none",
    "q1.disruption_worst": "none",
    "q1.safety": "no",
    "q1.data": "no",
    "q1.malicious": "no",
    "q1.spread": "none",
    "q1.economy": "no",
    "q1.others": "no",
    "q1.supplier": "no",
    "q1.time_detected": "unknown",
    "q1.time_certain": "unknown",
}


def flow(answers: Mapping[str, str] | None = None, *, full: bool = False, thresholds: Thresholds | None = None) -> Flow:
    return begin(GUIDE, answers or {}, {}, thresholds or Thresholds(), {}, full=full)


class Conversation:
    """Feeds replies and remembers what was told; running out of replies is an error of the test."""

    def __init__(self, *replies: str, policy: Policy | None = None) -> None:
        self.replies = list(replies)
        self.told: list[str] = []
        self.talk = Talk(self.ask, self.told.append, policy or Policy())

    def ask(self, prompt: str) -> str:
        self.told.append(prompt)
        return self.replies.pop(0)

    def assess(self, begun: Flow, **given: Any) -> dict[str, Any]:  # noqa: ANN401 - fields of a request
        return assess_in_words(begun, given, self.talk)

    @property
    def text(self) -> str:
        return "\n".join(self.told)


@pytest.mark.parametrize(
    ("key", "told", "answer"),
    [
        ("q1.event_kind", "1", "incident"),
        ("q1.event_kind", "near_miss", "near_miss"),
        ("q1.event_kind", "en c", "threat"),
        ("q1.safety", "j", "yes"),
        ("q1.safety", "JA, DET ER M", "yes_possible"),
        ("q1.safety", "n", "no"),
        ("q1.safety", "", "unknown"),
        ("q1.cia", "3,1", "availability.integrity"),
        ("q1.cia", "1 4", "availability.confidentiality"),
        ("q1.cia", "t, æ", "availability.authenticity"),
        ("q1.cia", "", "unknown"),
        ("q1.economy_amount", "1.200.000", "1200000"),
        ("q1.economy_amount", "007", "7"),
        ("q1.economy_amount", "ved ikke", "unknown"),
        ("q1.time_detected", "20-11-2026 15:20", "20261120T1420Z"),
        ("q1.time_detected", "", "unknown"),
    ],
)
def test_people_answer_with_numbers_first_letters_or_nothing(key: str, told: str, answer: str) -> None:
    question = GUIDE.by_key[key]
    assert read_reply(question, told).answer == answer
    assert question.accepts(answer)


@pytest.mark.parametrize(
    ("key", "told", "why"),
    [
        ("q1.event_kind", "", "vælg et svar, 1-5"),
        ("q1.event_kind", "en", "kan være"),
        ("q1.safety", "måske", "er ikke et af svarene"),
        ("q1.safety", "6", "er ikke et af svarene"),
        ("q1.cia", "1,5", "kan ikke gå sammen"),
        ("q1.economy_amount", "1,5", "helt tal"),
        ("q1.economy_amount", "9" * 16, "helt tal"),
    ],
)
def test_what_is_no_answer_is_told_in_danish(key: str, told: str, why: str) -> None:
    with pytest.raises(UnreadableReplyError, match=why):
        read_reply(GUIDE.by_key[key], told)


def test_words_after_a_colon_explain_the_answer() -> None:
    assert read_reply(GUIDE.by_key["q1.critical_service"], "j: Omsorg: og alarmkald") == ("yes", "Omsorg: og alarmkald")
    assert read_reply(GUIDE.by_key["q1.threat_context"], "KommuneCERT: phishing") == (None, "KommuneCERT: phishing")


def test_what_elaborates_a_no_is_not_asked_and_what_is_known_neither() -> None:
    known = {key: answer for key, answer in CALM.items() if key != "q1.data"}
    begun = flow(known)
    assert begun.current is GUIDE.by_key["q1.data"]
    after_no, after_yes = begun.replied("n").current, begun.replied("j").current
    assert after_no is GUIDE.by_key["q1.threat_context"]
    assert after_yes is GUIDE.by_key["q1.data_types"]


def test_going_back_forgets_the_last_reply_but_never_what_was_known() -> None:
    begun = flow({"q1.event_kind": "incident"}).replied("1: e-mail").replied("n")
    assert begun.back().current is GUIDE.by_key["q1.critical_service"]
    again = begun.back().back()
    assert (again.answers, again.explanations) == ({"q1.event_kind": "incident"}, {})
    assert again.back() == again


def test_at_a_reassessment_nothing_typed_means_the_same_as_last_time() -> None:
    earlier = {"q1.event_kind": Reply("threat"), "q1.critical_service": Reply("yes", "Omsorg")}
    begun = flow({"q1.cia": "availability"})._replace(earlier=earlier)
    same = begun.replied("").replied("")
    assert (same.answers["q1.event_kind"], same.answers["q1.critical_service"]) == ("threat", "yes")
    assert same.explanations == {"q1.critical_service": "Omsorg"}
    assert begun.replied("1").replied("n").explanations == {}
    said = Conversation("", "", "n", "l", "", "j")
    said.assess(
        flow({key: answer for key, answer in CALM.items() if key != "q1.safety"})._replace(earlier={"q1.safety": Reply("no")})
    )
    assert "(sidst: Nej)" in said.text


def test_part_two_is_asked_when_it_is_wanted_and_ir_when_the_policy_wants_it() -> None:
    def parts(begun: Flow) -> set[str]:
        return {question.part.value for question in begun.questions}

    assert parts(flow()) == {"q1"}
    assert parts(flow(full=True)) == {"q1", "q2"}
    assert parts(flow(full=True, thresholds=Thresholds(ir_2024_2690=True))) == {"q1", "q2", "ir"}


def test_unreadable_answers_given_beforehand_are_refused_before_anything_is_asked() -> None:
    with pytest.raises(UnreadableAnswerError):
        flow({"q1.safety": "måske"})


def test_the_person_decides_after_the_recommendation_and_its_reasons() -> None:
    said = Conversation("j", "", "j")
    got = said.assess(flow({**CALM, "q1.safety": "yes"})._replace(explanations={"q1.threat_context": "Intet"}))
    assert (got["significant"], got["nis2_category"], got["reason"]) == (True, "high", None)
    assert (got["guide_version"], got["answers"]["q1.safety"]) == ("2026-11", "yes")
    assert "Anbefaling: væsentlig hændelse (kategori: høj)" in said.text
    assert "NIS 2-loven § 12, stk. 2, nr. 2" in said.text
    assert "Beslutningen er din" in said.text


def test_a_decision_that_departs_needs_its_reason() -> None:
    said = Conversation("", "j", "", "", "Vi kender systemet", "j")
    got = said.assess(flow(CALM))
    assert (got["nis2_category"], got["reason"]) == ("high", "Vi kender systemet")
    assert sum("fordi du afviger" in one for one in said.told) == 3


def test_a_decision_that_was_given_beforehand_is_not_asked() -> None:
    got = Conversation("", "j").assess(flow(CALM), nis2_category="medium", reason="Ét forhold")
    assert (got["significant"], got["nis2_category"], got["reason"]) == (False, "medium", "Ét forhold")


def test_progress_help_wrong_answers_and_the_way_back() -> None:
    policy = Policy(examples={"others": ("En borger får ikke sin medicin",)})
    said = Conversation("<", "?", "måske", "n", "Intet kendt", "n", "<", "Noget kendt", "n", "l", "", "j", policy=policy)
    got = said.assess(flow({key: answer for key, answer in CALM.items() if key != "q1.safety"}))
    assert got["explanations"] == {"q1.threat_context": "Noget kendt"}
    assert "Del 1, 5 af 13: Kan liv" in said.text
    assert "Det er det første spørgsmål." in said.text
    assert "Skade på andre: NIS 2-loven § 12, stk. 2, nr. 2" in said.text
    assert "En borger får ikke sin medicin" in said.text
    assert "'måske' er ikke et af svarene" in said.text
    assert got["nis2_category"] == "low"


def test_nothing_comes_of_it_when_it_is_not_to_be_recorded() -> None:
    with pytest.raises(StoppedError):
        Conversation("", "n", "l", "", "n").assess(flow(CALM))


@pytest.mark.parametrize("key", GUIDE.by_key)
def test_every_question_can_be_answered_by_typing(key: str) -> None:
    question = GUIDE.by_key[key]
    for told in ("1", "", "ved ikke", "12", "20-11-2026 15:20"):
        try:
            answer = read_reply(question, told).answer
        except InvalidInputError:
            continue
        assert answer is None or question.accepts(answer)
