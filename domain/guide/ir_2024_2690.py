"""An optional set, guidance only: Commission Implementing Regulation (EU) 2024/2690, art. 3-4.

It binds cloud, DNS, managed-service and similar providers, not municipalities as such. Off unless the municipality's
thresholds turn it on. The criteria for single kinds of providers (art. 5-14) are left out.
"""

from domain.guide.options import YES_MARKED, YES_NO
from domain.guide.question import AnswerKind, Criterion, Question
from domain.guide.reading import YES
from domain.guide.weighing import Weighing, Weight

_IR = (Criterion.IR,)

IR_QUESTIONS = (
    Question(
        "ir.loss",
        "1",
        AnswerKind.CHOICE,
        _IR,
        "Kan det direkte tab overstige 500.000 euro eller 5 % af sidste års omsætning, hvis det er lavere? (stk. 1, litra a)",
        "Could the direct loss exceed EUR 500,000 or, if lower, 5 % of last year's turnover? (3(1)(a))",
        YES_MARKED,
        optional=True,
    ),
    Question(
        "ir.secrets",
        "2",
        AnswerKind.CHOICE,
        _IR,
        "Kan forretningshemmeligheder være hentet ud? (stk. 1, litra b)",
        "May trade secrets have been taken out? (3(1)(b))",
        YES_MARKED,
        optional=True,
    ),
    Question(
        "ir.death",
        "3",
        AnswerKind.CHOICE,
        _IR,
        "Kan et menneske dø af det? (stk. 1, litra c)",
        "Could a person die of it? (3(1)(c))",
        YES_MARKED,
        optional=True,
    ),
    Question(
        "ir.health",
        "4",
        AnswerKind.CHOICE,
        _IR,
        "Kan et menneskes helbred lide betydelig skade? (stk. 1, litra d)",
        "Could a person's health be considerably damaged? (3(1)(d))",
        YES_MARKED,
        optional=True,
    ),
    Question(
        "ir.access",
        "5",
        AnswerKind.CHOICE,
        _IR,
        "Er der vellykket, formodet ondsindet adgang, som kan give en alvorlig driftsforstyrrelse? (stk. 1, litra e)",
        "Is there successful, suspectedly malicious access that can cause a serious operational disruption? (3(1)(e))",
        YES_MARKED,
        optional=True,
    ),
    Question(
        "ir.recurring",
        "6",
        AnswerKind.CHOICE,
        _IR,
        "Er det sket mindst to gange på seks måneder af samme årsag, med samlet tab som i litra a? (stk. 1, litra f; art. 4)",
        "Has it happened at least twice in six months for the same cause, together reaching point (a)? (3(1)(f), art. 4)",
        YES_NO,
        optional=True,
    ),
    Question(
        "ir.maintenance",
        "7",
        AnswerKind.CHOICE,
        _IR,
        "Er det en planlagt afbrydelse eller en planlagt følge af vedligehold? (stk. 2)",
        "Is it a planned interruption or a planned effect of maintenance? (3(2))",
        YES_NO,
        optional=True,
    ),
)

_PLANNED = {"ir.maintenance": YES}
"""Art. 3(2): then the criteria of this set weigh nothing; the act's own are not touched."""


def _hard(key: str, danish: str, english: str) -> Weighing:
    return Weighing(Weight.HARD, Criterion.IR, ({key: YES},), danish, english, unless=_PLANNED)


IR_WEIGHINGS = (
    _hard("ir.loss", "Det direkte tab kan være over grænsen", "The direct loss may exceed the limit"),
    _hard("ir.secrets", "Forretningshemmeligheder kan være hentet ud", "Trade secrets may have been taken out"),
    _hard("ir.death", "Et menneske kan dø af det", "A person could die of it"),
    _hard("ir.health", "Et menneskes helbred kan lide betydelig skade", "A person's health could be considerably damaged"),
    _hard(
        "ir.access",
        "Formodet ondsindet adgang kan give en alvorlig driftsforstyrrelse",
        "Suspectedly malicious access can cause a serious operational disruption",
    ),
    _hard("ir.recurring", "Gentagne hændelser når tilsammen grænsen", "Recurring incidents together reach the limit"),
)
