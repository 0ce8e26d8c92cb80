"""/katalog/ny and /katalog/{object_id}/trin/{act}: one form an act; what was typed is never lost."""

from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from adapters.catalogue.telling import Happened, history_told, shown
from adapters.catalogue.words import TIES, catalogue_word
from adapters.web.acting import page_origin
from adapters.web.answers import reading
from adapters.web.caller import Tells, obeying, tells
from adapters.web.catalogue_form import (
    BACK,
    Asking,
    carried,
    form_fields,
    known_values,
    ties_of,
    wrong_act,
)
from adapters.web.catalogue_page import id_of
from adapters.web.catalogue_view import namer
from adapters.web.cpr import check_cpr, without_anyway
from adapters.web.forms import FormField, Wrong
from adapters.web.language import language_of
from adapters.web.live import caught_up
from adapters.web.parts import WebParts
from adapters.web.rendering import Pages
from adapters.web.sent_form import read_lists
from adapters.web.texts import text
from adapters.words.wording import Language
from domain.catalogue.errors import AlreadyRegisteredError, UnknownObjectError
from domain.catalogue.events import object_id as id_of_name
from domain.catalogue.kinds import Kind, ServiceFacts
from domain.catalogue.landscape import Landscape
from domain.catalogue.state import CatalogueObject, replay
from domain.catalogue.ties import Tie
from domain.errors import ConflictError, NotFoundError, SporlogError
from domain.events import Recorded
from handlers.catalogue import Changed
from handlers.catalogue_desk import act_on, history_of, object_of
from handlers.catalogue_requests import with_facts
from handlers.requests import Origin

ACTS = ("change", "tie", "untie", "propose-class", "approve-class", "reject-class", "retire", "reinstate")
"""On an object that is registered."""
_HIDDEN = ("tie", "to", "fra")
"""What the form that unties carries along: which tie, and whose page it was asked for on."""


class Wanted(NamedTuple):
    """Which act on which object, and what its address carries along."""

    object_id: UUID
    act: str
    asked: Mapping[str, str]


class Refused(NamedTuple):
    """A form that was sent and not taken."""

    sent: Mapping[str, str]
    error: SporlogError


class FormView(NamedTuple):
    """The page of one act, in one language."""

    act: str
    action: str
    heading: str
    leads: tuple[str, ...]
    fields: tuple[FormField, ...]
    hidden: Mapping[str, str]
    wrong: Wrong | None
    news: tuple[Happened, ...]
    """What somebody else recorded since the form was made."""
    kinds: tuple[tuple[str, str, bool], ...]
    """The kinds that can be registered: address, name, whether it is this one."""
    back: str
    existing: str | None
    """The page of the object that has the name already."""
    file: str | None = None
    """How large a file may be that is sent along; None: the form takes none."""


