"""GET /regler: what each rule does in a sentence, what they did yesterday, and maintenance, announced and called off here."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from adapters.connecting.rule_words import DISPOSITIONS, STANDING, rule_name, sentence
from adapters.connecting.rules_json import in_time
from adapters.web.acting import page_origin
from adapters.web.answers import reading
from adapters.web.caller import Tells, obeying, tells
from adapters.web.form_errors import wrong_in
from adapters.web.forms import Form, FormField, Widget, Wrong
from adapters.web.language import language_of
from adapters.web.parts import WebParts
from adapters.web.rendering import Pages
from adapters.web.rules import set_up
from adapters.web.sent_form import read_form
from adapters.web.texts import text
from adapters.words.wording import Language
from domain.errors import SporlogError
from domain.intake.state import IntakeSetup
from domain.time import local
from handlers.rule_changes import WantedMaintenance, maintenance_announced, maintenance_cancelled, wanted_maintenance
from projections import signals

PAGE = "/regler"
WIDGETS: Mapping[str, Widget] = {
    "name": "line",
    "components": "line",
    "begins_at": "time",
    "ends_at": "time",
    "reason": "area",
}


class Work(NamedTuple):
    """Maintenance that is not over."""

    name: str
    begins_at: datetime
    ends_at: datetime
    covers: str
    standing: str


class RulesView(NamedTuple):
    """The whole page, in one language. `yesterday` are rule, outcome and number."""

    number: int
    rules: tuple[tuple[str, str], ...]
    yesterday: tuple[tuple[str, str, int], ...]
    works: tuple[Work, ...]
    form: Form


def rules_page_router(parts: WebParts, pages: Pages) -> APIRouter:
    """For people. The rules themselves are changed through the file or the API."""
    router = obeying(prefix=PAGE, include_in_schema=False)

    async def page(
        request: Request, status: int = 200, sent: Mapping[str, str] | None = None, wrong: Wrong | None = None
    ) -> Response:
        language, now = language_of(request), parts.clock()
        setup = await reading(parts.desk.history.intake_setup)
        view = RulesView(
            number=setup.rules.number,
            rules=tuple((rule.name, sentence(rule, language)) for rule in setup.rules.rules),
            yesterday=await reading(_yesterday, parts, now, language),
            works=_works(setup, now, language),
            form=_form(language, sent or {}, wrong),
        )
        return pages.page(request, "rules.html", status, view=view)

    @router.get("")
    @tells(Tells.WHOLE)
    async def show(request: Request) -> Response:
        return await page(request)

    @router.post("/vedligehold")
    @tells(Tells.WHOLE)
    async def announce(request: Request) -> Response:
        sent = await read_form(request)
        try:
            wanted = wanted_maintenance(**sent)
            await set_up(parts, [maintenance_announced(wanted, page_origin(parts, request))])
        except SporlogError as error:
            return await page(request, error.status, sent, wrong_in(error, WantedMaintenance, sent, language_of(request)))
        return RedirectResponse(f"{PAGE}#vedligehold", 303)

    @router.post("/vedligehold/{name}/aflys")
    @tells(Tells.WHOLE)
    async def cancel(name: str, request: Request) -> Response:
        await set_up(parts, [maintenance_cancelled(name, None, page_origin(parts, request))])
        return RedirectResponse(f"{PAGE}#vedligehold", 303)

    return router


def _yesterday(parts: WebParts, now: datetime, language: Language) -> tuple[tuple[str, str, int], ...]:
    day = f"{local(now).date() - timedelta(days=1):%Y-%m-%d}"
    counts: Counter[tuple[str, str]] = Counter()
    with parts.signals() as connection:
        for row in signals.by_rule(connection, day, day):
            counts[rule_name(row["rule"], language), DISPOSITIONS[row["disposition"]].to(language)] += row["signals"]
    return tuple((rule, outcome, number) for (rule, outcome), number in counts.most_common())


def _works(setup: IntakeSetup, now: datetime, language: Language) -> tuple[Work, ...]:
    return tuple(
        Work(name, work.begins_at, work.ends_at, ", ".join(work.patterns), STANDING[work.standing(now)].to(language))
        for name, work in in_time(setup.maintenances)
        if work.standing(now) != "over"
    )


def _form(language: Language, sent: Mapping[str, str], wrong: Wrong | None) -> Form:
    errors, choices = (wrong.fields, wrong.choices) if wrong else ({}, {})
    fields = tuple(
        FormField(
            name=name,
            label=text(language, f"maintenance.field.{name}"),
            hint=text(language, "maintenance.patterns") if name == "components" else None,
            widget="radio" if name in choices else widget,
            required=name != "reason",
            options=choices.get(name, ()),
            value=sent.get(name, ""),
            error=errors.get(name),
        )
        for name, widget in WIDGETS.items()
    )
    return Form(step="maintenance", fields=fields, more=(), version=None, error=wrong.sentence if wrong else None)
