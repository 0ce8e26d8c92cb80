"""The report as the part of a page."""

from markupsafe import Markup

from adapters.reports import management
from adapters.reports.sections import Document


def management_body(document: Document, query: str) -> Markup:
    """What stands below the heading, with links to incidents and to what each figure rests on."""
    return management.management_body(document, "/haendelser/", "/ledelse/tal/", f"?{query}")
