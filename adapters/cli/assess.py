"""`sporlog incident assess` without a decision: the question guide is asked in the terminal."""

import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import typer

from adapters.cli.guide_flow import Reply, begin
from adapters.cli.guide_talk import StoppedError, Talk, assess_in_words
from adapters.cli.language import say
from adapters.cli.office import office, origin
from adapters.cli.output import notices
from domain.errors import InvalidInputError
from domain.guide.guide import guide_named, guide_on
from domain.incident.events import Assessed
from domain.incident.steps import decide
from domain.policy import Authority
from domain.time import local
from handlers.requests import parse_request, to_event

DECISION = {"significant": "--significant/--not-significant", "nis2_category": "--nis2-category low|medium|high"}


class Seen(NamedTuple):
    """Which incident is assessed, and under what."""

    reference: str
    title: str
    authority: Authority
    last: Assessed | None
    """The last assessment, where there is one."""


def complete(data: Path | None, database: str | None, ref: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of an assessment, those that lack asked for where there is a terminal.

    Raises `InvalidInputError` where there is none, what `decide` refuses, and `typer.Exit` when somebody stops.
    """
    missing = [option for name, option in DECISION.items() if name not in fields]
    if not missing:
        return dict(fields)
    if "significant" in fields or not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise InvalidInputError(
            say(
                f"assess: {' og '.join(missing)} mangler. I en terminal stilles spørgsmålene uden --significant",
                f"assess: {' and '.join(missing)} is missing. In a terminal the questions are asked without --significant",
            )
        )
    seen = _look(data, database, ref, fields)
    guide = guide_named(fields["guide_version"]) if "guide_version" in fields else guide_on(_today())
    policy = seen.authority.policy
    flow = begin(
        guide,
        fields.get("answers", {}),
        fields.get("explanations", {}),
        policy.thresholds,
        _earlier(seen.last, guide.version),
        full=fields.get("depth") == "full",
    )
    notices().print(f"{seen.reference}  {seen.title}", style="bold")
    try:
        return {**fields, **assess_in_words(flow, fields, Talk(_ask, notices().print, policy))}
    except (KeyboardInterrupt, EOFError, StoppedError) as stopped:
        notices().print("\n" + say("Stoppet. Intet er registreret.", "Stopped. Nothing is recorded."))
        raise typer.Exit(130 if isinstance(stopped, KeyboardInterrupt) else 1) from None


def _look(data: Path | None, database: str | None, ref: str, fields: Mapping[str, Any]) -> Seen:
    """Find the incident, and refuse before the first question what would be refused after the last one."""
    category = fields.get("nis2_category", "low")
    decision = {"significant": category == "high", "nis2_category": category, "reason": fields.get("reason", "?")}
    now = origin()
    with office(data, database) as opened:
        moments = opened.desk.replay(ref)
        incident = moments[-1].after
        authority = opened.store.organisation().authority(incident.entity, incident.administration)
        proposed = to_event("assess", parse_request("assess", {**fields, **decision}, opened.desk.find), now)
        decide(incident, proposed, now=now.now, authority=authority)
    last = next((event for moment in reversed(moments) if isinstance(event := moment.recorded.event, Assessed)), None)
    return Seen(incident.reference, incident.title or "", authority, last)


def _earlier(last: Assessed | None, version: str) -> dict[str, Reply]:
    # Another version of the guide may ask the same key's question in other words.
    if last is None or last.guide_version != version:
        return {}
    explanations = last.explanations or {}
    return {key: Reply(last.answers.get(key), explanations.get(key)) for key in {**last.answers, **explanations}}


def _ask(prompt: str) -> str:
    # On standard error, so that standard output is what was recorded and nothing else.
    notices().print(prompt, end="")
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line


def _today() -> date:
    return local(datetime.now(UTC)).date()
