"""Reading a part of the log only: the condition that every query over incidents carries."""

from typing import Any

from sqlalchemy import Column, ColumnElement, and_, true

from domain.organisation.access import Scope


def within(scope: Scope, entity: Column[Any], incident: Column[Any]) -> ColumnElement[bool]:
    """Whether the row's incident, of the row's entity, may be read."""
    if scope is None:
        return true()
    theirs = entity.in_(sorted(scope.entities))
    return theirs if scope.incidents is None else and_(theirs, incident.in_(sorted(scope.incidents)))
