"""What to do now on an incident: the next duty, judging, the notices owed, what waits for approval, what answers opened."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from adapters.web.clocks import Clock
from adapters.web.guide_view import last_assessed, opened
from adapters.web.rendering import step_label
from adapters.web.standing import Standing
from adapters.web.texts import text
from adapters.web.tracks import notice_name
from domain.guide.guide import GUIDES
from domain.guide.outcomes import NextStep
from domain.guide.recommend import recommend
from domain.incident import events as e
from domain.incident.state import Incident, Status

SHOWN_FIRST = 3


class Act(NamedTuple):
    """Something to do: a button that leads there, and a line of explanation under it."""

    label: str
    href: str
    note: str | None = None


class Pressing(NamedTuple):
    """`significant_now`: nobody has judged it significant. `recommended` are the steps whose forms stand first.

    `duty` is what comes before everything else: a notice is written on its own page, another step recorded by its form.
    """

    duty: Act | None
    significant_now: bool
    acts: tuple[Act, ...]
    opens: tuple[Act, ...]
    recommended: tuple[str, ...]


def pressing(now: Standing) -> Pressing:
    """Of a closed incident only what is still owed and what waits for a second person."""
    incident, is_open = now.incident, now.incident.status is not Status.CLOSED
    owed = [one for one in sorted(now.clocks, key=lambda clock: clock.rank) if one.owed and not one.awaited]
    recommended = _recommended(incident, owed)
    notices = list(_notices(now, owed))
    if notices and owed[0].notice is not None:
        duty = notices.pop(0)
    elif recommended:
        label = text(now.language, "overview.act", step=step_label(recommended[0], now.language))
        duty = Act(label, f"#form-{recommended[0]}")
    else:
        duty = None
    return Pressing(
        duty=duty,
        significant_now=is_open and not incident.significant,
        acts=(*_judging(now), *notices, *_approvals(now), *_judging_again(now)),
        opens=tuple(_opened(now)) if is_open else (),
        recommended=recommended,
    )


def step_link(reference: str, step: str, **filled: object) -> str:
    """The way to a step's form, opened, with fields of it filled in."""
    return f"/haendelser/{reference}?{urlencode({'trin': step, **filled})}#form-{step}"


def notice_path(reference: str, kind: str) -> str:
    """The way to a notice's page."""
    return f"/haendelser/{reference}/underretning/{kind}"


def guide_link(reference: str) -> str:
    """The way to the question guide."""
    return f"/haendelser/{reference}/vurder"


def _judging(now: Standing) -> Iterator[Act]:
    incident, language = now.incident, now.language
    if incident.status is not Status.CLOSED and _unguided(incident):
        note = "press.guide-follows" if incident.significant else "press.guide-note"
        yield Act(text(language, "press.guide"), guide_link(incident.reference), text(language, note))


def _judging_again(now: Standing) -> Iterator[Act]:
    if now.incident.status is not Status.CLOSED and not _unguided(now.incident):
        yield Act(text(now.language, "press.again"), guide_link(now.incident.reference))


def _unguided(incident: Incident) -> bool:
    """Nobody has judged it, or only at once."""
    return incident.significant is None or incident.work.guide_follows


def _notices(now: Standing, owed: Sequence[Clock]) -> Iterator[Act]:
    for clock in owed:
        if clock.notice is not None:
            href = notice_path(now.incident.reference, clock.notice)
            yield Act(text(now.language, "press.notice", notice=clock.name), href, clock.countdown)


def _approvals(now: Standing) -> Iterator[Act]:
    incident, language, reference = now.incident, now.language, now.incident.reference
    if incident.significant and not incident.approved and incident.status is not Status.CLOSED:
        yield Act(step_label("approve-assessment", language), step_link(reference, "approve-assessment"))
    for number in sorted(incident.awaiting, key=int):
        link = step_link(reference, "approve-afterwards", approved_number=number)
        yield Act(step_label("approve-afterwards", language), link, now.told(int(number)))
    for kind, draft in incident.work.drafts.items():
        if now.policy.approve_submissions and not draft.approved and kind not in incident.sent:
            link = notice_path(reference, kind)
            yield Act(step_label("approve-submission", language), link, notice_name(kind, language))


def _recommended(incident: Incident, owed: Sequence[Clock]) -> tuple[str, ...]:
    """What to record next: the duty that presses most first. Judging has buttons of its own."""
    found = [clock.step for clock in owed if clock.step and clock.step != "assess"]
    if incident.status is Status.CLOSED:
        return tuple(dict.fromkeys(found))[:SHOWN_FIRST]
    if incident.significant and not incident.approved:
        found.append("approve-assessment")
    if not found and incident.significant is not None:
        found = ["close"] if incident.handled_at or not incident.significant else ["mitigate"]
    return tuple(dict.fromkeys(found))[:SHOWN_FIRST]


OPENED = {
    NextStep.ESCALATE: "escalate",
    NextStep.VOLUNTARY: "voluntary-notification",
    NextStep.RECIPIENTS: "identify-recipients",
    NextStep.THREAT_ADVICE: "recipients",
    NextStep.GDPR: "breach",
    NextStep.DATA_SUBJECTS: "data-subjects",
    NextStep.RECURRENCE: "recurrence",
}
"""What the answers open, to the step that begins it; the full assessment is the guide's own second part."""
SETTLING: dict[NextStep, tuple[type[e.IncidentEvent], ...]] = {
    NextStep.ESCALATE: (e.Escalated, e.AssessmentApproved),
    NextStep.VOLUNTARY: (e.VoluntaryNotificationSent, e.VoluntaryNotificationDeclined),
    NextStep.RECIPIENTS: (e.RecipientsIdentified, e.RecipientsNotified),
    NextStep.THREAT_ADVICE: (e.RecipientsNotified,),
    NextStep.GDPR: (e.BreachRegistered,),
    NextStep.DATA_SUBJECTS: (e.DataSubjectsNotified,),
    NextStep.RECURRENCE: (e.RecurrenceConsidered,),
}
"""What shows that somebody has taken it up."""


def _opened(now: Standing) -> Iterator[Act]:
    reference, last = now.incident.reference, last_assessed(now.moments)
    guide = GUIDES.get(last.guide_version or "") if last else None
    if last is None or guide is None:
        return
    taken = tuple(type(moment.recorded.event) for moment in now.moments)
    for step in recommend(guide, last.answers, now.policy.thresholds).opens:
        if any(settled in taken for settled in SETTLING.get(step, ())):
            continue
        href = f"{guide_link(reference)}?del=2#del-q2"
        if step in OPENED:
            href = step_link(reference, OPENED[step])
        yield Act(opened(step, now.language), href)
