"""The named refusals. Each message names what is wrong and what to do."""

from typing import ClassVar

from domain.errors import InvalidInputError, RefusedError


class UnknownEntityError(InvalidInputError):
    """No such reporting entity is registered."""

    code: ClassVar[str] = "unknown-entity"


class UnknownFilerError(InvalidInputError):
    """Nobody of that id may file for the entity."""

    code: ClassVar[str] = "unknown-filer"


class UnknownHolderError(InvalidInputError):
    """Nobody of that id has access."""

    code: ClassVar[str] = "unknown-holder"


class AuditIncompleteError(InvalidInputError):
    """An auditor's access is for single incidents and a time that begins before it ends."""

    code: ClassVar[str] = "audit-incomplete"


class UnknownPhaseError(InvalidInputError):
    """A policy shows a phase that there is none of, or one of them twice, or none at all."""

    code: ClassVar[str] = "unknown-phase"


class RepeatedDeputyError(InvalidInputError):
    """A deputy who is the holder, or another deputy too, stands in for nobody."""

    code: ClassVar[str] = "repeated-deputy"


class AccessAlreadyGrantedError(RefusedError):
    """The holder has access: one token a holder, so that withdrawing it leaves none behind."""

    code: ClassVar[str] = "access-already-granted"


class EntityAlreadyRegisteredError(RefusedError):
    """It is on record with other particulars."""

    code: ClassVar[str] = "entity-already-registered"


class EntityKeptError(RefusedError):
    """Incidents carry the entity's name: it stays on record."""

    code: ClassVar[str] = "entity-kept"


class PrefixTakenError(RefusedError):
    """Two entities with one prefix would give the same references."""

    code: ClassVar[str] = "prefix-taken"


class PrefixFixedError(RefusedError):
    """References were given under the old prefix and must be found."""

    code: ClassVar[str] = "prefix-fixed"
