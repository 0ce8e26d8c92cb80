"""The contract with subscribers: every event version, its schema as published, what is in clear and what is sealed.

The promise: within a version fields are only added, each with a default. Anything else is a new version under a new topic, and
old events stay readable for ever.
"""

import inspect
from collections.abc import Mapping
from typing import Any, NamedTuple, get_args

from pydantic import BaseModel, ConfigDict, create_model

from domain.audit.events import AUDIT_EVENTS
from domain.catalogue.board import CatalogueEvent
from domain.catalogue.imports import ImportEvent
from domain.emergency_lists.events import EmergencyListEvent
from domain.events import DomainEvent, cloudevents_type
from domain.incident.events import IncidentEvent
from domain.incident.transitions import BY_EVENT
from domain.intake.events import IntakeEvent
from domain.ledger.events import LedgerEvent
from domain.management.events import ManagementEvent
from domain.organisation.events import OrganisationEvent
from domain.pack import PackEvent
from domain.primary import PrimaryDeclared
from domain.retention.events import RetentionEvent
from domain.signals import SignalsEvent

PROMISE_DA = (
    "Inden for en version kommer der kun felter til, altid med en standardværdi. Alt andet er en ny version med sit eget navn; "
    "gamle hændelser kan læses for altid."
)
PROMISE_EN = (
    "Within a version fields are only added, always with a default. Anything else is a new version under a name of its own; "
    "old events stay readable for ever."
)


class EventContract(NamedTuple):
    """One event version as subscribers see it."""

    topic: str
    subject: str
    """With `*` for the aggregate's id."""
    ce_type: str
    """CloudEvents type."""
    name: str
    danish: str
    meaning: str
    clear: tuple[str, ...]
    confidential: tuple[str, ...]
    """Only inside `sealed`, as ciphertext."""
    model: type[BaseModel]
    """The published form: clear fields and `sealed`."""

    @property
    def schema(self) -> dict[str, Any]:
        """JSON Schema of the message body."""
        return self.model.model_json_schema()


def event_contracts() -> list[EventContract]:
    """Every event version that this Sporlog publishes, incidents first, in the order of their definition."""
    unions = (
        IncidentEvent,
        SignalsEvent,
        OrganisationEvent,
        IntakeEvent,
        LedgerEvent,
        RetentionEvent,
        CatalogueEvent,
        ImportEvent,
        PackEvent,
        EmergencyListEvent,
        ManagementEvent,
    )
    models = (*(model for union in unions for model in get_args(union)), *AUDIT_EVENTS, PrimaryDeclared)
    return [_contract(model) for model in models]


def contract_object(buckets: Mapping[str, str]) -> dict[str, Any]:
    """The whole contract as JSON values."""
    names = ("topic", "subject", "name", "clear", "confidential", "schema")
    events = [{**{name: getattr(one, name) for name in names}, "type": one.ce_type} for one in event_contracts()]
    return {"promise": PROMISE_EN, "events": events, "buckets": dict(buckets)}


def _contract(model: type[DomainEvent]) -> EventContract:
    topic = model.TOPIC
    aggregate, name, _ = topic.split(".")
    step = BY_EVENT.get(model)
    published = _published(model)
    return EventContract(
        topic=topic,
        subject=f"event.{aggregate}.*.{name}",
        ce_type=cloudevents_type(topic),
        name=model.__name__,
        danish=step.danish if step else model.__name__,
        meaning=inspect.cleandoc(model.__doc__ or ""),
        clear=tuple(field for field in published.model_fields if field != "sealed"),
        confidential=tuple(field for field in model.model_fields if field in model.CONFIDENTIAL_FIELDS),
        model=published,
    )


def _published(model: type[DomainEvent]) -> type[BaseModel]:
    fields: dict[str, Any] = {
        name: (info.rebuild_annotation(), info)
        for name, info in model.model_fields.items()
        if name not in model.CONFIDENTIAL_FIELDS
    }
    # Subscribers must tolerate fields that a later Sporlog adds.
    return create_model(model.__name__, __config__=ConfigDict(extra="ignore"), __doc__=model.__doc__, **fields)
