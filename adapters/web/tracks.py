"""To spor: how far operations and compliance are with one incident, side by side."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import NamedTuple

from markupsafe import Markup

from adapters.incident.event_facts import NAMES
from adapters.web.rendering import time_element
from adapters.web.standing import Standing
from adapters.web.texts import text
from adapters.words.value_labels import value_label
from adapters.words.wording import Language
from domain.deadlines import cautious
from domain.incident import events as e
from domain.incident.state import Incident
from domain.submissions.kinds import KINDS, ReportKind

Lines = tuple[str, ...]
ACTS = {"second_approval"}
"""What `sent` holds beside notices."""


class Known(NamedTuple):
    """Something of a track: what it is called, and its lines."""

    label: str
    lines: tuple[str, ...]


class Tracks(NamedTuple):
    """Only what there is to say; `operations` is empty while nothing was done."""

    operations: tuple[Known, ...]
    compliance: tuple[Known, ...]


def tracks(now: Standing) -> Tracks:
    """The two tracks as the incident stands."""
    both = (_operations(now), _compliance(now))
    return Tracks(*(tuple(Known(text(now.language, key), lines) for key, lines in track if lines) for track in both))


def _operations(now: Standing) -> Iterator[tuple[str, Lines]]:
    work, language, value = now.incident.work, now.language, _value(now.language)
    measures = sorted(work.measures.items(), key=lambda one: one[1] in {"done", "dropped"})
    yield "track.measures", tuple(f"{now.told(number)} ({value('state', state)})" for number, state in measures)
    yield "track.degraded", tuple(f"{service} ({value('degree', degree)})" for service, degree in work.degraded.items())
    restored = [m.recorded.event.service for m in now.moments if isinstance(m.recorded.event, e.ServiceRestored)]
    yield "track.restored", tuple(service for service in dict.fromkeys(restored) if service not in work.degraded)
    yield "track.suppliers", tuple(_by(name, due, language) for name, due in work.suppliers.items())
    yield "track.contingency", tuple(value_label("contingency", kind, language) for kind in sorted(work.contingency))
    tasks = ((f"{now.told(number)} ({todo.owner})", todo) for number, todo in work.tasks.items() if not todo.done)
    yield "track.tasks", tuple(_by(what, todo.due_at, language) for what, todo in tasks)
    handled_at = now.incident.handled_at
    yield "track.handled", (time_element(language, handled_at),) if handled_at else ()


def _compliance(now: Standing) -> Iterator[tuple[str, Lines]]:
    incident, language, work = now.incident, now.language, now.incident.work
    approval = {True: text(language, "track.approved"), False: text(language, "track.not-approved")}
    yield "track.judgement", _judgement(incident, language)
    yield "track.approval", (approval[incident.approved],) if incident.significant is not None else ()
    yield "track.aware", (time_element(language, incident.aware_at),) if incident.aware_at else ()
    yield "track.cautious", tuple(_cautious(incident, language)) if incident.significant is not False else ()
    sent = sorted((at, kind) for kind, at in incident.sent.items() if kind not in ACTS)
    yield (
        "track.sent",
        tuple(_timed(NAMES[language].get(kind) or notice_name(kind, language), at, language) for at, kind in sent),
    )
    drafts = ((kind, draft) for kind, draft in work.drafts.items() if kind not in incident.sent)
    yield (
        "track.drafts",
        tuple(f"{notice_name(kind, language)} ({approval[draft.approved].lower()})" for kind, draft in drafts),
    )
    yield "track.awaiting", tuple(_by(now.told(int(number)), due, language) for number, due in incident.awaiting.items())
    yield "track.breach", (value_label("risk", work.breach_risk, language),) if work.breach_risk else ()


def _cautious(incident: Incident, language: Language) -> Iterator[str]:
    for limit in cautious(incident.clock_facts()):
        if limit.statutory and limit.kind.value not in incident.sent:
            yield _timed(NAMES[language][limit.kind.value], limit.due_at, language)


def _timed(what: str, at: datetime, language: Language) -> str:
    return Markup("{}: {}").format(what, time_element(language, at))


def _by(what: str, due: datetime | None, language: Language) -> str:
    return what if due is None else Markup("{}, {} {}").format(what, text(language, "track.by"), time_element(language, due))


def _value(language: Language) -> Callable[[str, str], str]:
    return lambda kind, value: value_label(kind, value, language).lower()


def _judgement(incident: Incident, language: Language) -> tuple[str, ...]:
    if incident.significant is None:
        return (text(language, "track.not-judged"),)
    said = text(language, "track.significant" if incident.significant else "track.not-significant")
    category = value_label("Nis2Category", incident.nis2_category, language)
    follows = (text(language, "track.guide-follows"),) if incident.work.guide_follows else ()
    return (said if incident.significant else f"{said} ({category})", *follows)


def notice_name(kind: str, language: Language) -> str:
    """What a kind of notice is called."""
    told = KINDS[ReportKind(kind)]
    return told.english if language == "en" else told.danish
