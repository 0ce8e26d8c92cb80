"""A duty as people see it: what, how urgent in words, colour and icon, until when, and why."""

from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from adapters.web.texts import text
from adapters.words.wording import Language
from domain.deadlines import Duty
from domain.incident.submission_kinds import STEP_OF_DUTY
from domain.submissions.kinds import ReportKind
from domain.time import show_span_da, show_span_en

State = Literal["overdue", "soon", "running", "met", "late"]
ICONS: dict[State, str] = {"overdue": "error", "soon": "warning", "running": "time", "met": "success", "late": "success"}
SOON = 4
"""A clock is urgent in the last quarter of its time."""


class Clock(NamedTuple):
    """One duty in one language, as of one moment."""

    kind: str
    name: str
    state: State
    state_word: str
    icon: str
    due_at: datetime
    lead: str
    countdown: str
    statutory: bool
    awaited: bool
    """Another owes it: shown with the incident, but nothing that anybody here can do next."""
    paragraph: str
    explanation: str
    discharged_at: datetime | None
    step: str | None
    """The step that meets it, if Sporlog has one."""
    notice: str | None
    """The kind of notice that meets it and has a page of its own, if one does."""

    @property
    def owed(self) -> bool:
        """Not yet met."""
        return self.discharged_at is None

    @property
    def rank(self) -> tuple[int, datetime]:
        """What must be done first: overdue law, urgent law, the rest of what is overdue or urgent, then by time."""
        pressing = {"overdue": 0, "soon": 1}.get(self.state, 3)
        return (pressing if self.statutory or pressing > 1 else 2), self.due_at


def clock(duty: Duty, now: datetime, language: Language) -> Clock:
    """How the duty stands at `now`."""
    deadline, state = duty.deadline, state_of(duty, now)
    words = {
        "overdue": "clock.over",
        "soon": "clock.left",
        "running": "clock.left",
        "met": "clock.met",
        "late": "clock.met-late",
    }
    lead, paragraph = "clock.internal", text(language, "clock.internal-paragraph")
    if deadline.statutory or deadline.awaited:
        lead, paragraph = "clock.awaited" if deadline.awaited else "clock.asap", deadline.paragraph
    return Clock(
        kind=deadline.kind.value,
        name=deadline.name_en if language == "en" else deadline.name,
        state=state,
        state_word=text(language, f"clock.state.{state}"),
        icon=ICONS[state],
        due_at=deadline.due_at,
        lead=text(language, lead),
        countdown=text(language, words[state], span=span(deadline.due_at - now, language)),
        statutory=deadline.statutory,
        awaited=deadline.awaited,
        paragraph=paragraph,
        explanation=deadline.explanation_en if language == "en" else deadline.explanation,
        discharged_at=duty.discharged_at,
        step=STEP_OF_DUTY.get(deadline.kind),
        notice=_notice_of(deadline.kind.value),
    )


def _notice_of(kind: str) -> str | None:
    papers = {each.value for each in ReportKind}
    return "final_report" if kind == "final_report_after_status" else kind if kind in papers else None


def state_of(duty: Duty, now: datetime) -> State:
    """Red, amber, green of a duty."""
    deadline = duty.deadline
    if duty.discharged_at is not None:
        return "late" if duty.late else "met"
    if duty.overdue_at(now):
        return "overdue"
    return "soon" if (deadline.due_at - now) * SOON <= deadline.due_at - deadline.triggered_at else "running"


def span(length: timedelta, language: Language) -> str:
    """How long, in words."""
    return show_span_en(length) if language == "en" else show_span_da(length)
