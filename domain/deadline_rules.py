"""The deadlines of the law as data with effective dates: a new act is a new row here, and old incidents keep their old row.

Sources: lov nr. 434 af 6.5.2025 (NIS 2-loven) §§ 13 and 15, in force 1 July 2025; Regulation (EU) 2016/679 (GDPR) art. 33-34,
applied from 25 May 2018. `{start}` and `{due}` in the texts are Danish clock times.
"""

from datetime import date
from enum import StrEnum
from typing import Literal, NamedTuple


class DeadlineKind(StrEnum):
    """What falls due. The law's Danish names are in the rules."""

    INTERNAL_ASSESSMENT = "internal_assessment"
    EARLY_WARNING = "early_warning"
    INCIDENT_NOTIFICATION = "incident_notification"
    GDPR_NOTIFICATION = "gdpr_notification"
    FINAL_REPORT = "final_report"
    STATUS_REPORT = "status_report"
    FINAL_REPORT_AFTER_STATUS = "final_report_after_status"
    RECIPIENTS = "recipients"
    DATA_SUBJECTS = "data_subjects"
    CSIRT_REPLY = "csirt_reply"
    INTERIM_REPORT = "interim_report"
    SECOND_APPROVAL = "second_approval"


Trigger = Literal[
    "registered_at",
    "aware_at",
    "notified_at",
    "handled_at",
    "breach_aware_at",
    "effect_at",
    "high_risk_at",
    "warned_at",
    "interim_requested_at",
    "approval_owed_at",
]


class Term(NamedTuple):
    """How long. Hours are elapsed time; a month ends at the same Danish time of day on the same day number, or the last day."""

    amount: int
    unit: Literal["hours", "months"]


class Texts(NamedTuple):
    """One explanation in both languages."""

    danish: str
    english: str


class Rule(NamedTuple):
    """One clock of one act. `id` is stored and shown, and never gets another meaning."""

    id: str
    kind: DeadlineKind
    trigger: Trigger
    term: Term | None
    """None: there is none of its own, and the clock runs only once a due time is set."""
    chosen_by: Trigger
    """The fact whose date decides whether the rule is in force: the awareness, where there is one."""
    valid_from: date
    valid_to: date | None
    """First Danish date on which the rule no longer holds; None while no end is known."""
    trust_service: bool | None
    """True: only incidents of trust services; False: only others; None: all."""
    statutory: bool
    """An act lays the duty on us: no incident is closed over it."""
    limit_in_law: bool
    """The term is the act's own. A statutory duty without one is owed without undue delay, and its term is a target."""
    discharged_by: frozenset[DeadlineKind]
    """The acts that end the duty."""
    paragraph: str
    name: str
    name_en: str
    explanation: str
    explanation_en: str
    may_be_set: bool = False
    """A person, the CSIRT or the policy may set the due time; what an act limits, nobody moves."""
    if_set: Texts | None = None
    """Told instead where a due time was set; None: the explanation fits both."""
    awaited: bool = False
    """The duty is another's: we wait for it, owe nothing and cannot miss it."""

    def holds(self, day: date, *, trust_service: bool) -> bool:
        """Whether the rule was in force on that Danish date for such an incident: at most one of each kind is."""
        in_force = self.valid_from <= day and (self.valid_to is None or day < self.valid_to)
        return in_force and self.trust_service in {None, trust_service}


ALWAYS = date.min
GDPR_APPLIES = date(2018, 5, 25)
NIS2_ACT_IN_FORCE = date(2025, 7, 1)

