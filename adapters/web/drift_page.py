"""/katalog/afvigelser: in what other registers and the catalogue differ; a person takes over or keeps each difference."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from adapters.catalogue.import_words import SORTS, difference_field, new_words, problem_words, side_words
from adapters.catalogue.words import catalogue_word
from adapters.web.acting import page_origin
from adapters.web.answers import reading
from adapters.web.caller import Tells, obeying, tells
from adapters.web.cpr import CprWrittenError, check_cpr
from adapters.web.drift import Drift, decided, read_drifts
from adapters.web.language import language_of
from adapters.web.live import caught_up
from adapters.web.parts import WebParts
from adapters.web.rendering import Pages
from adapters.web.sent_form import read_lists
from adapters.words.error_texts import error_words
from adapters.words.wording import Language
from domain.catalogue.imports import Sort
from domain.catalogue.taking import PLAIN, chosen_by_rule
from domain.errors import SporlogError
from handlers.registers import Decision, RegisterState

PAGE, SHOWN = "/katalog/afvigelser", 200
"""So many differences of one register are shown at once; those that a person must choose about come first."""
TAKE, KEEP, TAKE_PLAIN = "overtag", "behold", "overtag-alle"


class DriftLine(NamedTuple):
    """A difference in words."""

    id: str
    address: str | None
    """Of the object; None: it is not in the catalogue yet."""
    what: str
    kind: str
    name: str
    field: str
    here: str
    source: str
    chosen: bool


class RegisterView(NamedTuple):
    """A register, how it is read, and what differs."""

    state: RegisterState
    lines: tuple[DriftLine, ...]
    more: int
    plain: int
    """How many differences nobody changed anything about here."""
    same: int
    problems: tuple[str, ...]


class Refused(NamedTuple):
    """A form that was refused: what was sent, and why."""

    register: str
    act: str
    sentence: str
    reason: str
    ids: frozenset[str]
    anyway: bool


def drift_page_router(parts: WebParts, pages: Pages) -> APIRouter:
    """For people; nothing here needs JavaScript."""
    router = obeying(prefix=PAGE, include_in_schema=False)

    async def page(request: Request, refused: Refused | None = None, status: int = 200) -> Response:
        language = language_of(request)
        drifts = await reading(read_drifts, parts.of(request))
        chosen = refused.ids if refused else frozenset[str]()
        views = [_view(one, language, chosen) for one in drifts]
        saved = request.query_params.get("gemt", "")
        return pages.page(request, "catalogue_drift.html", status, views=views, refused=refused, saved=saved)

    @router.get("")
    @tells(Tells.WHOLE)
    async def show(request: Request) -> Response:
        return await page(request)

    @router.post("")
    @tells(Tells.WHOLE)
    async def decide(request: Request) -> Response:
        own, sent = parts.of(request), await read_lists(request)
        register, reason = (_last(sent, name) for name in ("register", "reason"))
        ids, act = sent.get("id", []), _last(sent, "do")
        try:
            check_cpr({name: told[-1] for name, told in sent.items()}, parts.clock())
            decision = Decision(
                take=ids if act == TAKE else (),
                keep=ids if act == KEEP else (),
                rule=chosen_by_rule if act == TAKE_PLAIN else lambda _: (),
            )
            done = await decided(own, register, decision, reason, page_origin(parts, request))
        except SporlogError as error:
            sentence = error_words(error.code, error.status).to(language_of(request))
            refused = Refused(register, act, sentence, reason, frozenset(ids), isinstance(error, CprWrittenError))
            return await page(request, refused, error.status)
        await caught_up(parts, done.position)
        return RedirectResponse(f"{PAGE}?gemt={'ja' if done.position else 'intet'}", 303)

    return router


def _last(sent: Mapping[str, Sequence[str]], name: str) -> str:
    return sent.get(name, [""])[-1]


def _view(drift: Drift, language: Language, chosen: frozenset[str]) -> RegisterView:
    differences = sorted(drift.found.differences, key=lambda one: one.sort in PLAIN)
    lines = []
    for one in differences[:SHOWN]:
        here, source = (side_words(value, language) if one.field else "–" for value in (one.here, one.source))
        if one.sort is Sort.NEW:
            source = new_words(one, language) or "–"
        lines.append(
            DriftLine(
                id=one.id,
                address=None if one.sort is Sort.NEW else f"/katalog/{one.object_id}",
                what=SORTS[one.sort].to(language),
                kind=catalogue_word(one.kind, language),
                name=one.name,
                field=difference_field(one, drift.names, language) or "–",
                here=here,
                source=source,
                chosen=one.id in chosen,
            )
        )
    return RegisterView(
        state=drift.state,
        lines=tuple(lines),
        more=max(0, len(differences) - SHOWN),
        plain=sum(one.sort in PLAIN for one in differences),
        same=drift.found.same,
        problems=tuple(problem_words(one, language) for one in drift.found.problems[:SHOWN]),
    )
