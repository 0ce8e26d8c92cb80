"""What the catalogue holds: a kind for each sort of object, and the clear facts that are known of it."""

from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar, Literal, get_args

from pydantic import Field, NonNegativeInt, PositiveInt, TypeAdapter

from domain.events import Frozen
from domain.incident.events import Name, Sha256, Word
from domain.organisation.events import HolderId


class Kind(StrEnum):
    """Seen from the citizen inwards: a service is what is delivered, a component is what hums in the basement."""

    SERVICE = "service"
    PROCESS = "process"
    """A work process (arbejdsgang): what people do so that a service is delivered."""
    SYSTEM = "system"
    """A line-of-business or shared system (fagsystem)."""
    INTEGRATION = "integration"
    COMPONENT = "component"
    """A server, a database, a network, a sign-in: what monitoring tools name."""
    SUPPLIER = "supplier"
    CONTRACT = "contract"
    MAILBOX = "mailbox"
    """A role mailbox or duty telephone: never a person."""
    PLAN = "plan"
    """An emergency plan (nødplan): a file, with whom it belongs to and from when it is."""


class Criterion(StrEnum):
    """Why a service may be critical to society. A municipality chooses; a classification names those that it rests on."""

    LIFE_AND_HEALTH = "life_and_health"
    SAFETY = "safety"
    VULNERABLE_CITIZENS = "vulnerable_citizens"
    SUPPLY = "supply"
    """Water, heat, waste, electricity."""
    MONEY_TO_CITIZENS = "money_to_citizens"
    STATUTORY_DEADLINES = "statutory_deadlines"
    PREPAREDNESS = "preparedness"
    """Others need it to handle a crisis."""
    MANY_SERVICES = "many_services"
    """Other critical services stop with it."""


class OutsideId(Frozen):
    """The object's id in another register, such as OS2kitos: what a sync knows it again by."""

    register_name: Word
    id: Name


class _Facts(Frozen):
    """What is known of every kind."""

    name: Name
    aliases: tuple[Name, ...] = ()
    """Other names that tools and people use of it: a host's short name, the supplier's name for the system."""
    administration: Name | None = None
    """The administration (forvaltning) that it belongs to; None: the whole entity's."""
    owner: HolderId | None = None
    """Opaque id of the role or mailbox that answers for it."""
    outside: tuple[OutsideId, ...] = ()


class ServiceFacts(_Facts):
    """A service (ydelse) to citizens or to the house."""

    kind: Literal[Kind.SERVICE] = Kind.SERVICE
    criteria: tuple[Criterion, ...] = ()
    restoration_order: PositiveInt | None = None
    """1 is restored first. Two services may share a number."""
    tolerable_downtime_minutes: PositiveInt | None = None
    """How long it may be gone before somebody comes to harm or the law is broken."""
    availability_target: Annotated[float, Field(gt=0, le=100)] | None = None
    """Of the hours of a period, in percent."""


class ProcessFacts(_Facts):
    """A work process."""

    kind: Literal[Kind.PROCESS] = Kind.PROCESS


class SystemFacts(_Facts):
    """A system."""

    kind: Literal[Kind.SYSTEM] = Kind.SYSTEM
    hosting: Literal["own", "supplier", "cloud", "shared"] | None = None
    manager: HolderId | None = None
    """Who runs it from day to day (systemansvarlig); `owner` answers for it."""
    personal_data: bool = False
    business_critical: bool = False
    """Another register calls it critical to the municipality or to society: a hint, for only services have a class."""


class IntegrationFacts(_Facts):
    """What carries data from one system to another."""

    kind: Literal[Kind.INTEGRATION] = Kind.INTEGRATION


class ComponentFacts(_Facts):
    """A technical component."""

    kind: Literal[Kind.COMPONENT] = Kind.COMPONENT
    sort: Word | None = None
    """server, database, network, storage, sign-in, client ...: the municipality's own word."""


class SupplierFacts(_Facts):
    """A supplier (leverandør)."""

    kind: Literal[Kind.SUPPLIER] = Kind.SUPPLIER
    cvr: Annotated[str, Field(pattern=r"^[0-9]{8}$")] | None = None
    processor: bool = False
    """Processes personal data for the municipality (databehandler)."""


class ContractFacts(_Facts):
    """A contract with a supplier."""

    kind: Literal[Kind.CONTRACT] = Kind.CONTRACT
    number: Name | None = None
    ends_on: date | None = None
    respond_minutes: PositiveInt | None = None
    """Within which time the supplier must begin, as agreed."""
    restore_minutes: PositiveInt | None = None


class MailboxFacts(_Facts):
    """A role mailbox or duty telephone."""

    kind: Literal[Kind.MAILBOX] = Kind.MAILBOX


class PlanFacts(_Facts):
    """An emergency plan. The file lies with the evidence, by its hash: these three come with it and are told by nobody."""

    OF_THE_FILE: ClassVar[frozenset[str]] = frozenset({"sha256", "bytes", "media_type"})

    kind: Literal[Kind.PLAN] = Kind.PLAN
    sha256: Sha256 | None = None
    bytes: NonNegativeInt = 0
    media_type: str | None = None
    dated: date | None = None
    """The day that the plan itself bears."""
    review_by: date | None = None


Facts = Annotated[
    ServiceFacts
    | ProcessFacts
    | SystemFacts
    | IntegrationFacts
    | ComponentFacts
    | SupplierFacts
    | ContractFacts
    | MailboxFacts
    | PlanFacts,
    Field(discriminator="kind"),
]
FACTS: TypeAdapter[Facts] = TypeAdapter(Facts)
"""Reads and writes them; raises `pydantic.ValidationError` naming each wrong field."""
MODELS: dict[Kind, type[_Facts]] = {model.model_fields["kind"].default: model for model in get_args(get_args(Facts)[0])}
"""Kind to the model of its facts."""
