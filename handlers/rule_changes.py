"""What people ask of rules and maintenance, and the events that this proposes."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from domain.incident.events import Text, Word
from domain.intake.events import MaintenanceAnnounced, MaintenanceCancelled, RulesSet
from domain.intake.rules import Pattern, Rule, RuleList
from handlers.requests import LISTED, InvalidFieldsError, Origin, StepRequest, When, meta_of

T = TypeVar("T")


class Reasoned(BaseModel):
    """What every change may say of itself."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    reason: Annotated[Text | None, Field(description="Why")] = None


class WantedRules(Reasoned):
    """All the rules that shall hold from now on, in order. A change of them needs its `reason`."""

    rules: RuleList


class WantedMaintenance(Reasoned):
    """Planned work, announced by its name: announcing it again replaces what was said before."""

    name: Annotated[Word, Field(description="One word")]
    begins_at: When
    ends_at: Annotated[When, Field(description="Not included")]
    components: Annotated[
        tuple[Pattern, ...], LISTED, Field(min_length=1, description="Components or services, as patterns with * and ?")
    ]


def rules_set(rules: Sequence[Rule], reason: str | None, origin: Origin) -> RulesSet:
    """These rules hold from now on. Raises `InvalidFieldsError`."""
    return _made(RulesSet, meta=meta_of(StepRequest(), origin), rules=tuple(rules), reason=reason)


def wanted_maintenance(**told: Any) -> WantedMaintenance:  # noqa: ANN401 - as the fields of the model
    """As people told it; empty texts count as left out. Raises `InvalidFieldsError`, and what reading a time raises."""
    return _made(WantedMaintenance, **{name: value for name, value in told.items() if value not in ("", None)})


def maintenance_announced(wanted: WantedMaintenance, origin: Origin) -> MaintenanceAnnounced:
    """This work is planned."""
    return MaintenanceAnnounced(meta=meta_of(StepRequest(), origin), **dict(wanted))


def maintenance_cancelled(name: str, reason: str | None, origin: Origin) -> MaintenanceCancelled:
    """The work is called off, or over earlier than announced. Raises `InvalidFieldsError`."""
    return _made(MaintenanceCancelled, meta=meta_of(StepRequest(), origin), name=name, reason=reason)


def _made(model: Callable[..., T], **fields: Any) -> T:  # noqa: ANN401 - as the fields of the model
    try:
        return model(**fields)
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors(include_url=False))
        raise InvalidFieldsError(wrong) from error
