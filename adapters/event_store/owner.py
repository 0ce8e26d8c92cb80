"""Whose log this is: the reporting entity and its reference prefix, fixed at the first start."""

from typing import ClassVar

from adapters.event_store.database import Database
from adapters.event_store.schema import migrate
from domain.errors import RefusedError


class OtherEntityError(RefusedError):
    """The store belongs to another entity, or its references have another prefix. Nothing was changed."""

    code: ClassVar[str] = "other-entity"


def owner(database: Database, entity: str | None, prefix: str | None, *, defaults: tuple[str, str]) -> tuple[str, str]:
    """The entity and prefix that the store was begun with; a new store takes what is given, or the defaults.

    Durable on return. Raises `OtherEntityError` when something else is asked for later: references already given would no
    longer be found.
    """
    migrate(database)
    wanted = (("entity", entity, defaults[0]), ("prefix", prefix, defaults[1]))
    facts = dict(database.read("SELECT name, value FROM facts"))
    if not {name for name, _, _ in wanted} <= facts.keys():
        with database.write("facts") as cursor:
            for name, given, default in wanted:
                cursor.execute("INSERT INTO facts (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING", (name, given or default))
        facts = dict(database.read("SELECT name, value FROM facts"))
    for name, given, _ in wanted:
        if given is not None and given != facts[name]:
            msg = f"this log's {name} is {facts[name]!r} since its first start, not {given!r}: keep it, or begin another log"
            raise OtherEntityError(msg)
    return str(facts["entity"]), str(facts["prefix"])
