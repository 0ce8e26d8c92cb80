"""The open incidents, as far as a map tells of them."""

from sqlalchemy import Connection

from adapters.maps.content import OpenIncident
from domain.organisation.access import Scope
from projections import register


def open_incidents(connection: Connection, scope: Scope = None) -> tuple[OpenIncident, ...]:
    """Those of the register that may be seen; exercises are marked as such."""
    rows = register.incidents(connection, open_only=True, scope=scope)
    return tuple(
        OpenIncident(row["reference"], row["severity"], (*row["services"], *row["components"]), row["exercise"]) for row in rows
    )
