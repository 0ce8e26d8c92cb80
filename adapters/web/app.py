"""The web application: which routers there are, and what is around them."""

from pathlib import Path

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles

from adapters.web import problems
from adapters.web.access_log_page import access_log_router
from adapters.web.acting import acting_router
from adapters.web.auth import Doorkeeper
from adapters.web.body_limits import body_limit
from adapters.web.bundle import bundle_router
from adapters.web.caller import take_in
from adapters.web.catalogue import catalogue_router
from adapters.web.catalogue_acts import catalogue_acts_router
from adapters.web.catalogue_critical import catalogue_critical_router
from adapters.web.catalogue_findings import catalogue_findings_router
from adapters.web.catalogue_page import catalogue_page_router
from adapters.web.catalogue_plan import catalogue_plan_router
from adapters.web.contract_page import contract_router
from adapters.web.docs import docs_router
from adapters.web.drift import drift_router
from adapters.web.drift_page import drift_page_router
from adapters.web.emergency_lists import emergency_lists_page_router, emergency_lists_router
from adapters.web.evidence import evidence_router
from adapters.web.evidence_page import evidence_page_router
from adapters.web.from_paper_page import from_paper_router
from adapters.web.gate import Gate
from adapters.web.guide_api import guide_api_router
from adapters.web.guide_page import guide_router
from adapters.web.health import health_router
from adapters.web.impact_api import impact_router
from adapters.web.incident_page import incident_router
from adapters.web.incidents import incidents_router
from adapters.web.intake import intake_router
from adapters.web.ledger import ledger_router
from adapters.web.lists import lists_router
from adapters.web.lists_page import lists_page_router
from adapters.web.management import management_router
from adapters.web.management_page import management_page_router
from adapters.web.map_page import map_page_router
from adapters.web.maps import maps_router
from adapters.web.notice_page import notice_router
from adapters.web.organisation import organisation_router
from adapters.web.organisation_page import organisation_page_router
from adapters.web.overview_page import overview_router
from adapters.web.pack_page import pack_router
from adapters.web.paper_pages import paper_pages_router
from adapters.web.papers import papers_router
from adapters.web.parts import WebParts
from adapters.web.privacy_page import privacy_page_router
from adapters.web.readings import readings_page_router, readings_router
from adapters.web.records_page import records_page_router, records_router
from adapters.web.rendering import Pages
from adapters.web.retention_page import retention_page_router
from adapters.web.rules import rules_router
from adapters.web.rules_page import rules_page_router
from adapters.web.sign_in import sign_in_router
from adapters.web.signals import signals_router
from adapters.web.signals_page import signals_page_router
from adapters.web.sources import sources_router
from adapters.web.steps import steps_router
from adapters.web.stream import stream_router
from adapters.web.witness import Witness
from domain.errors import SporlogError

STATIC = Path(__file__).parent / "static"
DESCRIPTION = (
    "The incident log. Every step of an incident is an event that is durable when the call returns. "
    "All times are RFC 3339; without a zone they are Copenhagen's. Errors are RFC 9457 problem details."
)


def make_app(parts: WebParts) -> FastAPI:
    """The application. Serve it on loopback, or behind TLS; it keeps nothing of its own."""
    app = FastAPI(
        title="Sporlog",
        version=parts.version,
        description=DESCRIPTION,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
    )
    pages = Pages(parts)
    history = parts.desk.history
    doorkeeper = Doorkeeper(parts.token, history.organisation, history.intake_setup, lambda: parts.commits.count, parts.clock)
    for router in (
        intake_router(parts),
        sources_router(parts),
        incidents_router(parts),
        impact_router(parts),
        readings_router(parts),
        papers_router(parts),
        evidence_router(parts),
        records_router(parts),
        steps_router(parts),
        stream_router(parts),
        organisation_router(parts),
        drift_router(parts),
        catalogue_router(parts),
        rules_router(parts),
        guide_api_router(parts),
        lists_router(parts),
        signals_router(parts),
        ledger_router(parts),
        management_router(parts),
        management_page_router(parts, pages),
        emergency_lists_router(parts),
        health_router(parts),
        docs_router(app, pages),
        contract_router(pages),
        sign_in_router(doorkeeper, pages),
        acting_router(parts, pages),
        overview_router(parts, pages),
        organisation_page_router(parts, pages),
        retention_page_router(parts, pages),
        privacy_page_router(parts, pages),
        emergency_lists_page_router(parts, pages),
        rules_page_router(parts, pages),
        pack_router(parts, pages),
        from_paper_router(parts, pages),
        paper_pages_router(parts, pages),
        notice_router(parts, pages),
        guide_router(parts, pages),
        lists_page_router(parts, pages),
        signals_page_router(parts, pages),
        readings_page_router(parts, pages),
        bundle_router(parts),
        records_page_router(parts, pages),
        evidence_page_router(parts),
        access_log_router(parts, pages),
        incident_router(parts, pages),
        drift_page_router(parts, pages),
        catalogue_acts_router(parts, pages),
        catalogue_critical_router(parts, pages),
        maps_router(parts),
        map_page_router(parts, pages),
        catalogue_findings_router(parts, pages),
        catalogue_plan_router(parts, pages),
        catalogue_page_router(parts, pages),
    ):
        take_in(app, router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_exception_handler(SporlogError, pages.dressed(problems.on_sporlog_error))
    app.add_exception_handler(RequestValidationError, pages.dressed(problems.on_invalid_request))
    app.add_exception_handler(HTTPException, pages.dressed(problems.on_http_error))
    app.add_middleware(Witness, access_log=parts.access_log, clock=parts.clock, dress=pages.dress)
    limit = body_limit(parts.intake_limit)
    app.add_middleware(Gate, doorkeeper=doorkeeper, metrics=parts.metrics, dress=pages.dress, limit=limit)
    return app
