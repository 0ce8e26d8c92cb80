"""Incidents for people's eyes: what a step led to, the list, and one incident from its facts to its timeline."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from rich.padding import Padding
from rich.text import Text

from adapters.cli.catalogue_impact import print_incident_impact
from adapters.cli.incident_tracks_show import link_text, print_tracks
from adapters.cli.language import ENGLISH, say, show_left, show_time
from adapters.cli.output import console, table
from adapters.cli.words import fact_name, fact_word, happened, role_name, word
from adapters.incident.tracks import NameOf, linked_objects
from domain.deadline_rules import RULES
from domain.deadlines import duties
from domain.guide.outcomes import OUTCOMES, Outcome
from domain.incident.state import Status
from domain.incident.transitions import BY_EVENT
from handlers.commands import Done

if TYPE_CHECKING:
    from handlers.impact import IncidentImpact

EXERCISE = say("ØVELSE", "EXERCISE")
HELD = say("BEVARES", "LEGAL HOLD")
TEXTS = ("title", "description", "text", "measure", "action", "request", "told", "result", "task", "lesson", "follow_up")
MORE_TEXTS = ("summary", "reply", "advice", "conclusion", "consequences", "reason", "comment", "recipients", "late_reason")
HIDDEN = frozenset(
    {
        *TEXTS,
        *MORE_TEXTS,
        *("reference", "entity", "deviations", "answers", "explanations", "because", "values", "signals", "duplicate_of"),
        *("into", "incident", "other", "others", "from_incident", "sent", "triggers", "dues", "by_default", "departs"),
        *(
            "kept",
            "redacted_sha256",
            "reports",
            "filed_sha256",
            "receipt_sha256",
            "draft",
            "form_version",
            "guide_version",
            "missing",
        ),
    }
)
"""Not among an event's facts in the timeline: shown as texts, with the tracks, or too long to be read there."""
ANSWERED = frozenset({"significant", "passed", "significant_together"})
"""Where a no says something; elsewhere it is what nobody had to say."""
STATUTORY = frozenset(rule.kind.value for rule in RULES if rule.statutory)


def step_object(done: Done, name_of: NameOf) -> dict[str, Any]:
    """What a step led to, as JSON; `linked` are the incidents that it began or joined."""
    incident = done.incident
    return {
        "ref": incident.reference,
        "id": str(incident.id),
        "status": incident.status,
        "version": incident.version,
        "position": done.position,
        "events": [
            {
                "number": number,
                "step": BY_EVENT[type(event)].step,
                "type": event.TOPIC,
                "deviations": list(getattr(event, "deviations", ())),
            }
            for number, event in _numbered(done)
        ],
        "linked": linked_objects(done.events, name_of),
    }


def print_step(done: Done, name_of: NameOf) -> None:
    """What was recorded, what is odd about it, and what is owed next."""
    out, incident = console(), done.incident
    for number, event in _numbered(done):
        what = f"{happened(BY_EVENT[type(event)].step)} ({say('nr.', 'no.')} {number})"
        out.print(f"{_head(incident.reference, exercise=incident.exercise)}  {what}  {show_time(event.meta.occurred_at)}")
        for deviation in getattr(event, "deviations", ()):
            out.print(say("  Bemærk: ", "  Note: ") + word(deviation, "Deviation"), style="yellow")
    for link in linked_objects(done.events, name_of):
        out.print(f"  {link_text(link)}")
    owed = [duty.deadline for duty in duties(incident.clock_facts(), incident.sent) if duty.owed]
    if owed:
        name = owed[0].name_en if ENGLISH else owed[0].name
        latest = _latest(statutory=owed[0].statutory)
        out.print(f"{say('Næste pligt', 'Next duty')}: {name}, {latest} {show_time(owed[0].due_at)}", style="bold")
    if incident.status is not Status.CLOSED and (incident.significant is None or incident.work.guide_follows):
        out.print(
            say("Spørgeguiden mangler", "The question guide is missing") + f": sporlog incident assess {incident.reference}"
        )


def _numbered(done: Done) -> Iterator[tuple[int, Any]]:
    return enumerate(done.events, start=done.incident.version - len(done.events) + 1)


def print_list(found: Sequence[Mapping[str, Any]], now: datetime) -> None:
    """One line an incident."""
    if not found:
        console().print(say("Ingen hændelser.", "No incidents."))
        return
    rows = table("Ref", say("Næste pligt", "Next duty"), say("Alvor", "Severity"), "Status", say("Overskrift", "Title"))
    for one in found:
        rows.add_row(
            one["ref"],
            Text(*_next(one, now)),
            word(one["severity"], "Severity"),
            word(one["status"], "Status"),
            _title(one),
        )
    console().print(rows)


def print_incident(one: Mapping[str, Any], impact: "IncidentImpact", now: datetime) -> None:
    """Facts, what it hits, clocks, both tracks, links, timeline, next duty."""
    out = console()
    out.print(f"{one['ref']}  {_title(one)}", style="bold")
    if any(event["step"] == "dispose" for event in one["timeline"]):
        gone = "Hændelsen er kasseret: kun gravstenen er tilbage.", "The incident was disposed of: only its tombstone is left."
        out.print(say(*gone), style="bold")
    facts = table("", "")
    facts.show_header = False
    for label, value in _facts(one):
        facts.add_row(label, value)
    out.print(facts)
    if one["description"]:
        out.print(Padding(one["description"], (1, 0, 0, 0), expand=False))
    print_incident_impact(impact)
    out.print("\n" + say("Ure", "Clocks"), style="bold")
    for clock in one["deadlines"]:
        out.print(Padding(Text(*_clock(clock, now)), (0, 0, 0, 2), expand=False))
    if not one["deadlines"]:
        out.print(say("  Ingen ure går.", "  No clock runs."))
    print_tracks(one)
    out.print("\n" + say("Tidslinje", "Timeline"), style="bold")
    for event in one["timeline"]:
        _print_event(event)
    shown, style = _next(one, now)
    out.print("\n" + say("Næste pligt: ", "Next duty: ") + shown, style=style or "bold")


