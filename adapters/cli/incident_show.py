"""Incidents for people's eyes."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from rich.padding import Padding
from rich.text import Text

from adapters.cli.language import ENGLISH, say, show_left, show_time
from adapters.cli.output import console, table
from adapters.cli.words import word
from domain.deadlines import Duty, duties
from domain.incident.transitions import BY_EVENT, BY_STEP
from domain.roles import ROLES, Role
from handlers.commands import Done

SHOWN = ("title", "text", "measure", "action", "summary", "reason", "comment", "receipt", "late_reason", "recipients", "new")


def step_object(done: Done) -> dict[str, Any]:
    """What a step led to, as JSON."""
    incident = done.incident
    return {
        "ref": incident.reference,
        "id": str(incident.id),
        "status": incident.status,
        "version": incident.version,
        "position": done.position,
        "events": [
            {"step": BY_EVENT[type(event)].step, "type": event.TOPIC, "deviations": list(getattr(event, "deviations", ()))}
            for event in done.events
        ],
    }


def print_step(done: Done) -> None:
    """What was recorded, what is odd about it, and what is owed next."""
    out, incident = console(), done.incident
    for event in done.events:
        out.print(f"{incident.reference}  {step_name(BY_EVENT[type(event)].step)}  {show_time(event.meta.occurred_at)}")
        for deviation in getattr(event, "deviations", ()):
            out.print(say("  Bemærk: ", "  Note: ") + word(deviation), style="yellow")
    owed = [duty for duty in duties(incident.clock_facts(), incident.sent) if duty.owed]
    if owed:
        out.print(say("Næste pligt: ", "Next duty: ") + _duty(owed[0]), style="bold")


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
            word(one["severity"]),
            word(one["status"]),
            one["title"] or say("(slettet)", "(erased)"),
        )
    console().print(rows)


def print_incident(one: Mapping[str, Any], now: datetime) -> None:
    """Facts, clocks, timeline, next duty."""
    out = console()
    out.print(f"{one['ref']}  {one['title'] or say('(slettet)', '(erased)')}", style="bold")
    facts = table("", "")
    facts.show_header = False
    for label, value in _facts(one):
        facts.add_row(label, value)
    out.print(facts)
    if one["description"]:
        out.print(Padding(one["description"], (1, 0, 0, 0)))
    out.print("\n" + say("Ure", "Clocks"), style="bold")
    for clock in one["deadlines"]:
        out.print(Padding(_clock(clock, now), (0, 0, 0, 2)))
    out.print("\n" + say("Tidslinje", "Timeline"), style="bold")
    for event in one["timeline"]:
        _print_event(event)
    shown, style = _next(one, now)
    out.print("\n" + say("Næste pligt: ", "Next duty: ") + shown, style=style or "bold")


def _facts(one: Mapping[str, Any]) -> list[tuple[str, str]]:
    significant = {None: say("ikke vurderet", "not assessed"), True: say("ja", "yes"), False: say("nej", "no")}[
        one["significant"]
    ]
    approved = say(", godkendt", ", approved") if one["approved"] else ""
    return [
        ("Status", word(one["status"]) + (f" ({word(one['close_reason'])})" if one["close_reason"] else "")),
        (say("Art", "Kind"), word(one["kind"])),
        (say("Alvor", "Severity"), word(one["severity"])),
        (say("Væsentlig", "Significant"), significant + approved),
        (say("NIS2-kategori", "NIS2 category"), word(one["nis2_category"]) or "–"),
        (say("Opdaget", "Detected"), _when(one["detected_at"])),
        (say("Registreret", "Recorded"), _when(one["recorded_at"])),
        (say("Kendskab", "Awareness"), _when(one["aware_at"])),
        (say("Håndteret", "Handled"), _when(one["handled_at"])),
        (say("Tjenester", "Services"), ", ".join(one["services"]) or "–"),
        (say("Komponenter", "Components"), ", ".join(one["components"]) or "–"),
        (say("Sted", "Place"), one["place"] or "–"),
        (say("Alarmer", "Alerts"), str(one["signal_count"])),
    ]


def _print_event(event: Mapping[str, Any]) -> None:
    out = console()
    who = told_by(event)
    out.print(f"  {_when(event['time'])}  {step_name(event['step'])}  – {who}")
    for deviation in event["data"].get("deviations", ()):
        out.print(f"      {say('Bemærk', 'Note')}: {word(deviation)}", style="yellow")
    for name in SHOWN:
        if text := event["data"].get(name):
            out.print(Padding(Text(word(text)), (0, 0, 0, 6)))


def told_by(event: Mapping[str, Any]) -> str:
    """Who acted, in which role, for whom."""
    who = str(event["actor"]) + (f" ({role_name(event['role'])})" if "role" in event else "")
    return who + (say(" på vegne af ", " on behalf of ") + str(event["on_behalf_of"]) if "on_behalf_of" in event else "")


def role_name(role: str) -> str:
    """What a role is called; one that this Sporlog does not know is itself."""
    known = ROLES.get(cast("Role", role))
    return role if known is None else say(known.danish, known.english)


def step_name(step: str) -> str:
    """What a step is called."""
    return BY_STEP[step].english if ENGLISH else BY_STEP[step].danish


def _next(one: Mapping[str, Any], now: datetime) -> tuple[str, str]:
    owed = one["next_deadline"]
    if owed is None:
        return say("ingen", "none"), ""
    due = datetime.fromisoformat(owed["due_at"])
    return (
        f"{word(owed['kind'])}: {say('hurtigst muligt, senest', 'without delay, at the latest')} {show_time(due)}"
        f" ({show_left(due, now)})"
    ), ("bold red" if now > due else "")


def _clock(clock: Mapping[str, Any], now: datetime) -> str:
    due = datetime.fromisoformat(clock["due_at"])
    text = f"{clock['name_en'] if ENGLISH else clock['name']} ({clock['paragraph']}): "
    text += f"{say('hurtigst muligt, senest', 'without delay, at the latest')} {show_time(due)}"
    if clock["discharged_at"] is not None:
        late = say(", for sent", ", late") if clock["late"] else ""
        return f"{text} – {say('opfyldt', 'met')} {_when(clock['discharged_at'])}{late}"
    return f"{text} – {show_left(due, now)}"


def _duty(duty: Duty) -> str:
    deadline = duty.deadline
    name = deadline.name_en if ENGLISH else deadline.name
    return f"{name}, {say('hurtigst muligt, senest', 'without delay, at the latest')} {show_time(deadline.due_at)}"


def _when(text: str | None) -> str:
    return show_time(None if text is None else datetime.fromisoformat(text))
