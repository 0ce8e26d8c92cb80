"""From templates to pages: language, times, icons, and a human face for problems."""

from collections.abc import Callable
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

import orjson
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from adapters.catalogue.field_words import FIELDS as FACTS
from adapters.catalogue.words import catalogue_word
from adapters.web.acting_cookie import acting
from adapters.web.caller import Person, caller_of, is_auditor, is_confined
from adapters.web.language import language_of, remember_language
from adapters.web.parts import WebParts
from adapters.web.problems import MEDIA_TYPE
from adapters.web.texts import text
from adapters.words.field_labels import field_label, short_label
from adapters.words.value_labels import value_label
from adapters.words.wording import Language
from domain.incident.submission_kinds import STEP_OF_DUTY
from domain.incident.transitions import BY_STEP
from domain.submissions.kinds import ReportKind
from domain.time import day_da, day_en, local, rfc3339_utc, show_da, show_en

FOR_MACHINES = ("/api/", "/intake/", "/static/", "/healthz", "/metrics", "/openapi.json")
UNAUTHORIZED = 401
NOTICES = {kind.value: STEP_OF_DUTY[kind.value] for kind in ReportKind}
"""Each notice that has a page, to the step that records it as sent."""

Responder = Callable[[Request, Any], Response]


@cache
def _templates() -> Environment:
    """Escaped by default; an unknown name in one is an error. Compiled once a process."""
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(step_label=step_label, notices=NOTICES)
    return made


class Pages:
    """What every page tells of the Sporlog that it comes from."""

    def __init__(self, parts: WebParts) -> None:
        self._about = {"version": parts.version, "demo": parts.desk.demo}

    def html(self, template: str, language: Language, **context: object) -> str:
        """A page or a part of one."""
        bound = {
            "language": language,
            "t": partial(text, language),
            "when": partial(time_element, language),
            "day_of": day_en if language == "en" else day_da,
            "field_label": partial(field_label, language=language),
            "short_label": partial(short_label, language=language),
            "value_label": partial(value_label, language=language),
            "step_name": partial(step_label, language=language),
            "catalogue_word": partial(catalogue_word, language=language),
            "fact_label": lambda name: FACTS[name].to(language),
        }
        return _templates().get_template(template).render(**self._about, **bound, **context)

    def page(self, request: Request, template: str, status: int = 200, **context: object) -> Response:
        """A whole page in the reader's language."""
        here = request.url.remove_query_params(("lang", "token"))
        path = here.path + (f"?{here.query}&" if here.query else "?")
        about = {"path": path, "here": here.path, "acting": acting(request), "local_input": local_input}
        caller = caller_of(request)
        until = caller.period.end if isinstance(caller, Person) and caller.period else None
        allowed = {"confined": is_confined(caller), "auditor": is_auditor(caller), "until": until}
        context = {**about, **allowed, **context}
        response = HTMLResponse(self.html(template, language_of(request), **context), status)
        remember_language(request, response)
        return response

    def dress(self, request: Request, response: Response) -> Response:
        """A problem as a page, for whoever asked for one; without a sign-in, the page to sign in."""
        for_machines = request.url.path.startswith(FOR_MACHINES) or "text/html" not in request.headers.get("accept", "")
        if for_machines or response.media_type != MEDIA_TYPE:
            return response
        body = orjson.loads(response.body)
        if body["status"] == UNAUTHORIZED:
            return self.page(request, "sign_in.html", UNAUTHORIZED, wrong=False, to=request.url.path)
        return self.page(request, "error.html", body["status"], problem=body)

    def dressed(self, respond: Responder) -> Responder:
        """An exception's responder that tells people in their way."""

        def answer(request: Request, error: Any) -> Response:  # noqa: ANN401 - as many types as there are responders
            return self.dress(request, respond(request, error))

        return answer


def step_label(step: str, language: Language) -> str:
    """What a step is called."""
    return BY_STEP[step].english if language == "en" else BY_STEP[step].danish


def time_element(language: Language, instant: datetime) -> Markup:
    """`<time datetime="2026-11-23T03:20:00Z">man. 23. nov. 2026 kl. 04.20</time>`."""
    shown = show_en(instant) if language == "en" else show_da(instant)
    return Markup('<time datetime="{}">{}</time>').format(rfc3339_utc(instant.replace(microsecond=0)), shown)


def local_input(instant: datetime) -> str:
    """As a datetime-local field wants it, Copenhagen's clock."""
    return local(instant).strftime("%Y-%m-%dT%H:%M")
