"""What is wrong or missing in the catalogue, from its tables."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection

from domain.catalogue.findings import Finding, findings
from domain.catalogue.kinds import ContractFacts, Kind, PlanFacts
from domain.catalogue.landscape import Landscape
from domain.time import local
from projections.catalogue import facts_of, landscape, objects


class Found(NamedTuple):
    """The findings with the landscape in which they were made."""

    landscape: Landscape
    findings: list[Finding]


def find(connection: Connection, now: datetime) -> Found:
    """Of the catalogue as the connection shows it; days are held against Copenhagen's date `now`."""
    seen = landscape(connection)
    facts = {row["id"]: facts_of(row) for row in objects(connection, Kind.PLAN, Kind.CONTRACT)}
    reviews = {one: told.review_by for one, told in facts.items() if isinstance(told, PlanFacts) and told.review_by}
    endings = {one: told.ends_on for one, told in facts.items() if isinstance(told, ContractFacts) and told.ends_on}
    return Found(seen, findings(seen, today=local(now).date(), reviews=reviews, endings=endings))