def catalogue_acts_router(parts: WebParts, pages: Pages) -> APIRouter:
    """For people; machines use the API. Nothing here needs JavaScript."""
    router = obeying(prefix="/katalog", include_in_schema=False)

    @router.get("/ny")
    @tells(Tells.WHOLE)
    async def ask_new(request: Request) -> Response:
        return await new_page(request, request.query_params.get("slags", ""))

    @router.post("/ny")
    @tells(Tells.WHOLE)
    async def register(request: Request) -> Response:
        sent = await _read(request)
        kind, own = _kind(sent.pop("slags", "")), parts.of(request)
        try:
            check_cpr(sent, parts.clock())
            told = with_facts(kind, _numbers(without_anyway(sent)))
            done = await act_on(own.desk, "register", told, page_origin(parts, request), seen=own.landscape())
        except SporlogError as error:
            return await new_page(request, kind, Refused(sent, error))
        await caught_up(parts, done.position)
        return RedirectResponse(f"/katalog/{done.object.id}?gemt=register", 303)

    @router.get("/{object_id}/trin/{act}")
    @tells(Tells.WHOLE)
    async def ask(request: Request, object_id: str, act: str) -> Response:
        return await act_page(request, id_of(object_id), _known_act(act))

    @router.post("/{object_id}/trin/{act}")
    @tells(Tells.WHOLE)
    async def take(request: Request, object_id: str, act: str) -> Response:
        one, own, act, sent = id_of(object_id), parts.of(request), _known_act(act), await _read(request)
        # Before anything is recorded: an address that is none must not turn what is done into an error.
        to = id_of(sent.get("fra", object_id))
        known = await reading(object_of, own.desk.history, one)
        try:
            check_cpr(sent, parts.clock())
            done = await _take(own, act, known, without_anyway(sent), page_origin(parts, request))
        except SporlogError as error:
            return await act_page(request, one, act, Refused(sent, error))
        await caught_up(parts, done.position)
        return RedirectResponse(f"/katalog/{to}?gemt={act if done.events else 'intet'}", 303)

    async def new_page(request: Request, told: str, refused: Refused | None = None) -> Response:
        view = await reading(_new_view, parts.of(request), _kind(told), refused, language_of(request))
        return pages.page(request, "catalogue_form.html", refused.error.status if refused else 200, view=view)

    async def act_page(request: Request, one: UUID, act: str, refused: Refused | None = None) -> Response:
        asked = {name: request.query_params[name] for name in _HIDDEN if name in request.query_params}
        view = await reading(_act_view, parts.of(request), Wanted(one, act, asked), refused, language_of(request))
        return pages.page(request, "catalogue_form.html", refused.error.status if refused else 200, view=view)

    return router


async def _read(request: Request) -> dict[str, str]:
    """The fields as text; of boxes that were ticked, all with commas between."""
    return {name: ",".join(values) for name, values in (await read_lists(request)).items()}


def _kind(told: str) -> Kind:
    return Kind(told) if told in set(Kind) else Kind.SERVICE


def _known_act(act: str) -> str:
    if act not in ACTS:
        raise NotFoundError(f"there is no act {act!r} on an object of the catalogue: use one of {', '.join(ACTS)}")
    return act


def _numbers(sent: Mapping[str, str]) -> dict[str, str]:
    """Danes write 99,5."""
    return {name: value.replace(",", ".") if name == "availability_target" else value for name, value in sent.items()}


async def _take(parts: WebParts, act: str, known: CatalogueObject, sent: dict[str, str], origin: Origin) -> Changed:
    seen, one = parts.landscape(), known.id
    told = {name: value for name, value in sent.items() if name != "fra"}
    if act == "change":
        # Other registers' ids are not asked for: they stay.
        told = with_facts(known.kind, {**_numbers(told), "outside": known.facts.outside})
    elif act == "tie" and "to" in told:
        tie = told.get("tie", "")
        other = seen.one_named(told["to"], *ties_of(known.kind).get(tie, ()))
        back = tie.startswith(BACK)
        one, to = (other, known.id) if back else (known.id, other)
        # The version that was seen is this object's: of the other one nothing was.
        expected = {} if back else {"expected_version": told.get("expected_version", "")}
        told = {**carried(tie.removeprefix(BACK), told), **expected, "to": str(to)}
    return await act_on(parts.desk, act, told, origin, seen=seen, object_id=one)


def _new_view(parts: WebParts, kind: Kind, refused: Refused | None, language: Language) -> FormView:
    seen = parts.landscape()
    wrong = wrong_act(refused.error, refused.sent, seen, language) if refused else None
    asking = Asking("register", kind, None, seen, refused.sent if refused else {}, wrong, language)
    taken = isinstance(refused.error, AlreadyRegisteredError) if refused else False
    return FormView(
        act="register",
        action="/katalog/ny",
        heading=text(language, "act.register"),
        leads=(),
        fields=form_fields(asking),
        hidden={"slags": kind},
        wrong=wrong,
        news=(),
        kinds=tuple((f"/katalog/ny?slags={one}", catalogue_word(one, language), one is kind) for one in Kind),
        back="/katalog",
        existing=f"/katalog/{id_of_name(kind, refused.sent['name'])}" if refused and taken else None,
    )


