"""The named refusals. Each message names what is missing and what to do."""

from typing import ClassVar

from domain.errors import InvalidInputError, RefusedError


class IncidentAlreadyReportedError(RefusedError):
    """The id is taken."""

    code: ClassVar[str] = "incident-already-reported"


class StepNotAllowedError(RefusedError):
    """The step does not go with the incident's status."""

    code: ClassVar[str] = "step-not-allowed"


class IncidentAlreadyClosedError(StepNotAllowedError):
    """Reopen it first."""

    code: ClassVar[str] = "incident-already-closed"


class OpenDutyError(RefusedError):
    """A notification that an act asks for is still owed (NIS 2-loven § 13 or § 15, GDPR art. 33-34): no closing over it."""

    code: ClassVar[str] = "open-statutory-duty"


class AssessmentMissingError(RefusedError):
    """Nobody has judged yet whether it is significant, or the judgement does not bear the reason given."""

    code: ClassVar[str] = "assessment-missing"


class NotMitigatedError(RefusedError):
    """It cannot be resolved before it is handled."""

    code: ClassVar[str] = "not-mitigated"


class DuplicateOfMissingError(RefusedError):
    """A duplicate must name the incident that it repeats."""

    code: ClassVar[str] = "duplicate-of-missing"


class ReasonMissingError(InvalidInputError):
    """The step needs words of a person: a title, a text or a reason."""

    code: ClassVar[str] = "reason-missing"


class InTheFutureError(InvalidInputError):
    """What has not happened cannot be recorded."""

    code: ClassVar[str] = "in-the-future"


class AwareBeforeDetectionError(InvalidInputError):
    """Nobody can have had knowledge of what had not been observed."""

    code: ClassVar[str] = "aware-before-detection"


class CategoryContradictsError(InvalidInputError):
    """Høj is what is significant (§ 12) and must be notified; Mellem and Lav are not."""

    code: ClassVar[str] = "category-contradicts"


class NothingToCorrectError(InvalidInputError):
    """The new value is unreadable or equals the old one."""

    code: ClassVar[str] = "nothing-to-correct"