def _head(reference: str, *, exercise: bool) -> str:
    return f"{reference}  {EXERCISE}" if exercise else reference


def _title(one: Mapping[str, Any]) -> str:
    title = one["title"] or say("(slettet)", "(erased)")
    held = f" [{HELD}]" if one["held_at"] else ""
    return (f"{EXERCISE}: {title}" if one["exercise"] else title) + held


def _facts(one: Mapping[str, Any]) -> list[tuple[str, str]]:
    status = word(one["status"], "Status") + (f" ({word(one['close_reason'], 'CloseReason')})" if one["close_reason"] else "")
    return [
        ("Status", status),
        (say("Enhed", "Entity"), ", ".join(filter(None, (one["entity"], one["administration"])))),
        (say("Art", "Kind"), word(one["kind"], "IncidentKind")),
        (say("Alvor", "Severity"), word(one["severity"], "Severity")),
        (say("Opdaget", "Detected"), _when(one["detected_at"])),
        (say("Registreret", "Recorded"), _when(one["recorded_at"])),
        (say("Kendskab", "Awareness"), _when(one["aware_at"])),
        (say("Håndteret", "Handled"), _when(one["handled_at"])),
        (say("Bevares siden", "Legal hold since"), _when(one["held_at"])),
        (say("Ydelser", "Services"), ", ".join(one["services"]) or "–"),
        (say("Komponenter", "Components"), ", ".join(one["components"]) or "–"),
        (say("Sted", "Place"), one["place"] or "–"),
        (say("Alarmer", "Alerts"), str(one["signal_count"])),
    ]


def _print_event(event: Mapping[str, Any]) -> None:
    out, data = console(), event["data"]
    out.print(f"{event['version']:>5}  {_when(event['time'])}  {happened(event['step'])}  – {told_by(event)}")
    for deviation in data.get("deviations", ()):
        out.print(f"       {say('Bemærk', 'Note')}: {word(deviation, 'Deviation')}", style="yellow")
    if facts := [_fact(name, value) for name, value in data.items() if _is_told(name, value)]:
        out.print(Padding(Text(" · ".join(facts)), (0, 0, 0, 7), expand=False))
    for name in TEXTS + MORE_TEXTS:
        if text := data.get(name):
            out.print(Padding(Text(fact_word(name, text)), (0, 0, 0, 7), expand=False))
    for gone in event.get("removed", ()):
        basis, reason = word(gone["legal_basis"], "legal_basis"), gone["reason"] or "–"
        said = f"{fact_name(gone['path'].partition('.')[0])}: {say('[fjernet]', '[removed]')} {basis}: {reason}"
        out.print(Padding(Text(said), (0, 0, 0, 7), expand=False))


def _is_told(name: str, value: object) -> bool:
    return name not in HIDDEN and value not in ("", [], {}) and (value is not False or name in ANSWERED)


def _fact(name: str, value: Any) -> str:  # noqa: ANN401 - any JSON value
    if name == "recommendation":
        return say(*OUTCOMES[Outcome(value)])
    return f"{fact_name(name)}: {_value(name, value)}"


def _value(name: str, value: Any) -> str:  # noqa: ANN401 - any JSON value
    if isinstance(value, list):
        return ", ".join(fact_word(name, one) for one in value)
    if isinstance(value, bool):
        return word(value, "bool")
    is_time = name.endswith(("_at", "_by", "_until")) and name not in {"told_by", "proposed_by"}
    return _when(value) if is_time else fact_word(name, value)


def told_by(event: Mapping[str, Any]) -> str:
    """Who acted, in which role, for whom."""
    who = str(event["actor"]) + (f" ({role_name(event['role'])})" if "role" in event else "")
    return who + (say(" på vegne af ", " on behalf of ") + str(event["on_behalf_of"]) if "on_behalf_of" in event else "")


def _next(one: Mapping[str, Any], now: datetime) -> tuple[str, str]:
    owed = one["next_deadline"]
    if owed is None:
        return say("ingen", "none"), ""
    due = datetime.fromisoformat(owed["due_at"])
    latest = _latest(statutory=owed["kind"] in STATUTORY)
    return f"{word(owed['kind'])}: {latest} {show_time(due)} ({show_left(due, now)})", "bold red" if now > due else ""


def _latest(*, statutory: bool, awaited: bool = False) -> str:
    if awaited:
        return say("svar ventes, senest", "an answer is awaited, at the latest")
    if statutory:
        return say("hurtigst muligt, senest", "without undue delay, at the latest")
    return say("internt mål, senest", "internal target, at the latest")


def _clock(clock: Mapping[str, Any], now: datetime) -> tuple[str, str]:
    due = datetime.fromisoformat(clock["due_at"])
    paragraph = f" ({clock['paragraph']})" if clock["statutory"] or clock["awaited"] else ""
    text = f"{clock['name_en'] if ENGLISH else clock['name']}{paragraph}: "
    text += f"{_latest(statutory=clock['statutory'], awaited=clock['awaited'])} {show_time(due)}"
    if clock["discharged_at"] is not None:
        late = say(", for sent", ", late") if clock["late"] else ""
        return f"{text} – {say('opfyldt', 'met')} {_when(clock['discharged_at'])}{late}", ""
    return f"{text} – {show_left(due, now)}", "bold red" if clock["overdue"] and not clock["awaited"] else ""


def _when(text: str | None) -> str:
    return show_time(None if text is None else datetime.fromisoformat(text))
