"""GET /api/v1/guide: the question guide in force as data. POST /api/v1/guide/recommendation: what answers recommend."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from adapters.web.answers import json_answer, reading
from adapters.web.caller import Tells, obeying, tells
from adapters.web.parts import WebParts
from adapters.web.steps import PROBLEM
from domain.guide.guide import Guide, guide_named, guide_on
from domain.guide.outcomes import NEXT_STEPS, OUTCOMES, Words
from domain.guide.question import AnswerKind, Criterion, Part, Question
from domain.guide.recommend import Recommendation, recommend
from domain.incident.events import Name, Word
from domain.time import local

REFUSALS: dict[int | str, dict[str, Any]] = {
    422: {"description": "An answer that no question can have, or a guide that is none", "content": PROBLEM}
}


class OptionTold(BaseModel):
    """One possible answer."""

    key: str
    danish: str
    english: str


class QuestionTold(BaseModel):
    """One question. `kind` says how its answer is written; `text` is answered in the explanations."""

    key: str
    number: str
    part: Part
    kind: AnswerKind
    criteria: list[Criterion]
    danish: str
    english: str
    options: list[OptionTold]
    follows: str | None
    optional: bool


class GuideTold(BaseModel):
    """A version of the guide. While one of `must_know` is unknown, nothing is recommended as not significant."""

    version: str
    valid_from: date
    must_know: list[str]
    questions: list[QuestionTold]


class Answers(BaseModel):
    """Question key to answer. `guide_version` left out means the one in force, `entity` the one that owns the log."""

    model_config = ConfigDict(extra="forbid")

    answers: dict[Word, Word]
    guide_version: Word | None = None
    entity: Annotated[Name | None, Field(description="Whose thresholds weigh")] = None
    administration: Name | None = None


class Told(BaseModel):
    """A sentence in both languages."""

    danish: str
    english: str


class RecommendationTold(Recommendation):
    """The recommendation, with what its outcome and each opened step are called, in the order of `opens`."""

    outcome_text: Told
    opens_text: tuple[Told, ...]


def guide_api_router(parts: WebParts) -> APIRouter:
    """Nothing here records anything: an assessment is recorded by its step."""
    router = obeying(prefix="/api/v1/guide", tags=["guide"])

    @router.get("", summary="The question guide in force", response_model=GuideTold)
    @tells(Tells.COMMON)
    async def show_guide() -> Response:
        return json_answer(_guide(_in_force(parts)))

    @router.post(
        "/recommendation",
        summary="What answers recommend, and why; records nothing",
        response_model=RecommendationTold,
        responses=REFUSALS,
    )
    @tells(Tells.OWN)
    async def recommend_from_answers(request: Request, body: Answers) -> Response:
        guide = guide_named(body.guide_version) if body.guide_version else _in_force(parts)
        desk = parts.of(request).desk
        organisation = await reading(desk.organisation)
        policy = organisation.authority(body.entity or desk.entity, body.administration).policy
        found = recommend(guide, body.answers, policy.thresholds)
        opens = [_told(NEXT_STEPS[step]) for step in found.opens]
        return json_answer({**found.model_dump(), "outcome_text": _told(OUTCOMES[found.outcome]), "opens_text": opens})

    return router


def _in_force(parts: WebParts) -> Guide:
    return guide_on(local(parts.clock()).date())


def _told(words: Words) -> Mapping[str, str]:
    return words._asdict()


def _guide(guide: Guide) -> Mapping[str, Any]:
    return {
        "version": guide.version,
        "valid_from": guide.valid_from,
        "must_know": [key for key in guide.by_key if key in guide.must_know],
        "questions": [_question(question) for question in guide.questions],
    }


def _question(question: Question) -> Mapping[str, Any]:
    own = question._asdict() | {"options": [option._asdict() for option in question.options]}
    return {**own, "part": question.part}