def _act_view(parts: WebParts, wanted: Wanted, refused: Refused | None, language: Language) -> FormView:
    one, act, asked = wanted
    seen, recorded = parts.landscape(), history_of(parts.desk.history, one)
    known = replay(one, (each.event for each in recorded))
    if known is None:
        raise UnknownObjectError(f"the catalogue holds nothing with the id {one}: look for it in the list")
    wrong = wrong_act(refused.error, refused.sent, seen, language) if refused else None
    begun = {"change": known_values(known), "tie": asked}.get(act, {})
    values, version, news = (begun, known.version, ()) if refused is None else _again(refused, known, begun, recorded)
    hidden = {"expected_version": str(version)}
    if act == "untie":
        carrier = refused.sent if refused else asked
        hidden |= {name: carrier[name] for name in _HIDDEN if name in carrier}
    if act in {"approve-class", "reject-class"} and known.proposal:
        hidden["proposal_number"] = str(known.proposal.number)
    asking = Asking(act, known.kind, known, seen, values, wrong, language)
    return FormView(
        act=act,
        action=f"/katalog/{one}/trin/{act}",
        heading=text(language, f"act.{act}") + f": {known.facts.name}",
        leads=_leads(act, known, seen, hidden, language),
        fields=form_fields(asking),
        hidden=hidden,
        wrong=wrong,
        news=tuple(history_told(recorded, namer(seen, language), language)[-len(news) :]) if news else (),
        kinds=(),
        back=f"/katalog/{hidden.get('fra', one)}",
        existing=None,
    )


def _again(
    refused: Refused, known: CatalogueObject, begun: Mapping[str, str], recorded: list[Recorded]
) -> tuple[Mapping[str, str], int, list[Recorded]]:
    """What a refused form is shown with again, the version that it goes by, and what is new."""
    told = refused.sent.get("expected_version", "")
    saw = int(told) if told.isdecimal() else known.version
    if not isinstance(refused.error, ConflictError):
        # What was seen stays what was seen: else somebody's change in between would go unnoticed.
        return refused.sent, saw, []
    before = replay(known.id, (one.event for one in recorded[:saw]))
    if not begun or before is None:
        return refused.sent, known.version, recorded[saw:]
    # Where the person typed nothing new, what somebody else recorded meanwhile stands.
    old = known_values(before)
    typed = {name: value for name, value in refused.sent.items() if name not in old or value != old[name]}
    emptied = {name: "" for name, value in old.items() if value and name not in refused.sent}
    return {**begun, **emptied, **typed}, known.version, recorded[saw:]


def _leads(  # noqa: PLR0911 - one case an act
    act: str, known: CatalogueObject, seen: Landscape, hidden: Mapping[str, str], language: Language
) -> tuple[str, ...]:
    """What the person must know before they decide."""
    match act:
        case "propose-class" if isinstance(known.facts, ServiceFacts):
            criteria = shown("criteria", known.facts.criteria, language)
            return text(language, "act.propose-class-lead"), text(language, "act.criteria", criteria=criteria)
        case "approve-class" | "reject-class":
            proposal = known.proposal
            if proposal is None:
                return (text(language, "act.no-proposal"),)
            value = catalogue_word(proposal.service_class, language)
            said = text(language, "object.proposed-by", value=value, actor=proposal.by)
            return f"{said}: {proposal.reason or text(language, 'object.erased')}", text(language, "act.four-eyes")
        case "untie" if hidden.get("tie") in set(Tie):
            other = namer(seen, language)(id_of(hidden.get("to", "")))
            return (f"{known.facts.name} {TIES[Tie(hidden['tie'])].to(language)} {other}.",)
        case "retire":
            return (text(language, "act.retire-lead"),)
        case "tie":
            return (text(language, "act.tie-lead", name=known.facts.name),)
        case _:
            return ()
