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


class UnknownRoleError(InvalidInputError):
    """There is no such role."""

    code: ClassVar[str] = "unknown-role"


class RoleNotPermittedError(RefusedError):
    """The step belongs to other roles."""

    code: ClassVar[str] = "role-not-permitted"


class RoleNotHeldError(RefusedError):
    """Whoever acts does not hold the role that they act in."""

    code: ClassVar[str] = "role-not-held"


class OwnApprovalError(RefusedError):
    """Four eyes: nobody approves what they proposed or did themselves."""

    code: ClassVar[str] = "own-approval"


class AloneNotAllowedError(RefusedError):
    """The policy knows no approval by somebody who is alone on duty."""

    code: ClassVar[str] = "alone-not-allowed"


class NothingToApproveError(RefusedError):
    """What is to be approved is not there, or waits for nobody."""

    code: ClassVar[str] = "nothing-to-approve"


class AwarenessMovedLaterError(RefusedError):
    """Moving the awareness later gives more time: that is for the Ledelsesbeslutningstager."""

    code: ClassVar[str] = "awareness-moved-later"


class AlreadySignificantError(RefusedError):
    """It is judged significant already: the clocks run."""

    code: ClassVar[str] = "already-significant"


class FinalBeforeHandledError(RefusedError):
    """A final report is for a handled incident; while it runs the law asks for a statusrapport (§ 13, stk. 1, nr. 5)."""

    code: ClassVar[str] = "final-before-handled"


class UnknownNumberError(InvalidInputError):
    """The incident has no such measure, task, follow-up or submission."""

    code: ClassVar[str] = "unknown-number"


class SameIncidentError(InvalidInputError):
    """An incident cannot be merged into itself."""

    code: ClassVar[str] = "same-incident"


class OtherEntityError(RefusedError):
    """Each reporting entity owes its own notices: incidents of two entities are never one."""

    code: ClassVar[str] = "other-entity"


class ExerciseMixedError(RefusedError):
    """What is real and what is played are never one incident."""

    code: ClassVar[str] = "exercise-mixed"


class AlreadyHeldError(RefusedError):
    """A legal hold stands already."""

    code: ClassVar[str] = "already-held"


class NotHeldError(RefusedError):
    """There is no legal hold to lift."""

    code: ClassVar[str] = "not-held"


class LegalHoldError(RefusedError):
    """A legal hold stands: nothing of the incident is erased or disposed of."""

    code: ClassVar[str] = "legal-hold"


class SameEntityError(InvalidInputError):
    """An incident is shared with another reporting entity than its own."""

    code: ClassVar[str] = "same-entity"


class IncidentDisposedError(StepNotAllowedError):
    """Everything about it was erased: report anew what has happened since."""

    code: ClassVar[str] = "incident-disposed"


class RetentionRunsError(RefusedError):
    """It is still to be kept, or it is not said until when it was."""

    code: ClassVar[str] = "retention-runs"


class ExemptionMissingError(InvalidInputError):
    """Fields are withheld, and no paragraph says why."""

    code: ClassVar[str] = "exemption-missing"


class UnknownFieldError(InvalidInputError):
    """The document has no field of that name, so nothing would be withheld."""

    code: ClassVar[str] = "unknown-field"


class UndecidedDocumentsError(RefusedError):
    """An extract is final only when a person has decided on every document."""

    code: ClassVar[str] = "undecided-documents"


class NothingToEraseError(InvalidInputError):
    """The event has no such text, or it is erased already."""

    code: ClassVar[str] = "nothing-to-erase"
