"""What is decided about which house keeps the log: each function is one unit of work."""

from uuid import UUID

from pydantic import ValidationError

from domain.primary import PRIMARY, PrimaryDeclared, decide
from handlers.history import History
from handlers.requests import InvalidFieldsError, Origin, StepRequest, meta_of
from handlers.unit_of_work import UnitOfWork

CHUNK = 1000


def declared(house: UUID | None, label: str, from_position: int, reason: str | None, origin: Origin) -> PrimaryDeclared:
    """This house keeps the log from now on; None: handed over. Raises `InvalidFieldsError`."""
    try:
        return PrimaryDeclared(
            meta=meta_of(StepRequest(), origin), house=house, label=label, from_position=from_position, reason=reason or None
        )
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors(include_url=False))
        raise InvalidFieldsError(wrong) from error


def only_here(history: History, after: int) -> list[str]:
    """The incidents on which something was recorded past that position: the house that went on from there does not have it."""
    found = dict[str, None]()
    while rows := history.rows(after, CHUNK):
        after = rows[-1].position
        for row in rows:
            if row.topic.startswith("incident.") and (reference := history.reference_of(row.aggregate_id)):
                found[reference] = None
    return list(found)


def record(uow: UnitOfWork, proposed: PrimaryDeclared) -> int:
    """Record it, alone in its transaction; its position. Raises `ReasonMissingError`."""
    return uow.append(PRIMARY, decide(proposed), expected=uow.version(PRIMARY))
