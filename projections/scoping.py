"""Reading for some entities only: the condition that every query over incidents carries."""

from typing import Any

from sqlalchemy import Column, ColumnElement, true

from domain.organisation.access import Scope


def within(scope: Scope, entity: Column[Any]) -> ColumnElement[bool]:
    """Whether the row's entity may be read."""
    return true() if scope is None else entity.in_(sorted(scope))