RULES: tuple[Rule, ...] = (
    Rule(
        id="internal.first-assessment.4h",
        kind=DeadlineKind.INTERNAL_ASSESSMENT,
        trigger="registered_at",
        term=Term(4, "hours"),
        chosen_by="registered_at",
        valid_from=ALWAYS,
        valid_to=None,
        trust_service=None,
        statutory=False,
        limit_in_law=False,
        discharged_by=frozenset({DeadlineKind.INTERNAL_ASSESSMENT}),
        paragraph="Intern frist",
        name="Første vurdering",
        name_en="First assessment",
        explanation="Internt mål: vurdér senest {due}, 4 timer efter registreringen {start}. Det er ingen lovfrist, og "
        "lovens ure venter ikke på den.",
        explanation_en="Internal target: assess by {due}, 4 hours after registration {start}. It is no limit in law, and the "
        "law's clocks do not wait for it.",
        may_be_set=True,
        if_set=Texts(
            "Internt mål: vurdér senest {due}, som kommunen selv har sat. Hændelsen blev registreret {start}. Det er ingen "
            "lovfrist, og lovens ure venter ikke på den.",
            "Internal target: assess by {due}, as the municipality has set it. The incident was registered {start}. It is no "
            "limit in law, and the law's clocks do not wait for it.",
        ),
    ),
    Rule(
        id="dk.lov-434-2025.early-warning.24h",
        kind=DeadlineKind.EARLY_WARNING,
        trigger="aware_at",
        term=Term(24, "hours"),
        chosen_by="aware_at",
        valid_from=NIS2_ACT_IN_FORCE,
        valid_to=None,
        trust_service=None,
        statutory=True,
        limit_in_law=True,
        discharged_by=frozenset({DeadlineKind.EARLY_WARNING, DeadlineKind.INCIDENT_NOTIFICATION}),
        paragraph="NIS 2-loven § 13, stk. 1, nr. 1",
        name="Tidlig varsling",
        name_en="Early warning",
        explanation="Hurtigst muligt, senest {due}: 24 timer efter kendskabet til den væsentlige hændelse {start}. En "
        "hændelsesunderretning inden da opfylder også denne pligt.",
        explanation_en="As soon as possible, at the latest {due}: 24 hours after awareness of the significant incident "
        "{start}. An incident notification sent before then meets this duty too.",
    ),
    Rule(
        id="dk.lov-434-2025.incident-notification.72h",
        kind=DeadlineKind.INCIDENT_NOTIFICATION,
        trigger="aware_at",
        term=Term(72, "hours"),
        chosen_by="aware_at",
        valid_from=NIS2_ACT_IN_FORCE,
        valid_to=None,
        trust_service=False,
        statutory=True,
        limit_in_law=True,
        discharged_by=frozenset({DeadlineKind.INCIDENT_NOTIFICATION}),
        paragraph="NIS 2-loven § 13, stk. 1, nr. 2",
        name="Hændelsesunderretning",
        name_en="Incident notification",
        explanation="Hurtigst muligt, senest {due}: 72 timer efter kendskabet til den væsentlige hændelse {start}. De "
        "løber fra samme kendskab som den tidlige varsling, ikke fra varslingen.",
        explanation_en="As soon as possible, at the latest {due}: 72 hours after awareness of the significant incident "
        "{start}. They run from the same awareness as the early warning, not from the warning.",
    ),
    Rule(
        id="dk.lov-434-2025.incident-notification.trust-service.24h",
        kind=DeadlineKind.INCIDENT_NOTIFICATION,
        trigger="aware_at",
        term=Term(24, "hours"),
        chosen_by="aware_at",
        valid_from=NIS2_ACT_IN_FORCE,
        valid_to=None,
        trust_service=True,
        statutory=True,
        limit_in_law=True,
        discharged_by=frozenset({DeadlineKind.INCIDENT_NOTIFICATION}),
        paragraph="NIS 2-loven § 13, stk. 2",
        name="Hændelsesunderretning",
        name_en="Incident notification",
        explanation="Hurtigst muligt, senest {due}: for tillidstjenester 24 timer efter kendskabet til den væsentlige "
        "hændelse {start}.",
        explanation_en="As soon as possible, at the latest {due}: for trust services 24 hours after awareness of the "
        "significant incident {start}.",
    ),
    Rule(
        id="eu.gdpr-2016.art-33.72h",
        kind=DeadlineKind.GDPR_NOTIFICATION,
        trigger="breach_aware_at",
        term=Term(72, "hours"),
        chosen_by="breach_aware_at",
        valid_from=GDPR_APPLIES,
        valid_to=None,
        trust_service=None,
        statutory=True,
        limit_in_law=True,
        discharged_by=frozenset({DeadlineKind.GDPR_NOTIFICATION}),
        paragraph="GDPR art. 33, stk. 1",
        name="Anmeldelse til Datatilsynet",
        name_en="Notification to the data protection authority",
        explanation="Hurtigst muligt, senest {due}: 72 timer efter kendskabet til bruddet på persondatasikkerheden "
        "{start}. Uret er sit eget og løber ikke fra NIS2-kendskabet. En senere anmeldelse skal begrundes.",
        explanation_en="As soon as possible, at the latest {due}: 72 hours after awareness of the personal data breach "
        "{start}. The clock is its own and does not run from the NIS2 awareness. A later notification needs "
        "reasons.",
    ),
    Rule(
        id="dk.lov-434-2025.final-report.1m",
        kind=DeadlineKind.FINAL_REPORT,
        trigger="notified_at",
        term=Term(1, "months"),
        chosen_by="aware_at",
        valid_from=NIS2_ACT_IN_FORCE,
        valid_to=None,
        trust_service=None,
        statutory=True,
        limit_in_law=True,
        discharged_by=frozenset({DeadlineKind.FINAL_REPORT}),
        paragraph="NIS 2-loven § 13, stk. 1, nr. 4",
        name="Endelig rapport",
        name_en="Final report",
        explanation="Hurtigst muligt, senest {due}: en måned efter at hændelsesunderretningen faktisk blev sendt {start}, "
        "ikke efter kendskabet. Er hændelsen ikke håndteret til den tid, sendes en statusrapport i stedet.",
        explanation_en="As soon as possible, at the latest {due}: one month after the incident notification was actually sent"
        " {start}, not after awareness. If the incident is not handled by then, a progress report is sent "
        "instead.",
    ),
    Rule(
        id="dk.lov-434-2025.status-report.1m",
        kind=DeadlineKind.STATUS_REPORT,
        trigger="notified_at",
        term=Term(1, "months"),
        chosen_by="aware_at",
        valid_from=NIS2_ACT_IN_FORCE,
        valid_to=None,
        trust_service=None,
        statutory=True,
        limit_in_law=True,
        discharged_by=frozenset({DeadlineKind.STATUS_REPORT, DeadlineKind.FINAL_REPORT}),
        paragraph="NIS 2-loven § 13, stk. 1, nr. 5",
        name="Statusrapport",
        name_en="Progress report",
        explanation="Senest {due}, hvis hændelsen ikke er håndteret til den tid: den træder i stedet for den endelige "
        "rapport, der ellers forfalder da, en måned efter at hændelsesunderretningen blev sendt {start}. KL's "
        "drejebog kalder den foreløbig rapport.",
        explanation_en="At the latest {due}, if the incident is not handled by then: it takes the place of the final report "
        "that would fall due, one month after the incident notification was sent {start}.",
    ),
    Rule(
        id="dk.lov-434-2025.final-report-after-status.1m",
        kind=DeadlineKind.FINAL_REPORT_AFTER_STATUS,
        trigger="handled_at",
        term=Term(1, "months"),
        chosen_by="aware_at",
        valid_from=NIS2_ACT_IN_FORCE,
        valid_to=None,
        trust_service=None,
        statutory=True,
        limit_in_law=True,
        discharged_by=frozenset({DeadlineKind.FINAL_REPORT}),
        paragraph="NIS 2-loven § 13, stk. 1, nr. 5",
        name="Endelig rapport efter statusrapport",
        name_en="Final report after a progress report",
        explanation="Hurtigst muligt, senest {due}: en måned efter at hændelsen var håndteret {start}, fordi den stadig "
        "var i gang, da den endelige rapport ellers forfaldt.",
        explanation_en="As soon as possible, at the latest {due}: one month after the incident was handled {start}, because "
        "it was still running when the final report would have fallen due.",
    ),
    Rule(
        id="dk.lov-434-2025.csirt-reply.24h",
        kind=DeadlineKind.CSIRT_REPLY,
        trigger="warned_at",
        term=Term(24, "hours"),
        chosen_by="aware_at",
        valid_from=NIS2_ACT_IN_FORCE,
        valid_to=None,
        trust_service=None,
        statutory=False,
        limit_in_law=True,
        discharged_by=frozenset({DeadlineKind.CSIRT_REPLY}),
        paragraph="NIS 2-loven § 13, stk. 3",
        name="Svar fra CSIRT'en",
        name_en="Answer from the CSIRT",
        explanation="Svar ventes senest {due}: CSIRT'en skal svare inden 24 timer efter, at den har modtaget den tidlige "
        "varsling, som blev sendt {start}. Pligten er CSIRT'ens, og hændelsen kan lukkes uden svaret.",
        explanation_en="An answer is awaited by {due}: the CSIRT must answer within 24 hours of receiving the early warning, "
        "which was sent {start}. The duty is the CSIRT's, and the incident can be closed without the answer.",
        awaited=True,
    ),
    Rule(
        id="dk.lov-434-2025.interim-report",
        kind=DeadlineKind.INTERIM_REPORT,
        trigger="interim_requested_at",
        term=None,
        chosen_by="aware_at",
        valid_from=NIS2_ACT_IN_FORCE,
        valid_to=None,
        trust_service=None,
        statutory=True,
        limit_in_law=False,
        discharged_by=frozenset({DeadlineKind.INTERIM_REPORT}),
        paragraph="NIS 2-loven § 13, stk. 1, nr. 3",
        name="Foreløbig rapport",
        name_en="Intermediate report",
        explanation="Hurtigst muligt, senest {due}, som CSIRT'en har sat: den bad om rapporten {start}. Loven sætter selv "
        "ingen frist for den.",
        explanation_en="As soon as possible, at the latest {due}, as the CSIRT has set it: it asked for the report {start}. "
        "The law itself sets no limit for it.",
        may_be_set=True,
    ),
    Rule(
        id="dk.lov-434-2025.recipients",
        kind=DeadlineKind.RECIPIENTS,
        trigger="effect_at",
        term=Term(24, "hours"),
        chosen_by="aware_at",
        valid_from=NIS2_ACT_IN_FORCE,
        valid_to=None,
        trust_service=None,
        statutory=True,
        limit_in_law=False,
        discharged_by=frozenset({DeadlineKind.RECIPIENTS}),
        paragraph="NIS 2-loven § 15, stk. 1",
        name="Underretning af berørte modtagere",
        name_en="Notification of affected recipients",
        explanation="Hurtigst muligt, senest {due}, som er kommunens eget mål: loven siger uden unødigt ophold og sætter intet "
        "timetal. Det stod klart {start}, at hændelsen sandsynligvis påvirker tjenesterne negativt.",
        explanation_en="As soon as possible, at the latest {due}, which is the municipality's own target: the law says without "
        "undue delay and sets no hour. That the incident is likely to affect the services adversely was clear {start}.",
        may_be_set=True,
    ),
    Rule(
        id="eu.gdpr-2016.art-34",
        kind=DeadlineKind.DATA_SUBJECTS,
        trigger="high_risk_at",
        term=Term(72, "hours"),
        chosen_by="breach_aware_at",
        valid_from=GDPR_APPLIES,
        valid_to=None,
        trust_service=None,
        statutory=True,
        limit_in_law=False,
        discharged_by=frozenset({DeadlineKind.DATA_SUBJECTS}),
        paragraph="GDPR art. 34, stk. 1",
        name="Underretning af de registrerede",
        name_en="Communication to the data subjects",
        explanation="Hurtigst muligt, senest {due}, som er kommunens eget mål: forordningen siger uden unødig forsinkelse og "
        "sætter intet timetal. Den sandsynlige høje risiko for de registrerede stod klart {start}.",
        explanation_en="As soon as possible, at the latest {due}, which is the municipality's own target: the regulation says "
        "without undue delay and sets no hour. The likely high risk to the data subjects was clear {start}.",
        may_be_set=True,
    ),
    Rule(
        id="internal.second-approval.24h",
        kind=DeadlineKind.SECOND_APPROVAL,
        trigger="approval_owed_at",
        term=Term(24, "hours"),
        chosen_by="approval_owed_at",
        valid_from=ALWAYS,
        valid_to=None,
        trust_service=None,
        statutory=False,
        limit_in_law=False,
        discharged_by=frozenset({DeadlineKind.SECOND_APPROVAL}),
        paragraph="Intern frist",
        name="Efterfølgende godkendelse",
        name_en="Approval afterwards",
        explanation="Internt mål: en anden person godkender senest {due}, hvad der {start} blev gjort alene, i en nødsituation "
        "eller uden godkendelse. Det er ingen lovfrist.",
        explanation_en="Internal target: a second person approves by {due} what was done {start} alone, in an emergency or "
        "without approval. It is no limit in law.",
        may_be_set=True,
    ),
)

RULE_BY_ID = {rule.id: rule for rule in RULES}
OUR_LIMITS_IN_LAW = tuple(rule.id for rule in RULES if rule.statutory and rule.limit_in_law)
"""Whose passing the log notes; a target that is missed, or another's delay, is no breach of ours."""
AWAITED = tuple(rule.id for rule in RULES if rule.awaited)
