"""/katalog/kritiske: the services critical to society as they are restored, and the executive board's approval of the list."""

from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from adapters.catalogue.field_words import FIELDS
from adapters.catalogue.telling import shown
from adapters.catalogue.words import catalogue_word
from adapters.web.acting import page_origin
from adapters.web.answers import reading
from adapters.web.caller import Tells, obeying, tells
from adapters.web.catalogue_form import wrong_act
from adapters.web.cpr import check_cpr, without_anyway
from adapters.web.forms import FormField, Widget, Wrong
from adapters.web.language import language_of
from adapters.web.live import caught_up
from adapters.web.parts import WebParts
from adapters.web.rendering import Pages
from adapters.web.sent_form import read_form
from adapters.web.texts import text
from adapters.words.wording import Language
from domain.catalogue.board import Approval, Difference, ListedService, critical_list, differences, list_sha256
from domain.catalogue.kinds import Kind
from domain.catalogue.ties import Tie
from domain.errors import SporlogError
from handlers.catalogue_desk import approve_critical
from projections.catalogue import approvals, objects

PAGE = "/katalog/kritiske"


class ListedLine(NamedTuple):
    """A service on the list."""

    service: ListedService
    downtime: str
    owner: str | None
    plans: tuple[str, ...]


class ProposedLine(NamedTuple):
    """A class that waits for somebody else's eyes: the one that holds, and the one that was proposed."""

    id: UUID
    name: str
    held: str
    proposed: str
    by: str


class CriticalView(NamedTuple):
    """The page, in one language."""

    lines: tuple[ListedLine, ...]
    sha256: str
    last: Approval | None
    differs: tuple[str, ...]
    """What is otherwise than in the last approval, a sentence each."""
    earlier: tuple[Approval, ...]
    """The newest first."""
    proposals: tuple[ProposedLine, ...]
    fields: tuple[FormField, ...]
    wrong: Wrong | None


def catalogue_critical_router(parts: WebParts, pages: Pages) -> APIRouter:
    """For people; nothing here needs JavaScript."""
    router = obeying(prefix=PAGE, include_in_schema=False)

    async def page(request: Request, sent: Mapping[str, str], error: SporlogError | None = None) -> Response:
        view = await reading(_view, parts.of(request), sent, error, language_of(request))
        saved = "gemt" in request.query_params
        return pages.page(request, "catalogue_critical.html", error.status if error else 200, view=view, saved=saved)

    @router.get("")
    @tells(Tells.WHOLE)
    async def show(request: Request) -> Response:
        return await page(request, {})

    @router.post("")
    @tells(Tells.WHOLE)
    async def approve(request: Request) -> Response:
        own, sent = parts.of(request), await read_form(request)
        try:
            check_cpr(sent, parts.clock())
            # Whoever just changed the list and reads it again must be able to approve what they see.
            await caught_up(parts, own.desk.history.head())
            _, position = await approve_critical(own.desk, without_anyway(sent), page_origin(parts, request), own.catalogue)
        except SporlogError as error:
            return await page(request, sent, error)
        await caught_up(parts, position)
        return RedirectResponse(f"{PAGE}?gemt=ja", 303)

    return router


def _view(parts: WebParts, sent: Mapping[str, str], error: SporlogError | None, language: Language) -> CriticalView:
    seen = parts.landscape()
    listed = critical_list(seen.nodes.values())
    with parts.catalogue() as connection:
        approved, services = approvals(connection), objects(connection, Kind.SERVICE)
    last = approved[-1] if approved else None
    wrong = wrong_act(error, sent, seen, language) if error else None
    lines = []
    for one in listed:
        node = seen.nodes[one.id]
        plans = (seen.nodes[source] for source, _ in seen.bonds_to(one.id, Tie.COVERS))
        downtime = shown("tolerable_downtime_minutes", node.tolerable_downtime_minutes, language)
        lines.append(ListedLine(one, downtime, node.owner, tuple(plan.name for plan in plans if not plan.retired)))
    return CriticalView(
        lines=tuple(lines),
        sha256=list_sha256(listed),
        last=last,
        differs=tuple(_said(one, language) for one in differences(last.services, listed)) if last else (),
        earlier=tuple(reversed(approved)),
        proposals=tuple(
            ProposedLine(
                row["id"],
                row["name"],
                catalogue_word(held, language) if (held := row["service_class"]) else text(language, "catalogue.unclassed"),
                catalogue_word(row["proposed_class"], language),
                row["proposed_by"],
            )
            for row in services
            if row["proposed_class"]
        ),
        fields=_fields(sent, wrong, language),
        wrong=wrong,
    )


def _said(one: Difference, language: Language) -> str:
    if one.before is None or one.after is None:
        return text(language, "critical.added" if one.after else "critical.removed", name=one.name)
    before, after = one.before, one.after
    changed = [
        f"{FIELDS[name].to(language)}: {_value(getattr(before, name))} → {_value(getattr(after, name))}" for name in one.fields
    ]
    return f"{one.name}: {', '.join(changed)}"


def _value(value: object) -> str:
    return "–" if value is None else str(value)


def _fields(sent: Mapping[str, str], wrong: Wrong | None, language: Language) -> tuple[FormField, ...]:
    errors = wrong.fields if wrong else {}

    def field(name: str, widget: Widget, *, required: bool) -> FormField:
        label, value = text(language, f"critical.field.{name}"), sent.get(name, "")
        return FormField(name, label, None, widget, required, (), value, errors.get(name))

    return (
        field("approved_on", "date", required=True),
        field("case_number", "line", required=False),
        field("reason", "area", required=False),
    )
